"""Rounds of a repeat, their review and the effects that rest on several answers."""

import pytest

from flows.testing import Player
from tests.flows.conftest import Build

ROUNDS = """
facts = ["carried"]

[[steps]]
id = "old"
kind = "repeat"
over = "carried"
most = 9

[[steps.steps]]
id = "carry"
kind = "choice"
sees = "self"
options = ["take", "solved"]
effect = "carry-point"
rules = [{ is = "solved", go = "next-item" }]

[[steps.steps]]
id = "old-share"
kind = "share"
sees = "choose"
of = ["item.text"]
effect = "share"

[[steps]]
id = "new"
kind = "repeat"
sees = "self"
most = 3

[[steps.steps]]
id = "point"
kind = "text"
sees = "choose"
effect = "keep-point"

[[steps.steps]]
id = "point-share"
kind = "share"
sees = "choose"
of = ["point"]
effect = "share"

[[steps.steps]]
id = "when"
kind = "date"
sees = "self"
optional = true

[[steps]]
id = "sum"
kind = "confirm"
sees = "self"
review = ["point", "when"]
effect = "save-agreements"
"""
ROUND_WORDS = """
[carry]
text = "Du skrev: {item.text}"
label = "Tage med"
options.take = "Ja"
options.solved = "Nej"
[old-share]
text = "{preview}"
label = "Deling"
[new]
label = "En til"
[point]
text = "Hvad?"
label = "Punkt"
[point-share]
text = "{preview} ({point})"
label = "Deling"
[when]
text = "Hvornår?"
label = "Dag"
[sum]
text = "Er det rigtigt?"
"""
CARRIED = [{"id": "a", "text": "første"}, {"id": "b", "text": "anden"}]


@pytest.fixture
def rounds(build: Build) -> Player:
    return Player(build(ROUNDS, ROUND_WORDS), "small", {"carried": CARRIED}).begin()


def test_a_round_for_each_item_of_a_list(rounds: Player) -> None:
    rounds.press("solved").press("take").press("keep")
    assert rounds.values() == {
        "carry#0": "solved",
        "carry#1": "take",
        "old-share#1": {"decision": "keep", "text": "anden"},
    }
    assert rounds.heard == ["point#0"]


def test_a_list_longer_than_most_is_cut(build: Build) -> None:
    catalogue = build(ROUNDS.replace("most = 9", "most = 1"), ROUND_WORDS)
    player = Player(catalogue, "small", {"carried": CARRIED}).begin().press("solved")
    assert player.position == ("point", 0)


@pytest.mark.parametrize("carried", [None, [], "odd", 3, {"text": "x"}])
def test_no_list_means_no_rounds(build: Build, carried: object) -> None:
    facts = {} if carried is None else {"carried": carried}
    player = Player(build(ROUNDS, ROUND_WORDS), "small", facts).begin()
    assert player.heard == ["point#0"]


def test_an_items_text_can_be_shared_but_not_edited(rounds: Player) -> None:
    rounds.press("take")
    assert rounds.offered == ["share", "keep"]
    assert rounds.press("edit").heard == ["[not-understood]", "old-share#0"]


def one_round(player: Player, text: str) -> Player:
    return player.write(text).press("share").press("skip")


def past_list(player: Player) -> Player:
    return player.press("solved").press("solved")


def test_later_answers_of_a_round_do_not_share_again(rounds: Player) -> None:
    one_round(past_list(rounds), "et")
    assert [one.name for turn in rounds.turns for one in turn.effects].count("share") == 1


def test_rounds_of_one_repeat_do_not_touch_those_of_another(rounds: Player) -> None:
    one_round(past_list(rounds), "et")
    names = [one.name for turn in rounds.turns for one in turn.effects]
    assert names.count("carry-point") == 2


def test_changing_a_text_in_a_round_asks_for_its_share_again(rounds: Player) -> None:
    one_round(past_list(rounds), "et").press("more")
    rounds.press("revise-2").write("rettet")
    assert rounds.heard[-1] == "point-share#0"
    assert rounds.done == ["-share", "keep-point"]


def test_changing_an_early_round_takes_nothing_of_the_later_ones_back(rounds: Player) -> None:
    one_round(past_list(rounds), "et").press("more")
    one_round(rounds, "to")
    rounds.press("revise-2").write("rettet")
    assert rounds.done == ["-share", "keep-point"]
    assert {one.place.item for one in rounds.effects} == {0}
    assert rounds.press("share").position == ("new", 1)


def test_no_more_rounds_than_most(rounds: Player) -> None:
    past_list(rounds)
    for text in ("et", "to"):
        one_round(rounds, text).press("more")
    assert one_round(rounds, "tre").heard == ["sum"]


def test_fewer_rounds_takes_back_what_the_others_did(rounds: Player) -> None:
    one_round(past_list(rounds), "et").press("more")
    one_round(rounds, "to").press("enough")
    enough = next(a for a in rounds.conversation.answers if (a.step, a.item) == ("new", 0))
    rounds.press(f"revise-{enough.turn}").press("enough")
    assert sorted(rounds.done) == ["-keep-point", "-share"]
    assert [one.place.item for one in rounds.effects] == [1, 1]


def test_a_review_shows_what_is_on_the_path_in_its_order(rounds: Player) -> None:
    one_round(past_list(rounds), "ét punkt").press("more")
    one_round(rounds, "et andet").press("enough")
    rounds.press("change")
    assert rounds.heard == ["[which-answer]"]
    rounds.press("revise-2").write("rettet punkt").press("share")
    shown = rounds.messages[-1].plain_text()
    assert shown.index("rettet punkt") < shown.index("et andet")
    more = next(a for a in rounds.conversation.answers if (a.step, a.item) == ("new", 0))
    rounds.press(f"revise-{more.turn}").press("enough")
    assert "et andet" not in rounds.messages[-1].plain_text()


def test_a_review_offers_each_of_many_answers_to_be_changed(rounds: Player) -> None:
    past_list(rounds)
    for text in ("et", "to"):
        rounds.write(text).press("keep").write("i morgen").press("more")
    rounds.write("tre").press("keep").write("i morgen").press("change")
    assert len(rounds.offered) == 6


def test_what_is_saved_is_saved_again_when_it_is_changed(rounds: Player) -> None:
    one_round(past_list(rounds), "et").press("enough").press("save")
    assert rounds.done == ["save-agreements"]
    assert rounds.status == "done"
    rounds.press("revise-2").write("to")
    assert "save-agreements" in rounds.done
    assert rounds.press("share").status == "done"


# Effects that rest on more than their own answer.


def test_an_effect_is_done_again_when_its_companion_changes(build: Build) -> None:
    structure = """
[[steps]]
id = "leave-first"
kind = "date"
sees = "settings"
[[steps]]
id = "leave-last"
kind = "date"
sees = "settings"
effect = "add-leave"
"""
    words = (
        '[leave-first]\ntext = "Fra?"\nlabel = "Fra"\n[leave-last]\ntext = "Til?"\nlabel = "Til"'
    )
    player = Player(build(structure, words), "small").begin().write("i morgen").write("24/12")
    assert player.done == ["add-leave"]
    assert player.press("revise-0").write("1/12").done == ["add-leave"]
