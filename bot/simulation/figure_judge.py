"""The judge of group figures: what HR was given over the whole run, taken together, gives nobody
away, is of five at least, and is never worked out anew."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from bot.course.progress import ITEMS
from bot.course.progress_words import say
from bot.simulation.oracles import Read, Verdicts
from flows.figures import BANDS, Given, consistent, told
from flows.model import LANGUAGES
from storage.database import Unit
from storage.releases import as_contributors
from storage.tables import Person, table
from storage.tables_course import Release, ReleaseContributor

FEWEST = 5
PHASES = {
    say(phase, language): phase for phase in ("before", "after", "later") for language in LANGUAGES
}
"""As a digest calls them -> as a figure is named."""
A_BAND = "|".join(say(item, language) for item in ITEMS for language in LANGUAGES)
"""What a digest says only of a figure that there is begins with one of these."""
_release, _behind, _person = table(Release), table(ReleaseContributor), table(Person)
_all = select(_release).order_by(_release.c.released_at, _release.c.id)


class Kept(NamedTuple):
    """A figure as it was given; `given` None: refused."""

    viewer: str
    figure: str
    period: str
    given: Given | None


class FigureJudge:
    def __init__(self, verdicts: Verdicts, read: Read) -> None:
        self._verdicts = verdicts
        self._read = read
        self._kept: dict[str, Kept] = {}

    @property
    def given(self) -> int:
        return sum(one.given is not None for one in self._kept.values())

    @property
    def refused(self) -> int:
        return len(self._kept) - self.given

    def check(self) -> None:
        """All that is kept now against all that was kept before."""
        with self._read() as unit:
            found = _read_all(unit)
            here = set(unit.connection.execute(select(_person.c.id)).scalars())
            fresh = [one for key, one in found.items() if key not in self._kept]
            for one in fresh:
                self._judge(unit, one)
        for key, before in self._kept.items():
            if found.get(key) != before and before.viewer in here:
                self._add(before, "is another now than it was given")
        if fresh:
            self._solve(found.values())
        self._kept |= found

    def see(self, viewer: str, text: str, cohorts: Mapping[str, str]) -> None:
        """HR is told figures: each is one that they were given. `cohorts`: name -> id."""
        self.check()
        mine = {one.figure for one in self._kept.values() if one.viewer == viewer and one.given}
        for name, cohort in cohorts.items():
            for word, phase in PHASES.items():
                of_it = any(figure.startswith(f"{cohort}:{phase}:") for figure in mine)
                line = rf"\b{re.escape(name)}\b[^,\n]*, {word}: (?:{A_BAND})"
                if re.search(line, text) and not of_it:
                    self._verdicts.add("figures_give_away", f"{name}, {word}: told, never given")

    def _judge(self, unit: Unit, one: Kept) -> None:
        same = [(o.viewer, o.figure, o.period) for o in self._kept.values()]
        if (one.viewer, one.figure, one.period) in same:
            self._add(one, "was given twice")
        if one.given is None:
            return
        if len(one.given.people) < FEWEST:
            self._add(one, f"is of {len(one.given.people)}")
        if as_contributors(unit, [one.viewer])[one.viewer] in one.given.people:
            self._add(one, "holds the viewer's own answer")

    def _solve(self, found: Collection[Kept]) -> None:
        """Whose band follows from the figures alone, if they answer the same every time."""
        ledgers: defaultdict[tuple[str, str], list[Given]] = defaultdict(list)
        for one in found:
            if one.given:
                ledgers[one.viewer, one.figure.rpartition(":")[0]].append(one.given)
        for (_, item), ledger in ledgers.items():
            if told(consistent(ledger), in_doubt=False):
                self._verdicts.add("figures_give_away", f"{item}: somebody can be told")

    def _add(self, one: Kept, what: str) -> None:
        self._verdicts.add("figures_give_away", f"{one.figure} in {one.period} {what}")


def _read_all(unit: Unit) -> dict[str, Kept]:
    people: defaultdict[str, set[str]] = defaultdict(set)
    for row in unit.connection.execute(select(_behind)):
        people[row.release_id].add(row.contributor_index.hex())
    return {row.id: _kept(row, people[row.id]) for row in unit.connection.execute(_all)}


def _kept(row: Row[*tuple[Any, ...]], people: Collection[str]) -> Kept:
    band = next((one for one in BANDS if f'"{one}"' == row.body), None)
    given = Given(frozenset(people), band) if band else None
    return Kept(row.viewer_id, row.figure, row.period, given)
