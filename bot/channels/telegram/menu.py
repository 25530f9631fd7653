"""The commands in the menu, by language, and what the bot says of itself before a chat begins."""

from __future__ import annotations

from typing import NamedTuple

from telegram import BotCommand, BotCommandScopeAllPrivateChats

from bot.channels.telegram.wire import Line
from flows.model import LANGUAGES, Language


class Entry(NamedTuple):
    """`word`: what the command is the same as writing."""

    command: str
    word: str
    description: str


MENU: dict[Language, tuple[Entry, ...]] = {
    "da": (
        Entry("hjaelp", "hjælp", "Hvad vi kan bruge to minutter på"),
        Entry("forbered", "forbered", "Gør dig klar til din næste dialog"),
        Entry("aftaler", "aftaler", "Dine aftaler med dig selv"),
        Entry("rytme", "rytme", "Hvor ofte noget kommer, og hvornår"),
        Entry("pause", "pause", "Hold en pause fra mine beskeder"),
        Entry("stop", "stop", "Læg det, vi er i gang med, til side"),
        Entry("mine_data", "mine data", "Se, hent eller slet dine data"),
        Entry("hvem", "hvem kan se det", "Hvem kan se hvad"),
    ),
    "en": (
        Entry("help", "help", "What we could use two minutes on"),
        Entry("prepare", "prepare", "Get ready for your next dialogue"),
        Entry("agreements", "agreements", "Your agreements with yourself"),
        Entry("rhythm", "rhythm", "How often something comes, and when"),
        Entry("pause", "pause", "Take a break from my messages"),
        Entry("stop", "stop", "Put aside what we are in the middle of"),
        Entry("my_data", "my data", "See, fetch or delete your data"),
        Entry("who", "who can see it", "Who can see what"),
    ),
}
WORDS = {entry.command: entry.word for menu in MENU.values() for entry in menu}
ABOUT: dict[Language, str] = {
    "da": "Et par minutter ad gangen til dig som leder: saml tankerne, og gør dig klar til at tale "
    "med din nærmeste leder. Det er hverken MUS eller LUS.\n\nDu bestemmer selv, hvad du deler. "
    "Det, du skriver, ligger også på Telegrams servere.",
    "en": "A couple of minutes at a time for you as a leader: gather your thoughts, and get ready "
    "to talk with your nearest leader. It is no appraisal.\n\nYou decide what you share. "
    "What you write is kept on Telegram's servers as well.",
}
IN_SHORT: dict[Language, str] = {
    "da": "To minutter til dig som leder, før du taler med din nærmeste leder.",
    "en": "Two minutes for you as a leader, before you talk with your nearest leader.",
}
ONLY_IN_PRIVATE: dict[Language, str] = {
    "da": "Jeg taler kun med én ad gangen. Skriv til mig i en privat chat.",
    "en": "I only talk with one person at a time. Write to me in a private chat.",
}


async def introduce(line: Line, language: Language) -> None:
    """Sets what is not set yet: Telegram minds it when the same is set again and again. Others
    than Danes and English get `language`."""
    for code, spoken in (("", language), *((one, one) for one in LANGUAGES)):
        await _set_commands(line, code, spoken)
        if (await line.get_my_description(code)).description != ABOUT[spoken]:
            await line.set_my_description(ABOUT[spoken], code)
        if (await line.get_my_short_description(code)).short_description != IN_SHORT[spoken]:
            await line.set_my_short_description(IN_SHORT[spoken], code)


async def _set_commands(line: Line, code: str, spoken: Language) -> None:
    scope = BotCommandScopeAllPrivateChats()
    commands = [BotCommand(one.command, one.description) for one in MENU[spoken]]
    if list(await line.get_my_commands(scope, code)) != commands:
        await line.set_my_commands(commands, scope, code)
