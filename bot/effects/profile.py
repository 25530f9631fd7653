"""Effects on the person: language, hours, leave, nearest leader, pause."""

from __future__ import annotations

from datetime import date, timedelta

from bot import pairing
from bot.effects.doing import Doing
from bot.parts import Parts
from bot.planning import replan_cadence, replan_person
from flows.model import LANGUAGES
from flows.turn import Effect
from storage import cadences, outbox, pairs, people, preferences
from storage.database import Unit
from storage.people import Profile

ZONES = {
    "europe-copenhagen": "Europe/Copenhagen",
    "america-nuuk": "America/Nuuk",
    "atlantic-faroe": "Atlantic/Faroe",
    "europe-london": "Europe/London",
}
DAYS = {"mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5", "sat": "6", "sun": "7"}
PAUSES = {"1-week": 7, "2-weeks": 14, "4-weeks": 28}


def _change(doing: Doing, **columns: object) -> None:
    people.change_person(doing.unit, doing.profile.id, **columns)
    doing.profile = people.get_person(doing.unit, doing.profile.id)


def set_language(doing: Doing, effect: Effect) -> None:
    for language in LANGUAGES:
        if effect.value == language:
            _change(doing, language=language)
            doing.language = language


def set_zone(doing: Doing, effect: Effect) -> None:
    zone = ZONES.get(str(effect.value))
    if zone:
        _change(doing, zone=zone)
        replan_person(doing.unit, doing.parts, doing.profile.id)


def set_working_days(doing: Doing, effect: Effect) -> None:
    if isinstance(effect.value, list) and effect.value:
        _change(doing, working_days="".join(DAYS[str(day)] for day in effect.value))
        replan_person(doing.unit, doing.parts, doing.profile.id)


def set_hours(doing: Doing, effect: Effect) -> None:
    start, _, end = str(effect.value or "").partition("-")
    if start and end:
        _change(doing, hours_from=start, hours_to=end)
        replan_person(doing.unit, doing.parts, doing.profile.id)


def set_own_messages(doing: Doing, effect: Effect) -> None:
    """Whether what they write is deleted from the chat once it is kept; not, if they never said."""
    removed = effect.value == "remove" and not effect.undone
    value = preferences.REMOVED if removed else None
    preferences.put(doing.unit, doing.profile.id, preferences.OWN_MESSAGES, value)


def set_own_words(doing: Doing, effect: Effect) -> None:
    """Whether their own words stand only on their own page; in the chat, if they never said."""
    away = effect.value == preferences.ON_PAGE and not effect.undone
    value = preferences.ON_PAGE if away else None
    preferences.put(doing.unit, doing.profile.id, preferences.OWN_WORDS, value)


def add_leave(doing: Doing, effect: Effect) -> None:
    first = doing.words(effect.place.step.replace("-last", "-first"), effect.place.item)
    last = str(effect.value or "")
    if first and last:
        days = sorted((date.fromisoformat(first), date.fromisoformat(last)))
        people.add_leave(doing.unit, doing.parts.ids, doing.profile.id, days[0], days[1])
        replan_person(doing.unit, doing.parts, doing.profile.id)


def confirm_nearest_leader(doing: Doing, effect: Effect) -> None:
    """Whoever says "somebody else" or "nobody" shares nothing more with the one who was; a slip
    of the thumb is mended by a yes, but what was shared stays closed."""
    if not effect.undone and effect.value in ("no", "none"):
        close_pair(doing)
    elif effect.value == "yes" and doing.about.pair:
        _reopen_pair(doing, doing.about.pair)


def _reopen_pair(doing: Doing, pair: str) -> None:
    if not pairs.reopen_pair(doing.unit, pair, doing.profile.id):
        return
    cadence = cadences.resume_cadence(doing.unit, pair)
    if cadence:
        replan_cadence(doing.unit, doing.parts, cadence)


def correct_nearest_leader(doing: Doing, effect: Effect) -> None:
    if effect.undone or not effect.value:
        return
    found = people.find_by_email(doing.unit, str(effect.value))
    if found is None:
        doing.notes.append("nearest-leader-unknown")
    elif found.id == doing.profile.id:
        doing.notes.append("nearest-leader-not-self")
    else:
        change_nearest_leader(doing, found)


def change_nearest_leader(doing: Doing, nearest: Profile) -> None:
    """Closes the pair with all that was shared in it; the new one starts empty."""
    close_pair(doing)
    pair = pairs.begin_pair(doing.unit, doing.parts.ids, doing.now, doing.profile.id, nearest.id)
    doing.about = doing.about.model_copy(update={"pair": pair.id})
    doing.notes.append("nearest-leader-changed")


def close_pair(doing: Doing) -> None:
    pairing.close_pair(doing.unit, doing.now, doing.profile.id)


def set_pause(doing: Doing, effect: Effect) -> None:
    if effect.undone or effect.value is None:
        return
    if effect.value == "resume":
        _pause(doing, None)
    elif effect.value in PAUSES:
        _pause(doing, doing.today + timedelta(days=PAUSES[str(effect.value)]))
    elif effect.place.step != "how-long" and _is_day(str(effect.value)):
        _pause(doing, date.fromisoformat(str(effect.value)))


def _pause(doing: Doing, until: date | None) -> None:
    pause_until(doing.unit, doing.parts, doing.profile, until)


def pause_until(unit: Unit, parts: Parts, profile: Profile, until: date | None) -> None:
    """Quiet until that day; None is an end to the quiet. Nothing piles up meanwhile."""
    people.change_person(unit, profile.id, paused_until=until)
    if until is not None:
        outbox.drop_planned(unit, profile.id, "paused")
    replan_person(unit, parts, profile.id)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
