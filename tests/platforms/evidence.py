"""What may never be seen by others, and what is seen exactly once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.channels.slack.send import mark
from flows.wording import Message
from storage import people
from tests.platforms.house import ZONE, House, Resident
from tests.platforms.screens import Screen, Shown, SlackScreen, TelegramScreen

OPENS, CLOSES = time(8), time(16)
"""The hours that everybody here has, by default."""
_formatter = logging.Formatter()


class Row(NamedTuple):
    """A message that is noted as arrived. `ref`: the platform's own."""

    key: str
    kind: str
    ref: str | None
    message: Message


def arrived(house: House, who: Resident, *kinds: str) -> list[Row]:
    """In the order in which it was queued."""
    about = {
        key: (kind, ref)
        for key, kind, ref in house.rows(
            f"SELECT slot_key, kind, external_ref FROM outbox WHERE person_id = '{who.id}'"
        )
    }
    rows = [Row(key, *about[key], message) for key, message in house.said_to(who.id)]
    return [row for row in rows if not kinds or row.kind in kinds]


def copies(screen: Screen, row: Row) -> list[Shown]:
    """The messages on the screen that carry the row's last part: one, if all is well. Slack's are
    known by the mark in their metadata, Telegram's by their number."""
    if isinstance(screen, SlackScreen):
        wanted, messages = mark(row.key), screen.fake.world.channels[screen.person.dm_id].messages
        ids = [one.ts for one in messages.values() if one.metadata == wanted]
    else:
        ids = [row.ref] if row.ref else []
    return [one for one in screen.shown if one.id in ids]


def everything_came_once(house: House, who: Resident, unkept: int = 0) -> None:
    """Each row is on one screen, once; and there are no more messages than were rendered, but for
    those of which nothing is kept."""
    language = house.does(lambda unit: people.get_person(unit, who.id)).language
    expected = unkept
    for row in arrived(house, who):
        on = {at.channel: found for at in who.screens if (found := copies(at, row))}
        assert [len(found) for found in on.values()] == [1], f"{row.key} of {who.name}: {on}"
        channel = house.wired.channels[next(iter(on))]
        expected += len(channel.render(row.message, language))
    assert len(who.messages) == expected, f"{who.name} sees {len(who.messages)}, not {expected}"


def came_in_order(house: House, who: Resident) -> None:
    """As it was queued, so it stands on the screen: answers, and what nobody asked for. An answer
    that had to wait does not hold up a reminder."""
    for kinds in (("reply",), ("contact", "part")):
        rows = arrived(house, who, *kinds)
        for screen in who.screens:
            places = {one.id: at for at, one in enumerate(screen.shown)}
            order = [places[one.id] for row in rows for one in copies(screen, row)]
            assert order == sorted(order), f"{who.name}: {[row.message.name for row in rows]}"


def contacts_of(house: House, who: Resident, *kinds: str) -> list[datetime]:
    """When the platform showed what the bot said of its own accord, in local time."""
    return [
        one.at.astimezone(ZoneInfo(ZONE))
        for row in arrived(house, who, *(kinds or ("contact",)))
        for screen in who.screens
        for one in copies(screen, row)
    ]


def nobody_was_disturbed(house: House) -> None:
    """Contacts, and what belongs to them, by the clock of their person."""
    for who in house.residents:
        for at in contacts_of(house, who, "contact", "part"):
            assert at.weekday() < 5, f"{who.name} was contacted on {at}"
            assert OPENS <= at.time() < CLOSES, f"{who.name} was contacted at {at}"


def no_mistakes(house: House, *usual: str) -> None:
    """Neither company had to refuse what a careful app does not ask for. `usual`: refusals that
    the test itself brings about."""
    assert [one for one in house.slack.mistakes if one.error not in usual] == []
    said = {one.description for one in house.telegram.mistakes}
    assert {one for one in said if not any(words in one for words in usual)} == set()


def seen_by(screen: Screen) -> str:
    """All that a platform was ever given for somebody, and what stands before them now: messages,
    files, windows and homes."""
    if isinstance(screen, SlackScreen):
        given: Iterable[str] = _slack_given(screen)
    else:
        assert isinstance(screen, TelegramScreen)
        given = _telegram_given(screen)
    files = (str(content) for one in screen.shown for content in one.files.values())
    return "\n".join((*(one.raw + one.text for one in screen.shown), *files, *given))


def _slack_given(screen: SlackScreen) -> Iterator[str]:
    person, fake = screen.person, screen.fake
    yield from (str(view.json) + str(view.values) for view in person.views)
    yield str(person.home.json) if person.home else ""
    theirs = (person.id, person.dm_id)
    calls: list[Any] = [*fake.calls, *fake.refusals]
    for call in calls:
        place = (call.params.get(name) for name in ("channel", "channel_id", "user_id", "users"))
        view = str(call.params.get("view"))
        if any(one in theirs for one in place) or person.dm_id in view:
            yield str(call.params)


def _telegram_given(screen: TelegramScreen) -> Iterator[str]:
    calls: list[Any] = [*screen.fake.calls, *screen.fake.refusals]
    for call in calls:
        if str(call.params.get("chat_id")) == screen.external_id:
            yield str(call.params)


def others_see(house: House, owner: Resident) -> str:
    """What the companies were given for anybody but the owner, also what names nobody at all."""
    theirs = [seen_by(at) for one in house.residents if one is not owner for at in one.screens]
    calls: list[Any] = [*house.slack.calls, *house.slack.refusals]
    calls += [*house.telegram.calls, *house.telegram.refusals]
    said = [str(call.params) for call in calls]
    return "\n".join((*theirs, *(one for one in said if not _names(one, owner))))


def _names(said: str, who: Resident) -> bool:
    """Slack's are numbered alike as a person, as a conversation and in a trigger."""
    numbers = [at.external_id.rpartition(":")[2].removeprefix("U") for at in who.screens]
    return any(number in said for number in numbers)


def logged(records: Iterable[logging.LogRecord]) -> str:
    return "\n".join(_formatter.format(record) for record in records)
