"""What a dialogue is: steps in order, rules that only lead forward, wording in two languages."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Kind = Literal["say", "text", "choice", "many", "scale", "date", "confirm", "share", "repeat"]
ASKING: frozenset[Kind] = frozenset(
    ("text", "choice", "many", "scale", "date", "confirm", "share", "repeat")
)
Sees = Literal["self", "choose", "pair", "group", "figures", "settings"]
"""Who will see an answer: oneself; oneself unless one shares it; both of a pair; a group, as
far as it has to; nobody but oneself, save in a figure of five or more; whoever runs the programme,
because it is no private matter (language, hours)."""

Shows = Literal["curve", "sheet", "plan", "calendar", "export", "courses", "days"]
"""A paper or a picture that goes with what is said: drawn for whoever is told, when it is sent."""

END = "end"
NEXT_ITEM = "next-item"
TEXT_LIMIT = 8_000


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Condition(Frozen):
    """Holds when an earlier answer, a fact or a named predicate is what it says.

    `answer` names a step (in the same item of a repeat, else outside of it), `fact` a fact,
    `when` a predicate of `flows.predicates`. `is` may be a list: any of these. A skipped
    answer is `null`, which TOML has not: write `is = "skipped"`.
    """

    answer: str | None = None
    fact: str | None = None
    when: str | None = None
    is_: Any = Field(default=True, alias="is")


class Rule(Condition):
    """After the step: where to go. The first that holds counts; `go` is a later step or an end."""

    go: str


class Step(Frozen):
    id: str
    kind: Kind
    sees: Sees | None = None
    optional: bool = False
    options: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    """Options that are no answer: the conversation rests here and asks again when taken up."""
    main: str | None = None
    """The option to show most clearly (default: the first)."""
    only: tuple[Condition, ...] = ()
    rules: tuple[Rule, ...] = ()
    then: str | None = None
    effect: str | None = None
    shows: Shows | None = None
    form: str | None = None
    """A named reading of a typed text, see `flows.forms`."""
    anew: bool = False
    """Asked again when something before it has been answered anew since."""
    window: Literal["rhythm"] | None = None
    """Where a channel has windows: all of the dialogue can be filled in at once."""
    longest: int = Field(default=TEXT_LIMIT, ge=1, le=TEXT_LIMIT)
    future: bool = True
    of: tuple[str, ...] = ()
    """share: where its text comes from, the first that has one: step ids, or `item.text`."""
    beside: str | None = None
    """share: a date step whose day is shared too, as "text (24.12.2026)"."""
    review: tuple[str, ...] = ()
    """confirm: the steps whose answers are shown."""
    over: str | None = None
    """repeat: a fact that is a list, one round for each of its items; else rounds on request."""
    most: int = Field(default=1, ge=1, le=50)
    limit: str | None = None
    """repeat: a fact that is a number, where there may be fewer rounds than `most`."""
    steps: tuple[Step, ...] = ()

    @property
    def asks(self) -> bool:
        return self.kind in ASKING

    @property
    def in_own_words(self) -> bool:
        """Whether it is answered with free text, and that is no setting."""
        return self.kind == "text" and self.form is None and self.sees != "settings"

    @cached_property
    def inner(self) -> dict[str, int]:
        return {step.id: at for at, step in enumerate(self.steps)}


class StepWording(Frozen):
    """What one step says in one language; its markup: {facts}, {step-ids}, **bold**, *italic*."""

    text: str = ""
    options: dict[str, str] = {}
    label: str | None = None
    placeholder: str | None = None
    ends: tuple[str, str] | None = None
    more: str | None = None
    enough: str | None = None


class Wording(Frozen):
    title: str
    steps: dict[str, StepWording]


class Common(Frozen):
    """Words that all dialogues share, in one language (flows/dialogues/common)."""

    notes: dict[str, str]
    choices: dict[str, str]
    sees: dict[Sees, str]
    hints: dict[str, str]
    notices: dict[str, str]
    """What a phone shows while locked: neutral, never anybody's words."""
    words: dict[str, tuple[str, ...]]
    """Control word -> the ways to write it."""


class Dialogue(Frozen):
    id: str
    version: int = Field(ge=1)
    minutes: int = Field(ge=0, le=120)
    source: str | None = None
    facts: tuple[str, ...] = ()
    shareable: bool = True
    """False: nothing of it may ever be shared, whatever its steps say (checked)."""
    finish: tuple[str, ...] = ()
    """Effects of reaching the end."""
    steps: tuple[Step, ...]
    wordings: dict[Language, Wording] = {}
    common: dict[Language, Common] = {}

    @cached_property
    def order(self) -> dict[str, int]:
        return {step.id: at for at, step in enumerate(self.steps)}

    @cached_property
    def every_step(self) -> dict[str, Step]:
        """All steps by id, those inside repeats as well."""
        found: dict[str, Step] = {}
        for step in self.steps:
            found[step.id] = step
            found.update((inner.id, inner) for inner in step.steps)
        return found

    @cached_property
    def groups(self) -> dict[str, str]:
        """Inner step -> the repeat that holds it."""
        return {inner.id: step.id for step in self.steps for inner in step.steps}

    def says(self, language: Language, step: str) -> StepWording:
        return self.wordings[language].steps[step]
