"""What simulated people write; each free text carries a mark that nobody else's has."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import date, timedelta

MARK = re.compile(r"mk(\d+)x(\d+)km")
OPENERS = (
    "Jeg vil gerne tale om", "Det fylder, at", "Could we look at", "Hvem hjælper med",
    "Mindre af", "Vi mangler en aftale om", "What is mine to decide about", "Der er for meget",
)  # fmt: skip
ENDINGS = (
    "før sommer.", "i ledergruppen", "🌱", "– æøå ÆØÅ", "**ikke fed** og *ikke kursiv*",
    "<script>alert(1)</script>", "{name} {preview}", "=1+1", "@channel <!here>",
    "\nog en linje til",
    "👩‍👧‍👦🙂", "”citeret”", "100 % \\ %s", "مرحبا", "e\u0301n gang",
)  # fmt: skip
NONSENSE = (
    "asdf", "?", "🙈", "….", "42", "hvad", "ja nej måske", "   ", "/start nu", "<b>x</b>",
    "mk", ":::", "1.10", "null", "ok",
)  # fmt: skip
CONTROLS = (
    "stop", "hjælp", "mine data", "hvem kan se det", "hvor er jeg", "tilbage", "ret", "fortsæt",
    "spring over", "pause", "help", "my data", "who can see it", "back", "edit", "skip", "next",
    "again", "where am i",
)  # fmt: skip
VISITS: Mapping[str, float] = {
    "pause": 2, "mine aftaler": 6, "vi har talt sammen": 5, "forbered": 4, "delt med mig": 2,
    "indstillinger": 6, "hvem kan se det": 5, "hjælp": 3, "english": 1, "dansk": 3, "mine data": 1,
    "det er svært med min leder": 1, "pause til om to uger": 1, "settings": 2,
    "we already talked": 2, "my agreements": 2, "interviewguide": 0.2, "hej med dig": 2,
    "prepare": 2, "tilbage": 1,
}  # fmt: skip
IN_A_COURSE: Mapping[str, float] = {
    "møder": 4, "handleplan": 3, "udviklingsplan": 2, "artikler": 1, "indsigter": 1,
    "evaluering": 2, "rytme": 2, "overblik": 2, "tal": 1, "meetings": 1, "action plan": 1,
}  # fmt: skip
OF_MEETINGS = ("møder", "meetings")
DAYS = (
    "i morgen", "om to uger", "om en uge", "fredag", "på onsdag", "next Tuesday", "in three weeks",
    "24/12", "1. maj", "om 10 dage", "tomorrow", "32/13", "snart",
)  # fmt: skip
HOURS = ("8-16", "kl. 9 til 15", "7.30-14.30", "10-18", "8:15-16:15", "fra 7 til 15", "16-8")
TIMES = ("9", "10.30", "kl. 13", "14:15", "at 11", "8", "25:00")
LONG = 8_000
EASY = 400


def marks_in(text: str) -> set[tuple[int, int]]:
    """(author, number) of every mark in the text."""
    return {(int(author), int(number)) for author, number in MARK.findall(text)}


def free_text(dice: random.Random, author: int, number: int, longest: int) -> str:
    mark = f"mk{author}x{number}km"
    short = f"{dice.choice(OPENERS)} {mark} {dice.choice(ENDINGS)}"
    if dice.random() < 0.02:
        return _long(short, mark, LONG)
    if dice.random() < 0.1:
        return _long(short, mark, min(longest, EASY))
    return short


def _long(short: str, mark: str, length: int) -> str:
    filled = short + " og lidt til" * (length // 12)
    return filled[: length - len(mark) - 1] + " " + mark


def day_text(dice: random.Random, today: date, ahead: tuple[int, int]) -> tuple[str, date | None]:
    """How a day is written, and which day it is when the writer was exact."""
    if dice.random() < 0.4:
        return dice.choice(DAYS), None
    day = today + timedelta(days=dice.randint(*ahead))
    return day.isoformat(), day
