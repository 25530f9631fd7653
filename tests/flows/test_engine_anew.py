"""What is asked again after a change, what the world has nothing for, and choices that are not
there."""

from __future__ import annotations

import pytest

from flows import engine
from flows.misfit import asked_anew
from flows.testing import TODAY, Player, restarted
from flows.turn import Told
from tests.flows.conftest import Build

NOBODY = Told(note="whom-nobody")
STEPS = """
facts = ["first_one", "second_one"]

[[steps]]
id = "which"
kind = "text"
sees = "self"
optional = true
options = ["first", "second"]

[[steps]]
id = "how"
kind = "choice"
sees = "self"
options = ["well", "badly"]

[[steps]]
id = "sure"
kind = "choice"
sees = "self"
options = ["yes", "no"]
anew = true
effect = "record-check"

[[steps]]
id = "bye"
kind = "say"
"""
WORDS = """
[which]
text = "Hvilken?"
label = "Hvilken"
options.first = "{first_one}"
options.second = "{second_one}"
[how]
text = "Hvordan?"
label = "Hvordan"
options.well = "Godt"
options.badly = "Skidt"
[sure]
text = "Sikker?"
label = "Sikker"
options.yes = "Ja"
options.no = "Nej"
[bye]
text = "Tak."
"""


@pytest.fixture
def player(build: Build) -> Player:
    facts = {"first_one": "Nord", "second_one": ""}
    return Player(build(STEPS, WORDS), "small", facts).begin()


def turn_of(player: Player, step: str) -> str:
    """The button that leads back to it."""
    answer = next(one for one in player.conversation.answers if one.step == step)
    return f"{engine.REVISE}{answer.turn}"


def test_an_answer_that_is_to_be_given_anew_is_asked_again_after_a_change(player: Player) -> None:
    player.press("first").press("well").press("yes")
    assert (player.done, player.status) == (["record-check"], "done")
    player.press(turn_of(player, "how")).press("badly")
    assert player.heard == ["[changed]", "sure"]
    assert (player.done, player.status) == (["-record-check"], "open")
    assert player.press("no").heard == ["bye"]
    assert player.done == ["record-check"]


def test_it_stands_as_long_as_nothing_before_it_is_changed(player: Player) -> None:
    player.press("first").press("well").press("yes")
    player.press(turn_of(player, "how")).press("as-it-was")
    assert (player.heard, player.status) == (["[finished]"], "done")
    player.say("back").press("no")
    assert (player.done, player.status) == (["record-check"], "done")


def test_a_choice_without_words_is_not_offered(player: Player) -> None:
    assert player.offered == ["first", "skip"]


def test_what_there_is_nothing_for_is_not_kept_and_asked_anew(player: Player) -> None:
    before = player.conversation
    turn = asked_anew(player.dialogue, before, NOBODY, "which", TODAY)
    assert [told.name for told in turn.says] == ["[whom-nobody]", "which"]
    assert turn.conversation.answers == ()
    assert restarted(turn.conversation).turn == before.turn + 1, "its buttons mean something else"
    assert turn.conversation.revising is None


def test_a_misfit_found_late_leads_back_and_loses_no_answer(player: Player) -> None:
    player.press("first").press("well")
    turn = asked_anew(player.dialogue, player.conversation, NOBODY, "which", TODAY)
    assert [told.name for told in turn.says] == ["[whom-nobody]", "which"]
    assert turn.conversation.answers == player.conversation.answers
    player.conversation = turn.conversation
    assert player.press("as-it-was").heard == ["sure"]
