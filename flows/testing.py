"""The one player of conversations in tests: restarts everything between any two events."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import Field, JsonValue

from flows import engine, events
from flows.conversation import Conversation, Place
from flows.load import Catalogue
from flows.model import LANGUAGES, Dialogue, Frozen, Language
from flows.path import walk
from flows.turn import Effect, Turn
from flows.wording import Message, read_token, word

TODAY = date(2026, 9, 21)


class RestartError(AssertionError):
    """The conversation was not the same after it had been JSON."""


class Moment(Frozen):
    """One event of a transcript and what must follow: step ids and effects, never wording.

    `with` is a choice, a text, a control word or a language; `also` more choices of a many;
    `turn` the turn that an old button was shown in. A `-` before an effect: it is undone. What
    one writes may differ by language: `with = { da = "ja", en = "yes" }`.
    """

    do: Literal["begin", "press", "write", "say", "speak", "old"]
    with_: str | dict[Language, str] = ""
    also: tuple[str, ...] = ()
    turn: int | None = None
    hears: tuple[str, ...] | None = None
    effects: tuple[str, ...] = ()
    status: str | None = None
    at: str | None = None

    def words(self, language: Language) -> str:
        return self.with_ if isinstance(self.with_, str) else self.with_[language]


class Story(Frozen):
    dialogue: str
    language: Language = "da"
    today: date = TODAY
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    events: tuple[Moment, ...]


def read_story(file: Traversable) -> Story:
    """Reads a transcript. Raises pydantic's ValidationError, tomllib's TOMLDecodeError."""
    written = tomllib.loads(file.read_text("utf-8"))
    moments = [_renamed(one) for one in written.pop("events", [])]
    return Story.model_validate({**written, "events": moments})


def _renamed(moment: Mapping[str, Any]) -> dict[str, Any]:
    return {("with_" if key == "with" else key): value for key, value in moment.items()}


class Player:
    """Plays one conversation. `heard`, `effects` and `told` are of the latest event.

    `turns` and `messages` keep all; every message is worded in both languages, so that a slot
    or a label that cannot be worded fails the test that comes across it.
    """

    def __init__(
        self,
        catalogue: Catalogue | Mapping[str, Dialogue],
        dialogue: str,
        facts: Mapping[str, JsonValue] | None = None,
        language: Language = "da",
        *,
        today: date = TODAY,
        advance: Any = engine.advance,
    ) -> None:
        self.dialogue = catalogue[dialogue]
        self.today = today
        self.advance = advance
        self.turns: list[Turn] = []
        self.messages: list[Message] = []
        self.conversation = Conversation(
            id="conv-0000-1",
            dialogue=dialogue,
            version=self.dialogue.version,
            language=language,
            facts=dict(facts or {}),
        )

    @property
    def heard(self) -> list[str]:
        return [told.name for told in self.turns[-1].says]

    @property
    def effects(self) -> list[Effect]:
        return list(self.turns[-1].effects)

    @property
    def done(self) -> list[str]:
        """The latest effects as a transcript writes them."""
        return [f"-{one.name}" if one.undone else one.name for one in self.effects]

    @property
    def status(self) -> str:
        return self.conversation.status

    @property
    def position(self) -> Place | None:
        return engine.position(self.dialogue, self.conversation)

    @property
    def offered(self) -> list[str]:
        """The choices of the latest message."""
        tokens = [read_token(choice.token) for choice in self.messages[-1].choices]
        return [token.choice for token in tokens if token]

    def values(self) -> dict[str, JsonValue]:
        """The answers along the path, by the names that a transcript uses."""
        visits = walk(self.dialogue, self.conversation).answered()
        return {_name(visit.place): visit.value for visit in visits}

    def begin(self) -> Player:
        return self.play(events.Begin(today=self.today))

    def press(self, choice: str, *also: str) -> Player:
        return self.press_old(self.conversation.turn, choice, *also)

    def press_old(self, turn: int, choice: str, *also: str) -> Player:
        pressed = events.Press(today=self.today, turn=turn, choice=choice, also=also)
        return self.play(pressed)

    def write(self, text: str) -> Player:
        return self.play(events.Write(today=self.today, text=text))

    def say(self, control: events.Control) -> Player:
        return self.play(events.Say(today=self.today, control=control))

    def speak(self, language: Language) -> Player:
        return self.play(events.Speak(today=self.today, language=language))

    def play(self, event: events.Event) -> Player:
        turn: Turn = self.advance(self.dialogue, restarted(self.conversation), event)
        self.conversation = restarted(turn.conversation)
        self.turns.append(turn)
        self.messages = self.worded(turn)
        return self

    def worded(self, turn: Turn) -> list[Message]:
        """What the turn says, in both languages; returned in the conversation's own."""
        own = turn.conversation.language
        said = {
            language: [
                word(self.dialogue, turn.conversation.having(language=language), told, self.today)
                for told in turn.says
            ]
            for language in LANGUAGES
        }
        return said[own]

    def upgrade(self, dialogue: Dialogue) -> Player:
        """A newer version of the dialogue is installed while the conversation is open."""
        self.dialogue = dialogue
        return self

    def follow(self, moment: Moment) -> Player:
        """Plays one event of a transcript; `differs` says what was not as written."""
        words = moment.words(self.conversation.language)
        match moment.do:
            case "begin":
                return self.begin()
            case "press":
                return self.press(words, *moment.also)
            case "old":
                return self.press_old(moment.turn or 0, words, *moment.also)
            case "write":
                return self.write(words)
            case "say":
                said = events.Say.model_validate({"today": self.today, "control": words})
                return self.play(said)
            case "speak":
                spoken = {"today": self.today, "language": words}
                return self.play(events.Speak.model_validate(spoken))

    def differs(self, moment: Moment) -> list[str]:
        """What the latest event did that the transcript does not say, none if all is well."""
        asked = _name(self.position) if self.position else "end"
        pairs: list[tuple[str, object, object]] = [
            ("effects", list(moment.effects), self.done),
        ]
        if moment.hears is not None:
            pairs.append(("hears", list(moment.hears), self.heard))
        if moment.status is not None:
            pairs.append(("status", moment.status, self.status))
        if moment.at is not None:
            pairs.append(("at", moment.at, asked))
        return [
            f"{what}: written {wanted}, was {was}" for what, wanted, was in pairs if wanted != was
        ]


def restarted(conversation: Conversation) -> Conversation:
    """The conversation after a restart: JSON and back. Raises RestartError when it is another."""
    again = Conversation.model_validate_json(conversation.model_dump_json())
    if again != conversation:
        raise RestartError("a conversation changed by being stored; keep only JSON values in it")
    return again


def _name(place: Place) -> str:
    return place.step if place.item < 0 else f"{place.step}#{place.item}"
