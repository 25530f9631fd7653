"""What the bot says of itself, by language; its commands, by scope and language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.telegram.people import Person

Scope = dict[str, Any]
Commands = list[dict[str, str]]


def _key(scope: Scope | None) -> str:
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


@dataclass
class Profile:
    """`words`: (name, description or short_description, language) -> text."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)

    def set_commands(self, commands: Commands, scope: Scope | None, language: str) -> None:
        self.commands[_key(scope), language] = commands

    def drop_commands(self, scope: Scope | None, language: str) -> None:
        self.commands.pop((_key(scope), language), None)

    def get_commands(self, scope: Scope | None, language: str) -> Commands:
        return self.commands.get((_key(scope), language), [])

    def commands_for(self, person: Person) -> Commands:
        """The narrowest scope that has any, and within it the person's language first."""
        for scope in ({"type": "chat", "chat_id": person.id}, {"type": "all_private_chats"}, None):
            for language in (person.language_code, ""):
                if found := self.get_commands(scope, language):
                    return found
        return []

    def word(self, name: str, language: str) -> str:
        return self.words.get((name, language)) or self.words.get((name, ""), "")
