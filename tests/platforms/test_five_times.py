"""Both platforms may deliver anything more than once: everything comes five times at the same
moment, and then all of it once more. Each has one effect."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest

from bot.clock import SetClock
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.platforms.evidence import (
    came_in_order,
    everything_came_once,
    no_mistakes,
    nobody_was_disturbed,
)
from tests.platforms.fortnight import Fortnight
from tests.platforms.house import House, Resident
from tests.platforms.posted import PostedHouse
from tests.platforms.street import Repeater

TIMES = 5
ONCE = ("exchanged_trigger_id", "expired_trigger_id", "message is not modified", "query is too old")
"""What only the first of five may: open a window, answer a press, settle a question."""


@pytest.fixture
async def house(
    file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock
) -> AsyncIterator[PostedHouse]:
    async with (
        Repeater(TIMES).open() as street,
        PostedHouse(file, slack, telegram, clock, street) as house,
    ):
        yield house


class Insisting(House):
    """Over the socket five copies come at once, and a poll brings each update five times."""

    async def __aenter__(self) -> Self:
        self.telegram.updates.on_arrival.append(self._again)
        return await super().__aenter__()

    async def passes(self, time: timedelta) -> None:
        """Which is before whatever anybody does."""
        self.slack.faults.end()
        for kind in ("events", "interactive"):
            self.slack.fail_next(kind, "duplicate", times=TIMES - 1)
        await super().passes(time)

    def _again(self) -> None:
        updates = self.telegram.updates
        updates.strays += [*updates.waiting.values()][-1:] * (TIMES - 1)


def effects(house: House) -> dict[str, int]:
    """How many rows there are in each table."""
    tables = house.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name: house.rows(f"SELECT count(*) FROM {name}")[0][0] for (name,) in tables}


def screens(who: Resident) -> list[tuple[str, set[str]]]:
    return [(one.text, set(one.choices)) for one in who.messages]


async def test_a_fortnight_over_a_socket_and_a_poll_that_bring_everything_five_times(
    file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock
) -> None:
    async with Insisting(file, slack, telegram, clock) as house:
        mette, karin = house.moves_in("mette", "slack"), house.moves_in("karin", "telegram")
        house.pairs_up(mette, karin)
        await Fortnight(house, mette, karin, "da", "da").all_of_it()
        assert [fault.how for fault in slack.faults.met].count("duplicate") > TIMES * 30
        for who in (mette, karin):
            everything_came_once(house, who)
            came_in_order(house, who)
        nobody_was_disturbed(house)
        no_mistakes(house, *ONCE)


@pytest.mark.parametrize("where", [("slack", "telegram"), ("telegram", "slack")], ids="-".join)
async def test_a_fortnight_in_which_everything_comes_five_times(
    house: PostedHouse, where: tuple[str, str]
) -> None:
    mette, karin = house.moves_in("mette", where[0]), house.moves_in("karin", where[1], "en")
    house.pairs_up(mette, karin)
    await Fortnight(house, mette, karin, "da", "en").all_of_it()
    before = screens(mette), screens(karin)
    kept = effects(house)
    assert kept["inbox"] < len(house.street.brought)

    await house.street.brings_all_again()
    await house.settle()
    assert effects(house) == kept
    assert (screens(mette), screens(karin)) == before
    for who in (mette, karin):
        everything_came_once(house, who)
        came_in_order(house, who)
    nobody_was_disturbed(house)
    no_mistakes(house, *ONCE)
