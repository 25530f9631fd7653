"""What came in, once, to the conversation that it belongs to: one transaction from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot import linking, page_links, rhythm_chat
from bot.note import note_message
from bot.parts import Parts
from bot.rhythm_filled import Filled
from bot.talk import CONTINUE, Talk
from flows import events
from flows.controls import Command, read_command
from flows.model import Language
from flows.private import PRIVATE
from flows.scene import scene_of
from flows.wording import Message, read_token
from storage import addresses, conversations, inbox, outbox, pairs, people
from storage.conversations import Kept
from storage.database import Unit
from storage.people import Profile

MISFITS = {
    f"[{one}]"
    for one in (
        "empty", "too-long", "bad-date", "past-date", "bad-form", "whom-unknown", "whom-nobody",
        "whom-many",
    )
}  # fmt: skip
"""The notes that say that a text is no answer to what was asked."""
Outcome = Literal["taken", "before", "unknown-person", "erased", "linking"]
"""`linking`: it was about a link, from an address that is nobody's yet."""


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
    answers: str | None = None
    """The dialogue that the text begins and answers: its question was asked in a window."""
    replies_to: str | None = None
    """The platform's reference of the message of ours that the text answers, where it says so."""
    rhythm: Filled | None = None
    """A rhythm to be saved, as it was filled in and shown in a window."""
    at_hand: bool = False
    """Whoever wrote it has it before them still: what cannot be read is told there, not kept."""
    here: Language | None = None
    """It was said on one's own page, which speaks this language, and is answered there and nowhere
    else. `external_id` is the person's id; a `text` answers the question that `token` names."""


class FurtherOn(Exception):
    """What was said on a page answers a question that is not asked any more, or of a conversation
    that is not there. Nothing is kept, not even that it came."""


class DoesNotFit(Exception):
    """What was written `at_hand` cannot be read. Nothing is kept, not even that it came: it may be
    mended and come again. `words`: what is wrong, in the person's language."""

    def __init__(self, words: str) -> None:
        super().__init__("it does not fit")
        self.words = words


@dataclass(frozen=True)
class Taken:
    """What became of an event, of whom, and their language (the organisation's if unknown).
    `says`: a note to the address that it came from, of whom nothing is kept. `said`: what is to be
    shown on the page that it came from, each with its conversation."""

    outcome: Outcome
    language: Language
    person: str = ""
    says: str = ""
    said: tuple[tuple[str | None, Message], ...] = ()


def take_in(unit: Unit, parts: Parts, incoming: Incoming) -> Outcome:
    """Everything that follows from one incoming event, or nothing if it came before. Raises
    DoesNotFit."""
    return take(unit, parts, incoming).outcome


def take(unit: Unit, parts: Parts, incoming: Incoming) -> Taken:
    """The same. Raises DoesNotFit, and FurtherOn for what was said on a page."""
    now = parts.clock()
    if not inbox.receive(unit, incoming.channel, incoming.key, now):
        return Taken("before", parts.language)
    if incoming.here:
        profile = people.find_person(unit, incoming.external_id, hold=True)
    else:
        profile = people.find_by_address(unit, incoming.channel, incoming.external_id, hold=True)
    if profile is None and not incoming.here:
        return _from_outside(unit, parts, incoming)
    if profile is None or profile.status != "active":
        return Taken("unknown-person", parts.language, says="unknown-person")
    return _from_inside(Talk(unit, parts, profile, incoming.here), incoming)


def _from_outside(unit: Unit, parts: Parts, incoming: Incoming) -> Taken:
    """From an address that is nobody's: nothing more is told than what to do next."""
    channel, external_id = incoming.channel, incoming.external_id
    link = _link_of(incoming)
    if link is not None:
        answer = linking.open_link(unit, parts, channel, external_id, link)
    else:
        tried = linking.try_code(unit, parts, channel, external_id, incoming.text or "")
        answer = tried or linking.Answer("unknown-person", parts.language)
    if answer.person:
        return Taken("taken", answer.language, answer.person)
    outcome: Outcome = "unknown-person" if answer.note == "unknown-person" else "linking"
    return Taken(outcome, answer.language, says=answer.note)


def _link_of(incoming: Incoming) -> str | None:
    return incoming.link or linking.token_in(incoming.text or "")


def _from_inside(talk: Talk, incoming: Incoming) -> Taken:
    if _link_of(incoming) is not None:
        talk.note(talk.profile.language, "link-known-here")
    elif incoming.token is not None:
        _press(talk, incoming)
    elif incoming.rhythm is not None:
        _set_rhythm(talk, incoming.rhythm)
    elif incoming.answers is not None:
        _answer(talk, incoming.answers, incoming.text or "")
    else:
        _write(talk, incoming.text or "", incoming.replies_to)
    if incoming.at_hand:
        _refuse_misfit(talk)
    language, person = talk.profile.language, talk.profile.id
    if talk.erased:
        return Taken("erased", language, person, says="erased")
    if talk.here:
        return Taken("taken", language, person, said=tuple(talk.said))
    # Answered where it was said, whichever address the person prefers.
    here = addresses.address_at(talk.unit, incoming.channel, incoming.external_id)
    if here is not None:
        addresses.heard_from(talk.unit, here)
    talk.flush(f"{incoming.channel}:{incoming.key}", address=here.id if here else None)
    return Taken("taken", language, person)


def _press(talk: Talk, incoming: Incoming) -> None:
    token = read_token(incoming.token or "")
    kept = conversations.load(talk.unit, talk.profile, token.conversation) if token else None
    if (token is None or kept is None) and talk.here:
        raise FurtherOn
    if token is None or kept is None:
        _nothing_open(talk)
    elif token.choice == CONTINUE:
        talk.take(_reopened(kept), events.Say(today=talk.today, control="again"))
    elif talk.here and incoming.text is not None:
        _write_here(talk, kept, token.turn, incoming.text)
    elif token.choice == PRIVATE:
        page_links.ask_to_write(talk, token.conversation)
    else:
        also = tuple(one.choice for one in map(read_token, incoming.also) if one)
        press = events.Press(today=talk.today, turn=token.turn, choice=token.choice, also=also)
        talk.take(kept, press)


def _write_here(talk: Talk, kept: Kept, turn: int, text: str) -> None:
    """Nothing in it is a command: there are links for those."""
    dialogue = talk.parts.catalogue[kept.conversation.dialogue]
    if scene_of(dialogue, kept.conversation, talk.today).conversation.turn != turn:
        raise FurtherOn
    talk.take(kept, events.Write(today=talk.today, text=text))


def _reopened(kept: Kept) -> Kept:
    """A conversation that was set aside and is taken up again."""
    if kept.conversation.status != "left":
        return kept
    return kept._replace(conversation=kept.conversation.having(status="open"))


def _write(talk: Talk, text: str, replies_to: str | None = None) -> None:
    command = read_command(text, talk.parts.catalogue.common, talk.today)
    kept = _asked_in(talk, replies_to) or conversations.latest_open(talk.unit, talk.profile)
    if command is None and kept is None:
        _nothing_open(talk)
    elif command is None and kept is not None:
        talk.take(kept, events.Write(today=talk.today, text=text))
    elif command is not None:
        _command(talk, kept, command)


def _asked_in(talk: Talk, replies_to: str | None) -> Kept | None:
    """The open conversation of that message: another may have begun since it was asked."""
    if replies_to is None:
        return None
    asked = outbox.conversation_at(talk.unit, talk.profile.id, replies_to)
    kept = conversations.load(talk.unit, talk.profile, asked) if asked else None
    return kept if kept and kept.conversation.status == "open" else None


def _answer(talk: Talk, dialogue: str, text: str) -> None:
    """The dialogue's first question stood in a window and is not said again."""
    talk.begin(dialogue)
    (asked, _), talk.said = talk.said[-1], []
    kept = conversations.load(talk.unit, talk.profile, asked) if asked else None
    if kept is not None:
        talk.take(kept, events.Write(today=talk.today, text=text))


def _set_rhythm(talk: Talk, filled: Filled) -> None:
    """What may have changed since it was shown is looked at again. The dialogue that asks the same
    is over by it."""
    unit, profile = talk.unit, talk.profile
    found = rhythm_chat.wanted(unit, profile, filled, talk.today)
    if found.change is None:
        fault = next(iter(found.faults.values()))
        note = note_message(talk.parts.catalogue, profile.language, f"rhythm-{fault}")
        raise DoesNotFit(note.plain_text())
    rhythm_chat.save(unit, talk.parts, profile, found.change)
    for kept in conversations.all_open(unit, profile):
        if kept.conversation.dialogue == "rhythm":
            conversations.leave(unit, kept)
    said = rhythm_chat.receipt(unit, profile, found.change)
    talk.note(profile.language, "rhythm-saved", **said)


def _refuse_misfit(talk: Talk) -> None:
    for _, message in talk.said[:1]:
        if message.name in MISFITS:
            raise DoesNotFit(message.plain_text())


def _command(talk: Talk, kept: Kept | None, command: Command) -> None:
    if command.until is not None:
        talk.pause_until(command.until)
    elif command.dialogue is not None:
        talk.begin(_fitting(talk, command.dialogue))
    elif command.language is not None:
        _speak(talk, kept, command)
    elif command.channel is not None:
        verb, channel = command.channel
        LINKING[verb](talk, channel)
    elif command.page is not None:
        page_links.ask_for_page(talk, command.page)
    elif kept is None:
        _nothing_open(talk)
    elif command.control is not None:
        said = events.Say(today=talk.today, control=command.control, number=command.number)
        talk.take(kept, said)


LINKING = {"link": linking.ask_for_link, "use": linking.prefer}


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
