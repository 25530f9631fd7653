"""The engine on a small dialogue: what is asked, what is kept, what changes in the world."""

import pytest

from flows.events import Press
from flows.testing import TODAY, Player
from tests.flows.small import shared


def test_it_begins_with_what_is_said_and_the_first_question(player: Player) -> None:
    assert player.heard == ["hello", "raise"]
    assert player.status == "open"


def test_beginning_again_only_asks_again(player: Player) -> None:
    player.press("yes").write("søvn").begin()
    assert player.heard == ["point-share"]
    assert player.effects == []


def test_a_whole_way_through_ends_with_the_effects_of_the_end(player: Player) -> None:
    player.press("yes").write("Min søvn").press("share")
    assert shared(player) == [{"decision": "share", "text": "Min søvn"}]
    player.press("tomorrow").press("mon", "wed").press("4")
    assert player.heard == ["bye"]
    assert player.done == ["record-pulse", "finish-preparation"]
    assert player.status == "done"
    assert player.values() == {
        "raise": "yes",
        "point": "Min søvn",
        "point-share": {"decision": "share", "text": "Min søvn"},
        "day": "2026-09-22",
        "week": ["mon", "wed"],
        "how": 4,
    }


@pytest.mark.parametrize("written", ["Ja, det er der", "ja", "JA!", "yes"])
def test_a_choice_may_be_typed_as_it_is_called_or_begins(player: Player, written: str) -> None:
    assert player.write(written).heard == ["point"]


def test_a_text_that_names_no_choice_asks_again_and_keeps_the_turn(player: Player) -> None:
    player.write("måske?")
    assert player.heard == ["[not-understood]", "raise"]
    assert player.conversation.turn == 0


@pytest.mark.parametrize("step", ["raise", "day", "week", "how"])
@pytest.mark.parametrize("typed", [True, False])
def test_resting_is_no_answer_at_any_kind_of_step(player: Player, step: str, typed: bool) -> None:
    presses = {"raise": [], "day": ["no"], "week": ["no", "skip"], "how": ["no", "skip", "skip"]}
    for choice in presses[step]:
        player.press(choice)
    turn = player.conversation.turn
    player.write("senere i dag") if typed else player.press("later")
    assert player.heard == ["[resting]"]
    assert (player.conversation.turn, player.position) == (turn, (step, -1))


@pytest.mark.parametrize("word", ["Spring over", "skip"])
@pytest.mark.parametrize("step", ["day", "week"])
def test_skipping_may_be_typed(player: Player, step: str, word: str) -> None:
    player.press("no")
    if step == "week":
        player.press("skip")
    player.write(word)
    assert player.values()[step] is None


def test_skipping_by_control_where_it_is_not_offered_says_so(player: Player) -> None:
    assert player.say("skip").heard == ["[cannot-skip]", "raise"]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("mandag", ["mon"]),
        ("mandag, tirsdag", ["mon", "tue"]),
        ("tirsdag og mandag", ["mon", "tue"]),
        ("Onsdag, midt i ugen", ["wed"]),
        ("mon\ntue\n", ["mon", "tue"]),
    ],
)
def test_several_may_be_typed(player: Player, written: str, days: list[str]) -> None:
    player.press("no").press("skip").write(written)
    assert player.values()["week"] == days


@pytest.mark.parametrize("written", ["mandag, måske", ",", "?", "og"])
def test_several_are_not_guessed(player: Player, written: str) -> None:
    player.press("no").press("skip").write(written)
    assert player.heard == ["[not-understood]", "week"]


def test_nothing_chosen_of_several_is_asked_again(player: Player) -> None:
    player.press("no").press("skip").press("sun")
    assert player.heard == ["[choose-some]", "week"]


@pytest.mark.parametrize(("written", "day"), [("24/12", "2026-12-24"), ("i morgen", "2026-09-22")])
def test_a_day_may_be_typed(player: Player, written: str, day: str) -> None:
    player.press("no").write(written)
    assert player.values()["day"] == day


@pytest.mark.parametrize(
    ("written", "note"), [("når det passer", "[bad-date]"), ("1/1/2020", "[past-date]")]
)
def test_a_day_that_cannot_be_is_asked_again(player: Player, written: str, note: str) -> None:
    assert player.press("no").write(written).heard == [note, "day"]


def test_a_quick_word_is_kept_as_it_is_called(player: Player) -> None:
    player.press("yes").press("sleep")
    assert player.values()["point"] == "Min søvn"


def test_too_long_a_text_says_how_long_and_keeps_nothing(player: Player) -> None:
    player.press("yes").write("ø" * 201)
    assert player.heard == ["[too-long]", "point"]
    assert player.turns[-1].says[0].slots == {"length": "201", "longest": "200"}


def test_what_is_kept_is_composed_and_without_what_nobody_sees(player: Player) -> None:
    player.press("yes").write(" \x00a\u202e\u030a\r\nb\ud800 ")
    assert player.values()["point"] == "å\nb"


def test_composed_text_counts_by_what_is_kept(player: Player) -> None:
    player.press("yes").write("a\u030a" * 200)
    assert player.values()["point"] == "å" * 200


def test_the_player_itself_is_given_events_that_carry_the_day(player: Player) -> None:
    pressed = Press(today=TODAY, turn=0, choice="no")
    assert player.play(pressed).heard == ["day"]
