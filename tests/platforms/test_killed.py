"""A kill (SIGKILL) in the middle of what comes in, and in the middle of what goes out: nothing is
lost, on Slack nothing comes twice, and on Telegram a reminder in doubt is not repeated blindly.

These take seconds: the program is a process, which is started anew after each kill.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.clock import SetClock
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.platforms.evidence import everything_came_once, no_mistakes, nobody_was_disturbed
from tests.platforms.house import Resident
from tests.platforms.program import KilledHouse, servers

POINTS = {"mette": "DRÆBTSLACK vagtplanen", "peter": "DRÆBTTELEGRAM budgettet"}
MORE = {"mette": "IGENSLACK lokalerne", "peter": "IGENTELEGRAM ferien"}


@pytest.fixture
def ack_seconds() -> float:
    return 2


@pytest.fixture(scope="module")
def programs() -> Iterator[Path]:
    with servers() as path:
        yield path


@pytest.fixture
async def house(
    file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock, programs: Path
) -> AsyncIterator[KilledHouse]:
    """Mette is on Slack, Peter on Telegram; each talks with Karin on Wednesday."""
    house = KilledHouse(file, slack, telegram, clock, programs)
    karin = house.moves_in("karin", "slack")
    for name, channel in (("mette", "slack"), ("peter", "telegram")):
        house.pairs_up(house.moves_in(name, channel), karin)
    await house.start()
    yield house
    await house.close()


def leaders(house: KilledHouse) -> tuple[Resident, Resident]:
    _, mette, peter, *_ = house.residents
    return mette, peter


def inbox(house: KilledHouse) -> int:
    return int(house.rows("SELECT count(*) FROM inbox")[0][0])


def states(house: KilledHouse, who: Resident) -> list[tuple[str, str]]:
    """Of the contacts: how they ended, and why."""
    return house.rows(
        f"SELECT state, coalesce(reason, '') FROM outbox WHERE person_id = '{who.id}' "
        "AND kind = 'contact' ORDER BY id"
    )


def carries(house: KilledHouse, *words: str) -> bool:
    """Whether the socket has brought something with each of the words."""
    (socket,) = house.slack.sockets.open
    return all(word in str(socket.carried) for word in words)


async def both_write(house: KilledHouse, texts: dict[str, str]) -> None:
    """At the same moment, and without waiting for anything."""
    for one in leaders(house):
        one.looks_up()
        one.screen.person.writes(texts[one.name])


async def test_what_was_written_when_the_program_died_is_neither_lost_nor_taken_twice(
    house: KilledHouse,
) -> None:
    mette, peter = leaders(house)
    anna = house.moves_in("anna", "slack")
    house.pairs_up(anna, house.residents[0])
    await house.until("mon 09:05")
    for one in (mette, peter, anna):
        await one.presses("now", "3", "4", "2", "5", "1")
        assert one.heard[-1] == "point"

    before = inbox(house)
    async with house.nothing_can_be_kept():
        await both_write(house, POINTS)
        anna.screen.person.presses(anna.screen.shown[-1].choices["skip"])
        await house.slack.until(lambda: carries(house, POINTS["mette"], "block_actions"))
        await house.telegram.until(lambda: not house.telegram.polling.waits)
        await house.asks("here?")
        await house.dies()
    assert inbox(house) == before
    await house.starts_again()
    await house.settle()
    for one in (mette, peter):
        assert one.heard == ["point-share"]
        assert POINTS[one.name] in one.said_to
        await one.presses("share", "yes")
    # Slack does not bring a press again: it says that it failed, and one presses once more.
    assert anna.screen.person.troubles == ["http_timeout"]
    await anna.presses("skip")
    assert anna.heard[0] == "closing"

    before = inbox(house)
    house.slack.fail_next("events", "ack-lost")
    house.slack.fail_next("chat.postMessage", "too-many", retry_after=30)
    house.telegram.fail_next("getUpdates", "abort-before", times=100)
    house.telegram.fail_next("sendMessage", "too-many", retry_after=30)
    await both_write(house, MORE)
    await house.until_so(lambda: inbox(house) == before + 2)
    await house.dies()
    house.telegram.faults.end()
    await house.starts_again()
    await house.passes(timedelta(minutes=1))
    await house.settle()
    assert inbox(house) == before + 2
    for one in (mette, peter):
        assert one.heard == ["further-share#0"]
        await one.presses("share", "enough")
        everything_came_once(house, one)
    assert house.slack.outbox.waiting == []
    assert house.rows("SELECT count(*) FROM share") == [(4,)]
    said = house.stderr.read_text()
    # On a busy machine it may be killed before it logs; the fortnight's test sees that it does.
    written = [*POINTS.values(), *MORE.values()]
    assert [text for text in written if text.split()[0] in said] == []
    no_mistakes(house)


@pytest.mark.parametrize("arrived", [True, False], ids=["it arrived", "it did not"])
async def test_a_reminder_whose_sending_was_cut_off_is_not_lost_and_not_repeated_blindly(
    house: KilledHouse, arrived: bool
) -> None:
    mette, peter = leaders(house)
    how: Literal["slow", "abort-before"] = "slow" if arrived else "abort-before"
    house.slack.fail_next("chat.postMessage", how)
    house.telegram.fail_next("sendMessage", how)
    house.clock.move_to(house.now.replace(hour=9, minute=5))
    if arrived:
        house.tells("beat")
        await house.slack.until(lambda: mette.messages)
        await house.telegram.until(lambda: peter.messages)
    else:
        await house.beats()
    await house.dies()

    await house.starts_again()
    await house.settle()
    assert len(mette.messages) == 1
    assert len(peter.messages) == arrived
    assert [state for state, _ in states(house, mette)] == ["reconciled" if arrived else "sent"]
    assert states(house, peter) == [("dropped", "in doubt")]

    if arrived:
        for one in (mette, peter):
            await one.presses("now")
            assert one.heard == ["pulse", "krydspres"]
    before = len(peter.messages)
    await house.until("tue 09:05")
    # What was in doubt is carried by the next contact that may be made.
    assert len(peter.messages) == before + 1
    await peter.presses("continue" if arrived else "now")
    assert "krydspres" in peter.heard
    nobody_was_disturbed(house)
    no_mistakes(house)


async def test_an_answer_whose_sending_was_cut_off_arrives_and_on_slack_once(
    house: KilledHouse,
) -> None:
    mette, peter = leaders(house)
    before = {one.name: len(one.messages) for one in (mette, peter)}
    house.slack.fail_next("chat.postMessage", "slow")
    house.telegram.fail_next("sendMessage", "slow")
    await both_write(house, {"mette": "hjælp", "peter": "hjælp"})
    await house.slack.until(lambda: len(mette.messages) > before["mette"])
    await house.telegram.until(lambda: len(peter.messages) > before["peter"])
    await house.dies()
    await house.starts_again()
    await house.settle()
    everything_came_once(house, mette)
    assert mette.heard
    # Nobody can tell whether Peter has it, and he has asked.
    assert len(peter.messages) == len(mette.messages) + 1
    no_mistakes(house)
