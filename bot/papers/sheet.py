"""The one-page sheet, "Aftale med mig selv og med min nærmeste leder".

Three columns (goals, work environment, actions) and five boxes.
Source: seed 003, tiltag 1, udviklingsplan (steps 2 and 3).
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from bot.papers.days import long_day
from bot.papers.press import press_pdf
from flows.model import Language


class _Frozen(BaseModel):
    # A leader's words never appear in an error.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Agreed(_Frozen):
    """One agreement; `followed_up` says when and how, empty where that is still open."""

    text: str
    followed_up: str = ""


class Sheet(_Frozen):
    """What stands on the sheet; every part may be empty and is then left open for handwriting."""

    name: str
    nearest_leader: str | None
    on: date
    goals: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    my_agreements: tuple[Agreed, ...] = ()
    to_align: tuple[str, ...] = ()
    our_agreements: tuple[Agreed, ...] = ()


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "title": "Aftale med mig selv og med min nærmeste leder",
        "name": "Navn",
        "nearest_leader": "Nærmeste leder",
        "on": "Dato",
        "column_goals": "Mål",
        "column_environment": "Mit arbejdsmiljø",
        "column_actions": "Handlinger",
        "goals": "Mine mål",
        "goals_hint": "Det vil jeg lykkes med det næste halve til hele år",
        "matters": "Det er vigtigt for mig",
        "matters_hint": "for at gøre det godt og passe på mig selv",
        "mine": "Mine aftaler med mig selv",
        "mine_hint": "og hvornår og hvordan jeg følger op",
        "align": "Det vil jeg afstemme",
        "align_hint": "med min nærmeste leder",
        "ours": "Vores aftaler",
        "ours_hint": "og hvornår og hvordan vi følger op",
        "follow_up": "Opfølgning",
        "footer": "Arket er mit. Jeg bestemmer selv, hvem der ser det.",
        "of": "af",
    },
    "en": {
        "title": "My agreement with myself and with my nearest leader",
        "name": "Name",
        "nearest_leader": "Nearest leader",
        "on": "Date",
        "column_goals": "Goals",
        "column_environment": "My work environment",
        "column_actions": "Actions",
        "goals": "My goals",
        "goals_hint": "What I want to achieve in the next half to full year",
        "matters": "What matters for me",
        "matters_hint": "to do it well and take care of myself",
        "mine": "My agreements with myself",
        "mine_hint": "and when and how I follow up",
        "align": "What I want to align",
        "align_hint": "with my nearest leader",
        "ours": "Our agreements",
        "ours_hint": "and when and how we follow up",
        "follow_up": "Follow-up",
        "footer": "This sheet is mine. I decide who sees it.",
        "of": "of",
    },
}


def make_sheet(sheet: Sheet, language: Language) -> bytes:
    """The sheet as a tagged A4 landscape PDF; one page, more where the words need it."""
    template = files(__package__).joinpath("sheet.typ").read_bytes()
    return press_pdf(template, _content(sheet, language), sheet.on)


def _content(sheet: Sheet, language: Language) -> Mapping[str, object]:
    return {
        "language": language,
        "words": _WORDS[language],
        "name": printable(sheet.name),
        "nearest_leader": printable(sheet.nearest_leader or ""),
        "on": long_day(sheet.on, language),
        "date": [sheet.on.year, sheet.on.month, sheet.on.day],
        "goals": _points(sheet.goals),
        "matters": _points(sheet.matters),
        "mine": _agreements(sheet.my_agreements),
        "align": _points(sheet.to_align),
        "ours": _agreements(sheet.our_agreements),
    }


def _points(texts: Iterable[str]) -> list[dict[str, str | None]]:
    shown = (printable(text) for text in texts)
    return [{"text": text, "followed_up": None} for text in shown if text]


def _agreements(agreements: Iterable[Agreed]) -> list[dict[str, str]]:
    pairs = ((printable(one.text), printable(one.followed_up)) for one in agreements)
    return [{"text": text, "followed_up": later} for text, later in pairs if text or later]


def printable(text: str) -> str:
    """The same words; without control characters, which no font can show; line breaks stay.

    Every space becomes one where a line may break: text pasted from a web page can be tied from
    end to end.
    """
    return "\n".join("".join(map(_shown, line)) for line in text.splitlines()).strip()


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    return "" if category == "Cc" else character
