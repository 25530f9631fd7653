"""A newer version of a dialogue takes over what is in flight."""

from flows.load import Catalogue, load_catalogue
from flows.testing import Player
from tests.flows.conftest import Build, put
from tests.flows.small import STEPS, WORDS, told_share


def newer(catalogue: Catalogue, folder: object, structure: str, words: str) -> Catalogue:
    put(folder, "version = 2\nminutes = 1\n" + structure, words)  # type: ignore[arg-type]
    return load_catalogue(folder)  # type: ignore[arg-type]


STEP = """
[[steps]]
id = "{0}"
kind = "choice"
sees = "self"
options = [{1}]
"""


def steps(**options: str) -> str:
    return "".join(STEP.format(step, given) for step, given in options.items())


def words_of(**options: str) -> str:
    said = ""
    for step, given in options.items():
        names = [name.strip('" ') for name in given.split(",")]
        said += f'[{step}]\ntext = "?"\nlabel = "{step}"\n'
        said += "".join(f'options.{name} = "{name} it is"\n' for name in names)
    return said


def test_a_new_version_takes_over_a_conversation_in_flight(folder: object, build: Build) -> None:
    first = {"a": '"x", "y"', "b": '"x", "y"', "c": '"x", "y"'}
    second = {"a": '"x", "z"', "new": '"x", "y"', "c": '"x", "y"', "d": '"x", "y"'}
    old = build(steps(**first), words_of(**first))
    player = Player(old, "small").begin().press("y").press("x")
    player.upgrade(newer(old, folder, steps(**second), words_of(**second))["small"])
    player.say("again")
    assert player.heard == ["a"], "y is no option of a any more, so a is asked again"
    assert player.conversation.version == 2
    player.press("z").press("x").press("y").press("x")
    assert player.status == "done"
    assert player.values() == {"a": "z", "new": "x", "c": "y", "d": "x"}
    kept = {answer.step: answer.value for answer in player.conversation.answers}
    assert kept["b"] == "x", "the answer to a step that is gone is kept"


def test_a_button_of_the_old_version_answers_nothing_in_the_new(
    folder: object, build: Build
) -> None:
    first, second = {"a": '"x", "y"'}, {"new": '"x", "y"', "a": '"x", "y"'}
    old = build(steps(**first), words_of(**first))
    player = Player(old, "small").begin()
    player.upgrade(newer(old, folder, steps(**second), words_of(**second))["small"])
    assert player.press_old(0, "x").heard == ["new"]
    assert player.values() == {}


def test_an_answer_under_revision_may_be_gone_in_the_new_version(
    folder: object, build: Build
) -> None:
    first, second = {"a": '"x", "y"', "b": '"x", "y"'}, {"b": '"x", "y"'}
    old = build(steps(**first), words_of(**first))
    player = Player(old, "small").begin().press("x").say("back")
    player.upgrade(newer(old, folder, steps(**second), words_of(**second))["small"])
    assert player.write("y it is").status == "done"


def test_a_share_ahead_of_a_new_question_stands_and_is_not_done_again(
    folder: object, build: Build
) -> None:
    text = '\n[[steps]]\nid = "point"\nkind = "text"\nsees = "choose"\n'
    share = (
        '\n[[steps]]\nid = "point-share"\nkind = "share"\nsees = "choose"\n'
        'of = ["point"]\neffect = "share"\n'
    )
    words = words_of(new='"x", "y"', last='"x", "y"') + (
        '[point]\ntext = "?"\nlabel = "p"\n[point-share]\ntext = "{preview}"\nlabel = "s"\n'
    )
    last = steps(last='"x", "y"')
    old = build(text + share + last, words.split("[last]")[0] + "[last]" + words.split("[last]")[1])
    player = Player(old, "small").begin().write("søvn").press("share")
    structure = text + steps(new='"x", "y"') + share + last
    player.upgrade(newer(old, folder, structure, words)["small"])
    player.say("again").press("x")
    assert player.heard == ["last"]
    assert player.effects == []
    player.press("withdraw-1")
    assert player.heard == ["[withdrawn]"]
    assert [(one.name, one.undone, one.value) for one in player.effects] == [
        ("share", False, {"decision": "keep", "text": "søvn"})
    ]


def test_a_preview_shown_by_the_old_version_is_shown_anew_and_not_called_old(
    folder: object, build: Build
) -> None:
    old = build(STEPS, WORDS)
    player = Player(old, "small").begin().press("yes").write("søvn")
    player.upgrade(newer(old, folder, STEPS, WORDS)["small"])
    player.press_old(2, "keep")
    assert player.heard == ["point-share"]
    assert player.effects == []


def test_a_share_whose_step_is_gone_can_still_be_taken_back(folder: object, build: Build) -> None:
    old = build(STEPS, WORDS)
    player = told_share(Player(old, "small").begin())
    a = {"a": '"x", "y"'}
    player.upgrade(newer(old, folder, steps(**a), words_of(**a))["small"])
    player.press("withdraw-2")
    assert player.heard[0] == "[withdrawn]"
    assert player.done == ["-share"]
