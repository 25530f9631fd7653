"""The checker finds what is wrong, says where and how to mend it, and finds nothing else."""

from importlib.resources import files
from pathlib import Path

import pytest

from flows.check import Problem, check, check_folder
from flows.load import Catalogue
from tests.flows.conftest import Known, problems_of, put
from tests.flows.small import STEPS, WORDS


def test_the_shipped_dialogues_have_nothing_wrong_with_them(
    catalogue: Catalogue, known: Known
) -> None:
    assert [str(one) for one in check(catalogue, **known)] == []
    assert check_folder(files("flows") / "dialogues", **known) == []


def test_the_small_dialogue_has_nothing_wrong_with_it(folder: Path, known: Known) -> None:
    put(folder, STEPS, WORDS)
    assert [str(one) for one in problems_of(folder, known)] == []


def test_a_problem_names_where_it_is() -> None:
    assert str(Problem("small", "how", "da", "is empty.")) == "small, step how, da: is empty."
    assert str(Problem("small", None, None, "is empty.")) == "small: is empty."


HOW = 'id = "how"\nkind = "scale"\nsees = "self"\n'
RAISE = 'options = ["yes", "no"]\n'
SHARE = 'of = ["point"]\n'

STRUCTURE: dict[str, tuple[str, str, str, str | None]] = {
    "an unknown effect": ('effect = "keep-point"', 'effect = "keep-points"', "unknown", "point"),
    "an effect on the wrong kind": (
        'effect = "keep-point"',
        'effect = "share"',
        "cannot stand",
        "point",
    ),
    "an effect outside of its repeat": (
        RAISE,
        RAISE + 'effect = "close-point"\n',
        "repeat over",
        "raise",
    ),
    "an unknown fact": ('["has_nearest_leader"]', '["has_nearest_lead"]', "unknown", None),
    "an undeclared fact": (
        RAISE,
        RAISE + 'only = [{ fact = "invited" }]\n',
        "among the dialogue's facts",
        "raise",
    ),
    "an unknown predicate": (
        RAISE,
        RAISE + 'only = [{ when = "tuesday" }]\n',
        "known are",
        "raise",
    ),
    "an own answer before it is there": (
        RAISE,
        RAISE + 'only = [{ is = "no" }]\n',
        "not there yet",
        "raise",
    ),
    "a later answer": (
        RAISE,
        RAISE + 'only = [{ answer = "how", is = 3 }]\n',
        "no step before it",
        "raise",
    ),
    "two questions in a condition": (
        HOW,
        HOW + 'only = [{ answer = "raise", when = "nothing-scored", is = "no" }]\n',
        "use one",
        "how",
    ),
    "an answer that never comes": ('is = "no"', 'is = "perhaps"', "never answers", "raise"),
    "its own answer by its name": ('is = "no"', 'answer = "raise"', "no step before it", "raise"),
    "a way back": ('effect = "record-pulse"\n', 'then = "point"\n', "only lead forward", "how"),
    "a way to nowhere": ('go = "day"', 'go = "night"', "no step here", "raise"),
    "a way out of no repeat": ('go = "day"', 'go = "next-item"', "outside of a repeat", "raise"),
    "a step that is never reached": (HOW, HOW + 'then = "end"\n', "never reached", "bye"),
    "the same id twice": ('id = "bye"', 'id = "hello"', "2 steps have this id", "hello"),
    "an id in capitals": ('id = "bye"', 'id = "Bye"', "small letters", "Bye"),
    "an id that is too long": ('id = "bye"', f'id = "{"b" * 33}"', "at most 32", "b" * 33),
    "an id that means the end": ('id = "bye"', 'id = "end"', "taken", "end"),
    "an option twice": (RAISE, 'options = ["yes", "no", "no"]\n', "once is enough", "raise"),
    "a reserved option": (RAISE, 'options = ["yes", "no", "skip"]\n', "reserved", "raise"),
    "an option like the way": (RAISE, 'options = ["yes", "no", "private"]\n', "reserved", "raise"),
    "an option like a revision": (
        RAISE,
        'options = ["yes", "no", "revise-1"]\n',
        "reserved",
        "raise",
    ),
    "an option like a receipt": (
        RAISE,
        'options = ["yes", "no", "withdraw-1"]\n',
        "reserved",
        "raise",
    ),
    "an option with a colon": (RAISE, 'options = ["yes", "no", "a:b"]\n', "small letters", "raise"),
    "an option that fills the button": (
        RAISE,
        f'options = ["yes", "no", "{"o" * 40}"]\n',
        "at most 32",
        "raise",
    ),
    "a main that is no choice": (RAISE, RAISE + 'main = "maybe"\n', "none of its choices", "raise"),
    "a choice of nothing": (RAISE, "", "needs options", "raise"),
    "options on a scale": (HOW, HOW + 'options = ["one"]\n', "has no options", "how"),
    "an unknown form": ("longest = 200\n", 'form = "phone"\n', "is unknown", "point"),
    "a form on a scale": (HOW, HOW + 'form = "hours"\n', "has no form", "how"),
    "no word of who sees it": (
        'kind = "scale"\nsees = "self"\n',
        'kind = "scale"\n',
        "add sees",
        "how",
    ),
    "somebody sees what only is said": (
        'id = "bye"\nkind = "say"\n',
        'id = "bye"\nkind = "say"\nsees = "self"\n',
        "take sees",
        "bye",
    ),
    "a day that is none": ('["tomorrow", "in-1-week"]', '["yesterday"]', "no quick day", "day"),
    "a share of nothing": (SHARE, "", "needs of", "point-share"),
    "a share of a choice": (SHARE, 'of = ["raise"]\n', "no text step", "point-share"),
    "a share of what comes later": (SHARE, 'of = ["how"]\n', "no text step", "point-share"),
    "a share of an item without a list": (
        SHARE,
        'of = ["item.text"]\n',
        "no repeat",
        "point-share",
    ),
    "a share that only oneself sees": (
        'sees = "choose"\nof = ["point"]',
        'sees = "self"\nof = ["point"]',
        "on a share",
        "point-share",
    ),
    "a share of what only oneself sees": (
        'kind = "text"\nsees = "choose"',
        'kind = "text"\nsees = "self"',
        "only oneself",
        "point-share",
    ),
    "a share where nothing may be shared": (
        "finish =",
        "shareable = false\nfinish =",
        "may be shared",
        "point-share",
    ),
    "no time at all": ("finish =", "minutes = 0\nfinish =", "minutes", None),
    "an unknown effect of the end": ("finish-preparation", "finish-it", "unknown", None),
}


@pytest.mark.parametrize("case", STRUCTURE)
def test_what_is_wrong_with_a_structure_is_found(case: str, folder: Path, known: Known) -> None:
    old, new, said, step = STRUCTURE[case]
    assert old in STEPS
    structure = STEPS.replace(old, new, 1)
    if new.startswith("minutes"):
        structure = "version = 1\n" + structure
    put(folder, structure, WORDS)
    found = problems_of(folder, known)
    assert any(said in one.text and one.step == step for one in found), [str(one) for one in found]


def rounds(inner: str, repeat: str = "most = 3", facts: str = '["carried"]') -> str:
    return f"""
facts = {facts}
[[steps]]
id = "rounds"
kind = "repeat"
sees = "self"
{repeat}
[[steps.steps]]
id = "what"
kind = "choice"
sees = "self"
options = ["yes", "no"]
{inner}
[[steps]]
id = "last"
kind = "choice"
sees = "self"
options = ["yes", "no"]
"""


ROUND_WORDS = """
[rounds]
label = "Runde"
[what]
text = "Hvad?"
label = "Hvad"
options.yes = "Ja"
options.no = "Nej"
[last]
text = "Og?"
label = "Og"
options.yes = "Ja"
options.no = "Nej"
"""
OVER = 'over = "carried"\nmost = 5'

IN_ROUNDS: dict[str, tuple[str, str]] = {
    "the end of all inside a round": (rounds('then = "end"'), "use next-item"),
    "a way out of the round": (rounds('then = "last"'), "no step here"),
    "a list with one round": (rounds("", 'over = "carried"'), "say how many"),
    "a list that is none": (rounds("", 'over = "name"\nmost = 5', '["name"]'), "is no list"),
    "a list that is not declared": (rounds("", OVER, "[]"), "counts with fact carried"),
    "an item's fact without a list": (rounds('only = [{ fact = "item.text" }]'), "item.text"),
    "an item's fact that it has not": (
        rounds('only = [{ fact = "item.name" }]', OVER),
        "item.name",
    ),
    "another list's effect": (rounds('effect = "withdraw-share"', OVER), "repeat over my_shares"),
    "an inner answer seen from outside": (
        rounds("") + 'only = [{ answer = "what", is = "yes" }]',
        "no step before it",
    ),
    "a repeat in a repeat": (
        rounds("").replace(
            'kind = "choice"\nsees = "self"\noptions = ["yes", "no"]\n',
            'kind = "repeat"\nsees = "self"\nmost = 2\n',
            1,
        ),
        "may not stand in",
    ),
    "an optional repeat": (rounds("", "most = 3\noptional = true"), "has no optional"),
}


@pytest.mark.parametrize("case", IN_ROUNDS)
def test_what_is_wrong_with_rounds_is_found(case: str, folder: Path, known: Known) -> None:
    structure, said = IN_ROUNDS[case]
    put(folder, structure, ROUND_WORDS)
    found = [str(one) for one in problems_of(folder, known)]
    assert any(said in one for one in found), found


def test_rounds_have_nothing_wrong_with_them(folder: Path, known: Known) -> None:
    put(folder, rounds("", OVER), ROUND_WORDS)
    assert [str(one) for one in problems_of(folder, known)] == []
