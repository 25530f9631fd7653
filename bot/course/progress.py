"""How a cohort's course goes, for whoever runs it: its days, its groups' meetings as counts, and
the bands that this viewer has been given. Nothing is worked out here, and no answer is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from bot.course import programmes
from flows.figures import TREND_FLOOR, Band
from flows.model import Language
from flows.programme import Module, Nudge, Phase, Programme
from storage import cohorts, groups, meetings, organisation, releases, rosters
from storage.cohorts import Cohort
from storage.database import Unit
from storage.groups import Kind
from storage.meetings import MET, State
from storage.releases import Standing

Item = Literal["usability", "relevance", "focus"]
ITEMS: tuple[Item, ...] = get_args(Item)
PHASES: tuple[Phase, ...] = get_args(Phase)
DIALOGUE = "tiltag-1"
"""The subject of what is thought of the dialogue with one's nearest leader."""
ALL = "all"
KINDS: dict[str, Kind] = {"trio-meeting": "trio", "network-meeting": "network"}


class Stop(NamedTuple):
    """One of the course's days."""

    title: str
    day: date
    held: bool


class Met(NamedTuple):
    """Meetings of the cohort's groups before the stop of that number, or after the last: how many
    have been, are set, and have no time yet. `waiting` is 0 where it is not their turn, or no
    more."""

    place: int
    kind: Kind
    held: int
    set: int
    waiting: int


class Rated(NamedTuple):
    """What was thought of something. `title`: "" for the whole course. `phases`: those of which
    there have been answers; of one that there is to be no figure of, without a band."""

    title: str
    phases: Mapping[Phase, Mapping[Item, Band]]


class Progress(NamedTuple):
    """`small`: fewer take it than a figure needs."""

    name: str
    title: str
    pilot: bool
    paused: bool
    ended: bool
    stops: tuple[Stop, ...]
    met: tuple[Met, ...]
    rated: tuple[Rated, ...]
    small: bool = False

    @property
    def is_without_figures(self) -> bool:
        """Too small for them; what was given while it was larger stays."""
        given = any(bands for one in self.rated for bands in one.phases.values())
        return self.small and not given

    @property
    def next(self) -> Stop | None:
        return next((one for one in self.stops if not one.held), None)


class Overview(NamedTuple):
    courses: tuple[Progress, ...]
    dialogue: Rated | None


class _View(NamedTuple):
    """`known`: what the viewer was given. `kinds`: of every group that goes on. `small`: the
    cohorts of fewer than a figure needs."""

    unit: Unit
    known: Mapping[str, Standing | None]
    kinds: Mapping[str, Kind]
    small: frozenset[str]
    language: Language
    today: date


def overview_of(unit: Unit, viewer: str, language: Language, today: date) -> Overview:
    """Those under way first, then those that have ended and of which there is something to see."""
    kinds = {one.id: one.kind for one in groups.groups(unit)}
    floor, sizes = organisation.floor(unit), rosters.sizes(unit)
    small = frozenset(one for one, (people, _) in sizes.items() if people < floor)
    view = _View(unit, releases.standing(unit, viewer), kinds, small, language, today)
    courses = [_progress(view, one) for one in cohorts.cohorts(unit, "running", "paused")]
    over = (_progress(view, one) for one in cohorts.cohorts(unit, "ended"))
    courses += [one for one in over if one.rated]
    return Overview(tuple(courses), _rated(view, DIALOGUE, ""))


def _progress(view: _View, cohort: Cohort) -> Progress:
    programme = programmes.find(view.unit, cohort.programme)
    modules = [one for one in programme.modules if one.id in cohort.days] if programme else []
    rated = [_rated(view, cohort.id, "")]
    rated += [_rated(view, f"{cohort.id}:{one.id}", _title(view, one)) for one in modules]
    return Progress(
        cohort.name, programme.title.within(view.language) if programme else cohort.programme,
        cohort.pilot, cohort.state == "paused", cohort.state == "ended",
        tuple(_stop(view, one, cohort.days[one.id]) for one in modules),
        tuple(_met(view, cohort, programme, modules)) if programme else (),
        tuple(one for one in rated if one is not None), cohort.id in view.small,
    )  # fmt: skip


def _title(view: _View, module: Module) -> str:
    return module.title.within(view.language)


def _stop(view: _View, module: Module, day: date) -> Stop:
    return Stop(_title(view, module), day, day < view.today)


# --- meetings


def _met(view: _View, cohort: Cohort, programme: Programme, modules: list[Module]) -> Iterator[Met]:
    """Where the programme foresees that the cohort's groups meet."""
    ids = [one.id for one in modules]
    foreseen = [one for one in programme.nudges if one.is_meeting and one.module in ids]
    states = _states(view, cohort, _places(ids, foreseen))
    theirs = cohorts.groups_of(view.unit, cohort.id)
    sizes = Counter(view.kinds[one] for one in theirs if one in view.kinds)
    turn = None if cohort.state == "ended" else sum(cohort.days[one] < view.today for one in ids)
    for place, kind in sorted({(_place(ids, one), KINDS[one.opens]) for one in foreseen}):
        if sizes[kind]:
            found = states.get((place, kind), [])
            yield _counted(place, kind, found, sizes[kind] if place == turn else 0)


def _places(ids: list[str], foreseen: list[Nudge]) -> dict[str, int]:
    """A meeting's module -> its place. After the last module a meeting belongs to the course, and
    has none."""
    places = {"": len(ids)}
    for one in sorted(foreseen, key=lambda nudge: nudge.before is not None):
        if one.before is not None or one.module != ids[-1]:
            places[one.module] = _place(ids, one)
    return places


def _states(
    view: _View, cohort: Cohort, places: Mapping[str, int]
) -> dict[tuple[int, Kind], list[State]]:
    found: dict[tuple[int, Kind], list[State]] = {}
    for one in meetings.meetings_in(view.unit, cohort.id):
        if one.group in view.kinds and one.module in places:
            found.setdefault((places[one.module], view.kinds[one.group]), []).append(one.state)
    return found


def _counted(place: int, kind: Kind, found: list[State], groups: int) -> Met:
    """`groups`: how many are to meet now; 0 when it is not their turn."""
    held, set_ = sum(one in MET for one in found), found.count("set")
    return Met(place, kind, held, set_, max(0, groups - held - set_))


def _place(ids: list[str], nudge: Nudge) -> int:
    """Before its module, or after it."""
    return ids.index(nudge.module) + (nudge.before is None)


# --- what is thought of it


def _rated(view: _View, subject: str, title: str) -> Rated | None:
    """None where nobody has answered, as far as has been counted."""
    phases: dict[Phase, dict[Item, Band]] = {}
    hidden = set[Phase]()
    for item in ITEMS:
        names = {phase: f"{subject}:{phase}:{item}:{ALL}" for phase in PHASES}
        asked = [phase for phase in PHASES if names[phase] in view.known]
        given = {phase: one for phase in asked if (one := view.known[names[phase]])}
        told = _side_by_side(given)
        hidden |= given.keys() - told.keys()
        for phase in asked:
            phases.setdefault(phase, {})
        for phase, one in told.items():
            phases[phase][item] = one.band
    shown = (phase for phase in PHASES if phase in phases)
    some = {phase: phases[phase] for phase in shown if phases[phase] or phase not in hidden}
    return Rated(title, some) if phases else None


def _side_by_side(given: dict[Phase, Standing]) -> dict[Phase, Standing]:
    """To set one phase beside another takes more people than a figure does: with fewer, only the
    latest is told."""
    if len(given) < 2 or min(one.people for one in given.values()) >= TREND_FLOOR:
        return given
    latest = max(given, key=PHASES.index)
    return {latest: given[latest]}
