"""Whoever was told of a module's date hears that it is another now: once, in their hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.course import plans, programmes
from bot.note import note_message
from bot.parts import Parts
from flows.calendar import PersonCalendar, next_opening
from flows.dates import describe_date
from flows.programme import Module, Programme
from storage import calendars, nudges, outbox, people
from storage.cohorts import Cohort
from storage.database import Unit
from storage.nudges import Planned, Waiting

NOTE = "module-moved"


def tell_moved(unit: Unit, parts: Parts, cohort: Cohort, module: Module, before: date) -> int:
    """How many hear of it. A note of an earlier move that nobody has read yet is taken back, so
    that nobody hears of two; and a move back to the day that somebody knows is none to them."""
    programme = programmes.find(unit, cohort.programme)
    everybody = plans.everybody(unit, cohort)
    prefix = f"told:{NOTE}:{cohort.id}:{module.id}:"
    unread = _days_known(nudges.take_back_notes(unit, prefix, everybody))
    known = {**dict.fromkeys(_told(unit, programme, cohort, module, everybody), before), **unread}
    day = cohort.days[module.id]
    concerned = {person: knew for person, knew in known.items() if knew != day}
    now = parts.clock()
    theirs = calendars.calendars_of(unit, concerned, parts.holidays, (now - plans.BACK).date())
    for person, own in theirs.items():
        slot = f"{prefix}{concerned[person]}:{person}:{parts.ids()}"
        _tell(unit, parts, own, person, module, day, slot)
    return len(theirs)


def _told(
    unit: Unit, programme: Programme | None, cohort: Cohort, module: Module, among: Iterable[str]
) -> list[str]:
    """Whoever was sent a nudge that leads up to the module: it says the day."""
    if programme is None:
        return []
    telling = {
        one.id
        for one in programme.nudges
        if one.module == module.id and one.before is not None and one.opens != "insight"
    }

    def said_the_day(one: Planned) -> bool:
        return one.state in plans.FIRED and plans.written_in(one.subject).nudge in telling

    found = nudges.nudges_of(unit, cohort.id, list(among))
    return [one.person for one in found if said_the_day(one)]


def _days_known(waiting: Iterable[Waiting]) -> dict[str, date]:
    """The day that each of them still takes it for, by the key of the note they have not read."""
    return {one.person: date.fromisoformat(one.slot_key.split(":")[4]) for one in waiting}


def _tell(
    unit: Unit, parts: Parts, own: PersonCalendar, person: str, module: Module, day: date, slot: str
) -> None:
    now = parts.clock()
    profile = people.get_person(unit, person)
    language = profile.language
    slots = {
        "module": module.title.within(language),
        "day": describe_date(day, language, today=now.date()),
    }
    message = note_message(parts.catalogue, language, NOTE, slots)
    body = message.model_dump_json(exclude_defaults=True)
    at: datetime = next_opening(own, now) or now
    # It is a part of nothing, but as a part it passes the gate again when it is sent.
    outbox.queue(unit, at, profile, [(None, body)], slot, kind="part")
