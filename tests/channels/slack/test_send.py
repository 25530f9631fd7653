"""Sending: what a failure means, what is looked up, what is remembered."""

from __future__ import annotations

import json
import socket
from datetime import timedelta

import pytest

from bot.channels.base import DeliveryFailed
from bot.channels.slack.render import render
from bot.channels.slack.send import SlackChannel, mark
from bot.channels.slack.workspaces import Workspaces
from bot.clock import SetClock
from flows.wording import Choice, Message, Span
from tests.channels.slack.conftest import QUICK
from tests.channels.slack.stage import Drawer
from tests.fakes.slack import FakeSlack, Person

HELLO = render(Message(name="n", spans=(Span(text="Hej"),), notice="Nyt fra Tillidsrum"), "da")
LONG = render(Message(name="n", spans=(Span(text="ord " * 5000),)), "da")
ANNA = "T1:U7"


@pytest.fixture
def channel(line: Workspaces, clock: SetClock) -> SlackChannel:
    return SlackChannel(line, Drawer(), clock=clock)


async def failed(channel: SlackChannel, external_id: str = ANNA, key: str = "k") -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as raised:
        await channel.send(external_id, HELLO, key)
    return raised.value


async def test_a_message_arrives_with_nothing_of_it_on_the_locked_screen(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    ref = await channel.send(ANNA, HELLO, "dedupe:hemmelig-nøgle")
    (sight,) = anna.sees
    assert (sight.ts, sight.text, sight.notice) == (ref, "Hej", "Nyt fra Tillidsrum")
    (call,) = fake.calls_of("chat.postMessage")
    assert call.params["channel"] == anna.dm_id
    assert list(call.params["metadata"]["event_payload"]) == ["key"]
    assert "hemmelig" not in json.dumps(call.params["metadata"])
    assert fake.mistakes == []


async def test_the_conversation_is_opened_once(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    for key in "abc":
        await channel.send(ANNA, HELLO, key)
    assert len(fake.calls_of("conversations.open")) == 1
    assert len(fake.calls_of("auth.test")) == 1
    assert len(anna.sees) == 3


@pytest.mark.parametrize("how", ["abort-before", "abort-after", "slow", "server-error"])
async def test_what_broke_off_after_the_first_byte_is_in_doubt_and_sent_once(
    fake: FakeSlack, channel: SlackChannel, anna: Person, how: str
) -> None:
    fake.fail_next("chat.postMessage", how)
    assert (await failed(channel)).doubtful
    arrived = how in ("abort-after", "slow")
    assert len(anna.sees) == arrived
    assert await channel.find(ANNA, "k") is arrived
    assert await channel.find(ANNA, "another") is False


async def test_what_breaks_before_the_message_is_no_doubt(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    fake.fail_next("conversations.open", "abort-after")
    error = await failed(channel)
    assert (error.doubtful, error.permanent) == (False, False)
    assert await channel.send(ANNA, HELLO, "k")
    assert len(anna.sees) == 1


async def test_slack_says_how_long_to_wait(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    fake.fail_next("chat.postMessage", "too-many", retry_after=17)
    error = await failed(channel)
    assert (error.retry_after, error.doubtful, error.permanent) == (17, False, False)


async def test_nobody_there_is_no_doubt(clock: SetClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = Workspaces(["xoxb-x"], f"http://127.0.0.1:{port}/api/", QUICK)
    error = await failed(SlackChannel(line, Drawer(), clock=clock))
    await line.close()
    assert (error.doubtful, error.permanent) == (False, False)
    assert "cannot be reached" in error.reason


async def test_a_closed_account_is_never_tried_again(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    anna.leaves()
    error = await failed(channel)
    assert error.permanent
    assert error.reason == "Slack refused it (user_disabled)"


@pytest.mark.parametrize("address", ["T2:U7", "U7", "", "T1:"])
async def test_an_address_that_is_none_is_never_tried_again(
    fake: FakeSlack, channel: SlackChannel, address: str
) -> None:
    assert (await failed(channel, address)).permanent


async def test_a_page_that_somebody_else_answers_with_leaves_it_in_doubt(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    """A gateway that has a page of its own for everything, and says that all is well."""
    fake.fail_next("chat.postMessage", "server-error", status=200)
    assert (await failed(channel)).doubtful


async def test_find_raises_when_slack_cannot_be_asked(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    fake.fail_next("conversations.history", "server-error")
    with pytest.raises(DeliveryFailed):
        await channel.find(ANNA, "k")


async def test_a_long_message_tried_again_goes_on_where_it_stopped(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    assert len(LONG) > 2
    await channel.send(ANNA, LONG[:1], "before")
    fake.fail_next("files.getUploadURLExternal", "server-error")
    parts = [LONG[0], {"method": "paper", "paper": "sheet"}, LONG[1]]
    with pytest.raises(DeliveryFailed):
        await channel.send(ANNA, parts, "k")
    assert await channel.find(ANNA, "k") is False
    await channel.send(ANNA, parts, "k")
    assert [bool(sight.files) for sight in anna.sees] == [False, False, True, False]
    assert await channel.find(ANNA, "k") is True


async def test_a_part_in_doubt_that_arrived_does_not_come_again(
    fake: FakeSlack, channel: SlackChannel, line: Workspaces, anna: Person, clock: SetClock
) -> None:
    fake.fail_next("chat.postMessage", "abort-after")
    with pytest.raises(DeliveryFailed):
        await channel.send(ANNA, LONG, "k")
    begun_anew = SlackChannel(line, Drawer(), clock=clock)
    assert await begun_anew.find(ANNA, "k") is False
    await begun_anew.send(ANNA, LONG, "k")
    assert len(anna.sees) == len(LONG)
    assert await begun_anew.find(ANNA, "k") is True


async def test_a_curve_comes_as_a_picture_with_words_for_who_cannot_see_it(
    fake: FakeSlack, channel: SlackChannel, anna: Person
) -> None:
    choices = (Choice(token="c:1:ok", label="Tak"),)
    message = Message(name="n", spans=(Span(text="Din kurve"),), shows="curve", choices=choices)
    await channel.send(ANNA, channel.render(message, "da"), "k")
    picture, words = anna.sees
    assert picture.files == ("kurve.png",)
    assert (words.text, words.labels) == ("Din kurve", ["Tak"])
    (call,) = fake.calls_of("files.getUploadURLExternal")
    assert call.params["alt_txt"] == "Pres fra flere sider: 3."
    assert fake.mistakes == []


async def test_who_does_not_want_to_be_disturbed_is_left_alone_for_so_long(
    channel: SlackChannel, anna: Person, clock: SetClock
) -> None:
    assert await channel.quiet_for(ANNA) is None
    anna.dnd(clock() + timedelta(hours=2))
    assert await channel.quiet_for(ANNA) == timedelta(hours=2)


async def test_the_pace_is_one_a_second_in_each_conversation(channel: SlackChannel) -> None:
    assert channel.pace(ANNA) == (("slack:T1:U7", timedelta(seconds=1)),)


async def test_two_workspaces_are_served_by_one_app(fake: FakeSlack, clock: SetClock) -> None:
    async with FakeSlack(clock, team="T2", rates=None) as other:
        berit = other.person("U8", "Berit Dahl")
        line = Workspaces([other.bot_token], other.base_url, QUICK)
        channel = SlackChannel(line, Drawer(), clock=clock)
        await channel.send("T2:U8", HELLO, "k")
        assert (await failed(channel, "T1:U8")).permanent
        await line.close()
        assert [sight.text for sight in berit.sees] == ["Hej"]
    assert fake.calls == []


def test_the_mark_says_nothing_of_what_it_marks() -> None:
    assert mark("a") == mark("a") != mark("b")
    assert len(json.dumps(mark("x" * 999))) < 200
