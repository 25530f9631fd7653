"""A small organisation with a course, for tests of who gets what of it, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import SetClock
from bot.contacts import CONTACTS
from bot.contacts.case import Case, Dropped, Opens
from bot.course import planning, plans
from bot.course.planning import Draft
from bot.danish_holidays import danish_holidays
from bot.parts import Parts
from flows.load import Catalogue, shipped_catalogue
from flows.programme import OPENS, Programme, load_programme
from storage import groups, outbox, pairs, people, reminders
from storage.cohorts import Cohort, get_cohort
from storage.database import Unit, open_database
from storage.encryption import Vault
from storage.erasures import EraseLog
from storage.groups import Member
from storage.ids import SeededIds
from storage.people import Profile
from storage.reminders import Reminder
from storage.start import start
from tests.empty_store import put_empty_store

T = TypeVar("T")
ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2027, 1, 4, 8, 30, tzinfo=ZONE)
"""A Monday morning, before the nudges of the day."""
DAYS = {"start": date(2027, 2, 4), "one": date(2027, 3, 11), "two": date(2027, 5, 13)}
_TEXT = {"da": "Tekst", "en": "Text"}


def nudge(name: str, module: str, whom: str, opens: str, **how: Any) -> dict[str, Any]:
    return {"id": name, "module": module, "for": whom, "opens": opens, **how}


NUDGES = (
    nudge("plan", "start", "leader", "development-plan", before=10),
    nudge("heads-up", "start", "nearest-leader", "insight", insight="x", before=5),
    nudge("point", "start", "trio", "insight", insight="x", between="1/2"),
    nudge("meet-1", "one", "convener", "trio-meeting", before=10),
    nudge("read-1", "one", "leader", "articles", before=8),
    nudge("day-1", "one", "leader", "action-plan", before=0),
    nudge("follow-1", "one", "leader", "action-plan", between="1/3"),
    nudge("meet-2", "two", "convener", "trio-meeting", before=10),
    nudge("bring-2", "two", "leader", "action-plan", before=1),
    nudge("rate", "two", "leader", "evaluation", months=4, evaluation={"phase": "later"}),
    nudge("rate-pilot", "one", "leader", "evaluation", after=2, evaluation={"phase": "after"},
          pilot=True),
)  # fmt: skip


def course(*nudges: dict[str, Any], articles: bool = True) -> Programme:
    article = {"title": _TEXT, "url": "https://example.org/a", "minutes": 5}
    modules = [
        {"id": name, "title": {"da": f"Modul {name}", "en": f"Module {name}"}, "about": _TEXT}
        for name in DAYS
    ]
    if articles:
        modules[1]["articles"] = [article]
    return Programme.model_validate(
        {
            "id": "course",
            "version": 1,
            "source": "seed 001",
            "title": _TEXT,
            "about": _TEXT,
            "modules": modules,
            "nudges": nudges or NUDGES,
            "insights": [{"id": "x", "title": _TEXT, "text": _TEXT, "source": _TEXT}],
        }
    )


def as_toml(programme: Programme) -> str:
    """The programme as a file. JSON's strings, numbers and lists are TOML's too."""

    def value(of: Any) -> str:
        if isinstance(of, dict):
            return "{ " + ", ".join(f"{key} = {value(one)}" for key, one in of.items()) + " }"
        if isinstance(of, list):
            return "[" + ", ".join(value(one) for one in of) + "]"
        return str(of).lower() if isinstance(of, bool) else repr(of).replace("'", '"')

    written = programme.model_dump(by_alias=True, exclude_none=True, mode="json")
    return "\n".join(f"{key} = {value(one)}" for key, one in written.items()) + "\n"


def everything_opens() -> Catalogue:
    """As if every dialogue that a course may open were there."""
    catalogue = shipped_catalogue()
    some = {name: catalogue["contract"] for name in OPENS if name not in catalogue.dialogues}
    return catalogue.model_copy(update={"dialogues": {**catalogue.dialogues, **some}})


class School:
    """Mette leads a TRIO with Tom (TR) and Anna (AMR); Karin is her nearest leader. Bo takes part
    without a TRIO."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.clock = SetClock(NOW.astimezone(UTC))
        log = EraseLog(folder / "school.erased")
        vault = Vault(bytes(range(32)))
        if url is None:
            empty = put_empty_store(folder / "school.db")
            self.database = open_database(empty, vault=vault, durable=False)
        else:
            self.database = start(url, vault=vault, log=log)
        self.ids = SeededIds(5)
        self.parts = Parts(
            everything_opens(), self.clock, self.ids, danish_holidays(range(2026, 2030)), log
        )
        self.people: dict[str, str] = {}
        for name in ("mette", "karin", "tom", "anna", "bo"):
            self.hires(name)
        self.does(lambda unit: self._pair(unit, "mette", "karin"))
        self.trio = self.forms("Rosengården", leader="mette", tr="tom", amr="anna")
        self.imports(course())

    def does(self, work: Callable[[Unit], T]) -> T:
        with self.database.write() as unit:
            return work(unit)

    # Who is there.

    def hires(self, name: str, **columns: Any) -> str:
        def add(unit: Unit) -> str:
            return people.add_person(
                unit, self.ids, self.clock(), name=name.title(), email=f"{name}@example.org",
                **columns,
            ).id  # fmt: skip

        self.people[name] = self.does(add)
        return self.people[name]

    def _pair(self, unit: Unit, leader: str, nearest: str) -> None:
        pairs.begin_pair(
            unit, self.ids, self.clock(), self.people[leader], self.people[nearest]
        )  # fmt: skip

    def forms(self, name: str, kind: groups.Kind = "trio", **roles: str) -> str:
        def form(unit: Unit) -> str:
            made = groups.make_groups(unit, self.ids, self.clock(), [(kind, name)])
            return made[kind, name].id

        group = self.does(form)
        self.joins(group, **roles)
        return group

    def joins(self, group: str, *, substitute: bool = False, **roles: str) -> None:
        """`tr="tom"`; a moment after whoever came before."""
        for at, (role, name) in enumerate(roles.items()):
            member = Member(group, self.people[name], role, substitute)  # type: ignore[arg-type]
            moment = self.clock() + timedelta(seconds=at)
            self.does(lambda unit, one=member, m=moment: groups.join(unit, self.ids, m, [one]))  # type: ignore[misc]
        self.does(lambda unit: planning.groups_changed(unit, self.parts, [group]))

    def quits(self, group: str, role: str, name: str) -> None:
        member = Member(group, self.people[name], role)  # type: ignore[arg-type]
        self.does(lambda unit: groups.leave(unit, self.clock(), [member]))
        self.does(lambda unit: planning.groups_changed(unit, self.parts, [group]))

    def profile(self, name: str) -> Profile:
        return self.does(lambda unit: people.get_person(unit, self.people[name]))

    # The course.

    def imports(self, programme: Programme) -> int:
        text = as_toml(programme)
        return self.does(
            lambda unit: planning.take_in_programme(
                unit, self.parts, load_programme(text), text
            )
        )  # fmt: skip

    def draft(self, **how: Any) -> Draft:
        given: dict[str, Any] = {
            "programme": course(), "name": "Nyborg 2027", "days": DAYS,
            "people": [self.people["bo"]], "groups": [self.trio], **how,
        }  # fmt: skip
        return Draft(**given)

    def starts(self, **how: Any) -> Cohort:
        draft = self.draft(**how)
        made, _ = self.does(lambda unit: planning.start(unit, self.parts, draft, self.today))
        return made

    def cohort(self, cohort: Cohort) -> Cohort:
        found = self.does(lambda unit: get_cohort(unit, cohort.id))
        assert found is not None
        return found

    def moves(self, cohort: Cohort, module: str, day: date) -> planning.Moved:
        now = self.cohort(cohort)
        return self.does(
            lambda unit: planning.move(unit, self.parts, now, module, day, self.today)
        )  # fmt: skip

    @property
    def today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    # What comes of it.

    def planned(self, name: str) -> dict[str, str]:
        """Nudge -> local day and hour, as "2027-01-21 09:05"."""
        found = self.does(lambda unit: reminders.planned(unit, 5000))
        mine = [one for one in found if one.person == self.people[name] and one.kind == "nudge"]
        return {
            plans.written_in(one.subject).nudge: f"{one.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
            for one in mine
        }

    def day(self, name: str, nudge: str) -> str:
        return self.planned(name)[nudge].split(" ")[0]

    def reach(self, day: date, clock: str = "09:05") -> list[Reminder]:
        """What is fired until then."""
        hour, minute = map(int, clock.split(":"))
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        self.clock.move_to(at.astimezone(UTC))
        return self.does(lambda unit: reminders.fire_due(unit, self.clock(), 500))

    def becomes(self, reminder: Reminder, **parts: Any) -> Opens | Dropped | None:
        """What the contact would open now; None when it is not wanted any more."""

        def open_it(unit: Unit) -> Opens | Dropped | None:
            case = self.case(unit, reminder, **parts)
            contact = CONTACTS["nudge"]
            return contact.opens(case) if contact.alive(case) else None

        return self.does(open_it)

    def case(self, unit: Unit, reminder: Reminder, **parts: Any) -> Case:
        now = self.clock()
        profile = people.get_person(unit, reminder.person)
        some = replace(self.parts, **parts)
        row = outbox.Outgoing(
            1, "", profile.id, None, "contact", b"", 1, now, now, None, "started"
        )  # fmt: skip
        return Case(unit, some, row, reminder, profile, some.calendar(unit, profile, now), now)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self.does(lambda unit: self.rows_in(unit, statement))

    def rows_in(self, unit: Unit, statement: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in unit.connection.exec_driver_sql(statement)]

    def close(self) -> None:
        self.database.close()
