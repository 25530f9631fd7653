"""What the try-out's page shows, read from the same store that the conversations write."""

from __future__ import annotations

import json
from typing import Any

from bot.demo.cast import PHONES, Phone
from bot.demo.coming import planned
from bot.demo.course_line import courses
from bot.demo.labels import days, labels, local, times
from bot.demo.sight import who_sees_what
from bot.parts import Parts
from storage import people, transcript
from storage.database import Unit
from storage.people import Profile
from storage.transcript import Line

SHOWN = 12
ALT = {
    "curve": {"da": "Din egen kurve over de fem temaer", "en": "Your own curve of the five themes"},
    "courses": {"da": "Det samme som et billede", "en": "The same as a picture"},
    "days": {"da": "De næste to uger med navnene på", "en": "The next two weeks with the names"},
}
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
    "courses": "courses.svg",
    "days": "days.svg",
}


def picture(unit: Unit, parts: Parts) -> dict[str, Any]:
    """The clock, what is planned, the courses, who is there, and who can see what."""
    now = parts.clock()
    return {
        "now": local(now).isoformat(timespec="minutes"),
        "now_label": labels(now),
        "now_day": days(now),
        "now_time": times(now),
        "planned": planned(unit, SHOWN),
        "courses": courses(unit, parts),
        "people": {phone.id: _presence(unit, phone) for phone in PHONES},
        "sight": who_sees_what(unit),
    }


def _presence(unit: Unit, phone: Phone) -> dict[str, Any]:
    """`here` is false from the moment that everything about the person is erased."""
    profile = people.find_by_address(unit, "web", phone.id)
    return {"here": profile is not None, "language": profile.language if profile else None}


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
    drawn = {"url": f"{url}?at={line.seq}", "alt": ALT[shows][language]} if shows in ALT else None
    return {
        **common, **body, "from": "bot", "picture": drawn, "files": files,
        "settled": settled.get(line.key),
    }  # fmt: skip
