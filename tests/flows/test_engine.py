"""The engine on small dialogues: what is asked, what is kept, what changes in the world."""

import pytest

from flows.events import Press
from flows.load import Catalogue, load_catalogue
from flows.testing import TODAY, Player
from tests.flows.conftest import Build, put

STEPS = """
finish = ["finish-check"]
facts = ["has_nearest_leader"]

[[steps]]
id = "hello"
kind = "say"

[[steps]]
id = "raise"
kind = "choice"
sees = "self"
options = ["yes", "no"]
rest = ["later"]
rules = [{ is = "no", go = "day" }]

[[steps]]
id = "point"
kind = "text"
sees = "choose"
optional = true
longest = 200
options = ["sleep"]
effect = "keep-point"

[[steps]]
id = "point-share"
kind = "share"
sees = "choose"
of = ["point"]
effect = "share"

[[steps]]
id = "day"
kind = "date"
sees = "self"
optional = true
rest = ["later"]
options = ["tomorrow", "in-1-week"]

[[steps]]
id = "week"
kind = "many"
sees = "self"
optional = true
rest = ["later"]
options = ["mon", "tue", "wed"]

[[steps]]
id = "how"
kind = "scale"
sees = "self"
rest = ["later"]
effect = "record-pulse"

[[steps]]
id = "bye"
kind = "say"
"""
WORDS = """
[hello]
text = "Hej."
[raise]
text = "Er der noget?"
label = "Noget"
options.yes = "Ja, det er der"
options.no = "Nej"
options.later = "Senere i dag"
[point]
text = "Hvad?"
label = "Punkt"
options.sleep = "Min søvn"
[point-share]
text = "Sådan ser det ud: {preview}"
label = "Deling"
[day]
text = "Hvornår?"
label = "Dag"
options.later = "Senere i dag"
[week]
text = "Hvilke dage?"
label = "Dage"
options.mon = "Mandag"
options.tue = "Tirsdag"
options.wed = "Onsdag, midt i ugen"
options.later = "Senere i dag"
[how]
text = "Hvordan?"
label = "Hvordan"
options.later = "Senere i dag"
[bye]
text = "Tak: {point}"
"""


@pytest.fixture
def small(build: Build) -> Catalogue:
    return build(STEPS, WORDS)


@pytest.fixture
def player(small: Catalogue) -> Player:
    return Player(small, "small").begin()


def shared(player: Player) -> list[object]:
    return [one.value for one in player.effects if one.name == "share"]


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
    assert player.done == ["record-pulse", "finish-check"]
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
    assert (player.done, player.status) == (["record-pulse", "finish-check"], "done")


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


def told_share(player: Player) -> Player:
    return player.press("yes").write("søvn").press("share")


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


def test_the_share_button_of_an_earlier_preview_shares_nothing(player: Player) -> None:
    player.press("yes").write("søvn").press("edit").write("ro")
    player.press_old(2, "share")
    assert player.heard == ["point-share"]
    assert player.effects == []


def test_a_skipped_text_is_not_offered_for_sharing(player: Player) -> None:
    assert player.press("yes").press("skip").heard == ["day"]


# Rounds.

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
    assert "-share" in rounds.done


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
    rounds.press("revise-2").write("to").press("share")
    assert "save-agreements" in rounds.done


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


# New versions.


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


def test_a_share_ahead_of_a_new_question_is_asked_for_again(folder: object, build: Build) -> None:
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
    assert player.heard == ["point-share"]
    assert player.effects == []
    player.press("withdraw-1")
    assert player.heard[0] == "[withdrawn]"
    assert [(one.name, one.undone, one.value) for one in player.effects] == [
        ("share", False, {"decision": "keep", "text": "søvn"})
    ]


def test_the_player_itself_is_given_events_that_carry_the_day(player: Player) -> None:
    pressed = Press(today=TODAY, turn=0, choice="no")
    assert player.play(pressed).heard == ["day"]
