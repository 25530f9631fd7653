"""Organisations over a year, viewers who remember every figure they got, and what they can tell.

The worst case: everybody gives the same answer every time, and the viewer knows exactly who is
behind each figure. Somebody is recovered when every set of answers that fits all those figures puts
them in the same band. A recovery is proved, or refuted by two sets of answers that both fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from flows import figures
from flows.figures import OF_VALUE, Asked, Given

PERIODS = 26
Publish = Callable[[Asked], Given | None]


class Group(NamedTuple):
    name: str
    people: set[str]
    inside: tuple[str, ...]
    """The larger groups that it is in, the largest first."""


class Organisation:
    """Departments of teams. People join, leave, stay silent and share openly."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.answers: dict[str, int] = {}
        self.shared: set[str] = set()
        self.teams: dict[str, tuple[str, set[str]]] = {}
        lean = self.rng.choice(((1, 2), (1, 3), (3, 5), (4, 5), (1, 5)))
        for department in range(self.rng.randint(1, 3)):
            for team in range(self.rng.randint(1, 3)):
                name = f"team {department}.{team}"
                self.teams[name] = (f"department {department}", set())
                for _ in range(self.rng.randint(2, 9)):
                    self._join(name, lean if self.rng.random() < 0.8 else (1, 5))

    def _join(self, team: str, lean: tuple[int, int]) -> None:
        person = f"p{len(self.answers)}"
        self.answers[person] = self.rng.randint(*lean)
        self.teams[team][1].add(person)

    def live(self) -> None:
        """A fortnight passes."""
        for name, (_, people) in self.teams.items():
            if self.rng.random() < 0.25:
                self._join(name, (1, 5))
            for person in sorted(people):
                if self.rng.random() < 0.03:
                    people.discard(person)
                elif self.rng.random() < 0.02:
                    self.shared.add(person)

    def groups(self) -> list[Group]:
        """The largest first."""
        departments: dict[str, set[str]] = {}
        for department, people in self.teams.values():
            departments.setdefault(department, set()).update(people)
        everybody = set().union(*departments.values())
        found = [Group("all", everybody, ())]
        found += [Group(name, people, ("all",)) for name, people in departments.items()]
        found += [
            Group(name, people, ("all", department))
            for name, (department, people) in self.teams.items()
        ]
        return found


def a_year(
    seed: int, publish: Publish, periods: int = PERIODS
) -> Iterator[tuple[dict[str, int], list[Given]]]:
    """Per viewer: everybody's true answers, and all the figures that viewer was given."""
    organisation = Organisation(seed)
    sees: dict[str, list[str]] = {"hr": ["all", "department", "team"]}
    sees |= {
        f"head of {name}": ["department", "team"]
        for name in {d for d, _ in organisation.teams.values()}
    }
    ledgers: dict[str, list[Given]] = {viewer: [] for viewer in sees}
    for _ in range(periods):
        organisation.live()
        answering = {p for p in organisation.answers if organisation.rng.random() < 0.97}
        for viewer, ledger in ledgers.items():
            for given in _given(organisation, viewer, sees[viewer], ledger, answering, publish):
                if given not in ledger:
                    ledger.append(given)
    for ledger in ledgers.values():
        yield organisation.answers, ledger


def _given(
    organisation: Organisation, viewer: str, kinds: list[str], ledger: list[Given],
    answering: set[str], publish: Publish,
) -> Iterator[Given]:  # fmt: skip
    own = viewer.removeprefix("head of ")
    visible = [
        group for group in organisation.groups()
        if group.name.split()[0] in kinds and (viewer == "hr" or own in (group.name, *group.inside))
    ]  # fmt: skip
    answered = {group.name: frozenset(group.people & answering) for group in visible}
    for group in visible:
        people = answered[group.name]
        given = publish(
            Asked(
                answers={one: organisation.answers[one] for one in people},
                viewer=viewer,
                shared=frozenset(organisation.shared),
                larger=[answered[name] for name in group.inside if name in answered],
                ledger=tuple(ledger),
            )
        )
        if given is not None:
            yield given


def recovered(answers: dict[str, int], ledger: list[Given], *, in_doubt: bool = True) -> set[str]:
    """Whose band the viewer can tell. `in_doubt`: with whom it could not be refuted for."""
    doubted = set[str]()
    for people in _alike(ledger):
        if not _has_two_stories([answers[one] for one in people]):
            doubted.update(people)
    return doubted & figures.told(ledger, in_doubt=in_doubt) if doubted else set()


def _alike(ledger: list[Given]) -> list[list[str]]:
    """People who are behind the same figures: to the viewer they are all the same."""
    found: dict[tuple[int, ...], list[str]] = {}
    for person in sorted(set().union(*(one.people for one in ledger)) if ledger else ()):
        inside = tuple(at for at, one in enumerate(ledger) if person in one.people)
        found.setdefault(inside, []).append(person)
    return list(found.values())


def _has_two_stories(values: list[int]) -> bool:
    """Whether the same sum can be made with another band for any of them: then every figure is as
    it was. Exchanging two answers does it, or moving a little from one to others."""
    total, count = sum(values), len(values)
    possible = {
        band
        for band, (low, high) in OF_VALUE.items()
        for one in range(low, high + 1)
        if count - 1 <= total - one <= 5 * (count - 1)
    }
    return len(possible) > 1
