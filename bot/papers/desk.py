"""A person's own papers as files, for whichever channel hands them over. Only read, never kept."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Callable, Mapping

import typst

from bot.channels.base import DeliveryFailed, Paper
from bot.export import copy_of, files_of
from bot.papers.action_plan import make_action_plan
from bot.papers.course_line import courses_png, describe_courses
from bot.papers.curve import curve_png, describe_curve
from bot.papers.invitation import make_invitation
from bot.papers.own import courses_of, curve_of, invitation_of, plan_of, sheet_of, two_weeks_of
from bot.papers.sheet import make_sheet
from bot.papers.two_weeks import describe_two_weeks, two_weeks_png
from bot.parts import Parts
from flows.model import Language
from storage import people
from storage.database import Database, Unit
from storage.errors import StorageError
from storage.people import Profile

Draw = Callable[[], Paper]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The one time that a zip file of the same content always has."""
FILES: Mapping[str, Mapping[Language, str]] = {
    "curve": {"da": "kurve.png", "en": "curve.png"},
    "sheet": {"da": "aftale.pdf", "en": "agreement.pdf"},
    "plan": {"da": "handleplan.pdf", "en": "action-plan.pdf"},
    "calendar": {"da": "dialoger.ics", "en": "dialogues.ics"},
    "export": {"da": "mine-data.zip", "en": "my-data.zip"},
    "courses": {"da": "kurser.png", "en": "courses.png"},
    "days": {"da": "to-uger.png", "en": "two-weeks.png"},
}
WORDS: Mapping[str, Mapping[Language, str]] = {
    "sheet": {
        "da": "Din aftale med dig selv og din nærmeste leder, på én side.",
        "en": "Your agreement with yourself and your nearest leader, on one page.",
    },
    "plan": {
        "da": "Din handleplan på én side.",
        "en": "Your action plan on one page.",
    },
    "calendar": {
        "da": "De kommende dialoger og møder til din kalender. Der står kun tid og navn i dem.",
        "en": "The coming dialogues and meetings for your calendar. They hold a time and a name, "
        "nothing more.",
    },
    "export": {
        "da": "Alt, hvad Tillidsrum har om dig: en side til at læse og de samme oplysninger, "
        "som et andet program kan læse.",
        "en": "Everything that Tillidsrum has about you: a page to read, and the same in a form "
        "that another program can read.",
    },
}


class Desk:
    """Implements `bot.channels.base.Papers`."""

    def __init__(self, database: Database, parts: Parts) -> None:
        self._database = database
        self._parts = parts

    async def paper(self, channel: str, external_id: str, name: str) -> Paper:
        """Raises DeliveryFailed when nobody is there any more, or the paper cannot be made."""
        return await asyncio.to_thread(self._paper, channel, external_id, name)

    def _paper(self, channel: str, external_id: str, name: str) -> Paper:
        if name not in PAPERS:
            raise DeliveryFailed("there is no such paper", permanent=True)
        try:
            with self._database.read() as unit:
                profile = people.find_by_address(unit, channel, external_id)
                if profile is None:
                    raise DeliveryFailed("nobody is known there any more", permanent=True)
                draw = PAPERS[name](unit, self._parts, profile)
            return draw()
        except (StorageError, typst.TypstError, OSError) as error:
            raise DeliveryFailed(f"the paper was not made ({type(error).__name__})") from None


def _named(name: str, language: Language, kind: str, content: bytes, words: str = "") -> Paper:
    said = words or WORDS[name][language]
    return Paper(FILES[name][language], kind, content, said)


def _curve(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    curve, language = curve_of(unit, profile), profile.language

    def draw() -> Paper:
        words = describe_curve(curve, language)
        return _named("curve", language, "image/png", curve_png(curve, language), words)

    return draw


def _sheet(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    sheet, language = sheet_of(unit, parts, profile), profile.language
    return lambda: _named("sheet", language, "application/pdf", make_sheet(sheet, language))


def _plan(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    plan, language = plan_of(unit, parts, profile), profile.language
    return lambda: _named("plan", language, "application/pdf", make_action_plan(plan, language))


def _calendar(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    invitation, language = invitation_of(unit, parts, profile), profile.language
    return lambda: _named(
        "calendar", language, "text/calendar", make_invitation(invitation, language)
    )


def _export(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    copied, language = copy_of(unit, parts, profile), profile.language
    return lambda: _named("export", language, "application/zip", _zipped(files_of(copied)))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _courses(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    sheet = courses_of(unit, parts, profile)

    def draw() -> Paper:
        words = describe_courses(sheet)
        return _named("courses", profile.language, "image/png", courses_png(sheet), words)

    return draw


def _days(unit: Unit, parts: Parts, profile: Profile) -> Draw:
    weeks = two_weeks_of(unit, parts, profile)

    def draw() -> Paper:
        words = describe_two_weeks(weeks)
        return _named("days", profile.language, "image/png", two_weeks_png(weeks), words)

    return draw


PAPERS: Mapping[str, Callable[[Unit, Parts, Profile], Draw]] = {
    "curve": _curve,
    "sheet": _sheet,
    "plan": _plan,
    "calendar": _calendar,
    "export": _export,
    "courses": _courses,
    "days": _days,
}
"""What is read in one state of the store, and is drawn of it afterwards."""
