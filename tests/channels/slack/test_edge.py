"""Socket Mode: kept before it is acknowledged, once, on good days and on bad ones."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.slack.edge import SocketLost
from bot.channels.slack.home import HomeView, Shared
from bot.channels.slack.workspaces import Workspaces
from bot.clock import SetClock
from tests.channels.slack.conftest import QUICK
from tests.channels.slack.stage import (
    Ears,
    Everybody,
    Pages,
    Pauses,
    Running,
    StoreAway,
    edge_of,
)
from tests.fakes.slack import FakeSlack, Person


async def test_what_is_written_is_heard_once_and_acknowledged(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    async with Running(fake, edge_of(line, ears)) as edge:
        anna.writes("a < b & c")
        await fake.until(lambda: ears.heard)
        await fake.deliver()
        assert edge.health() == "ok"
    assert ears.texts == ["a < b & c"]
    assert ears.heard[0].external_id == "T1:U7"
    assert fake.outbox.waiting == fake.outbox.lost == []


async def test_what_cannot_be_kept_is_delivered_again(
    clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears()
    ears.meets = [StoreAway("min hemmelighed")]
    async with FakeSlack(clock, rates=None, ack_seconds=0.2) as fake:
        anna = fake.person("U7", "Anna Holm")
        line = Workspaces([fake.bot_token], fake.base_url, QUICK)
        async with Running(fake, edge_of(line, ears)) as edge:
            anna.writes("min hemmelighed")
            await fake.until(lambda: not ears.meets)
            assert edge.health() == "what people write cannot be kept"
            await fake.until(lambda: ears.heard)
            await fake.deliver()
            assert edge.health() == "ok"
        await line.close()
    assert ears.texts == ["min hemmelighed"]
    assert "StoreAway" in caplog.text
    assert "hemmelighed" not in caplog.text


async def test_five_deliveries_over_several_connections_have_one_effect(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    fake.fail_next("events", "duplicate", times=4)
    async with Running(fake, edge_of(line, ears)), Running(fake, edge_of(line, ears)):
        anna.writes("hej")
        await fake.until(lambda: ears.heard)
        await fake.deliver()
        carried = [len(one.carried) for one in fake.sockets.open]
    assert sum(carried) == 5
    assert min(carried) > 0
    assert ears.texts == ["hej"]


async def test_edits_threads_channels_and_the_apps_own_words_are_not_heard(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    fake.channel("C1", "alle", anna)
    async with Running(fake, edge_of(line, ears)):
        first = anna.writes("hej")
        anna.edits(first, "hej igen")
        anna.writes("i en tråd", thread=first.ts)
        anna.deletes(first)
        anna.writes("blandt alle", "C1")
        await fake.client().chat_postMessage(channel=anna.dm_id, text="mine egne ord")
        await fake.until(lambda: ears.heard)
        await fake.deliver()
    assert ears.texts == ["hej"]


async def test_named_in_a_channel_it_says_to_that_one_alone_that_it_is_not_the_place(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    berit = fake.person("U8", "Berit Dahl")
    fake.channel("C1", "alle", anna, berit)
    async with Running(fake, edge_of(line, ears)):
        anna.writes("@tillidsrum er du der?", "C1")
        await fake.until(lambda: fake.calls_of("chat.postEphemeral"))
    assert "kun med én ad gangen" in anna.sees_in("C1")[-1].text
    assert [sight.text for sight in berit.sees_in("C1")] == ["@tillidsrum er du der?"]
    assert ears.heard == []


@pytest.mark.parametrize(("text", "meant"), [("", "hjælp"), ("mine data", "mine data")])
async def test_the_command_is_the_same_as_writing_and_private_anywhere(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears, text: str, meant: str
) -> None:
    fake.channel("C1", "alle", anna)
    async with Running(fake, edge_of(line, ears)):
        anna.runs("/tillidsrum", text, channel="C1")
        await fake.deliver()
    assert ears.texts == [meant]
    assert anna.sees_in("C1")[-1].text == "Jeg svarer i vores private samtale."
    assert anna.sees_in("C1")[-1].ephemeral


async def test_the_shortcut_begins_to_prepare(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    async with Running(fake, edge_of(line, ears)):
        anna.shortcut("prepare")
        await fake.deliver()
    assert ears.texts == ["forbered"]


async def test_home_shows_ones_own_page_and_its_buttons_are_words(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    shared = (Shared("Karin Lund", "<@U1> jeg sover dårligt"),)
    view = HomeView("da", "onsdag kl. 10 med Karin Lund", ("Gå hjem kl. 16",), shared)
    async with Running(fake, edge_of(line, ears, home=Pages(view))):
        anna.opens_home()
        await fake.until(lambda: anna.home)
        assert anna.home
        assert "onsdag kl. 10 med Karin Lund" in anna.home.text
        assert "jeg sover dårligt → Karin Lund" in anna.home.text
        anna.presses("Hold en pause")
        await fake.until(lambda: ears.heard)
        await fake.deliver()
    assert ears.texts == ["pause"]
    assert len(fake.calls_of("views.publish")) == 2
    assert fake.mistakes == []


async def test_somebody_new_is_recognised_once_by_the_workspaces_address_and_the_welcome_is_the_answer(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    register = Everybody("T1:U7")
    register.people = {anna.email}
    async with Running(fake, edge_of(line, ears, register)):
        anna.writes("hej")
        anna.writes("igen")
        await fake.until(lambda: ears.heard)
    assert ears.texts == ["igen"]
    assert register.emails == [("T1:U7", anna.email)]
    assert len(fake.calls_of("users.info")) == 1


async def test_a_closed_account_is_told_to_the_register(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    register = Everybody()
    async with Running(fake, edge_of(line, ears, register)):
        anna.moves("Europe/London")
        anna.leaves()
        await fake.deliver()
    assert register.changes == [("T1:U7", anna.email)]
    assert register.gone == ["T1:U7"]


async def test_a_lost_socket_is_opened_anew_and_nothing_is_lost(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    async with Running(fake, edge_of(line, ears)):
        await fake.sockets.disconnect("refresh_requested")
        await fake.until(lambda: fake.sockets.opened > 1)
        anna.writes("hej")
        await fake.until(lambda: ears.heard)
    assert ears.texts == ["hej"]


async def test_a_socket_that_does_not_come_back_ends_the_edge_so_that_it_is_begun_anew(
    fake: FakeSlack, line: Workspaces, ears: Ears
) -> None:
    edge = edge_of(line, ears, pause=Pauses(50), ping=60.0)

    async def close_all() -> None:
        await fake.until(lambda: fake.sockets.open)
        fake.sockets.drop()

    closing = asyncio.create_task(close_all())
    with pytest.raises(SocketLost):
        async with asyncio.timeout(10):
            await edge.run()
    await closing
    assert edge.health() == "the socket to Slack is down"


@pytest.mark.parametrize(
    ("token", "app_token", "said"),
    [
        ("xoxb-ukendt", "xapp-x", "Slack does not know the token (invalid_auth)"),
        ("", "xapp-ukendt", "Slack does not know the token (invalid_auth)"),
    ],
)
async def test_a_token_that_slack_does_not_know_shows_in_the_health_and_in_no_log(
    fake: FakeSlack, ears: Ears, caplog: pytest.LogCaptureFixture, token: str, app_token: str,
    said: str,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    line = Workspaces([token or fake.bot_token], fake.base_url, QUICK)
    pauses = Pauses(1)
    edge = edge_of(line, ears, app_token=app_token, pause=pauses)
    task = asyncio.create_task(edge.run())
    await pauses.rested.wait()
    assert edge.health() == said
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await line.close()
    assert "ukendt" not in caplog.text
