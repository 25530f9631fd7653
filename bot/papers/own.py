"""A person's own papers, drawn from what is kept about them, and what they may look at."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.asking import Asking
from bot.course import facts as course
from bot.course.progress import Overview, overview_of
from bot.digest_facts import ahead_of
from bot.papers.action_plan import ActionPlan, Looked, Planned
from bot.papers.course_line import Courses
from bot.papers.curve import THEMES, Curve
from bot.papers.invitation import Invitation, PlannedDialogue
from bot.papers.sheet import Agreed, Sheet
from bot.papers.two_weeks import TwoWeeks
from bot.parts import About, Parts, today_of
from bot.rhythm_change import sets_for_all
from flows.cadence import Slot, upcoming
from flows.dates import describe_date
from flows.model import Language
from storage import actions, agreements, cadences, meetings, notes, pairs, people, points, pulses
from storage.actions import Action
from storage.agreements import Agreement
from storage.database import Unit
from storage.groups import Group
from storage.meetings import HELD, Meeting
from storage.people import Profile

DIALOGUES_AHEAD = 6
MINUTES = 45
LOOKS = 2
"""At an action, the latest, that have room on its page."""
GOAL_STEPS = ("goals",)
MATTER_STEPS = ("matters", "boundaries", "balance")
ALIGN_STEPS = ("align",)
"""The steps of the interview guide whose notes fill a box of the sheet."""
RHYTHM_WORDS: dict[str, dict[Language, str]] = {
    "weekly": {"da": "hver uge", "en": "every week"},
    "every-2-weeks": {"da": "hver fjortende dag", "en": "every two weeks"},
    "every-4-weeks": {"da": "hver fjerde uge", "en": "every four weeks"},
}


def curve_of(unit: Unit, profile: Profile) -> Curve:
    """One column for each day with a check-in, oldest first; the last answer of a day counts."""
    value = {(one.on, one.theme): one.value for one in pulses.pulses_of(unit, profile)}
    days = sorted({on for on, _ in value})
    return Curve(
        days=tuple(days),
        values={theme: tuple(value.get((on, theme)) for on in days) for theme in THEMES},
    )


def sheet_of(unit: Unit, parts: Parts, profile: Profile) -> Sheet:
    """ "Agreement with myself and with my nearest leader": the latest that was written."""
    today = today_of(profile, parts.clock())
    pair = pairs.pair_of(unit, profile.id)
    nearest = pairs.nearest_leader_of(unit, profile.id)
    ours = agreements.pair_agreements(unit, profile, pair.id, "active") if pair else []
    return Sheet(
        name=profile.name,
        nearest_leader=nearest.name if nearest else None,
        on=today,
        goals=_noted(unit, profile, GOAL_STEPS),
        matters=_noted(unit, profile, MATTER_STEPS),
        my_agreements=tuple(
            Agreed(text=one.text, followed_up=_follow_up(one, profile.language))
            for one in agreements.own_agreements(unit, profile, "active")
        ),
        to_align=(
            *_noted(unit, profile, ALIGN_STEPS),
            *(point.text for point in points.open_points(unit, profile)),
        ),
        our_agreements=tuple(
            Agreed(text=one.text, followed_up=_follow_up(one, profile.language)) for one in ours
        ),
    )


def plan_of(unit: Unit, parts: Parts, profile: Profile) -> ActionPlan:
    """The open actions, and how they went so far."""
    found = actions.actions_of(unit, profile, actions.OPEN)
    asking = Asking(unit, parts, profile, About(), parts.clock())
    return ActionPlan(
        name=profile.name,
        course=str(course.FACTS["course"](asking)),
        on=today_of(profile, parts.clock()),
        actions=tuple(map(_planned, found)),
    )


def _planned(action: Action) -> Planned:
    looks = (
        Looked(
            on=date.fromisoformat(one.on), went=one.went, seen=one.seen, act=one.act,
            adjusted=one.adjusted,
        )
        for one in action.studies[-LOOKS:]
    )  # fmt: skip
    return Planned(**action.plan._asdict(), looks=tuple(looks))


def _noted(unit: Unit, profile: Profile, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The latest note of each of the steps of the interview guide."""
    latest = {note.step: note.text for note in notes.notes_of(unit, profile, "interview-guide")}
    return tuple(latest[step] for step in steps if step in latest)


def _follow_up(agreement: Agreement, language: Language) -> str:
    if agreement.follow_up_on:
        return describe_date(datetime.fromisoformat(agreement.follow_up_on).date(), language)
    rhythm = RHYTHM_WORDS.get(agreement.rhythm, {}).get(language, "")
    return ", ".join(words for words in (agreement.follow_up, rhythm) if words)


def courses_of(unit: Unit, parts: Parts, profile: Profile) -> Courses:
    """Empty for whoever does not run them."""
    today, language = today_of(profile, parts.clock()), profile.language
    if not sets_for_all(profile):
        return Courses(Overview((), None), today, language)
    return Courses(overview_of(unit, profile.id, language, today), today, language)


def two_weeks_of(unit: Unit, parts: Parts, profile: Profile) -> TwoWeeks:
    now = parts.clock()
    talks = ahead_of(unit, parts, profile, now)
    return TwoWeeks(talks, today_of(profile, now), profile.zone, profile.language)


def invitation_of(unit: Unit, parts: Parts, profile: Profile) -> Invitation:
    """The person's coming dialogues, with their nearest leader and with those they lead, and the
    meetings of their groups."""
    now = parts.clock()
    led = pairs.pairs_led_by(unit, profile.id)
    own = pairs.pair_of(unit, profile.id)
    events: list[PlannedDialogue] = []
    for pair in ([own] if own else []) + led:
        leader = people.get_person(unit, pair.leader)
        other = people.get_person(unit, pair.nearest_leader if pair == own else pair.leader)
        slots = _slots(unit, parts, leader, pair.id, now)
        events.extend(_event(pair.id, slot, other) for slot in slots)
    since = now - timedelta(hours=1)
    coming = meetings.coming_of(unit, profile.id, since)
    events.extend(_meeting(meeting, group) for meeting, group in coming)
    return Invitation(events=tuple(events), zone=profile.zone, made_at=now)


def _slots(unit: Unit, parts: Parts, leader: Profile, pair: str, now: datetime) -> list[Slot]:
    cadence = cadences.cadence_of_pair(unit, pair)
    if cadence is None:
        return []
    calendar = parts.calendar(unit, leader, now)
    overrides = cadences.overrides_of(unit, cadence, calendar)
    return upcoming(cadence.rule, calendar, now - timedelta(hours=1), DIALOGUES_AHEAD, overrides)


def _event(pair: str, slot: Slot, other: Profile) -> PlannedDialogue:
    uid = f"{pair}-{slot.nominal:%Y%m%d}@tillidsrum"
    return PlannedDialogue(uid=uid, starts_at=slot.at, minutes=MINUTES, with_name=other.first_name)


def _meeting(meeting: Meeting, group: Group) -> PlannedDialogue:
    """One that is not set any more is the same event, cancelled."""
    return PlannedDialogue(
        uid=f"{meeting.id}@tillidsrum",
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        with_name=group.name,
        kind=group.kind,
        sequence=meeting.revision,
        cancelled=meeting.state not in HELD,
    )
