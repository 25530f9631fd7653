"""One turn in a transaction: the engine, its effects, the saved conversation, the queued words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bot.effects import Doing, carry_out
from bot.effects.profile import pause_until
from bot.facts import gather, still_shared
from bot.note import note_message
from bot.parts import About, Parts, about_from, today_of
from flows import engine, events, private
from flows.conversation import Conversation
from flows.dates import describe_date
from flows.events import Event
from flows.misfit import asked_anew
from flows.model import Dialogue, Language
from flows.turn import Told, Turn
from flows.wording import Choice, Message, Token, word
from storage import conversations, outbox, pairs, preferences
from storage.conversations import Kept
from storage.database import Unit
from storage.people import Profile

CONTINUE = "continue"
STILL_ON_ONES_MIND = timedelta(days=3)


class Talk:
    """What is said to one person in one transaction, in order; `flush` queues it. `here`: it is
    said on their own page instead, in the page's language, and queued nowhere."""

    def __init__(
        self, unit: Unit, parts: Parts, profile: Profile, here: Language | None = None
    ) -> None:
        self.unit = unit
        self.parts = parts
        self.profile = profile
        self.here = here
        self.now = parts.clock()
        self.today = today_of(profile, self.now)
        self.said: list[tuple[str | None, Message]] = []
        self.erased = False

    def begin(self, dialogue: str, about: About | None = None) -> None:
        """Begins a dialogue; an open conversation in the same one is set aside, answers kept."""
        definition = self.parts.catalogue[dialogue]
        about = about or About()
        if about.pair is None:
            pair = pairs.pair_of(self.unit, self.profile.id)
            about = about.model_copy(update={"pair": pair.id if pair else None})
        facts = gather(self.unit, self.parts, self.profile, definition.facts, about)
        for other in conversations.all_open(self.unit, self.profile):
            if other.conversation.dialogue == dialogue:
                conversations.leave(self.unit, other)
        conversation = Conversation(
            id=self.parts.ids(), dialogue=dialogue, version=definition.version,
            language=self.profile.language, facts=facts,
        )  # fmt: skip
        written = about.model_dump_json(exclude_none=True)
        kept = conversations.begin(self.unit, self.profile, conversation, written, self.now)
        self.take(kept, events.Begin(today=self.today))

    def take(self, kept: Kept, event: Event) -> None:
        """One event in a conversation and all that follows from it."""
        before = still_shared(self.unit, self.parts, self.profile, kept.conversation)
        dialogue = self.parts.catalogue[before.dialogue]
        turn = engine.advance(dialogue, before, self.as_seen(dialogue, before, event))
        doing = self.carry_out(kept, turn)
        if self.erased:
            return
        if doing.misfit is not None:
            note, at, slots = doing.misfit
            told = Told(note=note, slots=dict(slots))
            turn = asked_anew(dialogue, before, told, at, self.today)
        after = turn.conversation
        if doing.language:
            # What was known at the start was known in the other language.
            facts = gather(self.unit, self.parts, self.profile, dialogue.facts, doing.about)
            after = after.having(language=doing.language, facts={**after.facts, **facts})
        if doing.facts:
            after = after.having(facts={**after.facts, **doing.facts})
        # When it opens another dialogue, that one speaks last and this one's question waits.
        said = {told.note for told in turn.says}
        self.note(after.language, *(note for note in doing.notes if note not in said))
        self.say(after, (told for told in turn.says if not _untrue(told, doing)))
        if turn.says or after != before:
            conversations.save(self.unit, self.profile, kept, after, self.now)
        self.follow(before, after, doing)

    def pause_until(self, day: date) -> None:
        """ "pause til fredag": quiet until then, without a question."""
        pause_until(self.unit, self.parts, self.profile, day)
        language = self.profile.language
        self.note(language, "pause-set", until=describe_date(day, language, today=self.today))

    def carry_out(self, kept: Kept, turn: Turn) -> Doing:
        doing = Doing(
            self.unit, self.parts, self.profile, self.now, about_from(kept.about), turn.conversation
        )
        for effect in turn.effects:
            carry_out(doing, effect)
        self.erased = doing.erased
        self.profile = doing.profile
        return doing

    def follow(self, before: Conversation, after: Conversation, doing: Doing) -> None:
        """What comes after a conversation has ended: another that it opened, or one that waits."""
        if doing.opens:
            self.begin(doing.opens, doing.opens_about)
        elif after.status == "done" and before.status == "open":
            self.offer_waiting(after)

    def offer_waiting(self, ended: Conversation) -> None:
        waiting = conversations.latest_open(self.unit, self.profile)
        if waiting is None or waiting.conversation.id == ended.id:
            return
        if waiting.conversation.answers and self.now - waiting.touched_at <= STILL_ON_ONES_MIND:
            self.offer(waiting.conversation)

    def offer(self, waiting: Conversation) -> None:
        """Asks whether to go on with a conversation that was begun."""
        language = self.profile.language
        common = self.parts.catalogue.common[language]
        title = self.parts.catalogue[waiting.dialogue].wordings[language].title
        token = Token(waiting.id, waiting.turn, CONTINUE)
        choice = Choice(token=str(token), label=common.choices[CONTINUE], style="main")
        message = note_message(self.parts.catalogue, language, "back-to", {"title": title})
        self.said.append((waiting.id, message.model_copy(update={"choices": (choice,)})))

    def say(self, conversation: Conversation, says: Iterable[Told]) -> None:
        dialogue = self.parts.catalogue[conversation.dialogue]
        if self.here:
            conversation = conversation.having(language=self.here)
        messages = [word(dialogue, conversation, told, self.today) for told in says]
        if not self.here:
            messages = self.in_chat(conversation, messages)
        self.said.extend((conversation.id, message) for message in messages)

    def in_chat(self, conversation: Conversation, messages: list[Message]) -> list[Message]:
        """With the way to where one writes for oneself; for whoever wants their own words only
        there, without those words."""
        common = self.parts.catalogue.common[conversation.language]
        if private.any_away(messages) and self.keeps_words_away():
            return private.kept_away(messages, conversation, common)
        if not self.parts.address_opens:
            return messages
        return [private.with_way(message, conversation, common) for message in messages]

    def keeps_words_away(self) -> bool:
        return preferences.keeps_words_away(self.unit, self.profile.id)

    def as_seen(self, dialogue: Dialogue, before: Conversation, event: Event) -> Event:
        """Nobody decides, by writing "del", about what the chat has not shown them."""
        if self.here or not isinstance(event, events.Write) or not self.keeps_words_away():
            return event
        place = engine.position(dialogue, before)
        if place is None or dialogue.every_step[place.step].in_own_words:
            return event
        asked = word(dialogue, before, Told(place=place, asks=True), self.today)
        return events.Say(today=self.today, control="again") if asked.tells_own else event

    def note(self, language: Language, *notes: str, **slots: str) -> None:
        for name in notes:
            self.said.append((None, note_message(self.parts.catalogue, language, name, slots)))

    def flush(
        self, slot: str, *, first: int = 0, kind: str = "reply", address: str | None = None
    ) -> None:
        """Queues what was said. `slot`: what caused it, once. `address`: where it goes, if not to
        the one that the person prefers."""
        said = [
            (conversation, message.model_dump_json(exclude_defaults=True))
            for conversation, message in self.said
        ]
        outbox.queue(
            self.unit, self.now, self.profile, said, slot, first=first, kind=kind, address=address
        )
        self.said = []


def _untrue(told: Told, doing: Doing) -> bool:
    """Not said: a question while another dialogue opens, a receipt for what was not shared."""
    if told.note == "shared" and "pair-closed" in doing.notes:
        return True
    return doing.opens is not None and told.asks
