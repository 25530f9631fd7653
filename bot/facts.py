"""What a dialogue must know at its start, gathered by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from pydantic import JsonValue

from bot import digest_facts, hr_facts
from bot.asking import Asking, local_day
from bot.course import facts as course
from bot.course import leader_facts, meeting_facts
from bot.parts import About, Parts, today_of
from bot.planning import next_occasion, slot_at
from bot.rhythm_change import comes_to, rhythm_now, sets_for_all
from bot.rhythm_whom import BUTTONS
from bot.rhythm_words import KINDS_CALLED, WHAT, describe
from flows.conversation import Conversation
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.rhythm import KINDS
from storage import (
    addresses,
    agreements,
    cadences,
    notes,
    organisation,
    pairs,
    people,
    points,
    preferences,
    pulses,
    shares,
)
from storage.agreements import Agreement
from storage.database import Unit
from storage.pairs import Pair
from storage.people import Profile

ACTIVE_AT_MOST = 3
WEEKDAYS = {"da": WEEKDAYS_DA, "en": WEEKDAYS_EN}
TO = {"da": "til", "en": "to"}
ZONE_WORDS = {
    "Europe/Copenhagen": {"da": "dansk tid", "en": "Danish time"},
    "America/Nuuk": {"da": "grønlandsk tid", "en": "Greenland time"},
    "Atlantic/Faroe": {"da": "færøsk tid", "en": "Faroese time"},
    "Europe/London": {"da": "britisk tid", "en": "British time"},
}
KEPT_WORDS = {
    "da": (
        "punkter til dialogen",
        "aftaler med dig selv",
        "noter",
        "svar i din egen kurve",
        "ting, du har delt",
    ),
    "en": (
        "points for the dialogue",
        "agreements with yourself",
        "notes",
        "answers in your own curve",
        "things you have shared",
    ),
}


def gather(
    unit: Unit, parts: Parts, profile: Profile, names: Iterable[str], about: About
) -> dict[str, JsonValue]:
    """The facts of these names. Raises KeyError for a name that nobody knows (checked)."""
    asking = Asking(unit, parts, profile, about, parts.clock())
    return {name: FACTS[name](asking) for name in names}


def _nearest(asking: Asking) -> Profile | None:
    pair = _pair(asking)
    if pair is None or pair.leader != asking.profile.id:
        return None
    return people.get_person(asking.unit, pair.nearest_leader)


def _pair(asking: Asking) -> Pair | None:
    return pairs.open_pair(asking.unit, asking.about.pair) if asking.about.pair else None


def _nearest_name(asking: Asking) -> JsonValue:
    nearest = _nearest(asking)
    return nearest.first_name if nearest else ""


def _dialogue_day(asking: Asking) -> JsonValue:
    about = asking.about
    if about.cadence and about.slot:
        return _day_of_slot(asking, about.cadence, about.slot)
    occasion = next_occasion(asking.unit, asking.parts, asking.profile, asking.now)
    return local_day(asking.profile, occasion.slot.at) if occasion else None


def _day_of_slot(asking: Asking, cadence_id: str, nominal: date) -> JsonValue:
    cadence = cadences.cadence_by_id(asking.unit, cadence_id)
    if cadence is None:
        return None
    leader = people.get_person(asking.unit, cadence.person)
    slot = slot_at(asking.unit, asking.parts, leader, cadence, nominal)
    return local_day(leader, slot.at) if slot else None


def _carried(asking: Asking) -> JsonValue:
    found = points.open_points(asking.unit, asking.profile)
    return [{"id": point.id, "text": point.text} for point in found]


def _agreements(asking: Asking) -> JsonValue:
    found = agreements.own_agreements(asking.unit, asking.profile)
    return [
        {
            "id": one.id,
            "text": one.text,
            "kind": one.kind,
            "follow_up": one.follow_up,
            "resting": one.state == "resting",
        }
        for one in found
    ]


def _room(asking: Asking) -> int:
    active = agreements.own_agreements(asking.unit, asking.profile, "active")
    return max(0, ACTIVE_AT_MOST - len(active))


def _agreement(asking: Asking) -> Agreement | None:
    wanted = asking.about.agreement
    return agreements.get_agreement(asking.unit, asking.profile, wanted) if wanted else None


def _agreement_text(asking: Asking) -> JsonValue:
    found = _agreement(asking)
    return found.text if found else ""


def _our_agreements(asking: Asking) -> JsonValue:
    pair = _pair(asking)
    found = agreements.pair_agreements(asking.unit, asking.profile, pair.id) if pair else []
    return [{"text": one.text, "follow_up_day": one.follow_up_on} for one in found]


def _my_leaders(asking: Asking) -> JsonValue:
    led = pairs.pairs_led_by(asking.unit, asking.profile.id)
    chosen = [pair for pair in led if pair.id in (asking.about.pair, *asking.about.others)]
    return [_led(asking, pair) for pair in chosen or led]


def _led(asking: Asking, pair: Pair) -> JsonValue:
    leader = people.get_person(asking.unit, pair.leader)
    shared = shares.shared_with(asking.unit, asking.profile, leader.id)
    own = [
        one for one in shares.shared_by(asking.unit, asking.profile) if one.recipient == leader.id
    ]
    raised = [one for one in shared if one.kind == "point"]
    agreed = [one for one in shared if one.kind == "agreement"]
    shares.mark_seen(asking.unit, asking.now, asking.profile, shared)
    occasion = next_occasion(asking.unit, asking.parts, leader, asking.now)
    return {
        "pair_id": pair.id,
        "name": leader.first_name,
        "dialogue_day": local_day(leader, occasion.slot.at) if occasion else None,
        "shared": [{"text": one.text} for one in raised] or asking.common("nothing-shared"),
        "agreed": [{"text": one.text} for one in agreed] or asking.common("nothing-agreed"),
        "own": [{"text": one.text} for one in own],
        "has_shared": bool(raised),
    }


def still_shared(
    unit: Unit, parts: Parts, profile: Profile, conversation: Conversation
) -> Conversation:
    """What others have shared is looked up anew at every turn: it may have been taken back since.
    The rounds stay who they were, also when a pair has been closed."""
    listed = conversation.facts.get("my_leaders")
    if not isinstance(listed, list):
        return conversation
    asking = Asking(unit, parts, profile, About(), parts.clock())
    led = {pair.id: pair for pair in pairs.pairs_led_by(unit, profile.id)}
    fresh: list[JsonValue] = [_led_still(asking, led, one) for one in listed]
    return conversation.having(facts={**conversation.facts, "my_leaders": fresh})


def _led_still(asking: Asking, led: Mapping[str, Pair], one: JsonValue) -> JsonValue:
    known = one if isinstance(one, dict) else {}
    pair = led.get(str(known.get("pair_id")))
    if pair is not None:
        return _led(asking, pair)
    shared, agreed = asking.common("nothing-shared"), asking.common("nothing-agreed")
    closed: dict[str, JsonValue] = {"dialogue_day": None, "agreed": agreed, "own": []}
    return {**known, **closed, "shared": shared, "has_shared": False}


def _from_nearest(asking: Asking) -> list[JsonValue]:
    """What the nearest leader has shared with this very leader."""
    nearest = _nearest(asking)
    if nearest is None:
        return []
    found = shares.shared_with(asking.unit, asking.profile, nearest.id)
    own = [one for one in found if one.kind == "own-point"]
    shares.mark_seen(asking.unit, asking.now, asking.profile, own)
    return [{"text": one.text} for one in own]


def _my_shares(asking: Asking) -> JsonValue:
    return [
        {
            "id": one.id,
            "text": one.text,
            "with": people.get_person(asking.unit, one.recipient).first_name,
            "shared_day": local_day(asking.profile, one.shared_at),
        }
        for one in shares.shared_by(asking.unit, asking.profile)
    ]


def _help_routes(asking: Asking) -> JsonValue:
    routes = organisation.help_routes(asking.unit, asking.profile.language)
    return [{"text": route} for route in routes]


def _working_days(asking: Asking) -> JsonValue:
    """ "mandag til fredag" where the days follow each other, else each by name."""
    names, to = WEEKDAYS[asking.profile.language], TO[asking.profile.language]
    days = sorted(int(day) for day in asking.profile.working_days)
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[days[0] - 1]} {to} {names[days[-1] - 1]}"
    return ", ".join(names[day - 1] for day in days)


def _zone(asking: Asking) -> JsonValue:
    words = ZONE_WORDS.get(asking.profile.zone)
    return words[asking.profile.language] if words else asking.profile.zone


def _hours(asking: Asking) -> JsonValue:
    dot = "." if asking.profile.language == "da" else ":"
    hours = (asking.profile.hours_from, asking.profile.hours_to)
    return "–".join(one.removeprefix("0").replace(":", dot) for one in hours)


def _channel(asking: Asking) -> JsonValue:
    reached = people.reached_at(asking.unit, asking.profile.id)
    return reached.channel if reached else "web"


def _on_telegram(asking: Asking) -> bool:
    known = addresses.addresses_of(asking.unit, asking.profile.id)
    return any(one.channel == "telegram" for one in known)


def _own_messages(asking: Asking) -> JsonValue:
    if not _on_telegram(asking):
        return None
    chosen = preferences.get(asking.unit, asking.profile.id, preferences.OWN_MESSAGES)
    return chosen or "kept"


def _paused_until(asking: Asking) -> JsonValue:
    until = asking.profile.paused_until
    return until.isoformat() if until and until > today_of(asking.profile, asking.now) else None


def _my_rhythms(asking: Asking) -> JsonValue:
    unit, profile, language = asking.unit, asking.profile, asking.profile.language
    lines: list[JsonValue] = []
    for kind in KINDS:
        if comes_to(unit, profile, kind):
            how = describe(kind, rhythm_now(unit, profile, kind), language)
            lines.append({"text": f"{WHAT[kind][language]}: {how}"})
    return lines or asking.common("no-rhythms")


def _course_nudges(asking: Asking) -> JsonValue:
    """As a button; "" for whom they are of no concern."""
    profile = asking.profile
    concerns = sets_for_all(profile) or comes_to(asking.unit, profile, "nudge")
    return KINDS_CALLED["nudge"][profile.language] if concerns else ""


def _keeps(asking: Asking) -> JsonValue:
    unit, profile = asking.unit, asking.profile
    counts = (
        len(points.open_points(unit, profile)),
        len(agreements.own_agreements(unit, profile)),
        len(notes.notes_of(unit, profile)),
        len(pulses.pulses_of(unit, profile)),
        len(shares.shared_by(unit, profile)),
    )
    words = KEPT_WORDS[profile.language]
    return [{"text": f"{count} {what}"} for count, what in zip(counts, words, strict=True) if count]


FACTS: dict[str, Callable[[Asking], JsonValue]] = {
    "name": lambda asking: asking.profile.first_name,
    "nearest_leader": _nearest_name,
    "has_nearest_leader": lambda asking: _nearest(asking) is not None,
    "dialogue_day": _dialogue_day,
    "invited": lambda asking: asking.about.reminder is not None,
    "carried": _carried,
    "has_carried": lambda asking: bool(_carried(asking)),
    "agreements": _agreements,
    "has_agreements": lambda asking: bool(_agreements(asking)),
    "room_for_agreements": lambda asking: _room(asking) > 0,
    "agreement_room": _room,
    "agreement_text": _agreement_text,
    "agreement_id": lambda asking: asking.about.agreement,
    "our_agreements": _our_agreements,
    "my_leaders": _my_leaders,
    "has_leaders": lambda asking: bool(pairs.pairs_led_by(asking.unit, asking.profile.id)),
    "from_nearest": lambda asking: _from_nearest(asking),
    "has_from_nearest": lambda asking: bool(_from_nearest(asking)),
    "my_shares": _my_shares,
    "has_shares": lambda asking: bool(shares.shared_by(asking.unit, asking.profile)),
    "help_routes": _help_routes,
    "has_help_routes": lambda asking: bool(_help_routes(asking)),
    "organisation": lambda asking: asking.parts.organisation,
    "channel": _channel,
    "on_telegram": _on_telegram,
    "own_messages": _own_messages,
    "page_opens": lambda asking: asking.parts.address_opens,
    "language": lambda asking: asking.profile.language,
    "zone": _zone,
    "hours": _hours,
    "working_days": _working_days,
    "paused_until_day": _paused_until,
    "keeps": _keeps,
    "my_rhythms": _my_rhythms,
    "sets_for_all": lambda asking: sets_for_all(asking.profile),
    "course_nudges": _course_nudges,
    "next_times": lambda asking: "",
    **dict.fromkeys(("whom", *BUTTONS), lambda asking: ""),
    "retention_days": lambda asking: str(
        organisation.retention(asking.unit, asking.parts.retention).days
    ),
    **digest_facts.FACTS,
    **hr_facts.FACTS,
    **course.FACTS,
    **leader_facts.FACTS,
    **meeting_facts.FACTS,
}
