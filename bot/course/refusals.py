"""Why something cannot be done with a cohort, in words that name the mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from flows import course_days
from flows.course_days import DayFault
from flows.model import Language

Reason = Literal[
    "no-programme", "no-name", "name-taken", "nobody", "ended", "not-paused", "paused", "days",
    "modules-gone", "not-in-it",
]  # fmt: skip
WORDS: dict[Reason, dict[Language, str]] = {
    "no-programme": {
        "da": "Der er intet program, der hedder {about}. Se dem med `tillidsrum programme list`.",
        "en": "No programme is called {about}. See them with `tillidsrum programme list`.",
    },
    "no-name": {
        "da": "Et hold skal have et navn på 1-80 tegn.",
        "en": "A cohort needs a name of 1-80 characters.",
    },
    "name-taken": {
        "da": "Der er allerede et hold, der hedder {about}. Giv det nye et andet navn.",
        "en": "There is a cohort called {about} already. Give the new one another name.",
    },
    "nobody": {
        "da": "Der er ingen på holdet. Giv personer eller grupper, hvor der er en leder.",
        "en": "There is nobody in the cohort. Give people, or groups that have a leader.",
    },
    "ended": {
        "da": "{about} er afsluttet. Start et nyt hold i stedet.",
        "en": "{about} has ended. Start a new cohort instead.",
    },
    "paused": {
        "da": "{about} er allerede sat på pause.",
        "en": "{about} is paused already.",
    },
    "not-paused": {
        "da": "{about} er ikke sat på pause.",
        "en": "{about} is not paused.",
    },
    "days": {
        "da": "Datoerne kan ikke bruges.",
        "en": "The dates cannot be used.",
    },
    "modules-gone": {
        "da": "Der er hold i gang med moduler, som det nye program ikke har: {about}. Behold dem, "
        "eller afslut holdene først.",
        "en": "Cohorts are under way with modules that the new programme has not: {about}. Keep "
        "them, or end the cohorts first.",
    },
    "not-in-it": {
        "da": "Personen er ikke på holdet.",
        "en": "The person is not in the cohort.",
    },
}


class CourseRefused(Exception):
    """`faults`: of the days, when they are the reason."""

    def __init__(self, reason: Reason, about: str = "", faults: Sequence[DayFault] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        self.faults = list(faults)


def worded(refused: CourseRefused, language: Language) -> str:
    """One line, or one for each day that is wrong."""
    text = WORDS[refused.reason][language].format(about=refused.about)
    return "\n".join((text, *(course_days.worded(one, language) for one in refused.faults)))
