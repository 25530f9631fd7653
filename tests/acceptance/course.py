"""A municipal course in the house: Mette leads a TRIO with Tom (TR, Monday to Wednesday) and Anna
(AMR, late mornings), Karin is her nearest leader, Henrik is HR, and Ida has no part in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.course import planning, plans
from bot.course.planning import Draft
from flows.programme import Nudge
from storage.cohorts import Cohort, get_cohort
from storage.columns import from_microseconds
from storage.database import Unit
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import ZONE, House, Resident
from tests.acceptance.trio import sits_down

DAYS = {
    "start": date(2026, 12, 10),
    "module-1": date(2027, 1, 21),
    "module-2": date(2027, 3, 4),
    "module-3": date(2027, 4, 15),
}
"""Four Thursdays, with Christmas and Easter between them."""
YEAR_ON = date(2027, 11, 23)
SEATS = (("mette", "leader"), ("tom", "tr"), ("anna", "amr"))


class Contact(NamedTuple):
    """Something that the bot said of its own accord. `what`: the nudge's id, else the kind."""

    who: str
    what: str
    at: datetime


class Classroom(NamedTuple):
    house: House
    trio: str
    cohort: str

    def who(self, name: str) -> Resident:
        return self.house.residents[name]


def classroom(make_house: MakeHouse, *, first: date = date(2028, 1, 5), **how: object) -> Classroom:
    """`first`: when Mette and Karin talk for the first time; by itself not before it is over."""
    house = make_house(**how)
    house.moves_in("tom", working_days="123")
    house.moves_in("anna", hours_from="10:00", hours_to="15:00")
    house.moves_in("ida")
    house.does(f"UPDATE person SET roles = 'hr' WHERE id = '{house.henrik.id}'")
    house.pairs_up(first=first)
    trio = sits_down(house, *SEATS)  # type: ignore[arg-type]
    return Classroom(house, trio, _begun(house, trio))


def _begun(house: House, trio: str) -> str:
    def start(unit: Unit) -> str:
        programme = planning.programme_called(unit, "municipal-course")
        draft = Draft(programme, "Nyborg", DAYS, groups=[trio])
        return planning.start(unit, house.wired.parts, draft, house.now.date())[0].id

    return house.reads(start)


def does(room: Classroom, work: Callable[[Unit, Cohort], object]) -> None:
    """What the organisation does with the cohort as it is now."""

    def within(unit: Unit) -> None:
        cohort = get_cohort(unit, room.cohort)
        assert cohort is not None
        work(unit, cohort)

    room.house.reads(within)


def moves(room: Classroom, module: str, day: date) -> None:
    parts, today = room.house.wired.parts, room.house.now.date()
    does(room, lambda unit, cohort: planning.move(unit, parts, cohort, module, day, today))


def pauses(room: Classroom) -> None:
    does(room, lambda unit, cohort: planning.pause(unit, room.house.wired.parts, cohort))


def resumes(room: Classroom) -> None:
    does(room, lambda unit, cohort: planning.resume(unit, room.house.wired.parts, cohort))


def ends(room: Classroom) -> None:
    does(room, lambda unit, cohort: planning.end(unit, room.house.wired.parts, cohort))


def nudge_called(room: Classroom, nudge: str) -> Nudge:
    def find(unit: Unit) -> Nudge | None:
        return planning.programme_called(unit, "municipal-course").nudge(nudge)

    found = room.house.reads(find)
    assert found is not None
    return found


def contacts(room: Classroom) -> list[Contact]:
    """All that reached somebody, in order."""
    house = room.house
    rows = house.rows(
        "SELECT r.kind, r.subject_id, o.person_id, o.sent_at FROM outbox o JOIN reminder r "
        "ON r.id = substr(o.slot_key, 10, 11) WHERE o.kind = 'contact' AND o.state = 'sent' "
        "ORDER BY o.sent_at"
    )
    names = {one.id: name for name, one in house.residents.items()}
    return [
        Contact(names[str(person)], _what(str(kind), str(subject)), _local(at))
        for kind, subject, person, at in rows
    ]


def _what(kind: str, subject: str) -> str:
    return plans.written_in(subject).nudge if kind == "nudge" else kind


def _local(at: object) -> datetime:
    return from_microseconds(int(str(at))).astimezone(ZoneInfo(ZONE))


def came(room: Classroom, who: str) -> dict[str, str]:
    """What reached somebody -> when, as "2026-11-26 09:05"."""
    return {one.what: f"{one.at:%F %H:%M}" for one in contacts(room) if one.who == who}


def still_planned(room: Classroom) -> Mapping[tuple[str, str], datetime]:
    """(who, nudge) -> when it is due."""
    found: dict[tuple[str, str], datetime] = defaultdict()
    for name, resident in room.house.residents.items():
        for one in room.house.planned(resident):
            if one.kind == "nudge":
                found[name, plans.written_in(one.subject).nudge] = one.due_at
    return found
