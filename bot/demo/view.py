"""What the try-out's page shows, read from the same store that the conversations write."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.story import PHONES, ZONE, Phone
from bot.parts import Parts
from flows.dates import describe_date
from flows.model import LANGUAGES
from storage import agreements, people, points, pulses, reminders, shares, transcript
from storage.database import Unit
from storage.people import Profile
from storage.transcript import Line

PLANNED = 12
ALT = {"da": "Din egen kurve over de fem temaer", "en": "Your own curve of the five themes"}
FILES = {
    "sheet": {"da": "Mit ark (PDF)", "en": "My sheet (PDF)"},
    "calendar": {"da": "Til din kalender (.ics)", "en": "For your calendar (.ics)"},
    "export": {"da": "Alt om mig", "en": "Everything about me"},
}
PATHS = {
    "curve": "curve.svg",
    "sheet": "sheet.pdf",
    "calendar": "dialogue.ics",
    "export": "export.json",
}
WHAT = {
    "prepare": {"da": "Forbered dialogen", "en": "Prepare the dialogue"},
    "nearest": {"da": "Hvad er delt med mig?", "en": "What is shared with me?"},
    "after": {"da": "Fik I talt sammen?", "en": "Did you talk?"},
    "agreement": {"da": "En aftale med sig selv", "en": "An agreement with oneself"},
}
KINDS = {
    "point": {"da": "Punkt til dialogen", "en": "Point for the dialogue"},
    "own": {"da": "Aftale med sig selv", "en": "Agreement with oneself"},
    "pulse": {"da": "Svar i egen kurve", "en": "Answers in one's own curve"},
    "shared-point": {"da": "Delt punkt", "en": "Shared point"},
    "shared-agreement": {"da": "Fælles aftale", "en": "Agreement of the two"},
    "shared-own-point": {"da": "Punkt fra nærmeste leder", "en": "Point from the nearest leader"},
}


def labels(at: datetime, *, short: bool = False) -> dict[str, str]:
    local = at.astimezone(ZoneInfo(ZONE))
    made: dict[str, str] = {}
    for language in LANGUAGES:
        day = describe_date(local.date(), language, today=local.date() if short else None)
        made[language] = (
            f"{day} kl. {local:%H.%M}" if language == "da" else f"{day} at {local:%H:%M}"
        )
    return made


def picture(unit: Unit, parts: Parts) -> dict[str, Any]:
    """The clock, what is planned, and who can see what."""
    now = parts.clock()
    planned = [
        {
            "at": one.due_at.isoformat(), "at_label": labels(one.due_at, short=True),
            "who": people.get_person(unit, one.person).first_name, "what": WHAT[one.kind],
        }
        for one in reminders.planned(unit, PLANNED)
        if people.reached_at(unit, one.person)
    ]  # fmt: skip
    sight = [item for phone in PHONES for item in _sight(unit, phone)]
    local = now.astimezone(ZoneInfo(ZONE))
    return {"now": local.isoformat(), "now_label": labels(now), "planned": planned, "sight": sight}


def _sight(unit: Unit, phone: Phone) -> list[dict[str, Any]]:
    profile = people.find_by_address(unit, "web", phone.id)
    if profile is None:
        return []
    given = shares.shared_by(unit, profile)
    out = {one.subject for one in given}
    private = [KINDS["point"] for one in points.open_points(unit, profile) if one.id not in out]
    private += [KINDS["own"] for _ in agreements.own_agreements(unit, profile)]
    private += [KINDS["pulse"]] if pulses.pulses_of(unit, profile) else []
    mine = [
        {"owner": phone.name, "kind": kind, "seen_by": [phone.name], "text": None, "shared": False}
        for kind in private
    ]
    return mine + [
        {
            "owner": phone.name, "kind": KINDS[f"shared-{one.kind}"], "text": one.text,
            "seen_by": [phone.name, people.get_person(unit, one.recipient).first_name],
            "shared": True,
        }
        for one in given
    ]  # fmt: skip


def phone_view(unit: Unit, phone: Phone) -> dict[str, Any]:
    profile = people.find_by_address(unit, "web", phone.id)
    if profile is None:
        return {"messages": [], "hints": {}, "language": None}
    lines = transcript.lines_after(unit, profile, 0)
    settled = settlements(lines)
    hints = {
        name: f"/demo/phones/{phone.id}/{PATHS[name]}" for name in ("curve", "sheet", "calendar")
    }
    return {
        "messages": [message(phone, profile, line, settled) for line in lines if shown(line)],
        "hints": hints,
        "language": profile.language,
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
    common = {"key": line.key, "seq": line.seq, "at_label": labels(line.at, short=True)}
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
