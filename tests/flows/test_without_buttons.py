"""Whoever sees no buttons answers everything in writing: by words, or by a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from flows import answers
from flows.conversation import Conversation
from flows.events import Say
from flows.labels import labels_of
from flows.load import Catalogue
from flows.model import LANGUAGES, Language, Step
from flows.testing import TODAY, Player


class Asked(NamedTuple):
    where: str
    step: Step
    labels: dict[str, str]


def every_question(catalogue: Catalogue, language: Language) -> Iterator[Asked]:
    """Of all dialogues, with what can be pressed there."""
    for dialogue in catalogue.dialogues.values():
        talk = Conversation(
            id="c", dialogue=dialogue.id, version=dialogue.version, language=language,
            facts={"nearest_leader": "Karin"},
        )  # fmt: skip
        for step in dialogue.every_step.values():
            if step.asks and (labels := labels_of(dialogue, talk, step)):
                yield Asked(f"{dialogue.id}.{step.id}", step, labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_button_are_read_as_its_press(
    catalogue: Catalogue, language: Language
) -> None:
    for where, step, labels in every_question(catalogue, language):
        for choice, label in labels.items():
            pressed = answers.read_press(step, choice, (), TODAY, labels)
            written = answers.read_text(step, label, TODAY, labels)
            assert written == pressed, f"{where}: {label}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_number_is_read_as_its_press_wherever_choices_are_numbered(
    catalogue: Catalogue, language: Language
) -> None:
    numbered = 0
    for where, step, labels in every_question(catalogue, language):
        for number, choice in enumerate(labels, start=1):
            if answers.is_numbered(step, labels):
                numbered += 1
                pressed = answers.read_press(step, choice, (), TODAY, labels)
                for text in (str(number), f" {number}. "):
                    written = answers.read_text(step, text, TODAY, labels)
                    assert written == pressed, f"{where}: {number}"
    assert numbered > 100


def test_a_number_that_is_an_answer_of_its_own_stays_one(catalogue: Catalogue) -> None:
    scale = next(one for one in every_question(catalogue, "da") if one.step.kind == "scale")
    assert answers.read_text(scale.step, "4", TODAY, scale.labels) == answers.Reading(4)
    weeks = next(one for one in every_question(catalogue, "da") if one.where == "pause.how-long")
    assert answers.read_text(weeks.step, "2", TODAY, weeks.labels) == answers.Reading("2-weeks")


def test_nothing_is_shared_and_nobody_is_erased_by_a_number(catalogue: Catalogue) -> None:
    for _, step, labels in every_question(catalogue, "da"):
        if step.kind == "share" or step.effect == "erase-me":
            for number in range(1, len(labels) + 1):
                read = answers.read_text(step, str(number), TODAY, labels)
                assert isinstance(read, answers.Refusal)


def text_of(player: Player) -> str:
    return player.messages[-1].plain_text()


def test_several_are_named_by_their_numbers(player: Player) -> None:
    player.begin().press("no").say("skip").write("1, 3")
    assert player.values()["week"] == ["mon", "wed"]
    player.say("back").write("3 2")
    assert player.values()["week"] == ["tue", "wed"]
    player.say("back").write("1 og 9")
    assert player.heard == ["[not-understood]", "week"]


def test_whoever_is_not_understood_is_told_the_choices_with_their_numbers(player: Player) -> None:
    player.begin()
    assert "1. " not in text_of(player)
    player.write("tja")
    assert player.heard == ["[not-understood]", "raise"]
    assert "\n1. Ja, det er der\n2. Nej\n3. Senere i dag" in text_of(player)
    assert player.write("2").heard == ["day"]


def test_they_are_told_whenever_one_asks_for_them(player: Player) -> None:
    player.begin().say("choices")
    assert player.heard == ["raise"]
    assert "\n2. Nej" in text_of(player)
    player.press("no").say("choices")
    assert "\n· " in text_of(player), "a day may be a number itself"
    assert player.press("skip").press("skip").say("choices").heard == ["how"]
    assert "1. " not in text_of(player), "a scale's numbers are its answers"


def test_skipping_and_resting_can_be_written_where_anything_can(player: Player) -> None:
    player.begin().press("yes").write("Spring over")
    assert player.values()["point"] is None
    assert player.heard == ["day"]
    assert player.write("Senere i dag").heard == ["[resting]"]


def test_an_answer_that_is_being_changed_can_be_left_as_it_was_in_writing(player: Player) -> None:
    player.begin().press("yes").write("søvn").say("back")
    assert player.heard == ["point"]
    player.write("lad det stå")
    assert player.values()["point"] == "søvn"
    assert player.heard == ["point-share"]
    player.press("keep").play(Say(today=TODAY, control="edit", number=1))
    assert player.heard == ["raise"]
    assert player.write("4").heard == ["day"], "the last of those that are offered"


def test_the_answer_to_change_is_named_by_its_number(player: Player) -> None:
    player.begin().press("yes").write("søvn").press("keep").say("edit")
    assert "\n1. Noget: Ja, det er der\n2. Punkt: søvn" in text_of(player)
    assert player.play(Say(today=TODAY, control="edit", number=2)).heard == ["point"]
    assert player.play(Say(today=TODAY, control="edit", number=9)).heard == ["[which-answer]"]
