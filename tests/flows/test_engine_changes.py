"""Going back, old buttons and sharing: nothing is lost, nothing is shared unasked."""

import pytest

from flows.testing import Player
from tests.flows.small import shared, told_share

# Going back and changing.


def test_going_back_asks_the_latest_answer_again_and_keeps_it(player: Player) -> None:
    player.press("yes").write("søvn").say("back")
    assert player.heard == ["point"]
    assert "as-it-was" in player.offered
    assert player.values()["point"] == "søvn"


def test_going_back_twice_goes_further_back(player: Player) -> None:
    assert player.press("yes").write("søvn").say("back").say("back").heard == ["raise"]


def test_going_back_at_the_first_question_says_so(player: Player) -> None:
    assert player.say("back").heard == ["[nothing-before]", "raise"]


def test_leaving_it_as_it_was_goes_on(player: Player) -> None:
    player.press("yes").write("søvn").say("back").press("as-it-was")
    assert player.heard == ["point-share"]


def test_an_answer_changed_to_another_branch_keeps_what_was_left_behind(player: Player) -> None:
    player.press("yes").write("søvn").press("keep").say("back").say("back").say("back")
    player.press("no")
    assert player.heard == ["day"] or player.heard[-1] == "day"
    assert player.done == ["-keep-point", "-share"]
    kept = {answer.step: answer.value for answer in player.conversation.answers}
    assert kept["point"] == "søvn"
    player.say("back").press("yes")
    assert player.position == ("day", -1)
    assert player.done == ["keep-point", "share"]
    assert shared(player) == [{"decision": "keep", "text": "søvn"}]


def test_a_finished_conversation_that_is_changed_is_open_until_the_answer(player: Player) -> None:
    player.press("no").press("skip").press("skip").press("3")
    player.say("back")
    assert (player.heard, player.status) == (["how"], "open")
    player.press("as-it-was")
    assert (player.heard, player.status) == (["[finished]"], "done")
    player.say("back").press("5")
    assert (player.done, player.status) == (["record-pulse", "finish-preparation"], "done")


def test_editing_offers_the_answers_and_asks_the_chosen_one(player: Player) -> None:
    player.press("yes").write("søvn").say("edit")
    assert player.heard == ["[which-answer]"]
    assert player.offered == ["revise-0", "revise-1"]
    assert player.press("revise-0").heard == ["raise"]


# Old buttons.


def test_the_same_button_twice_has_one_effect_and_says_nothing(player: Player) -> None:
    player.press("no")
    before = player.conversation
    player.press_old(0, "no")
    assert (player.heard, player.effects, player.conversation) == ([], [], before)


@pytest.mark.parametrize(("step", "choice"), [("day", "tomorrow"), ("point", "sleep")])
def test_a_quick_answer_twice_says_nothing(player: Player, step: str, choice: str) -> None:
    player.press("yes" if step == "point" else "no").press(choice)
    assert player.press_old(1, choice).heard == []


def test_an_old_button_offers_to_change_that_answer_and_changes_nothing(player: Player) -> None:
    player.press("no").press("skip")
    before = player.conversation
    player.press_old(0, "yes")
    assert player.heard == ["[further-on]"]
    assert player.offered == ["revise-0"]
    assert player.conversation == before


def test_a_button_of_an_answer_since_replaced_asks_what_is_asked_now(player: Player) -> None:
    player.press("no").say("back").press("yes")
    assert player.press_old(0, "no").heard == ["point"]


@pytest.mark.parametrize("choice", ["", "revise-", "revise-99", "withdraw-7", "x" * 300, "§"])
def test_a_button_of_nobodys_making_does_no_harm(player: Player, choice: str) -> None:
    player.press("no").press(choice)
    assert player.effects == []
    assert player.values() == {"raise": "no"}


# Sharing.


def test_a_share_is_told_with_a_receipt_that_takes_it_back(player: Player) -> None:
    told_share(player)
    assert player.heard == ["[shared]", "day"]
    player.press("withdraw-2")
    assert player.heard == ["[withdrawn]"]
    assert shared(player) == [{"decision": "keep", "text": "søvn"}]
    assert player.press("withdraw-2").heard == ["[already-withdrawn]"]


def test_changing_a_shared_text_takes_it_back_and_asks_again(player: Player) -> None:
    told_share(player).press("revise-1").write("søvn og ro")
    assert player.heard == ["[changed]", "point-share"] or player.heard[-1] == "point-share"
    assert player.done[:1] == ["-share"]
    assert "søvn og ro" in player.messages[-1].plain_text()


def test_changing_a_shared_text_back_does_not_share_it_by_itself(player: Player) -> None:
    told_share(player).press("revise-1").write("noget andet")
    player.say("back").write("søvn")
    assert player.heard[-1] == "point-share"
    assert "share" not in player.done


def test_a_branch_left_and_taken_again_does_not_share_by_itself(player: Player) -> None:
    told_share(player).press("revise-0").press("no")
    assert player.done == ["-keep-point", "-share"]
    player.press(
        "revise-" + str(next(a.turn for a in player.conversation.answers if a.step == "raise"))
    )
    player.press("yes")
    assert player.heard[-1] == "point-share"
    assert player.done == ["keep-point"]


def test_a_text_off_the_path_is_not_shared(player: Player) -> None:
    player.press("yes").write("søvn").say("back").say("back").press("no")
    assert player.position == ("day", -1)
    assert "point-share" not in player.heard


def test_an_earlier_receipt_takes_back_what_is_shared_there_now(player: Player) -> None:
    told_share(player).press("revise-2").press("share")
    player.press("withdraw-2")
    assert player.heard == ["[withdrawn]"]
    assert shared(player) == [{"decision": "keep", "text": "søvn"}]


def test_editing_at_the_share_asks_for_the_text_where_it_was_written(player: Player) -> None:
    player.press("yes").write("søvn").press("edit")
    assert player.heard == ["point"]
    player.write("ro")
    assert "ro" in player.messages[-1].plain_text()
    player.press("share")
    assert shared(player) == [{"decision": "share", "text": "ro"}]


@pytest.mark.parametrize("choice", ["share", "keep", "edit"])
def test_a_button_of_an_earlier_preview_says_that_one_is_further_on(
    player: Player, choice: str
) -> None:
    player.press("yes").write("søvn").press("edit").write("ro")
    before = player.conversation
    player.press_old(2, choice)
    assert player.heard == ["[further-on]", "point-share"]
    assert (player.effects, player.conversation) == ([], before)


def test_whoever_keeps_back_an_earlier_preview_may_change_what_was_shared_since(
    player: Player,
) -> None:
    player.press("yes").write("søvn").press("edit").write("ro").press("share")
    [turn] = [one.turn for one in player.conversation.answers if one.step == "point-share"]
    player.press_old(2, "keep")
    assert (player.heard, player.offered) == (["[further-on]"], [f"revise-{turn}"])
    assert player.effects == []
    player.press(f"revise-{turn}").press("keep")
    assert shared(player) == [{"decision": "keep", "text": "ro"}]


def test_a_skipped_text_is_not_offered_for_sharing(player: Player) -> None:
    assert player.press("yes").press("skip").heard == ["day"]
