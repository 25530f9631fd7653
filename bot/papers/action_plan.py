"""The action plan on one page, to bring along to the next module.

A row for each action, and its four columns: plan, do, study, act. Source: seed 001, handleplan.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from bot.papers.days import long_day, short_day
from bot.papers.press import press_pdf
from bot.papers.sheet import printable
from flows.model import Language

ROWS = 3
"""As many as a page always has; those without an action are for writing by hand."""


class _Frozen(BaseModel):
    # A leader's words never appear in an error.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Looked(_Frozen):
    """One look at an action: `went` and `act` as `storage.actions.Study` has them."""

    on: date
    went: str = ""
    seen: str = ""
    act: str = ""
    adjusted: str = ""


class Planned(_Frozen):
    """One action; `looks` the oldest first."""

    plan: str
    aim: str = ""
    do: str = ""
    help: str = ""
    looks: tuple[Looked, ...] = ()


class ActionPlan(_Frozen):
    """What stands on the page; without actions it is open for handwriting."""

    name: str
    course: str
    on: date
    actions: tuple[Planned, ...] = ()


Noted = dict[str, str]
WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "title": "Min handleplan",
        "name": "Navn",
        "course": "Forløb",
        "on": "Dato",
        "plan": "Planlæg",
        "plan_hint": "Hvad vil jeg prøve, og hvad skal det føre til?",
        "do": "Gør",
        "do_hint": "Hvordan, med hvad, og hvem hjælper?",
        "study": "Lær",
        "study_hint": "Hvordan gik det, og gjorde det en forskel?",
        "act": "Handl",
        "act_hint": "Hvad gør jeg nu?",
        "aim": "Mål",
        "help": "Hjælp fra",
        "footer": "Planen er min. Jeg bestemmer selv, hvem der ser den.",
        "of": "af",
        "worked": "det har virket",
        "partly": "noget af vejen",
        "no-effect": "ikke rigtigt",
        "not-begun": "ikke i gang endnu",
        "go-on": "jeg fortsætter",
        "adjust": "jeg justerer",
        "done": "i mål",
        "drop": "lagt væk",
    },
    "en": {
        "title": "My action plan",
        "name": "Name",
        "course": "Course",
        "on": "Date",
        "plan": "Plan",
        "plan_hint": "What will I try, and what should it lead to?",
        "do": "Do",
        "do_hint": "How, with what, and who helps?",
        "study": "Study",
        "study_hint": "How did it go, and did it make a difference?",
        "act": "Act",
        "act_hint": "What do I do now?",
        "aim": "Aim",
        "help": "Help from",
        "footer": "The plan is mine. I decide who sees it.",
        "of": "of",
        "worked": "it has worked",
        "partly": "some of the way",
        "no-effect": "not really",
        "not-begun": "not begun yet",
        "go-on": "I go on",
        "adjust": "I adjust it",
        "done": "done",
        "drop": "put away",
    },
}


def make_action_plan(plan: ActionPlan, language: Language) -> bytes:
    """The plan as a tagged A4 landscape PDF; one page, more where the words need it."""
    template = files(__package__).joinpath("action_plan.typ").read_bytes()
    return press_pdf(template, _content(plan, language), plan.on)


def _content(plan: ActionPlan, language: Language) -> Mapping[str, object]:
    rows = [_row(one, language) for one in plan.actions]
    empty: dict[str, list[Noted]] = {"plan": [], "do": [], "study": [], "act": []}
    return {
        "language": language,
        "words": WORDS[language],
        "name": printable(plan.name),
        "course": printable(plan.course),
        "on": long_day(plan.on, language),
        "date": [plan.on.year, plan.on.month, plan.on.day],
        "actions": rows + [empty] * (ROWS - len(rows)),
    }


def _row(one: Planned, language: Language) -> dict[str, list[Noted]]:
    words = WORDS[language]
    return {
        "plan": _notes(("", one.plan), (words["aim"], one.aim)),
        "do": _notes(("", one.do), (words["help"], one.help)),
        "study": _looks(one.looks, "went", "seen", language),
        "act": _looks(one.looks, "act", "adjusted", language),
    }


def _looks(looks: Sequence[Looked], said: str, more: str, language: Language) -> list[Noted]:
    """Each with its day: what was chosen, then what was written about it."""
    words = WORDS[language]
    return [
        noted
        for look in looks
        for noted in _notes(
            (
                f"{short_day(look.on, language)}: {words.get(getattr(look, said), '')}",
                getattr(look, more),
            ),
            always=bool(getattr(look, said)),
        )
    ]


def _notes(*lines: tuple[str, str], always: bool = False) -> list[Noted]:
    """`always`: also where there is a label alone."""
    noted = [{"label": label, "text": printable(text)} for label, text in lines]
    return [one for one in noted if one["text"] or always]
