"""What the try-out's page shows, read from the same store that the conversations write."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.story import PHONES, ZONE, Phone, planned_for_phones
from bot.papers.days import short_day
from bot.parts import Parts
from flows.dates import describe_date
from flows.model import LANGUAGES, Language
from storage import agreements, notes, pairs, people, points, pulses, shares, transcript
from storage.database import Unit
from storage.people import Profile
from storage.reminders import Reminder
from storage.shares import Shared
from storage.transcript import Line

SHOWN = 12
ALT = {"da": "Din egen kurve over de fem temaer", "en": "Your own curve of the five themes"}
FILES = {
    "sheet": {"da": "Mit ark (PDF)", "en": "My sheet (PDF)"},
    "plan": {"da": "Min handleplan (PDF)", "en": "My action plan (PDF)"},
    "calendar": {"da": "Til din kalender (.ics)", "en": "For your calendar (.ics)"},
    "export": {"da": "Alt om mig", "en": "Everything about me"},
}
PATHS = {
    "curve": "curve.svg",
    "sheet": "sheet.pdf",
    "plan": "plan.pdf",
    "calendar": "dialogue.ics",
    "export": "export.json",
}
WHAT = {
    ("prepare", 1): {"da": "Forbered dialogen", "en": "Prepare the dialogue"},
    ("prepare", 2): {"da": "Forberedelse, 2. gang", "en": "Preparation, 2nd time"},
    ("nearest", 1): {"da": "Hvad er delt med mig?", "en": "What is shared with me?"},
    ("from-nearest", 1): {"da": "Delt af nærmeste leder", "en": "Shared by the nearest leader"},
    ("after", 1): {"da": "Fik I talt sammen?", "en": "Did you talk?"},
    ("after", 2): {"da": "Fik I talt? 2. gang", "en": "Did you talk? 2nd time"},
    ("agreement", 1): {"da": "En aftale med sig selv", "en": "An agreement with oneself"},
}
KINDS = {
    "point": {"da": "Punkt til dialogen", "en": "Point for the dialogue"},
    "own": {"da": "Aftale med sig selv", "en": "Agreement with oneself"},
    "pair": {"da": "Noteret aftale", "en": "Agreement noted"},
    "note": {"da": "Note til sig selv", "en": "Note to oneself"},
    "pulse": {"da": "Svar i egen kurve", "en": "Answers in one's own curve"},
    "shared-point": {"da": "Delt punkt", "en": "Shared point"},
    "shared-agreement": {"da": "Fælles aftale", "en": "Agreement of the two"},
    "shared-own-point": {"da": "Punkt fra nærmeste leder", "en": "Point from the nearest leader"},
}
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "da": ("ma.", "ti.", "on.", "to.", "fr.", "lø.", "sø."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

Labels = dict[str, str]
"""The same in both languages: it is the page that knows which one it speaks."""


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(ZONE))


def days(at: datetime) -> Labels:
    """`onsdag den 25. november`: without the year, which is always the one that one thinks of."""
    day = _local(at).date()
    return {language: describe_date(day, language, today=day) for language in LANGUAGES}


def times(at: datetime) -> Labels:
    local = _local(at)
    return {"da": f"{local:%H.%M}", "en": f"{local:%H:%M}"}


def labels(at: datetime) -> Labels:
    day, hour = days(at), times(at)
    return {"da": f"{day['da']} kl. {hour['da']}", "en": f"{day['en']} at {hour['en']}"}


def short_labels(at: datetime) -> Labels:
    """`on. 25. nov. kl. 11.00`, for lists."""
    local, hour = _local(at), times(at)
    day = {
        language: f"{WEEKDAYS[language][local.weekday()]} {short_day(local.date(), language)}"
        for language in LANGUAGES
    }
    return {"da": f"{day['da']} kl. {hour['da']}", "en": f"{day['en']} at {hour['en']}"}


def picture(unit: Unit, parts: Parts) -> dict[str, Any]:
    """The clock, what is planned, who is there, and who can see what."""
    now = parts.clock()
    return {
        "now": _local(now).isoformat(timespec="minutes"),
        "now_label": labels(now),
        "now_day": days(now),
        "now_time": times(now),
        "planned": [_planned(unit, one) for one in planned_for_phones(unit)[:SHOWN]],
        "people": {phone.id: _presence(unit, phone) for phone in PHONES},
        "sight": [item for phone in PHONES for item in _sight(unit, phone)],
    }


def _planned(unit: Unit, reminder: Reminder) -> dict[str, Any]:
    return {
        "at": reminder.due_at.isoformat(),
        "at_label": short_labels(reminder.due_at),
        "who": people.get_person(unit, reminder.person).first_name,
        "what": WHAT.get((reminder.kind, reminder.ordinal)) or WHAT[reminder.kind, 1],
    }


def _presence(unit: Unit, phone: Phone) -> dict[str, Any]:
    """`here` is false from the moment that everything about the person is erased."""
    profile = people.find_by_address(unit, "web", phone.id)
    return {"here": profile is not None, "language": profile.language if profile else None}


def _sight(unit: Unit, phone: Phone) -> list[dict[str, Any]]:
    profile = people.find_by_address(unit, "web", phone.id)
    if profile is None:
        return []
    given = shares.shared_by(unit, profile)
    own = _own_kinds(unit, profile, {one.subject for one in given})
    return [_kept(phone, kind) for kind in own] + [_given(unit, phone, one) for one in given]


def _own_kinds(unit: Unit, profile: Profile, out: set[str | None]) -> list[Labels]:
    """What only the person can see; `out`: the ids of what they have shared."""
    pair = pairs.pair_of(unit, profile.id)
    noted = agreements.pair_agreements(unit, profile, pair.id) if pair else []
    kinds = ["pulse"] if pulses.pulses_of(unit, profile) else []
    kinds += ["point" for one in points.open_points(unit, profile) if one.id not in out]
    kinds += ["pair" for one in noted if one.id not in out]
    kinds += ["own" for _ in agreements.own_agreements(unit, profile)]
    kinds += ["note" for _ in notes.notes_of(unit, profile)]
    return [KINDS[kind] for kind in kinds]


def _kept(phone: Phone, kind: Labels) -> dict[str, Any]:
    seen_by = [phone.name]
    return {"owner": phone.name, "kind": kind, "seen_by": seen_by, "text": None, "shared": False}


def _given(unit: Unit, phone: Phone, share: Shared) -> dict[str, Any]:
    return {
        "owner": phone.name,
        "kind": KINDS[f"shared-{share.kind}"],
        "seen_by": [phone.name, people.get_person(unit, share.recipient).first_name],
        "text": share.text,
        "shared": True,
    }


def phone_view(unit: Unit, phone: Phone) -> dict[str, Any]:
    profile = people.find_by_address(unit, "web", phone.id)
    if profile is None:
        return {"messages": [], "hints": {}}
    lines = transcript.lines_after(unit, profile, 0)
    settled = settlements(lines)
    hints = {
        name: f"/demo/phones/{phone.id}/{PATHS[name]}" for name in ("curve", "sheet", "calendar")
    }
    return {
        "messages": [message(phone, profile, line, settled) for line in lines if shown(line)],
        "hints": hints,
    }


def shown(line: Line) -> bool:
    """A press is shown as the answer of the message that it settles, not once more."""
    return line.direction == "out" or "settles" not in json.loads(line.body)


def settlements(lines: list[Line]) -> dict[str, str]:
    """Message key -> the words that answered it."""
    heard = (json.loads(line.body) for line in lines if line.direction == "in")
    return {one["settles"]: one["text"] for one in heard if "settles" in one}


def message(phone: Phone, profile: Profile, line: Line, settled: dict[str, str]) -> dict[str, Any]:
    """One line of the chat as the page takes it."""
    body = json.loads(line.body)
    common = {
        "key": line.key,
        "seq": line.seq,
        "at": line.at.isoformat(),
        "at_label": labels(line.at),
    }
    if line.direction == "in":
        return {**common, "from": "person", "spans": [[body["text"], ""]], "choices": []}
    shows, language = body.pop("shows", None), body["language"]
    url = f"/demo/phones/{phone.id}/{PATHS[shows]}" if shows else None
    files = [{"url": url, "name": FILES[shows][language]}] if shows in FILES else []
    drawn = {"url": f"{url}?at={line.seq}", "alt": ALT[language]} if shows == "curve" else None
    return {
        **common, **body, "from": "bot", "picture": drawn, "files": files,
        "settled": settled.get(line.key),
    }  # fmt: skip
