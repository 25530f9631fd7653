"""The stream that brings a page its news, and what it costs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.clock import SetClock
from bot.demo.run import make_demo
from bot.demo.stream import stream
from bot.demo.theatre import Theatre
from tests.demo.house import BEGINS_BEFORE, House


def settle_first(house: House) -> str:
    """Answers Mette's first question; gives the key of its message."""
    [asked] = house.messages("mette")
    house.press("mette", asked["choices"][0]["token"])
    return asked["key"]


def test_a_page_hears_of_an_answer_and_of_what_follows_from_it(house: House) -> None:
    before = house.state()
    with house.news(before["seq"], before["act"]) as news:
        news.until("state")
        key = settle_first(house)
        heard = news.until("settle", phone="mette", key=key, answered="Dansk")
        heard += news.until("message")
        assert [name for name, _ in heard if name == "message"]
    assert heard[-1][1]["message"]["from"] == "bot"


def test_a_page_that_comes_back_gets_what_it_missed_once(house: House) -> None:
    before = house.state()
    with house.news(before["seq"], before["act"]) as news:
        news.until("state")
    settle_first(house)
    with house.news(before["seq"], before["act"]) as news:
        missed = [body["message"] for name, body in news.until("state") if name == "message"]
    shown = house.messages("mette")
    assert [one["key"] for one in missed] == [one["key"] for one in shown[1:]]
    now = house.state()
    with house.news(now["seq"], now["act"]) as news:
        assert [name for name, _ in news.until("state")] == ["state"]


def test_a_page_is_told_when_the_story_begins_anew(house: House) -> None:
    before = house.state()
    with house.news(before["seq"], before["act"]) as news:
        news.until("state")
        house.start_over()
        news.until("restart")
    with house.news(before["seq"], before["act"]) as late:
        late.until("restart")


def test_who_can_see_what_and_the_clock_come_without_asking(house: House) -> None:
    before = house.state()
    with house.news(before["seq"], before["act"]) as news:
        house.client.post("/demo/clock", json={"to": "hour"})
        *_, (_, told) = news.until("state", moves=before["moves"] + 1)
    assert told["now"].startswith("2026-11-23T09:50")
    assert told["people"]["mette"] == {"here": True, "language": "da"}


def test_stopping_the_program_ends_the_streams_and_says_nothing(own_house: House) -> None:
    with own_house.news() as news:
        news.until("state")
        assert own_house.stop() in (0, -2)


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    app = make_demo(tmp_path / "demo.db", base=SetClock(BEGINS_BEFORE))
    found: Theatre = app.state.theatre
    await found.open()
    yield found
    found.wired.close()


async def first_picture(page: AsyncIterator[str]) -> None:
    async for told in page:
        if "event: state" in told:
            return


async def test_pages_that_are_open_read_nothing_until_they_are_woken(theatre: Theatre) -> None:
    statements: list[str] = []

    @event.listens_for(theatre.wired.database.engine, "before_cursor_execute")
    def count(connection: object, cursor: object, statement: str, *others: object) -> None:
        statements.append(statement)

    pages = [stream(theatre, 0, 0) for _ in range(5)]
    for page in pages:
        await first_picture(page)
    waiting = [asyncio.ensure_future(anext(page)) for page in pages]
    counted = [-1, len(statements)]
    for _ in range(20):  # until each has seen that there is no more
        if counted[-1] == counted[-2]:
            break
        await asyncio.wait(waiting, timeout=0.3)
        counted.append(len(statements))
    assert counted[-1] == counted[-2]
    assert not any(page.done() for page in waiting)
    await theatre.start_over()
    assert all("event: restart" in told for told in await asyncio.gather(*waiting))


async def test_a_page_is_shown_while_somebody_writes_and_takes_long(theatre: Theatre) -> None:
    over = threading.Event()
    writing = theatre.wired.writer.submit(lambda unit: over.wait())
    state = await theatre.state()
    page = stream(theatre, 0, 0)
    await first_picture(page)
    await page.aclose()
    assert not writing.done()
    over.set()
    assert writing.result()
    assert state["people"]["mette"]["here"]
