"""What will come of itself to whoever has a phone on the page, in the page's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from bot.course import plans, programmes
from bot.demo.cast import PHONES
from bot.demo.labels import Labels, short_labels
from flows.programme import Opens, Programme
from storage import cadences, cohorts, outbox, people, reminders
from storage.database import Unit
from storage.meetings import INVITATION, TURN
from storage.nudges import NUDGE
from storage.people import Profile
from storage.reminders import Reminder

PLANNED = 60
"""More than a phone's person ever has planned that the page would show."""
WHAT: Mapping[tuple[str, int], Labels] = {
    ("prepare", 1): {"da": "Forbered dialogen", "en": "Prepare the dialogue"},
    ("prepare", 2): {"da": "Forberedelse, 2. gang", "en": "Preparation, 2nd time"},
    ("nearest", 1): {"da": "Hvad er delt med mig?", "en": "What is shared with me?"},
    ("from-nearest", 1): {"da": "Delt af nærmeste leder", "en": "Shared by the nearest leader"},
    ("after", 1): {"da": "Fik I talt sammen?", "en": "Did you talk?"},
    ("after", 2): {"da": "Fik I talt? 2. gang", "en": "Did you talk? 2nd time"},
    ("agreement", 1): {"da": "En aftale med sig selv", "en": "An agreement with oneself"},
    ("digest", 1): {"da": "Overblikket", "en": "The digest"},
    (TURN, 1): {"da": "Et møde at finde tid til", "en": "A meeting to find a time for"},
    ("meeting-vote", 1): {"da": "Hvilke tider passer?", "en": "Which times suit?"},
    ("meeting-choice", 1): {"da": "Vælg en tid til mødet", "en": "Choose a time for the meeting"},
    (INVITATION, 1): {"da": "Indbydelse til et møde", "en": "An invitation to a meeting"},
    ("meeting", 1): {"da": "Blev mødet til noget?", "en": "Did the meeting come about?"},
}
OF_MEETINGS = (TURN, "meeting-vote", "meeting-choice", INVITATION, "meeting")
OPENS: Mapping[Opens, Labels] = {
    "development-plan": {"da": "Udviklingsplan", "en": "Development plan"},
    "action-plan": {"da": "Handleplan", "en": "Action plan"},
    "articles": {"da": "Artikler til modulet", "en": "Articles for the module"},
    "insight": {"da": "En pointe fra kurset", "en": "A point from the course"},
    "evaluation": {"da": "Tre tryk om kurset", "en": "Three taps about the course"},
    "trio-meeting": {"da": "TRIO'en: find en tid", "en": "The TRIO: find a time"},
    "network-meeting": {"da": "Netværket: find en tid", "en": "The network: find a time"},
}


Courses = Mapping[str, Programme]
"""By cohort, of those that go on."""


def planned(unit: Unit, most: int) -> list[dict[str, Any]]:
    """The soonest first."""
    return [
        {
            "at": one.due_at.isoformat(),
            "at_label": short_labels(one.due_at),
            "who": who.first_name,
            "what": what,
        }
        for one, who, what in islice(_coming(unit), most)
    ]


def next_due(unit: Unit) -> datetime | None:
    """When something next happens that the page can show."""
    soonest = (one.due_at for one, _, _ in _coming(unit))
    found = [outbox.next_due(unit), next(soonest, None)]
    return min((at for at in found if at), default=None)


def _coming(unit: Unit) -> Iterator[tuple[Reminder, Profile, Labels]]:
    """Not what will not be said: its series or its course goes on no more."""
    found = (people.find_by_address(unit, "web", phone.id) for phone in PHONES)
    here = {profile.id: profile for profile in found if profile}
    running = {one.id: one.programme for one in cohorts.cohorts(unit, "running")}
    programmed = {one: programmes.find(unit, programme) for one, programme in running.items()}
    courses = {one: programme for one, programme in programmed.items() if programme}
    for one in reminders.planned(unit, PLANNED, list(here)):
        what = _what(unit, one, courses)
        if what is not None:
            yield one, here[one.person], what


def _what(unit: Unit, reminder: Reminder, courses: Courses) -> Labels | None:
    if reminder.kind == NUDGE:
        return _of_nudge(plans.written_in(reminder.subject), courses)
    if reminder.kind not in OF_MEETINGS and not cadences.cadence_by_id(unit, reminder.subject):
        return None
    return WHAT.get((reminder.kind, reminder.ordinal)) or WHAT[reminder.kind, 1]


def _of_nudge(written: plans.Written, courses: Courses) -> Labels | None:
    course = courses.get(written.cohort)
    nudge = course.nudge(written.nudge) if course else None
    return OPENS[nudge.opens] if nudge else None
