"""What the dialogues about a meeting know at their start: which group, when, and what was proposed.

Days, clock times, and who can: nothing else of anybody is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from bot.asking import Asking, local_day
from bot.course import meetings as life
from bot.course import programmes
from bot.rhythm_words import clock
from flows.dates import describe_date
from flows.meetings import MOST_TIMES, Proposed, nobody_can
from flows.model import Language
from storage import cohorts, groups, meetings, people, reminders
from storage.groups import Group
from storage.meetings import Meeting
from storage.people import Profile

GROUPS_OFFERED = 4
AND = {"da": " og ", "en": " and "}
NOBODY = {"da": "de andre", "en": "the others"}
AT = {"da": "kl.", "en": "at"}
NOT_SET = {"da": "ingen tid endnu", "en": "no time yet"}
NO_ANSWER = {"da": "ingen svar endnu", "en": "no answers yet"}
CAN = {"da": "{count} ud over dig kan", "en": "{count} besides you can"}
CALLED: dict[str, tuple[str, dict[Language, str]]] = {
    "trio": ("trio", {"da": "TRIO {name}", "en": "TRIO {name}"}),
    "network": ("net", {"da": "netværket {name}", "en": "the network {name}"}),
    "leadership": ("led", {"da": "ledergruppen {name}", "en": "the leadership group {name}"}),
}
"""How a group's kind is told, unless its name tells it."""
BEFORE: dict[Language, str] = {
    "da": "{title} er {day}, og det er godt at mødes inden da. ",
    "en": "{title} is on {day}, and it is good to meet before that. ",
}


class Theirs(NamedTuple):
    """A group of somebody's, and the meeting that it has or looks for."""

    group: Group
    meeting: Meeting | None


def named(group: Group, language: Language) -> str:
    tells, words = CALLED[group.kind]
    said = group.name.casefold()
    return group.name if tells in said else words[language].format(name=group.name)


def when(profile: Profile, at: datetime) -> str:
    """ "torsdag den 3. december kl. 10.00", by the person's own clock."""
    local, language = at.astimezone(ZoneInfo(profile.zone)), profile.language
    return f"{describe_date(local.date(), language)} {AT[language]} {clock(local.time(), language)}"


# --- which meeting


def _about(asking: Asking) -> Theirs | None:
    about, unit = asking.about, asking.unit
    meeting = meetings.get_meeting(unit, about.meeting) if about.meeting else None
    wanted = meeting.group if meeting else about.group
    if wanted is None:
        return next(iter(_my_groups(asking)), None)
    group = groups.get_group(unit, wanted)
    if group is None:
        return None
    if meeting is None:
        module = about.module or ""
        meeting = meetings.meeting_for(unit, asking.now, group.id, about.cohort, module)
    return Theirs(group, meeting)


def _my_groups(asking: Asking) -> list[Theirs]:
    """Where somebody meets, each with the latest meeting that is not over."""
    mine = {
        group.id: group
        for group, member in groups.memberships_of(asking.unit, asking.profile.id)
        if not member.substitute and group.kind in ("trio", "network")
    }
    latest = {
        one.group: one
        for one in meetings.meetings_of(asking.unit, *mine)
        if meetings.is_open(one, asking.now)
    }
    return [Theirs(group, latest.get(group.id)) for group in mine.values()][:GROUPS_OFFERED]


def _meeting(asking: Asking) -> Meeting | None:
    found = _about(asking)
    return found.meeting if found else None


def _is_set(asking: Asking) -> bool:
    meeting = _meeting(asking)
    if meeting is None or meeting.starts_at is None:
        return False
    return meeting.state == "set" and meeting.starts_at > asking.now


def _is_voting(asking: Asking) -> bool:
    meeting = _meeting(asking)
    return meeting is not None and meeting.state == "finding" and bool(_proposed(asking))


def _asked_before(asking: Asking) -> bool:
    """Whether this is the second time, after which there is no other."""
    found = reminders.get_reminder(asking.unit, asking.about.reminder or "")
    return found is not None and life.is_second(found[0])


# --- what is told of it


def _group_name(asking: Asking) -> JsonValue:
    found = _about(asking)
    return named(found.group, asking.profile.language) if found else ""


def _others(asking: Asking) -> list[str]:
    found = _about(asking)
    if found is None:
        return []
    others = life.circle_of(asking.unit, found.group.id).others(asking.profile.id)
    return [people.get_person(asking.unit, one).first_name for one in others]


def _other_names(asking: Asking) -> JsonValue:
    """By name while they are few."""
    names, language = _others(asking), asking.profile.language
    return NOBODY[language] if len(names) > GROUPS_OFFERED else AND[language].join(names)


def _meeting_about(asking: Asking) -> JsonValue:
    """A sentence about the module that the meeting comes before, with its space; or nothing."""
    about, language = asking.about, asking.profile.language
    cohort = cohorts.get_cohort(asking.unit, about.cohort) if about.cohort else None
    programme = programmes.find(asking.unit, cohort.programme) if cohort else None
    module = programme.module(about.module) if programme and about.module else None
    day = cohort.days.get(module.id) if cohort and module else None
    if module is None or day is None or day <= _today(asking):
        return ""
    title = module.title.within(language)
    return BEFORE[language].format(title=title, day=describe_date(day, language))


def _today(asking: Asking) -> date:
    return date.fromisoformat(local_day(asking.profile, asking.now))


def _meeting_when(asking: Asking) -> JsonValue:
    meeting = _meeting(asking)
    return when(asking.profile, meeting.starts_at) if meeting and meeting.starts_at else ""


def _news(asking: Asking) -> JsonValue:
    """What an invitation brings: "set", "moved" (when the person knew another time), or "off"."""
    meeting = _meeting(asking)
    if meeting is None or meeting.state != "set":
        return "off"
    known = meetings.said_to(
        asking.unit, meeting.id, meetings.INVITATION, [asking.profile.id], below=meeting.revision
    )
    return "moved" if known else "set"


def _convener_name(asking: Asking) -> JsonValue:
    meeting = _meeting(asking)
    if meeting is None or meeting.convener is None:
        return NOBODY[asking.profile.language]
    return people.get_person(asking.unit, meeting.convener).first_name


# --- the times


def _proposed(asking: Asking) -> list[Proposed]:
    meeting = _meeting(asking)
    found = life.proposed(asking.unit, asking.parts, meeting) if meeting else []
    return found[:MOST_TIMES]


def _by_time(asking: Asking) -> list[Proposed]:
    return sorted(_proposed(asking), key=lambda one: one.at)


def _nth(of: Callable[[Asking], list[Proposed]], at: int) -> Callable[[Asking], JsonValue]:
    def words(asking: Asking) -> JsonValue:
        found = of(asking)
        return when(asking.profile, found[at].at) if at < len(found) else ""

    return words


def _tally(asking: Asking) -> JsonValue:
    language = asking.profile.language
    answered = _answered(asking)
    return [
        {
            "text": f"{when(asking.profile, one.at)} – "
            + (CAN[language].format(count=len(one.fits)) if answered else NO_ANSWER[language])
        }
        for one in _proposed(asking)
    ]


def _answered(asking: Asking) -> bool:
    meeting = _meeting(asking)
    return meeting is not None and bool(meetings.votes_on(asking.unit, meeting.id))


def _nth_group(at: int) -> Callable[[Asking], JsonValue]:
    def words(asking: Asking) -> JsonValue:
        found = _my_groups(asking)
        return named(found[at].group, asking.profile.language) if at < len(found) else ""

    return words


def _lines(asking: Asking) -> JsonValue:
    return [_line(asking, one) for one in _my_groups(asking)]


def _line(asking: Asking, one: Theirs) -> JsonValue:
    language, meeting = asking.profile.language, one.meeting
    is_set = meeting is not None and meeting.state == "set" and meeting.starts_at is not None
    at = when(asking.profile, meeting.starts_at) if is_set and meeting and meeting.starts_at else ""
    return {"text": f"{named(one.group, language)}: {at or NOT_SET[language]}"}


def _ids(of: Sequence[Proposed]) -> JsonValue:
    return [one.id for one in of]


FACTS: dict[str, Callable[[Asking], JsonValue]] = {
    "group_name": _group_name,
    "has_others": lambda asking: bool(_others(asking)),
    "other_names": _other_names,
    "meeting_about": _meeting_about,
    "meeting_is_set": _is_set,
    "is_voting": _is_voting,
    "asked_before": _asked_before,
    "meeting_when": _meeting_when,
    "meeting_news": _news,
    "convener_name": _convener_name,
    "handed_on": lambda asking: "",
    "time_count": lambda asking: len(_proposed(asking)),
    "time_ids": lambda asking: _ids(_by_time(asking)),
    "first_time": _nth(_by_time, 0),
    "second_time": _nth(_by_time, 1),
    "third_time": _nth(_by_time, 2),
    "best_ids": lambda asking: _ids(_proposed(asking)),
    "best_time": _nth(_proposed, 0),
    "next_best_time": _nth(_proposed, 1),
    "last_best_time": _nth(_proposed, 2),
    "nobody_can": lambda asking: _answered(asking) and nobody_can(_proposed(asking)),
    "time_tally": _tally,
    "my_meetings": _lines,
    "group_count": lambda asking: len(_my_groups(asking)),
    "group_ids": lambda asking: [one.group.id for one in _my_groups(asking)],
    "first_group": _nth_group(0),
    "second_group": _nth_group(1),
    "third_group": _nth_group(2),
    "fourth_group": _nth_group(3),
}
