"""Group figures for one viewer: worked out once, under all the rules, and kept as given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from bot.parts import Parts
from flows.figures import Asked, Band, Given, figure
from storage import organisation, releases
from storage.database import Unit
from storage.releases import Released

REMEMBERED = timedelta(days=366)


class Group(NamedTuple):
    """`people`: who is in it. `inside`: the names of the larger groups that hold it."""

    name: str
    people: frozenset[str]
    inside: tuple[str, ...] = ()


def figures_for(
    unit: Unit, parts: Parts, viewer: str, item: str, period: str,
    answers: Mapping[str, int], groups: Sequence[Group],
) -> dict[str, Band | None]:  # fmt: skip
    """Group -> its band of one item in one period, None where there is to be no figure. `groups`:
    the largest first. What was given before, or refused, stands as it was."""
    names = releases.as_contributors(unit, {*answers, viewer})
    known = releases.released_to(unit, viewer, f"{item}:", parts.clock() - REMEMBERED)
    stands = {one.figure: one.given for one in known if one.period == period}
    ledger = [one.given for one in known if one.given]
    answered = {
        group.name: frozenset(names[one] for one in group.people if one in answers)
        for group in groups
    }
    values = {names[one]: value for one, value in answers.items()}
    bands: dict[str, Band | None] = {}
    for group in groups:
        key = f"{item}:{group.name}"
        if key not in stands:
            given = figure(_asked(group, answered, values, names[viewer], ledger, unit))
            released = Released(key, period, given)
            releases.put_release(unit, parts.ids, parts.clock(), viewer, released)
            ledger += [given] if given else []
            stands[key] = given
        found = stands[key]
        bands[group.name] = found.band if found else None
    return bands


def _asked(
    group: Group, answered: Mapping[str, frozenset[str]], values: Mapping[str, int], viewer: str,
    ledger: Iterable[Given], unit: Unit,
) -> Asked:  # fmt: skip
    return Asked(
        answers={one: values[one] for one in answered[group.name]},
        viewer=viewer,
        larger=[answered[name] for name in group.inside if name in answered],
        ledger=tuple(ledger),
        floor=organisation.floor(unit),
    )
