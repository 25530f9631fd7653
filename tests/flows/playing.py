"""Plays a random case on the engine under judgement, with a restart between any two events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from flows import engine, path, wording
from flows.conversation import Answer, Conversation, Place
from flows.events import Begin, Event, Press, Say, Speak, Write
from flows.model import LANGUAGES, Dialogue
from flows.testing import TODAY
from flows.turn import Turn
from flows.wording import Message, read_token


class System(NamedTuple):
    """The parts under judgement."""

    advance: Callable[[Dialogue, Conversation, Any], Turn]
    position: Callable[[Dialogue, Conversation], Place | None]
    walk: Callable[[Dialogue, Conversation], path.Path]
    word: Callable[..., Message]


REAL = System(engine.advance, engine.position, path.walk, wording.word)


class Played(NamedTuple):
    """One event and what followed."""

    before: Conversation
    event: Event
    turn: Turn
    messages: list[Message]

    @property
    def after(self) -> Conversation:
        return self.turn.conversation


class Move(NamedTuple):
    """Something to do, resolved against what has been told: see `_event`."""

    kind: str
    pick: int = 0
    text: str = ""


Case = tuple[Dialogue, dict[str, Any], list[Move]]


def play(system: System, case: Case) -> list[Played]:
    """The case from its beginning, with a restart between any two events, worded in both
    languages."""
    dialogue, facts, moves = case
    conversation = Conversation(
        id="abcdefghijk", dialogue=dialogue.id, version=dialogue.version, facts=facts
    )
    played: list[Played] = []
    for move in [Move("begin"), *moves]:
        event = _event(system, dialogue, conversation, move, played)
        turn = system.advance(dialogue, conversation, event)
        messages = [_worded(system, dialogue, turn, told) for told in turn.says]
        played.append(Played(conversation, event, turn, messages))
        conversation = Conversation.model_validate_json(turn.conversation.model_dump_json())
        assert conversation == turn.conversation, "a restart changed the conversation"
    return played


def _worded(system: System, dialogue: Dialogue, turn: Turn, told: Any) -> Message:
    for language in LANGUAGES:
        system.word(dialogue, turn.conversation.having(language=language), told, TODAY)
    return system.word(dialogue, turn.conversation, told, TODAY)


def _buttons(played: list[Played]) -> list[tuple[int, str]]:
    tokens = [
        read_token(choice.token)
        for one in played
        for message in one.messages
        for choice in message.choices
    ]
    return [(token.turn, token.choice) for token in tokens if token]


def _event(
    system: System,
    dialogue: Dialogue,
    conversation: Conversation,
    move: Move,
    played: list[Played],
) -> Event:
    buttons = _buttons(played)
    walked = system.walk(dialogue, conversation)
    now = [choice for turn, choice in buttons if turn == conversation.turn]
    match move.kind:
        case "answer" if system.position(dialogue, conversation) is None:
            return Say(today=TODAY, control="back")
        case "begin":
            return Begin(today=TODAY)
        case "answer" if now:
            return Press(today=TODAY, turn=conversation.turn, choice=now[move.pick % len(now)])
        case "change" if walked.answered():
            one = walked.answered()[move.pick % len(walked.answered())]
            return Press(today=TODAY, turn=conversation.turn, choice=f"revise-{one.turn}")
        case "restore" if lapsed := _lapsed(conversation):
            return _restoring(system, dialogue, conversation, lapsed[move.pick % len(lapsed)])
        case "several" if now:
            also = tuple(now[: move.pick % 4])
            choice = now[move.pick % len(now)]
            return Press(today=TODAY, turn=conversation.turn, choice=choice, also=also)
        case "old" if buttons:
            turn, choice = buttons[move.pick % len(buttons)]
            return Press(today=TODAY, turn=turn, choice=choice)
        case "nonsense":
            return Press(today=TODAY, turn=move.pick % 9, choice=move.text[:40])
        case "back":
            return Say(today=TODAY, control="back")
        case "say":
            controls = ("edit", "skip", "rest", "where", "again")
            return Say(today=TODAY, control=controls[move.pick % len(controls)])
        case "speak":
            return Speak(today=TODAY, language=LANGUAGES[move.pick % 2])
        case _:
            return Write(today=TODAY, text=move.text)


def _lapsed(conversation: Conversation) -> list[Answer]:
    return [
        answer
        for answer in conversation.answers
        if isinstance(answer.value, dict) and answer.value["decision"] == "lapsed"
    ]


def _restoring(
    system: System, dialogue: Dialogue, conversation: Conversation, share: Answer
) -> Event:
    """Towards the text that was once shared: asks for it, or writes it again."""
    source = Place(dialogue.every_step[share.step].of[0], share.item)
    if system.position(dialogue, conversation) == source:
        return Write(today=TODAY, text=str(text_of(share)))
    written = conversation.answered().get(source)
    turn = written.turn if written else 0
    return Press(today=TODAY, turn=conversation.turn, choice=f"revise-{turn}")


def text_of(answer: Answer) -> object:
    return answer.value["text"] if isinstance(answer.value, dict) else None
