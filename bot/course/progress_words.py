"""How the courses go, in sentences: the same in HR's digest, its picture, the console, a
command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from bot.course.progress import ITEMS, Item, Met, Overview, Progress, Rated
from flows.dates import describe_date
from flows.figures import Band
from flows.model import Language

_WORDS: dict[str, dict[Language, str]] = {
    "held": {"da": "{held} af {all} dage er holdt", "en": "{held} of {all} days held"},
    "next": {"da": "næste er {title}, {day}", "en": "next is {title}, {day}"},
    "over": {"da": "forløbet er slut", "en": "the course is over"},
    "paused": {"da": "på pause", "en": "paused"},
    "pilot": {"da": "testhold", "en": "pilot"},
    "trio": {"da": "TRIO-møder", "en": "TRIO meetings"},
    "network": {"da": "Netværksmøder", "en": "Network meetings"},
    "before-stop": {"da": "før {title}", "en": "before {title}"},
    "after-stop": {"da": "efter {title}", "en": "after {title}"},
    "met-held": {"da": "{count} holdt", "en": "{count} held"},
    "met-set": {"da": "{count} sat", "en": "{count} set"},
    "met-waiting": {"da": "{count} uden tid endnu", "en": "{count} to be set"},
    "before": {"da": "før forløbet", "en": "before the course"},
    "after": {"da": "efter forløbet", "en": "after the course"},
    "later": {"da": "senere", "en": "later"},
    "before-dialogue": {"da": "før den første", "en": "before the first"},
    "after-dialogue": {"da": "efter nogle gange", "en": "after some time"},
    "later-dialogue": {"da": "senere", "en": "later"},
    "dialogue": {"da": "Dialogen med nærmeste leder", "en": "The dialogue with the nearest leader"},
    "usability": {"da": "brugbarhed", "en": "usability"},
    "relevance": {"da": "relevans", "en": "relevance"},
    "focus": {"da": "fokus på ledelsesopgaven", "en": "focus on the task"},
    "low": {"da": "lav", "en": "low"},
    "middle": {"da": "middel", "en": "middle"},
    "high": {"da": "høj", "en": "high"},
    "too-small": {
        "da": "ingen tal, så længe holdet er så lille, at nogen kunne genkendes",
        "en": "no figures as long as it is so small that somebody could be told from them",
    },
    "no-figure": {
        "da": "intet tal, for det kunne vise, hvad en enkelt har svaret",
        "en": "no figure, for it could show what a single one has answered",
    },
}  # fmt: skip


def say(what: str, language: Language, **slots: object) -> str:
    return _WORDS[what][language].format(**slots)


def short(title: str) -> str:
    """ "Modul 2" of "Modul 2: Kultur"."""
    return title.partition(":")[0]


# --- how far it is


def named(course: Progress, language: Language) -> str:
    """ "Nyborg 2027 (testhold)"."""
    some = [
        say(word, language)
        for word, holds in (("pilot", course.pilot), ("paused", course.paused))
        if holds
    ]
    return f"{course.name} ({', '.join(some)})" if some else course.name


def course_line(course: Progress, language: Language, today: date) -> str:
    """How many days have been, the next one, and the meetings around them."""
    held = sum(one.held for one in course.stops)
    far = [say("held", language, held=held, all=len(course.stops))]
    if course.next is not None:
        day = describe_date(course.next.day, language, today=today)
        far.append(say("next", language, title=course.next.title, day=day))
    elif course.stops:
        far.append(say("over", language))
    told = [f"{named(course, language)}: {', '.join(far)}.", *met_lines(course, language)]
    return " ".join(told)


def met_lines(course: Progress, language: Language) -> Iterator[str]:
    """ "TRIO-møder før Modul 1: 5 holdt; før Modul 2: 3 holdt, 2 sat."; a kind of group each."""
    for kind in dict.fromkeys(one.kind for one in course.met):
        some = [one for one in course.met if one.kind == kind and met_counts(one, language)]
        told = [
            f"{met_where(course, one, language)}: {', '.join(met_counts(one, language))}"
            for one in some
        ]
        if told:
            yield f"{say(kind, language)} {'; '.join(told)}."


def met_where(course: Progress, met: Met, language: Language) -> str:
    if met.place < len(course.stops):
        return say("before-stop", language, title=short(course.stops[met.place].title))
    return say("after-stop", language, title=short(course.stops[-1].title))


def met_counts(met: Met, language: Language) -> list[str]:
    counts = (("met-held", met.held), ("met-set", met.set), ("met-waiting", met.waiting))
    return [say(word, language, count=count) for word, count in counts if count]


# --- what is thought of it


def rated_lines(overview: Overview, language: Language) -> Iterator[str]:
    """A line for each phase of each that was rated, and one for all of a course of which there is
    to be no figure."""
    for course in overview.courses:
        name = named(course, language)
        if course.is_without_figures:
            yield f"{name}: {say('too-small', language)}"
        else:
            found = [row for one in course.rated for row in rows(one, language)]
            yield from _lines(name, found, language)
    if overview.dialogue is not None:
        found = dialogue_rows(overview.dialogue, language)
        yield from _lines(say("dialogue", language), found, language)


def _lines(name: str, found: list[Row], language: Language) -> Iterator[str]:
    told = [row for row in found if row.bands]
    none = [row.about for row in found if not row.bands]
    for about, bands in told:
        yield f"{name}, {about}: {band_words(bands, language)}"
    if none:
        about = f", {', '.join(none)}" if told else ""
        yield f"{name}{about}: {say('no-figure', language)}"


class Row(NamedTuple):
    """`about`: when, or after which module. `bands`, by item: empty where there is no figure."""

    about: str
    bands: Mapping[Item, Band]


def rows(rated: Rated, language: Language) -> list[Row]:
    if rated.title:
        about = say("after-stop", language, title=short(rated.title))
        return [Row(about, bands) for bands in rated.phases.values()]
    return [Row(say(phase, language), bands) for phase, bands in rated.phases.items()]


def dialogue_rows(rated: Rated, language: Language) -> list[Row]:
    return [Row(say(f"{phase}-dialogue", language), of) for phase, of in rated.phases.items()]


def band_words(bands: Mapping[Item, Band], language: Language) -> str:
    told = (
        f"{say(item, language)} {say(bands[item], language)}" for item in ITEMS if item in bands
    )
    return ", ".join(told)
