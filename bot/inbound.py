"""What came in, once, to the conversation that it belongs to: one transaction from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.parts import Parts
from bot.talk import CONTINUE, Talk
from flows import events
from flows.controls import Command, read_command
from flows.model import Language
from flows.wording import read_token
from storage import conversations, inbox, pairs, people
from storage.conversations import Kept
from storage.database import Unit
from storage.people import Profile

Outcome = Literal["taken", "before", "unknown-person", "erased"]


@dataclass(frozen=True)
class Incoming:
    """What a channel received: a text, or a press with its tokens. `key`: the platform's own id
    of the event, the same however often it is delivered."""

    channel: str
    external_id: str
    key: str
    text: str | None = None
    token: str | None = None
    also: tuple[str, ...] = ()
    link: str | None = None
    """The token of a link that was opened, to be known here too."""


@dataclass(frozen=True)
class Taken:
    """What became of an event, of whom, and their language (the organisation's if unknown)."""

    outcome: Outcome
    language: Language
    person: str = ""


def take_in(unit: Unit, parts: Parts, incoming: Incoming) -> Outcome:
    """Everything that follows from one incoming event, or nothing if it came before."""
    return take(unit, parts, incoming).outcome


def take(unit: Unit, parts: Parts, incoming: Incoming) -> Taken:
    now = parts.clock()
    if not inbox.receive(unit, incoming.channel, incoming.key, now):
        return Taken("before", parts.language)
    profile = people.find_by_address(unit, incoming.channel, incoming.external_id, hold=True)
    if profile is None or profile.status != "active":
        return Taken("unknown-person", parts.language)
    talk = Talk(unit, parts, profile)
    if incoming.token is not None:
        _press(talk, incoming)
    else:
        _write(talk, incoming.text or "")
    if talk.erased:
        return Taken("erased", talk.profile.language, profile.id)
    talk.flush(f"{incoming.channel}:{incoming.key}")
    return Taken("taken", talk.profile.language, profile.id)


def _press(talk: Talk, incoming: Incoming) -> None:
    token = read_token(incoming.token or "")
    kept = conversations.load(talk.unit, talk.profile, token.conversation) if token else None
    if token is None or kept is None:
        _nothing_open(talk)
    elif token.choice == CONTINUE:
        talk.take(_reopened(kept), events.Say(today=talk.today, control="again"))
    else:
        also = tuple(one.choice for one in map(read_token, incoming.also) if one)
        press = events.Press(today=talk.today, turn=token.turn, choice=token.choice, also=also)
        talk.take(kept, press)


def _reopened(kept: Kept) -> Kept:
    """A conversation that was set aside and is taken up again."""
    if kept.conversation.status != "left":
        return kept
    return kept._replace(conversation=kept.conversation.having(status="open"))


def _write(talk: Talk, text: str) -> None:
    command = read_command(text, talk.parts.catalogue.common, talk.today)
    kept = conversations.latest_open(talk.unit, talk.profile)
    if command is None and kept is None:
        _nothing_open(talk)
    elif command is None and kept is not None:
        talk.take(kept, events.Write(today=talk.today, text=text))
    elif command is not None:
        _command(talk, kept, command)


def _command(talk: Talk, kept: Kept | None, command: Command) -> None:
    if command.until is not None:
        talk.pause_until(command.until)
    elif command.dialogue is not None:
        talk.begin(_fitting(talk, command.dialogue))
    elif command.language is not None:
        _speak(talk, kept, command)
    elif kept is None:
        _nothing_open(talk)
    elif command.control is not None:
        talk.take(kept, events.Say(today=talk.today, control=command.control))


def _fitting(talk: Talk, dialogue: str) -> str:
    """ "Delt med mig" is about those one leads, or, for who leads nobody, one's nearest leader."""
    if dialogue == "nearest-leader" and not pairs.pairs_led_by(talk.unit, talk.profile.id):
        return "shared-with-me"
    return dialogue


def _speak(talk: Talk, kept: Kept | None, command: Command) -> None:
    if command.language is None:
        return
    people.change_person(talk.unit, talk.profile.id, language=command.language)
    talk.profile = _in_language(talk.profile, command)
    talk.note(command.language, "language")
    if kept is not None:
        talk.take(kept, events.Speak(today=talk.today, language=command.language))


def _in_language(profile: Profile, command: Command) -> Profile:
    return profile._replace(language=command.language or profile.language)


def _nothing_open(talk: Talk) -> None:
    talk.note(talk.profile.language, "nothing-open")
