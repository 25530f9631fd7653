"""What the chat says to whoever keeps their own words out of it, in every transcript of every
dialogue; and where a conversation stands, told anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from flows.conversation import Conversation
from flows.load import Catalogue
from flows.private import PRIVATE, kept_away, with_way
from flows.scene import answers_to_change, scene_of
from flows.testing import TODAY, Moment, Player, Story, read_story
from flows.wording import OWN_PAPERS, OWN_WORDS, Message, read_token
from tests.flows.test_transcripts import TRANSCRIPTS

CANARY = "KANARIEFUGL"


def canaries(facts: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The same facts, with a mark in whatever the person wrote."""
    return {name: marked(value) if name in OWN_WORDS else value for name, value in facts.items()}


def marked(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [marked(one) for one in value]
    if isinstance(value, dict):
        told = ("text", "aim", "follow_up")
        return {key: f"{CANARY} {one}" if key in told else one for key, one in value.items()}
    return f"{CANARY} {value}"


def writes(player: Player, moment: Moment) -> bool:
    """Whether it is free text that the moment writes."""
    place = player.position
    step = player.dialogue.every_step[place.step] if place else None
    return moment.do == "write" and step is not None and step.in_own_words


def told_in(story: Story, catalogue: Catalogue) -> Iterator[tuple[Conversation, list[Message]]]:
    player = Player(catalogue, story.dialogue, canaries(story.facts), today=story.today)
    for moment in story.events:
        own = {"with_": f"{CANARY} {moment.words('da')}"} if writes(player, moment) else {}
        player.follow(moment.model_copy(update=own))
        yield player.conversation, list(player.messages)


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
def test_no_word_of_ones_own_is_left(transcript: Path, catalogue: Catalogue) -> None:
    common = catalogue.common["da"]
    for conversation, messages in told_in(read_story(transcript), catalogue):
        for message in kept_away(messages, conversation, common):
            assert CANARY not in message.model_dump_json()
            assert message.shows not in OWN_PAPERS
            assert message.entry is None or not message.entry.own
        assert CANARY not in "".join(span.text for one in messages for span in ours(one))


def ours(message: Message) -> Iterator[Any]:
    return (span for span in message.spans if not span.theirs)


def test_the_marks_are_there_before_they_are_kept_away(catalogue: Catalogue) -> None:
    marked_in = {
        story.dialogue
        for story in map(read_story, TRANSCRIPTS)
        for _, messages in told_in(story, catalogue)
        if any(CANARY in one.model_dump_json() for one in messages)
    }
    assert len(marked_in) > 7


def asked_for_a_point(catalogue: Catalogue, **facts: JsonValue) -> Player:
    known: dict[str, JsonValue] = {"has_nearest_leader": True, "nearest_leader": "Karin"}
    player = Player(catalogue, "fortnight", {**known, **facts}).begin()
    for _ in range(5):
        player.press("skip")
    assert player.heard == ["point"]
    return player


def test_nobody_decides_about_what_they_do_not_see(catalogue: Catalogue) -> None:
    player = asked_for_a_point(catalogue).write(CANARY)
    assert player.heard == ["point-share"]
    [instead] = kept_away(player.messages, player.conversation, catalogue.common["da"])
    assert choices(instead) == [PRIVATE]


def test_what_can_be_let_be_can_be_let_be(catalogue: Catalogue) -> None:
    player = asked_for_a_point(catalogue)
    [instead] = kept_away(player.messages, player.conversation, catalogue.common["da"])
    assert choices(instead) == [PRIVATE, "skip"]
    assert instead.sight == player.messages[-1].sight


def test_the_way_stands_quietly_beside_what_else_may_be_pressed(catalogue: Catalogue) -> None:
    player, common = asked_for_a_point(catalogue), catalogue.common["da"]
    offered = with_way(player.messages[-1], player.conversation, common)
    assert choices(offered) == ["skip", PRIVATE]
    assert offered.choices[-1].style == "quiet"
    tapped = Player(catalogue, "own-words", {"page_opens": True}).begin()
    assert with_way(tapped.messages[-1], tapped.conversation, common) == tapped.messages[-1]


def test_a_setting_is_written_in_the_chat(catalogue: Catalogue) -> None:
    for dialogue in catalogue.dialogues.values():
        for step in dialogue.every_step.values():
            if step.form or step.sees == "settings":
                assert not step.in_own_words


def choices(message: Message) -> list[str]:
    tokens = [read_token(one.token) for one in message.choices]
    return [token.choice for token in tokens if token]


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
def test_a_conversation_told_anew_asks_what_it_asked(
    transcript: Path, catalogue: Catalogue
) -> None:
    story = read_story(transcript)
    player = Player(catalogue, story.dialogue, story.facts, today=story.today)
    for moment in story.events:
        player.follow(moment)
        scene = scene_of(player.dialogue, player.conversation, story.today)
        assert (scene.asks.place if scene.asks else None) == player.position
        assert scene.conversation == player.conversation
        assert set(statements(player)) <= {told.name for told in scene.says}


def statements(player: Player) -> Iterator[str]:
    """What the latest answer has led to, but for notes."""
    if player.turns[-1].conversation.revising is None:
        for told in player.turns[-1].says:
            if told.place is not None and not told.asks:
                yield told.name


def test_the_answer_before_is_asked_for_anew(catalogue: Catalogue) -> None:
    player = asked_for_a_point(catalogue)
    back = scene_of(player.dialogue, player.conversation, TODAY).back
    assert back is not None
    player.press(back)
    assert player.heard == ["restitution"]
    assert scene_of(player.dialogue, player.conversation, TODAY).back is None


def test_a_receipt_can_be_pressed_where_it_is_told_anew(catalogue: Catalogue) -> None:
    player = asked_for_a_point(catalogue).write("Vagtplanen").press("share")
    scene = scene_of(player.dialogue, player.conversation, TODAY, ["shared"])
    [withdraw] = scene.says[0].choices
    player.press(withdraw.choice)
    assert player.heard[0] == "[withdrawn]"


def changeable(player: Player) -> list[str]:
    scene = scene_of(player.dialogue, player.conversation, TODAY)
    told = answers_to_change(player.dialogue, scene, TODAY)
    return [one.about.step for one in told.choices if one.about] if told else []


def test_a_review_offers_what_it_shows_to_be_changed(catalogue: Catalogue) -> None:
    room: dict[str, JsonValue] = {"room_for_agreements": True, "agreement_room": 3}
    player = Player(catalogue, "contract", room).begin().press("yes").press("boundary")
    player.write("Ingen mails efter 18").press("skip").press("weekly").press("enough")
    [asked] = [told.place for told in player.turns[-1].says if told.asks]
    review = player.dialogue.every_step[asked.step if asked else ""].review
    assert changeable(player)
    assert set(changeable(player)) <= set(review)


def test_without_a_review_the_latest_answers_are_offered(catalogue: Catalogue) -> None:
    assert len(changeable(asked_for_a_point(catalogue))) == 5
    begun = Player(catalogue, "own-words", {"page_opens": True}).begin()
    assert changeable(begun) == []
