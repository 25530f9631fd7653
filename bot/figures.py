"""Group figures: worked out once, under all the rules, and kept as given.

Whoever sees the same figures sits at one table. So they are given the same ones, of the same people
and without their own answers, and a new figure is compared with what any of them was given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.parts import Parts
from flows.figures import Asked, Band, Given, figure
from storage import directory, evaluations, organisation, releases
from storage.database import Unit
from storage.evaluations import Question
from storage.releases import Released

ALL = "all"


class Group(NamedTuple):
    """`people`: who is in it. `inside`: the names of the larger groups that hold it."""

    name: str
    people: frozenset[str]
    inside: tuple[str, ...] = ()


class Viewer(NamedTuple):
    """Who is to see it; `table`: with whom they see the same, themselves among them."""

    id: str
    table: frozenset[str]


def work_out(unit: Unit, parts: Parts, viewer: str, today: date) -> None:
    """What the quarter has to tell whoever runs the courses. Answers count from the quarter after
    they were given; what is settled stays, and its answers are not opened again."""
    begins = quarter_of(today)
    settled = releases.settled(unit, viewer, begins.isoformat())
    open_ = [one for one in evaluations.answered(unit, begins) if name_of(one) not in settled]
    if not open_:
        return
    run_it = (one.id for one in directory.those_who_run_it(unit))
    looks = Viewer(viewer, frozenset((viewer, *run_it)))
    for question in open_:
        answers = evaluations.answers_to(unit, question, begins)
        everybody = Group(ALL, frozenset(answers))
        figures_for(unit, parts, looks, question, begins.isoformat(), answers, [everybody])


def quarter_of(today: date) -> date:
    """The first day of the quarter."""
    return date(today.year, today.month - (today.month - 1) % 3, 1)


def name_of(question: Question, group: str = ALL) -> str:
    """What its figure is kept as."""
    return ":".join((*question, group))


def figures_for(
    unit: Unit, parts: Parts, viewer: Viewer, question: Question, period: str,
    answers: Mapping[str, int], groups: Sequence[Group],
) -> dict[str, Band | None]:  # fmt: skip
    """Group -> its band in one period, None where there is to be no figure. `groups`: the largest
    first. What was given before, or refused, stands as it was."""
    known = _known(unit, question)
    table = _Table(unit, viewer, question, answers)
    bands: dict[str, Band | None] = {}
    for group in groups:
        name = name_of(question, group.name)
        here = [one for one in known if (one.figure, one.period) == (name, period)]
        own = next((one for one in here if one.viewer == viewer.id), None)
        if own is None:
            beside = next((one for one in here if one.viewer in viewer.table), None)
            given = table.same(beside) if beside else figure(table.asked(group, groups, known))
            own = Released(viewer.id, name, period, given)
            releases.put_release(unit, parts.ids, parts.clock(), own)
            known.append(own)
        bands[group.name] = own.given.band if own.given else None
    return bands


def _known(unit: Unit, question: Question) -> list[Released]:
    """What was given of the same item: of this subject and phase, and of others of the same
    course."""
    family, _, _ = question.subject.partition(":")
    found = releases.released(unit, f"{family}:")
    return [one for one in found if one.figure.split(":")[-2] == question.item]


class _Table:
    """The answers to one question, by the names that releases have for people."""

    def __init__(
        self, unit: Unit, viewer: Viewer, question: Question, answers: Mapping[str, int]
    ) -> None:
        self._names = releases.as_contributors(unit, {*answers, *viewer.table, viewer.id})
        self._answers = {self._names[one]: value for one, value in answers.items()}
        self._viewer = self._names[viewer.id]
        self._others = self._named(viewer.table) - {self._viewer}
        self._item = name_of(question, "")
        self._floor = organisation.floor(unit)

    def asked(self, group: Group, groups: Sequence[Group], known: Sequence[Released]) -> Asked:
        people = self._named(group.people)
        given = [(one.figure.startswith(self._item), one.given) for one in known if one.given]
        return Asked(
            answers={one: value for one, value in self._answers.items() if one in people},
            viewer=self._viewer,
            shared=self._others,
            larger=[self._named(one.people) & self._answers.keys() for one in groups
                    if one.name in group.inside],
            ledger=[one for same, one in given if same],
            beside=[one for same, one in given if not same],
            floor=self._floor,
        )  # fmt: skip

    def same(self, released: Released) -> Given | None:
        """As another at the table was given it; not where the viewer is among those behind it."""
        given = released.given
        return given if given and self._viewer not in given.people else None

    def _named(self, people: Collection[str]) -> frozenset[str]:
        return frozenset(self._names[one] for one in people if one in self._names)
