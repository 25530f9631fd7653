"""Group figures that give nobody away.

A figure is the band in which the average of a group's answers (1-5) lies, and nothing more. It is
given to a viewer when nobody could be told from it, from all that this viewer has been given
before, taken together. Whether it is given depends on who has contributed and on what was given
before, never on the answers themselves, save for unanimity: a refusal tells nothing.

The floor of five, the complement, the ledger and the bands are from Peakon, Perceptyx, TalentMap
and Bradley's survey practice as `docs/privacy.md` says; the last rule is simulatable auditing
(Kenthapadi, Mishra and Nissim, 2005).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

Band = Literal["low", "middle", "high"]
BANDS: tuple[Band, ...] = get_args(Band)
LEAST, MOST = 1, 5
FLOOR, TREND_FLOOR = 5, 8
CROWD = 50
"""What was answered to something near tells on somebody only if all the others answered the same to
both. Of so many people nobody can take it that they did."""
OF_VALUE: dict[Band, tuple[int, int]] = {"low": (1, 2), "middle": (3, 3), "high": (4, 5)}
"""The band of one answer, which nobody may be able to tell."""
TRIES = 300
"""Steps of a search before it is given up; what cannot be proved safe is not given."""

People = frozenset[str]


class Given(NamedTuple):
    """A figure that a viewer was given: of whom, and the band."""

    people: People
    band: Band


class Asked(NamedTuple):
    """A figure that somebody might be given.

    `answers`: person -> 1-5. `shared`: whose answer to this very item the viewer knows, having been
    told it. `larger`: who has answered in each larger group of which the viewer gets the same
    figure. `ledger`: what was given of the same item before, this period's included, the oldest
    first. `beside`: what was given of the same question about something near, such as another
    module of the same course: other answers, which may be the same.
    """

    answers: Mapping[str, int]
    viewer: str
    shared: People = frozenset()
    larger: Sequence[People] = ()
    ledger: Sequence[Given] = ()
    beside: Sequence[Given] = ()
    floor: int = FLOOR


def contributors(asked: Asked) -> People:
    """Whose answers would be in the figure: without the viewer's own, and without those that are
    known."""
    return frozenset(asked.answers) - asked.shared - {asked.viewer}


def figure(asked: Asked) -> Given | None:
    """What may be given; None where there is to be no figure."""
    people = contributors(asked)
    floor = max(FLOOR, asked.floor)
    hidden = asked.shared | {asked.viewer}
    if len(people) < floor:
        return None
    if not all(_apart(larger - hidden, people, floor) for larger in asked.larger):
        return None
    if not all(_apart(given.people, people, floor) for given in asked.ledger):
        return None
    values = [asked.answers[one] for one in people]
    near = asked.beside if len(people) < CROWD else ()
    if len(set(values)) == 1 or not is_safe(people, [*near, *asked.ledger]):
        return None
    return Given(people, band_of(sum(values), len(values)))


def band_of(total: int, count: int) -> Band:
    """By the average: below 2.5, up to 3.5, above."""
    if 2 * total < 5 * count:
        return "low"
    return "middle" if 2 * total <= 7 * count else "high"


def trend(before: Given, after: Given) -> int | None:
    """-1, 0 or 1; None where there are fewer than eight behind either."""
    if min(len(before.people), len(after.people)) < TREND_FLOOR:
        return None
    change = BANDS.index(after.band) - BANDS.index(before.band)
    return (change > 0) - (change < 0)


def _apart(one: People, other: People, floor: int) -> bool:
    """The same people, or on each side where they differ at least as many as the floor."""
    return all(len(rest) == 0 or len(rest) >= floor for rest in (one - other, other - one))


# --- who could be told


def is_safe(people: People, ledger: Sequence[Given]) -> bool:
    """Whether nobody's band could be told, whatever band the figure turned out to have. `ledger`:
    oldest first."""
    known = consistent(overlapping(people, ledger))
    return all(not told([*known, Given(people, band)]) for band in BANDS)


def consistent(ledger: Sequence[Given]) -> list[Given]:
    """The newest figures that can be true of the same answers: older ones are of other answers."""
    if _may_be(ledger):
        return list(ledger)
    kept: list[Given] = []
    for given in reversed(ledger):
        wider = [given, *kept]
        if _may_be(wider):
            kept = wider
    return kept


def _may_be(known: Sequence[Given]) -> bool:
    try:
        return _solved(*_system(known)) is not None
    except GivenUp:
        return True


class GivenUp(Exception):
    """A search was too long."""


def told(known: Iterable[Given], *, in_doubt: bool = True) -> set[str]:
    """Whose band follows from what is known, if everybody answers the same every time.

    Empty where no answers at all fit what is known: then they have changed. `in_doubt`: with
    whoever could not be proved to be safe.
    """
    known = list(dict.fromkeys(known))
    atoms = _atoms(known)
    ranges, limits = _system(known)
    try:
        solved = _solved(ranges, limits)
    except GivenUp:
        return set().union(*atoms.values()) if in_doubt else set()
    if solved is None:
        return set()
    return {
        person
        for atom, people in atoms.items()
        if _is_told(atom, len(people), solved, ranges, limits, in_doubt)
        for person in people
    }


Atom = tuple[int, ...]
"""The figures that the same people are in."""
Range = tuple[int, int]
Sums = dict[Atom, int]


def _system(known: Sequence[Given]) -> tuple[dict[Atom, Range], list[Range]]:
    """What the sum of each atom can be, and what each figure says of the sum over its atoms."""
    ranges = {atom: _sums(len(people)) for atom, people in _atoms(known).items()}
    return ranges, [_limits(one) for one in known]


def _atoms(known: Sequence[Given]) -> dict[Atom, list[str]]:
    found: dict[str, list[int]] = {}
    for number, one in enumerate(known):
        for person in one.people:
            found.setdefault(person, []).append(number)
    atoms: dict[Atom, list[str]] = {}
    for person, numbers in found.items():
        atoms.setdefault(tuple(numbers), []).append(person)
    return atoms


def _sums(count: int) -> Range:
    return LEAST * count, MOST * count


def _limits(given: Given) -> Range:
    """The least and the largest sum of answers in the band."""
    count = len(given.people)
    fits = [s for s in range(LEAST * count, MOST * count + 1) if band_of(s, count) == given.band]
    return fits[0], fits[-1]


def _is_told(
    atom: Atom, count: int, solved: Sums, ranges: Mapping[Atom, Range], limits: Sequence[Range],
    in_doubt: bool,
) -> bool:  # fmt: skip
    """Whether one of these people can have one band alone."""
    possible = {band for band in BANDS if _meet(_with_one(band, count), (solved[atom],) * 2)}
    for band in BANDS:
        if len(possible) > 1:
            break
        here = _meet(ranges[atom], _with_one(band, count))
        if band not in possible and here and _can_be({**ranges, atom: here}, limits, in_doubt):
            possible.add(band)
    return len(possible) < 2


def _can_be(ranges: Mapping[Atom, Range], limits: Sequence[Range], in_doubt: bool) -> bool:
    try:
        return _solved(ranges, limits) is not None
    except GivenUp:
        return not in_doubt


def _with_one(band: Band, count: int) -> Range:
    """The sums of that many people of whom one has an answer in the band."""
    low, high = OF_VALUE[band]
    rest = _sums(count - 1)
    return low + rest[0], high + rest[1]


def _solved(ranges: Mapping[Atom, Range], limits: Sequence[Range]) -> Sums | None:
    """Sums within the ranges that keep all limits; None where there are none. Raises GivenUp when
    `TRIES` steps did not find out."""
    waiting = [dict(ranges)]
    for _ in range(TRIES):
        if not waiting:
            return None
        narrowed = _narrowed(waiting.pop(), limits)
        if narrowed is None:
            continue
        open_ = [atom for atom, (low, high) in narrowed.items() if low < high]
        if not open_:
            return {atom: low for atom, (low, _) in narrowed.items()}
        atom = max(open_, key=lambda one: narrowed[one][1] - narrowed[one][0])
        low, high = narrowed[atom]
        middle = (low + high) // 2
        waiting += [
            {**narrowed, atom: half}
            for half in ((low, middle - 1), (middle + 1, high))
            if half[0] <= half[1]
        ]
        waiting.append({**narrowed, atom: (middle, middle)})
    raise GivenUp


def _narrowed(ranges: Mapping[Atom, Range], limits: Sequence[Range]) -> dict[Atom, Range] | None:
    """Ranges without what no limit allows; None where one is left empty."""
    now = dict(ranges)
    members: list[list[Atom]] = [[] for _ in limits]
    for atom in now:
        for number in atom:
            members[number].append(atom)
    changed = True
    while changed:
        changed = False
        for (low, high), atoms in zip(limits, members, strict=True):
            least, most = sum(now[a][0] for a in atoms), sum(now[a][1] for a in atoms)
            for atom in atoms:
                mine = now[atom]
                allowed = (low - (most - mine[1]), high - (least - mine[0]))
                met = _meet(mine, allowed)
                if met is None:
                    return None
                if met != mine:
                    now[atom], changed = met, True
                    least, most = least - mine[0] + met[0], most - mine[1] + met[1]
    return now


def _meet(one: Range, other: Range) -> Range | None:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


def overlapping(people: Collection[str], ledger: Sequence[Given]) -> list[Given]:
    """What has to do with these people, at first or at second hand; in the order it had."""
    reached, near = set(people), set[int]()
    while fresh := [at for at, one in enumerate(ledger) if at not in near and one.people & reached]:
        near.update(fresh)
        reached.update(*(ledger[at].people for at in fresh))
    return [ledger[at] for at in sorted(near)]
