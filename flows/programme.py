"""What a course is: its modules in order, what comes before, between and after them, and to whom.

A programme is a TOML file (`docs/programmes.md`). `load_programme` reads its text and finds all
that is wrong with it at once: in which table, at which key, and the mend (`programme_words.py`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from flows.model import Frozen, Language

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s/@]+\.[^\s@]+$", max_length=500)]
Part = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?/[1-9][0-9]?$")]

Whom = Literal["leader", "trio", "convener", "network", "nearest-leader"]
Phase = Literal["before", "after", "later"]
Opens = Literal[
    "development-plan", "action-plan", "articles", "trio-meeting", "network-meeting", "insight",
    "evaluation", "contract",
]  # fmt: skip
OPENS: tuple[Opens, ...] = get_args(Opens)
MEETINGS: tuple[Opens, ...] = ("trio-meeting", "network-meeting")
TIMES = ("before", "after", "between", "months")

Wrong = Literal[
    "no-toml", "missing", "no-language", "unknown", "not-one-of", "no-name", "no-text", "too-long",
    "no-number", "no-url", "no-part", "no-table", "twice", "no-module", "one-time", "no-next",
    "no-insight", "wants-insight", "insight-only", "wants-evaluation", "evaluation-only",
    "for-convener",
]  # fmt: skip


class Text(Frozen):
    da: Words
    en: Words

    def within(self, language: Language) -> str:
        return self.da if language == "da" else self.en


class Article(Frozen):
    title: Text
    url: Url
    minutes: int = Field(ge=1, le=240)


class Module(Frozen):
    """One of the course's days. `for`: who comes to it."""

    id: Slug
    title: Text
    about: Text
    for_: Literal["trio", "leader"] = Field(default="leader", alias="for")
    articles: tuple[Article, ...] = ()


class Evaluation(Frozen):
    """`of`: the whole course, or the module that the nudge belongs to."""

    phase: Phase
    of: Literal["course", "module"] = "course"


class Nudge(Frozen):
    """One contact that the programme foresees.

    When: `before` or `after` its module in working days of the person (0: on the day), `between`
    it and the next one as a part of the way, or `months` after it. `pilot`: in a test phase only.
    """

    id: Slug
    module: Slug
    before: int | None = Field(default=None, ge=0, le=60)
    after: int | None = Field(default=None, ge=0, le=120)
    between: Part | None = None
    months: int | None = Field(default=None, ge=1, le=24)
    for_: Whom = Field(alias="for")
    opens: Opens
    insight: Slug | None = None
    evaluation: Evaluation | None = None
    pilot: bool = False

    @property
    def is_meeting(self) -> bool:
        return self.opens in MEETINGS


class Insight(Frozen):
    """A short message between modules. `source` is told to whoever reads it."""

    id: Slug
    title: Text
    text: Text
    source: Text


class Programme(Frozen):
    id: Slug
    version: int = Field(ge=1, le=1_000_000)
    source: Words
    title: Text
    about: Text
    modules: tuple[Module, ...] = Field(min_length=1)
    nudges: tuple[Nudge, ...] = ()
    insights: tuple[Insight, ...] = ()
    """Its own; `load_programme` adds those of the shared ones that it uses."""

    def module(self, module: str) -> Module | None:
        return next((one for one in self.modules if one.id == module), None)

    def nudge(self, nudge: str) -> Nudge | None:
        return next((one for one in self.nudges if one.id == nudge), None)

    def insight(self, insight: str | None) -> Insight | None:
        return next((one for one in self.insights if one.id == insight), None)

    def following(self, module: str) -> Module | None:
        """The module after this one."""
        at = next(at for at, one in enumerate(self.modules) if one.id == module)
        return self.modules[at + 1] if at + 1 < len(self.modules) else None


class Fault(NamedTuple):
    """`place`: the table, as "[[nudges]] 3 (bring-1)". `about`: what would be right, or a limit."""

    place: str
    key: str
    wrong: Wrong
    about: str = ""


class BadProgramme(ValueError):
    """`faults`: everything that is wrong with the file."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        super().__init__(f"{file}: {len(faults)} faults, the first {faults[0]}")
        self.file = file
        self.faults = faults


def load_programme(
    text: str, file: str = "programme.toml", shared: Mapping[str, Insight] | None = None
) -> Programme:
    """`shared`: insights that any programme may name. Raises BadProgramme."""
    raw = _parsed(text, file)
    try:
        programme = Programme.model_validate(raw)
    except ValidationError as error:
        raise BadProgramme(file, list(_faults_of(error, raw))) from None
    faults = list(_contradictions(programme, shared or {}))
    if faults:
        raise BadProgramme(file, faults)
    return _with_shared(programme, shared or {})


def load_insights(text: str, file: str = "insights.toml") -> dict[str, Insight]:
    """A file of nothing but [[insights]], by id. Raises BadProgramme."""
    raw = _parsed(text, file)
    try:
        found = _Insights.model_validate(raw).insights
    except ValidationError as error:
        raise BadProgramme(file, list(_faults_of(error, raw))) from None
    faults = list(_twice("insights", [one.id for one in found]))
    if faults:
        raise BadProgramme(file, faults)
    return {one.id: one for one in found}


class _Insights(Frozen):
    insights: tuple[Insight, ...]


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProgramme(file, [Fault("", "", "no-toml", str(error))]) from None


def _with_shared(programme: Programme, shared: Mapping[str, Insight]) -> Programme:
    own = {one.id for one in programme.insights}
    used = {one.insight for one in programme.nudges if one.insight} - own
    more = tuple(shared[name] for name in sorted(used))
    return programme.model_copy(update={"insights": programme.insights + more})


# --- what has not the shape of a programme


TABLES: dict[str, type[BaseModel]] = {
    "": Programme, "modules": Module, "articles": Article, "nudges": Nudge, "insights": Insight,
    "evaluation": Evaluation, "title": Text, "about": Text, "text": Text,
}  # fmt: skip
KINDS: dict[str, Wrong] = {
    "missing": "missing", "extra_forbidden": "unknown", "literal_error": "not-one-of",
    "string_too_short": "no-text", "string_too_long": "too-long", "too_short": "missing",
}  # fmt: skip
"""What pydantic calls it."""
BY_KEY: dict[str, Wrong] = {"url": "no-url", "between": "no-part"}
NAMES = ("id", "module", "insight")
NUMBERS = ("version", "minutes", "before", "after", "months")


def _faults_of(error: ValidationError, raw: Mapping[str, Any]) -> Iterator[Fault]:
    for one in error.errors(include_input=False, include_url=False):
        path = [part for part in one["loc"] if part != "for_"]
        place, key = _place(path, raw)
        wrong = _wrong(one["type"], key)
        yield Fault(place, key, wrong, _about(wrong, path, one.get("ctx", {})))


def _wrong(kind: str, key: str) -> Wrong:
    last = key.rpartition(".")[2]
    if kind == "missing" and last in ("da", "en"):
        return "no-language"
    if kind in KINDS:
        return KINDS[kind]
    if last in BY_KEY:
        return BY_KEY[last]
    if last in NUMBERS:
        return "no-number"
    if last in NAMES:
        return "no-name"
    return "no-text" if kind == "string_type" else "no-table"


def _about(wrong: Wrong, path: list[Any], limits: Mapping[str, Any]) -> str:
    if wrong == "unknown":
        within = [part for part in path[:-1] if isinstance(part, str)]
        table = TABLES.get(within[-1] if within else "", Programme)
        return ", ".join(field.alias or name for name, field in table.model_fields.items())
    if wrong == "too-long":
        return str(limits.get("max_length", ""))
    if wrong == "no-number":
        return str(limits.get("ge", limits.get("le", "")))
    return str(limits.get("expected", "")).replace("'", "").replace(" or ", ", ")


def _place(path: list[Any], raw: Mapping[str, Any]) -> tuple[str, str]:
    """The table and the key within it."""
    place: list[str] = []
    at: Any = raw
    keys: list[str] = []
    for part in path:
        at = _inside(at, part)
        if isinstance(part, int):
            place.append(_numbered(keys.pop(), part, at))
            keys = []
        else:
            keys.append(str(part))
    return ", ".join(place), ".".join(keys)


def _inside(at: Any, part: Any) -> Any:
    try:
        return at[part]
    except (KeyError, IndexError, TypeError):
        return None


def _numbered(table: str, at: int, found: Any) -> str:
    name = found.get("id") if isinstance(found, dict) else None
    return f"[[{table}]] {at + 1}" + (f" ({name})" if isinstance(name, str) else "")


# --- what contradicts itself


def _contradictions(programme: Programme, shared: Mapping[str, Insight]) -> Iterator[Fault]:
    yield from _twice("modules", [one.id for one in programme.modules])
    yield from _twice("nudges", [one.id for one in programme.nudges])
    yield from _twice("insights", [one.id for one in programme.insights])
    insights = {*shared, *(one.id for one in programme.insights)}
    for at, nudge in enumerate(programme.nudges):
        place = f"[[nudges]] {at + 1} ({nudge.id})"
        for key, wrong, about in _of_nudge(programme, nudge, insights):
            yield Fault(place, key, wrong, about)


def _twice(table: str, ids: list[str]) -> Iterator[Fault]:
    for at, one in enumerate(ids):
        if one in ids[:at]:
            yield Fault(f"[[{table}]] {at + 1} ({one})", "id", "twice")


def _of_nudge(
    programme: Programme, nudge: Nudge, insights: set[str]
) -> Iterator[tuple[str, Wrong, str]]:
    times = [name for name in TIMES if getattr(nudge, name) is not None]
    if len(times) != 1:
        yield ", ".join(times), "one-time", ", ".join(TIMES)
    if programme.module(nudge.module) is None:
        yield "module", "no-module", ", ".join(one.id for one in programme.modules)
    elif nudge.between and programme.following(nudge.module) is None:
        yield "between", "no-next", nudge.module
    if nudge.between and Fraction(nudge.between) >= 1:
        yield "between", "no-part", ""
    yield from _of_what_it_opens(nudge, insights)


def _of_what_it_opens(nudge: Nudge, insights: set[str]) -> Iterator[tuple[str, Wrong, str]]:
    if nudge.opens == "insight" and nudge.insight is None:
        yield "insight", "wants-insight", ""
    elif nudge.opens != "insight" and nudge.insight is not None:
        yield "insight", "insight-only", nudge.opens
    elif nudge.insight is not None and nudge.insight not in insights:
        yield "insight", "no-insight", ", ".join(sorted(insights))
    if nudge.opens == "evaluation" and nudge.evaluation is None:
        yield "evaluation", "wants-evaluation", ""
    elif nudge.opens != "evaluation" and nudge.evaluation is not None:
        yield "evaluation", "evaluation-only", nudge.opens
    if nudge.is_meeting != (nudge.for_ == "convener"):
        yield "for", "for-convener", ", ".join(MEETINGS)
