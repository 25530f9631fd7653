"""What HR has on its own books: who is in which group, which courses there are, what was ruled, who
has left. The program is told from here, and judged by it."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from bot.people_file import COLUMNS
from bot.simulation.population import Somebody, make_leaders, make_somebody
from flows.programme import Programme
from flows.rhythm import Kind, Level, Rule
from storage import groups

A_TRIO_FOR = 3
"""One leader in so many has a TRIO."""
IN_ANOTHER_TOO, SECOND_TR, SUBSTITUTE = 0.25, 0.2, 0.35
NETWORK_OF = (3, 8)
GROUP_FROM = 3
"""So many led by one are a leadership group."""
NOBODY = -1
SILENT_FROM = 2
"""From so many TRIOs on, one of them never answers what is asked about its meetings."""


class Seat(NamedTuple):
    number: int
    role: str
    substitute: bool = False

    @property
    def written(self) -> str:
        return f"{self.role}-substitute" if self.substitute else self.role


@dataclass
class Team:
    """A group; `id`: the program's, once it is there."""

    kind: groups.Kind
    name: str
    seats: list[Seat]
    silent: bool = False
    id: str = ""

    @property
    def members(self) -> list[int]:
        own = [seat.number for seat in self.seats if not seat.substitute]
        return list(dict.fromkeys(own))


@dataclass
class Cohort:
    """`people`: participants besides those who lead a TRIO or are in the network."""

    name: str
    programme: Programme
    days: dict[str, date]
    teams: list[Team]
    people: set[int]
    pilot: bool = False
    state: str = "planned"
    id: str = ""
    founders: frozenset[int] = frozenset()
    """Who took it when it was started."""
    planned_days: dict[str, date] = field(default_factory=dict)
    """As they were at first, to be moved back to."""


class Ruled(NamedTuple):
    """`since`: from when it holds."""

    rule: Rule
    since: datetime


class Books:
    def __init__(self, leaders: int, dice: random.Random) -> None:
        self._dice = dice
        self.everybody = make_leaders(leaders, dice)
        self.leaders = range(leaders)
        self.nearest = {one.number: one.nearest for one in self.everybody}
        self.teams: list[Team] = []
        self.cohorts: list[Cohort] = []
        self.rules: dict[tuple[Level, str, Kind], Ruled] = {}
        """By level, scope and kind."""
        self.left: dict[int, datetime] = {}
        self.erased: set[int] = set()
        self.deeds: Counter[str] = Counter()
        self.hr = self.admin = NOBODY

    def organise(self) -> None:
        """Those who run it come, and the groups are formed."""
        self.hr = self.hire("hr")
        self.admin = self.hire("admin")
        self._form_trios()
        self._form_leadership_groups()
        self._form_network()

    # --- who is there

    def hire(self, roles: str) -> int:
        one = make_somebody(len(self.everybody), self._dice, roles=roles)
        self.everybody.append(one)
        return one.number

    def is_here(self, number: int) -> bool:
        return number not in self.left and number not in self.erased

    def led_by(self, number: int) -> list[int]:
        return [one for one, nearest in self.nearest.items() if nearest == number]

    def takes_part(self, number: int) -> bool:
        """In a course that goes on, as a participant or by a seat in one of its groups."""
        return any(
            number in cohort.people or any(number in team.members for team in cohort.teams)
            for cohort in self.cohorts
            if cohort.state != "ended"
        )

    def forget(self, number: int) -> None:
        """They left, or have erased themselves: they are in no group and no course any more."""
        for team in self.teams:
            team.seats = [seat for seat in team.seats if seat.number != number]
        for cohort in self.cohorts:
            cohort.people.discard(number)
        for led in self.led_by(number):
            self.nearest[led] = None
        self.nearest.pop(number, None)

    # --- groups

    def of_kind(self, kind: groups.Kind) -> list[Team]:
        return [team for team in self.teams if team.kind == kind]

    def team_with(self, group: str) -> Team | None:
        return next((team for team in self.teams if team.id == group), None)

    def seats_of(self, number: int) -> Iterator[tuple[Team, Seat]]:
        for team in self.teams:
            for seat in team.seats:
                if seat.number == number:
                    yield team, seat

    def silent(self) -> set[int]:
        """Whoever never answers what is asked about a meeting."""
        return {seat.number for team in self.teams if team.silent for seat in team.seats}

    def _form_trios(self) -> None:
        count = max(1, round(len(self.leaders) / A_TRIO_FOR))
        for at, number in enumerate(sorted(self._dice.sample(self.leaders, count))):
            team = Team("trio", f"Sted {number}", [], silent=at == 0 and count >= SILENT_FROM)
            team.seats = [Seat(number, "leader"), *self._representatives(team)]
            self.teams.append(team)

    def _representatives(self, team: Team) -> Iterator[Seat]:
        for role in ("tr", "amr"):
            yield Seat(self._one_for(team, role), role)
        if self._dice.random() < SECOND_TR:
            yield Seat(self.hire("representative"), "tr")
        if self._dice.random() < SUBSTITUTE:
            role = self._dice.choice(("tr", "amr"))
            yield Seat(self.hire("representative"), role, substitute=True)

    def _one_for(self, team: Team, role: str) -> int:
        """Somebody new, or who sits in another TRIO already."""
        others = [one for one in self.of_kind("trio") if not one.silent]
        known = [seat.number for one in others for seat in one.seats if seat.role == role]
        shared = known and not team.silent and self._dice.random() < IN_ANOTHER_TOO
        return self._dice.choice(known) if shared else self.hire("representative")

    def _form_leadership_groups(self) -> None:
        for boss in self.leaders:
            led = self.led_by(boss)
            if len(led) >= GROUP_FROM:
                seats = [Seat(boss, "leader"), *(Seat(one, "member") for one in led)]
                self.teams.append(Team("leadership", f"Gruppe {boss}", seats))

    def _form_network(self) -> None:
        """Of leaders without a TRIO; HR facilitates it."""
        with_trio = {one for team in self.of_kind("trio") for one in team.members}
        free = [one for one in self.leaders if one not in with_trio]
        if len(free) >= NETWORK_OF[0]:
            chosen = sorted(self._dice.sample(free, min(NETWORK_OF[1], len(free) // 2 + 1)))
            seats = [Seat(self.hr, "facilitator"), *(Seat(one, "member") for one in chosen)]
            self.teams.append(Team("network", "Øst", seats))

    # --- the people file

    def file(self, numbers: Iterable[int], *, whole: bool) -> bytes:
        """Rows for these people; not `whole`: what is left empty stays as it is."""
        out = io.StringIO()
        table = csv.DictWriter(out, COLUMNS, restval="")
        table.writeheader()
        for number in numbers:
            one = self.everybody[number]
            row = {"email": one.email, "name": one.name, "groups": self._groups(number)}
            table.writerow({**row, **self._of(one)} if whole else row)
        return out.getvalue().encode()

    def _groups(self, number: int) -> str:
        places = (f"{team.kind}:{team.name}:{seat.written}" for team, seat in self.seats_of(number))
        return "; ".join(places) or "-"

    def _of(self, one: Somebody) -> dict[str, str]:
        nearest = self.nearest.get(one.number)
        return {
            "nearest_leader_email": "" if nearest is None else self.everybody[nearest].email,
            "roles": one.roles,
            "language": one.language,
            "time_zone": one.zone,
            "working_days": one.days,
            "working_hours": "-".join(one.hours),
        }
