"""Courses over two years, and one who runs them all and remembers every figure.

Cohorts with joiners and leavers: their course is rated before, after and later, and each of its
modules; everybody rates the dialogue with their nearest leader. The worst case: somebody answers
the same whatever is rated, and the viewer takes it so, and knows exactly who is behind each figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from flows.figures import Asked, Given
from tests.flows.attack import Publish

QUARTERS = 8
DIALOGUE = "dialogue"


class Rated(NamedTuple):
    """`about`: a phase of the course, or one of its modules."""

    of: str
    about: str


class Courses:
    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.value: dict[str, int] = {}
        self.takes: dict[str, set[str]] = {}
        self.asked: dict[str, list[str]] = {}
        self.answered: dict[Rated, set[str]] = {}
        for number in range(self.rng.randint(1, 3)):
            self._starts(f"cohort {number}")

    def _starts(self, cohort: str) -> None:
        lean = self.rng.choice(((1, 2), (1, 3), (3, 5), (4, 5), (1, 5)))
        modules = [f"module {number}" for number in range(self.rng.randint(1, 3))]
        quiet = [""] * self.rng.randint(0, 2)
        self.asked[cohort] = ["before", *modules, "after", *quiet, "later"]
        self.takes[cohort] = set()
        for _ in range(self.rng.randint(4, 18)):
            self._joins(cohort, lean if self.rng.random() < 0.8 else (1, 5))

    def _joins(self, cohort: str, lean: tuple[int, int]) -> None:
        person = f"p{len(self.value)}"
        self.value[person] = self.rng.randint(*lean)
        self.takes[cohort].add(person)

    def live(self, quarter: int) -> None:
        """A quarter passes: what is asked in it is answered by most, what was asked before it by
        some of those who had not."""
        for cohort, people in self.takes.items():
            if self.rng.random() < 0.4:
                self._joins(cohort, (1, 5))
            for person in sorted(people):
                if self.rng.random() < 0.03:
                    self._is_erased(cohort, person)
            asked = self.asked[cohort][: quarter + 1]
            for about in filter(None, asked):
                self._rate(Rated(cohort, about), people, fresh=about == asked[-1])
            self._rate(Rated(DIALOGUE, "before"), people, fresh=quarter == 0)
            if quarter:
                self._rate(Rated(DIALOGUE, "after"), people, fresh=quarter == 1)

    def _is_erased(self, cohort: str, person: str) -> None:
        self.takes[cohort].discard(person)
        for people in self.answered.values():
            people.discard(person)

    def _rate(self, rated: Rated, people: set[str], *, fresh: bool) -> None:
        known = self.answered.setdefault(rated, set())
        for person in sorted(people - known):
            if self.rng.random() < (0.85 if fresh else 0.2):
                known.add(person)


def two_years(seed: int, publish: Publish) -> Iterator[tuple[dict[str, int], list[Given]]]:
    """Per course, and for the dialogue: everybody's true answers, and all figures given of it."""
    courses = Courses(seed)
    given: dict[Rated, list[Given]] = {}
    for quarter in range(QUARTERS):
        courses.live(quarter)
        for rated, people in courses.answered.items():
            ledger = given.setdefault(rated, [])
            beside = _of(given, rated.of, but=rated)
            answers = {person: courses.value[person] for person in people}
            figure = publish(Asked(answers, "hr", ledger=tuple(ledger), beside=beside))
            if figure is not None and figure not in ledger:
                ledger.append(figure)
    for of in (*courses.takes, DIALOGUE):
        yield courses.value, _of(given, of)


def _of(given: dict[Rated, list[Given]], of: str, but: Rated | None = None) -> list[Given]:
    return [one for rated, some in given.items() if rated.of == of and rated != but for one in some]
