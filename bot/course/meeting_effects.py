"""Effects of the dialogues about a group's meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time

from bot.course import meetings as life
from bot.effects.doing import Doing
from bot.parts import About
from flows.calendar import at_local
from flows.model import Language
from flows.turn import Effect
from storage import groups, meetings, people
from storage.meetings import Meeting, State

TIMES = (("day-one", "time-one"), ("day-two", "time-two"), ("day-three", "time-three"))
"""The steps in which times are proposed."""
ORDER = ("first", "second", "third", "fourth")
OUTCOMES: dict[str, State] = {
    "all": "all-met", "some": "some-met", "not-yet": "not-yet", "nothing": "nothing",
}  # fmt: skip
HANDED_ON: dict[Language, str] = {
    "da": "Jeg spørger {name} i stedet, når det passer ind i dagen. Tak, fordi du sagde det.",
    "en": "I will ask {name} instead, when it fits the day. Thank you for saying so.",
}
NOBODY_ELSE: dict[Language, str] = {
    "da": "Der er ikke andre at spørge lige nu, så jeg lader det ligge. "
    "Skriv *møder*, når I har en tid.",
    "en": "There is nobody else to ask just now, so I let it rest. "
    "Write *meetings* when you have a time.",
}


# --- which meeting


def _begun(doing: Doing) -> Meeting | None:
    """The meeting that the conversation is about, held so that two do not change it at once; None
    when nobody has begun it, or it is gone."""
    found = _known(doing)
    return meetings.get_meeting(doing.unit, found.id, hold=True) if found else None


def _known(doing: Doing) -> Meeting | None:
    about = doing.about
    if about.meeting:
        return meetings.get_meeting(doing.unit, about.meeting)
    if not about.group:
        return None
    module = about.module or ""
    return meetings.meeting_for(doing.unit, doing.now, about.group, about.cohort, module)


def _called(doing: Doing) -> Meeting | None:
    """The same, begun here when nobody has; None for whoever is not in the group any more."""
    about, person = doing.about, doing.profile.id
    found = _known(doing)
    group = found.group if found else about.group
    if not group or person not in life.circle_of(doing.unit, group).everybody:
        return None
    if found is None:
        meetings.open_meeting(
            doing.unit, doing.parts.ids, doing.now, group, about.cohort, about.module or "", person
        )
    return _begun(doing)


# --- calling it


def find_meeting(doing: Doing, effect: Effect) -> None:
    """Not yet: asked once more. Handed on: somebody else is asked, unless the person takes it back
    by another answer."""
    meeting = _called(doing)
    if meeting is None or effect.undone:
        return
    unit, parts, person = doing.unit, doing.parts, doing.profile.id
    if effect.value == "hand-on":
        following = life.hand_on(unit, parts, meeting, person)
        doing.facts["handed_on"] = _handed_on(doing, following)
        return
    if doing.conversation.facts.get("handed_on"):
        meeting = life.take_over(unit, meeting, person)
    if effect.value == "not-yet":
        life.ask_again(unit, parts, meeting, person)


def _handed_on(doing: Doing, to: str | None) -> str:
    language = doing.profile.language
    if to is None:
        return NOBODY_ELSE[language].replace("*", "")
    return HANDED_ON[language].format(name=people.get_person(doing.unit, to).first_name)


def set_meeting(doing: Doing, effect: Effect) -> None:
    meeting = _called(doing)
    at = _moment(doing, doing.words("set-day"), str(effect.value or ""))
    if meeting is None:
        return
    if effect.undone or at is None:
        life.unset(doing.unit, doing.parts, meeting, doing.profile.id)
    else:
        life.set_time(doing.unit, doing.parts, meeting, doing.profile.id, at)


def propose_times(doing: Doing, effect: Effect) -> None:
    meeting = _called(doing)
    if meeting is None:
        return
    if effect.undone:
        life.take_back_times(doing.unit, doing.parts, meeting)
        return
    times = list(_times(doing))
    if not any(at > doing.now for at in times):
        doing.notes.append("times-passed")
    life.propose(doing.unit, doing.parts, meeting, doing.profile.id, times)


def _times(doing: Doing) -> Iterator[datetime]:
    for day, clock in TIMES:
        at = _moment(doing, doing.words(day), doing.words(clock))
        if at is not None:
            yield at


def _moment(doing: Doing, day: str, clock: str) -> datetime | None:
    """By the person's own clock."""
    if not (day and clock):
        return None
    calendar = doing.parts.calendar(doing.unit, doing.profile, doing.now)
    return at_local(calendar, date.fromisoformat(day), time.fromisoformat(clock))


def keep_meeting(doing: Doing, effect: Effect) -> None:
    """It stands, is to be another time, or is called off."""
    meeting = _called(doing)
    if meeting is None:
        return
    if effect.value == "called-off" and not effect.undone:
        life.call_off(doing.unit, doing.parts, meeting, doing.profile.id)
    else:
        life.restore(doing.unit, doing.parts, meeting, doing.profile.id)


# --- voting and settling


def vote_times(doing: Doing, effect: Effect) -> None:
    meeting = _called(doing)
    if meeting is None:
        return
    times = _listed(doing, "time_ids")
    fits = None if effect.undone else _fitting(times, effect.value)
    if not life.vote(doing.unit, doing.parts, meeting, doing.profile.id, times, fits):
        doing.notes.append("meeting-settled")


def _fitting(times: list[str], value: object) -> list[str]:
    chosen = value if isinstance(value, list) else [value]
    return [one for one, name in zip(times, ORDER, strict=False) if name in chosen]


def settle_meeting(doing: Doing, effect: Effect) -> None:
    """An old button changes nothing once the times are others, or another one is set."""
    meeting = _called(doing)
    if meeting is None:
        return
    unit, parts, person = doing.unit, doing.parts, doing.profile.id
    chosen = _fitting(_listed(doing, "best_ids"), effect.value)
    proposed = {one.id: one.starts_at for one in meetings.times_of(unit, meeting.id)}
    if effect.value == "again" and not effect.undone:
        _open(doing, meeting)
    elif not _is_about(doing, meeting, proposed):
        doing.notes.append("meeting-settled")
    elif effect.undone:
        life.unset(unit, parts, meeting, person)
    elif effect.value == "called-off":
        life.call_off(unit, parts, meeting, person)
    elif chosen and chosen[0] in proposed:
        life.set_time(unit, parts, meeting, person, proposed[chosen[0]])


def _is_about(doing: Doing, meeting: Meeting, proposed: Mapping[str, datetime]) -> bool:
    """Whether the times that the conversation is about are still those of the meeting."""
    elsewhere = meeting.state == "set" and meeting.starts_at not in proposed.values()
    return not elsewhere and any(one in proposed for one in _listed(doing, "best_ids"))


def _listed(doing: Doing, fact: str) -> list[str]:
    found = doing.conversation.facts.get(fact)
    return [str(one) for one in found] if isinstance(found, list) else []


# --- afterwards, and by hand


def record_meeting(doing: Doing, effect: Effect) -> None:
    """Of the meeting that was asked about: one that has been moved since is another."""
    meeting = _called(doing)
    if meeting is None or meeting.starts_at is None:
        return
    if doing.about.slot is not None and meeting.starts_at.date() != doing.about.slot:
        return
    outcome = OUTCOMES.get(str(effect.value))
    if effect.undone or outcome is None:
        life.take_back_record(doing.unit, meeting)
    else:
        life.record(doing.unit, doing.parts, meeting, doing.profile.id, outcome)


def find_anew(doing: Doing, effect: Effect) -> None:
    meeting = _called(doing)
    if meeting is not None and effect.value == "find-time" and not effect.undone:
        _open(doing, meeting)


def open_meeting(doing: Doing, effect: Effect) -> None:
    """The meeting of the group that was chosen: the one that is not over, or a new one."""
    chosen = _fitting(_listed(doing, "group_ids"), effect.value)
    if effect.undone or not chosen:
        return
    there = meetings.current_meeting(doing.unit, doing.now, chosen[0])
    if there is not None:
        _open(doing, there)
    elif groups.get_group(doing.unit, chosen[0]) is not None:
        doing.opens = life.dialogue_of(doing.unit, chosen[0])
        doing.opens_about = About(group=chosen[0])


def _open(doing: Doing, meeting: Meeting) -> None:
    doing.opens = life.dialogue_of(doing.unit, meeting.group)
    doing.opens_about = About(
        cohort=meeting.cohort, module=meeting.module, group=meeting.group, meeting=meeting.id
    )


EFFECTS: dict[str, Callable[[Doing, Effect], None]] = {
    "find-meeting": find_meeting,
    "set-meeting": set_meeting,
    "propose-times": propose_times,
    "keep-meeting": keep_meeting,
    "vote-times": vote_times,
    "settle-meeting": settle_meeting,
    "record-meeting": record_meeting,
    "find-anew": find_anew,
    "open-meeting": open_meeting,
}
