"""One person of the school who talks with the bot, without a channel in between."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import JsonValue

from bot.contacts.case import Opens
from bot.course import plans
from bot.parts import About
from bot.talk import Talk
from flows import events
from flows.wording import Message
from storage import conversations, people
from storage.database import Unit
from storage.reminders import Reminder
from tests.bot.school import School


class Chat:
    """One person who talks with the bot."""

    def __init__(self, school: School, name: str) -> None:
        self.school = school
        self.person = school.people[name]
        self.heard: list[Message] = []

    def _talk(self, unit: Unit) -> Talk:
        return Talk(unit, self.school.parts, people.get_person(unit, self.person))

    def begins(self, dialogue: str, about: About | None = None) -> None:
        def work(unit: Unit) -> list[Message]:
            talk = self._talk(unit)
            talk.begin(dialogue, about)
            return [message for _, message in talk.said]

        self.heard = self.school.does(work)

    def _does(self, event: Any) -> None:
        def work(unit: Unit) -> list[Message]:
            talk = self._talk(unit)
            kept = conversations.latest_open(unit, talk.profile)
            assert kept is not None
            given = event(talk.today, kept.conversation.turn)
            talk.take(kept, given)
            return [message for _, message in talk.said]

        self.heard = self.school.does(work)

    def presses(self, *choices: str) -> None:
        for choice in choices:
            self._does(lambda day, turn, one=choice: events.Press(today=day, turn=turn, choice=one))

    def writes(self, *texts: str) -> None:
        for text in texts:
            self._does(lambda day, turn, one=text: events.Write(today=day, text=one))

    def says(self, control: Any) -> None:
        self._does(lambda day, turn: events.Say(today=day, control=control))

    def hears(self) -> list[str]:
        return [message.name for message in self.heard]

    def facts(self) -> dict[str, JsonValue]:
        def work(unit: Unit) -> dict[str, JsonValue]:
            kept = conversations.latest_open(unit, people.get_person(unit, self.person))
            assert kept is not None
            return dict(kept.conversation.facts)

        return self.school.does(work)


def fired(school: School, name: str, to: str) -> Reminder:
    day, _, clock = school.planned(to)[name].partition(" ")
    found = school.reach(date.fromisoformat(day), clock)
    mine = [one for one in found if one.person == school.people[to]]
    return next(one for one in mine if plans.written_in(one.subject).nudge == name)


def nudged(school: School, name: str, to: str) -> Chat:
    """A nudge has come, and its dialogue has begun."""
    opens = school.becomes(fired(school, name, to))
    assert isinstance(opens, Opens)
    chat = Chat(school, to)
    chat.begins(opens.dialogue, opens.about)
    return chat
