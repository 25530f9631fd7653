"""Long polling: confirmed when it is kept, in order, through every bad day."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.telegram.wire import Line, make_line
from bot.inbound import Incoming, Outcome
from tests.channels.telegram.stage import QUICK, Ears, Pauses, Running, StoreAway, edge_of
from tests.fakes.telegram import TOKEN, FakeTelegram, Person

UNKNOWN_TOKEN = "110201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"


async def test_what_is_written_is_heard_once_and_confirmed(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    async with Running(edge_of(line, ears)) as edge:
        anna.writes("hej")
        await fake.until(lambda: ears.heard and not len(fake.updates))
        assert edge.health() == "ok"
    assert ears.texts == ["hej"]
    assert ears.heard[0].external_id == "7"
    assert fake.mistakes == []


async def test_what_was_written_while_nobody_listened_is_heard_in_order(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    for text in ("et", "to", "tre"):
        anna.writes(text)
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: not len(fake.updates))
    assert ears.texts == ["et", "to", "tre"]


async def test_one_chat_does_not_wait_for_another(
    fake: FakeTelegram, line: Line, anna: Person
) -> None:
    berit = fake.person(8, "Berit")
    berit.started = True
    berit_was_heard = asyncio.Event()
    order: list[str] = []

    async def hear(incoming: Incoming) -> Outcome:
        if incoming.external_id == "7":
            await berit_was_heard.wait()
        order.append(incoming.external_id)
        berit_was_heard.set()
        return "taken"

    anna.writes("først")
    berit.writes("bagefter")
    async with Running(edge_of(line, hear)):
        await fake.until(lambda: not len(fake.updates))
    assert order == ["8", "7"]


async def test_while_nothing_can_be_kept_the_same_event_comes_until_it_is(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    pauses = Pauses()
    ears.meets = [StoreAway()] * 6
    anna.writes("et")
    anna.writes("to")
    async with Running(edge_of(line, ears, pause=pauses)) as edge:
        await fake.until(lambda: ears.meets == [])
        await fake.until(lambda: not len(fake.updates))
        assert edge.health() == "ok"
    assert ears.texts == ["et", "to"]
    assert pauses.asked == [1, 2, 4, 8, 16, 32]


async def test_health_tells_that_nothing_can_be_kept_and_nothing_of_what_was_written(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    pauses = Pauses(most=1)
    ears.meets = [StoreAway("min hemmelighed")]
    anna.writes("min hemmelighed")
    async with Running(edge_of(line, ears, pause=pauses)) as edge:
        await pauses.rested.wait()
        assert edge.health() == "what people write cannot be kept (StoreAway)"
    assert "StoreAway at stage.py:" in caplog.text
    assert "hemmelighed" not in caplog.text
    assert len(fake.updates) == 1


async def test_an_event_that_the_program_stumbles_over_holds_up_nobody_for_long(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    ears.meets = [KeyError("hemmeligt")] * 3
    anna.writes("den umulige")
    anna.writes("den næste")
    async with Running(edge_of(line, ears)) as edge:
        await fake.until(lambda: not len(fake.updates))
        assert edge.health() == "ok"
    assert ears.texts == ["den næste"]


async def test_of_two_chats_the_one_that_could_not_be_kept_comes_again_and_the_other_does_not(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    berit = fake.person(8, "Berit")
    berit.started = True
    anna.writes("fra Anna")
    berit.writes("fra Berit")
    ears.meets = [StoreAway()]
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: not len(fake.updates))
    assert sorted(map(str, ears.texts)) == ["fra Anna", "fra Berit"]


@pytest.mark.parametrize("how", ["server-error", "abort-before", "abort-after"])
async def test_a_lost_connection_is_taken_up_again(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears, how: str
) -> None:
    pauses = Pauses()
    fake.fail_next("getUpdates", how, times=2)
    async with Running(edge_of(line, ears, pause=pauses)) as edge:
        anna.writes("hej")
        await fake.until(lambda: fake.faults.left == 0 and ears.heard)
        await fake.until(lambda: not len(fake.updates))
        assert edge.health() == "ok"
    assert ears.texts[-1] == "hej"
    assert pauses.asked[0] == 1


async def test_a_connection_that_breaks_while_it_waits_is_taken_up_again(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    fake.fail_next("getUpdates", "disconnect")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: fake.polling.waits)
        anna.writes("hej")
        await fake.until(lambda: ears.heard and not len(fake.updates))
    assert ears.texts == ["hej"]


async def test_telegram_says_how_long_to_wait_before_asking_again(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    pauses = Pauses()
    fake.fail_next("getUpdates", "too-many", retry_after=17)
    anna.writes("hej")
    async with Running(edge_of(line, ears, pause=pauses)):
        await fake.until(lambda: ears.heard)
    assert pauses.asked == [17]


async def test_a_second_program_with_the_same_token_shows_in_the_health(
    fake: FakeTelegram, line: Line, ears: Ears
) -> None:
    pauses = Pauses(most=1)
    other = make_line(TOKEN, fake.url, QUICK)
    async with Running(edge_of(line, ears, pause=pauses)) as edge:
        await fake.until(lambda: fake.polling.waits)
        await other.updates(0, 0, ())
        await pauses.rested.wait()
        assert edge.health() == "another program reads this bot's messages (409)"
    await other.close_connections()


async def test_a_token_that_telegram_does_not_know_is_told_without_the_token(
    fake: FakeTelegram, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pauses = Pauses(most=1)
    line = make_line(UNKNOWN_TOKEN, fake.url, QUICK)
    async with Running(edge_of(line, ears, pause=pauses)) as edge:
        await pauses.rested.wait()
        assert edge.health() == "Telegram does not know the bot token (401)"
    await line.close_connections()
    assert UNKNOWN_TOKEN not in caplog.text


async def test_no_token_and_no_word_is_in_any_log_on_the_worst_of_days(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for how in ("server-error", "abort-before", "abort-after", "too-many", "slow"):
        fake.fail_next("*", how, times=2)
    ears.meets = [StoreAway("hemmelighed"), ValueError("hemmelighed")]
    anna.writes("hemmelighed")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: ears.heard and not len(fake.updates), seconds=20)
    assert fake.faults.left == 0
    assert TOKEN not in caplog.text
    assert "hemmelighed" not in caplog.text
    assert caplog.text != ""
    assert TOKEN not in repr(line)


async def test_a_webhook_that_was_set_before_is_taken_away(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    await line.set_webhook("http://127.0.0.1:9/telegram/webhook")
    anna.writes("hej")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: ears.heard)
    assert fake.webhook.url == ""


async def test_updates_of_a_kind_that_nobody_knew_stop_nothing(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    fake.updates.put("message", {"message_id": "not a number"}, 7)
    fake.updates.put("message", {"chat": None}, 7)
    anna.writes("hej")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: ears.heard and not len(fake.updates))
    assert ears.texts == ["hej"]


async def test_the_menu_and_the_description_are_there_in_both_languages_and_set_once(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    english, german = fake.person(8, "Ann", "en"), fake.person(9, "Anke", "de")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: fake.polling.waits)
    danish = ["hjaelp", "forbered", "aftaler", "rytme", "pause", "stop", "mine_data", "hvem"]
    assert anna.menu == german.menu == danish
    assert english.menu == [
        "help", "prepare", "agreements", "rhythm", "pause", "stop", "my_data", "who",
    ]  # fmt: skip
    assert "ligger også på Telegrams servere" in fake.profile.word("description", "da")
    assert "kept on Telegram's servers" in fake.profile.word("description", "en")
    set_once = [call.method for call in fake.calls if call.method.startswith("setMy")]
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: fake.polling.waits)
    assert [call.method for call in fake.calls if call.method.startswith("setMy")] == set_once


async def test_a_menu_that_could_not_be_set_stops_nothing(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    fake.fail_next("getMyCommands", "server-error")
    anna.writes("hej")
    async with Running(edge_of(line, ears)) as edge:
        await fake.until(lambda: ears.heard and fake.polling.waits)
        assert edge.health() == "ok"
