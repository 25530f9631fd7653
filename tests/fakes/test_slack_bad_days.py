"""Slack's slow paths and bad days: files, rates, lost answers, addresses to respond to."""

from __future__ import annotations

import asyncio
import itertools

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from tests.fakes.slack import FakeSlack, Limits, Rates
from tests.fakes.slack.sample import yes_no
from tests.fakes.test_slack_fake import anna, client, fake, refused

__all__ = ["anna", "client", "fake"]


async def test_a_file_comes_in_three_steps(fake, client, anna):
    await client.conversations_open(users="U1")
    await client.files_upload_v2(
        channel=anna.dm_id, filename="kurve.png", content=b"png", alt_txt="Kurven i tal"
    )
    assert anna.sees[0].files == ("kurve.png",)
    stored = next(iter(fake.world.files.values()))
    assert (stored.content, stored.alt_text) == (b"png", "Kurven i tal")


async def test_files_that_are_refused(fake, client, anna):
    with refused("file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": "F9", "title": "a"}])
    with refused("channel_not_found"):
        await client.files_upload_v2(channel="U1", filename="a", content=b"a")
    with refused("alt_txt_too_large"):
        await client.files_upload_v2(filename="a", content=b"a", alt_txt="a" * 1_001)
    with refused("file_upload_size_restricted"):
        await client.files_getUploadURLExternal(filename="a", length=0)
    fake.world.uploads.clear()
    announced = await client.files_getUploadURLExternal(filename="a", length=9)
    async with aiohttp.ClientSession() as http:
        for body, status in ((b"short", 400), (b"ninebytes", 200), (b"ninebytes", 404)):
            async with http.post(announced["upload_url"], data=body) as answer:
                assert answer.status == status
                assert (await answer.text() == "file_update_failed") == (status == 400)


async def test_a_channel_takes_a_short_burst_and_then_one_a_second(fake, client, anna, clock):
    bo = fake.person("U2", "Bo")
    for _ in range(3):
        await client.chat_postMessage(channel="U1", text="a")
    with pytest.raises(SlackApiError) as flooded:
        await client.chat_postMessage(channel="U1", text="a")
    answer = flooded.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (
        429,
        "ratelimited",
        "1",
    )
    await client.chat_postMessage(channel=bo.id, text="a")
    clock.advance(1)
    await client.chat_postMessage(channel="U1", text="a")
    assert fake.mistakes == []


async def test_a_method_has_its_tier_and_the_workspace_its_measure(clock):
    async with FakeSlack(clock, rates=Rates(tier2=2, workspace_per_minute=2)) as fake:
        client = fake.client()
        for number in (1, 2):
            fake.person(f"U{number}", "Anna")
            await client.users_list(limit=1)
            await client.chat_postMessage(channel=f"U{number}", text="a")
        fake.person("U3", "Bo")
        clock.advance(20)
        for call in (
            lambda: client.users_list(limit=1),
            lambda: client.chat_postMessage(channel="U3", text="a"),
        ):
            with pytest.raises(SlackApiError) as flooded:
                await call()
            assert flooded.value.response.headers["Retry-After"] == "40"
            clock.advance(0)
        clock.advance(40)
        await client.users_list(limit=1)


async def test_a_benchmark_has_no_rates(clock):
    async with FakeSlack(clock, rates=None) as fake:
        anna = fake.person("U1", "Anna")
        for _ in range(5):
            await fake.client().chat_postMessage(channel="U1", text="a")
        assert len(anna.sees) == 5


async def test_an_answer_that_got_lost_was_yet_delivered(fake, client, anna):
    fake.fail_next("chat.postMessage", "abort-after")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel="U1", text="a")
    assert len(anna.sees) == 1
    fake.fail_next("*", "abort-before")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel="U1", text="a")
    assert len(anna.sees) == 1
    assert [fault.how for fault in fake.faults.met] == ["abort-after", "abort-before"]


async def test_an_answer_may_come_too_late(fake, anna):
    client = fake.client()
    client.timeout = 0.2
    fake.fail_next("chat.postMessage", "slow")
    with pytest.raises(asyncio.TimeoutError):
        await client.chat_postMessage(channel="U1", text="a")
    assert len(anna.sees) == 1


async def test_too_many_and_server_errors_on_demand(fake, client, anna):
    fake.fail_next("chat.postMessage", "too-many", retry_after=7)
    fake.fail_next("chat.postMessage", "server-error", status=500)
    seen = []
    for _ in range(2):
        with pytest.raises(SlackApiError) as failed:
            await client.chat_postMessage(channel="U1", text="a")
        seen.append((failed.value.response.status_code, anna.sees))
    assert seen == [(429, []), (500, [])]
    assert (fake.refusals, fake.faults.left) == ([], 0)


def test_a_fault_happens_where_it_can(clock):
    fake = FakeSlack(clock)
    with pytest.raises(AssertionError, match="cannot happen"):
        fake.fail_next("events", "too-many")
    with pytest.raises(AssertionError, match="no fault"):
        fake.fail_next("events", "earthquake")


async def test_a_response_url_serves_five_times_in_half_an_hour(clock):
    async with FakeSlack(clock, limits=Limits(response_uses=3)) as fake:
        anna, client = fake.person("U1", "Anna"), fake.client()
        await client.chat_postMessage(channel="U1", text="Klar?", blocks=yes_no())
        kept = next(iter(fake.world.channels[anna.dm_id].messages.values()))
        url, late = (fake.world.response_url(anna, anna.dm_id, kept) for _ in range(2))
        said = itertools.cycle(
            (
                {"text": "Tak", "replace_original": True},
                {"text": "Kun dig"},
                {"delete_original": True},
            )
        )
        statuses = []
        async with aiohttp.ClientSession() as http:
            for _ in range(4):
                async with http.post(url, json=next(said)) as answer:
                    statuses.append((answer.status, await answer.text()))
            async with http.post(f"{fake.url}/response/nobody", json=next(said)) as answer:
                assert (await answer.json())["error"] == "invalid_url"
            clock.advance(1801)
            async with http.post(late, json=next(said)) as answer:
                assert (await answer.json())["error"] == "expired_url"
        assert [status for status, _ in statuses] == [200, 200, 200, 404]
        assert "used_url" in statuses[3][1]
        assert [(s.text, s.ephemeral) for s in anna.sees] == [("Kun dig", True)]


async def test_an_unfinished_upload_is_told_by_the_library(fake, client):
    """slack_sdk notices a refused second step by itself."""
    fake.world.uploads.clear()
    announced = await client.files_getUploadURLExternal(filename="a", length=1)
    assert announced["file_id"] in fake.world.uploads
    with pytest.raises(SlackRequestError):
        await client.files_upload_v2(filename="a")
