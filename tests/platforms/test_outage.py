"""A platform that is away for a day and a night: what is wanted comes after it, once and within
working hours; what is too late is let go; who asked for something gets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.platforms.evidence import (
    arrived,
    came_in_order,
    everything_came_once,
    no_mistakes,
    nobody_was_disturbed,
)
from tests.platforms.house import BEGINS, House, Resident
from tests.platforms.posted import PostedHouse
from tests.platforms.street import Cable, Repeater

QUARTER = timedelta(minutes=15)
PAIRS = (("mette", "karin", "slack"), ("peter", "karla", "telegram"))


class Lines:
    """To both companies. What the companies bring still comes through: only nobody can be
    answered."""

    def __init__(self, house: House, *cables: Cable) -> None:
        self.house = house
        self.cables = cables

    async def fail(self, how: str) -> None:
        if how == "refused":
            for cable in self.cables:
                await cable.cut()
        else:
            for fake in (self.house.slack, self.house.telegram):
                fake.fail_next("*", "server-error", times=20_000)

    async def are_mended(self, how: str) -> None:
        if how == "refused":
            for cable in self.cables:
                await cable.mend()
        for fake in (self.house.slack, self.house.telegram):
            fake.faults.end()


@pytest.fixture
async def lines(
    file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock
) -> AsyncIterator[Lines]:
    cables = [Cable(int(fake.url.rpartition(":")[2])) for fake in (slack, telegram)]
    for cable in cables:
        await cable.mend()
    over = {
        "TILLIDSRUM_SLACK_API_URL": f"{cables[0].url}/api/",
        "TILLIDSRUM_TELEGRAM_API_URL": cables[1].url,
    }
    async with Repeater(1).open() as street:
        async with PostedHouse(file, slack, telegram, clock, street, over) as house:
            for leader, nearest, channel in PAIRS:
                house.pairs_up(house.moves_in(leader, channel), house.moves_in(nearest, channel))
            yield Lines(house, *cables)
        for cable in cables:
            await cable.cut()


async def is_away(lines: Lines, how: str, until: datetime) -> None:
    """The platforms fail until that moment, day and night; meanwhile the program does what it does
    every minute."""
    house = lines.house
    await lines.fail(how)
    for one in house.residents:
        one.looks_up()
        one.screen.person.writes("hjælp")
    await house.settle()
    while house.now < until:
        await house.passes(QUARTER)
        await house.wired.beat.reconcile()
    assert all(one.heard == [] for one in house.residents)
    await lines.are_mended(how)


async def two_hours_pass(house: House) -> None:
    for _ in range(8):
        await house.passes(QUARTER)
        await house.wired.beat.reconcile()
    await house.settle()


def steps(house: House, who: Resident, *kinds: str) -> list[str]:
    return [row.message.name for row in arrived(house, who, *kinds)]


def ends(house: House, kind: str) -> set[tuple[str, str | None]]:
    return set(house.rows(f"SELECT state, reason FROM outbox WHERE kind = '{kind}'"))


@pytest.mark.parametrize("how", ["refused", "server-error"])
@pytest.mark.parametrize("hours", [18, 24], ids=["back at night", "back in the morning"])
async def test_after_a_day_and_a_night_what_is_wanted_comes_once_and_in_working_hours(
    lines: Lines, how: str, hours: int
) -> None:
    house = lines.house
    mette, karin, peter, karla = house.residents
    for one in house.residents:
        await one.writes("hjælp")
    await is_away(lines, how, BEGINS + timedelta(hours=hours))
    await two_hours_pass(house)
    for one in house.residents:
        assert steps(house, one, "reply")[2:] == steps(house, one, "reply")[:2]
    await house.until("tue 09:05" if hours < 24 else "tue 11:00")

    for one in house.residents:
        everything_came_once(house, one)
        came_in_order(house, one)
    for leader in (mette, peter):
        assert steps(house, leader, "contact") == ["invite"]
        await leader.presses("now")
        assert leader.heard == ["pulse", "krydspres"]
    for nearest in (karin, karla):
        assert steps(house, nearest, "contact", "part") == ["what-you-see", "leader#0", "own#0"]
    nobody_was_disturbed(house)
    no_mistakes(house)


async def test_what_is_too_late_when_the_platform_is_back_is_let_go(lines: Lines) -> None:
    """Over the morning before the dialogue and the dialogue itself."""
    house = lines.house
    await house.until("tue 09:00")
    for one in house.residents:
        await one.writes("hjælp")
    await is_away(lines, "refused", BEGINS.replace(day=25, hour=10, minute=5))
    await house.until("wed 10:55")
    for one in house.residents:
        assert steps(house, one, "contact")[1:] == []
    assert ("dropped", "the dialogue has been") in ends(house, "contact")
    await house.until("wed 11:05")
    mette, karin, peter, karla = house.residents
    for leader in (mette, peter):
        assert steps(house, leader, "contact") == ["invite", "talked"]
    for nearest in (karin, karla):
        assert steps(house, nearest, "contact", "part") == []
    for one in house.residents:
        everything_came_once(house, one)
    nobody_was_disturbed(house)
    no_mistakes(house)
