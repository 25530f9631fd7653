"""How events reach a real Bolt app: signatures, acknowledgements, retries, sockets, bad days."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError

from tests.fakes.slack import FakeSlack, Person, StandingClock
from tests.fakes.slack.sample import listening, modal, over_http, over_socket, sample_app, yes_no
from tests.fakes.slack.shapes import Json


@pytest.fixture
async def fake(clock: StandingClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock, ack_seconds=0.3) as fake:
        fake.world.echo = False
        yield fake


@pytest.fixture
def anna(fake: FakeSlack) -> Person:
    return fake.person("U1", "Anna Holm")


class Address:
    """The app's address: notes what comes, and answers with what `answers` says first."""

    def __init__(self) -> None:
        self.posts: list[tuple[Any, str | None]] = []
        self.answers: list[Any] = []
        self.headers: dict[str, str] = {}
        self.held = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            body = await request.json()
        else:
            body = dict(await request.post())
        if "challenge" in body:
            return web.Response(text=body["challenge"])
        self.posts.append((body, request.headers.get("X-Slack-Retry-Num")))
        answer = self.answers.pop(0) if self.answers else 200
        if answer == "late":
            await self.held.wait()
        if isinstance(answer, dict):
            return web.json_response(answer)
        return web.Response(status=answer if answer != "late" else 200, headers=self.headers)

    @property
    def retries(self) -> list[str | None]:
        return [number for _, number in self.posts]


@pytest.fixture
async def address(fake: FakeSlack) -> AsyncIterator[Address]:
    address = Address()
    async with listening(address.receive) as url:
        await fake.posts_to(url)
        yield address
        address.held.set()


async def plug(fake: FakeSlack) -> tuple[aiohttp.ClientSession, aiohttp.ClientWebSocketResponse]:
    """A bare socket, as a client opens it."""
    opened = await fake.client().apps_connections_open(app_token=fake.app_token)
    session = aiohttp.ClientSession()
    socket = await session.ws_connect(opened["url"])
    assert (await socket.receive_json())["type"] == "hello"
    return session, socket


async def test_an_address_must_know_the_challenge(fake):
    async def deaf(request: web.Request) -> web.Response:
        return web.Response(text="hej")

    async with listening(deaf) as url:
        with pytest.raises(AssertionError, match="challenge parameter"):
            await fake.posts_to(url)


async def test_bolt_takes_only_what_is_signed_with_its_secret(fake, anna):
    heard: list[Json] = []
    app = sample_app(fake, heard)
    async with over_http(fake, app):
        anna.writes("Hej")
        await fake.until(lambda: anna.buttons)
        fake.signing_secret = "0" * 32
        with pytest.raises(AssertionError, match="challenge"):
            await fake.posts_to(fake.request_url.url)
    assert len(heard) == 1


async def test_an_event_comes_at_most_four_times(fake, anna, address, clock):
    """At once, after one and after five minutes; then it is given up."""
    address.answers = [500, 500, 500, 500]
    anna.writes("Hej")
    await fake.deliver()
    assert address.retries == [None, "1"]
    for seconds, retries in ((59, 2), (1, 3), (299, 3), (1, 4), (3600, 4)):
        clock.advance(seconds)
        await fake.deliver()
        assert len(address.retries) == retries
    assert address.retries == [None, "1", "2", "3"]
    assert len({body["event_id"] for body, _ in address.posts}) == 1
    assert fake.request_url.posted[1]["X-Slack-Retry-Reason"] == "http_error"
    assert [parcel.reason for parcel in fake.outbox.lost] == ["http_error"]


async def test_a_late_acknowledgement_is_none(fake, anna, address):
    address.answers = ["late"]
    anna.writes("Hej")
    await fake.deliver()
    assert address.retries == [None, "1"]
    assert fake.request_url.posted[1]["X-Slack-Retry-Reason"] == "http_timeout"
    assert fake.outbox.lost == []


async def test_an_app_may_wish_no_retry(fake, anna, address):
    address.answers, address.headers = [500], {"X-Slack-No-Retry": "1"}
    anna.writes("Hej")
    await fake.deliver()
    assert (address.retries, len(fake.outbox.lost)) == ([None], 1)


async def test_nobody_at_the_address(fake, anna, address):
    fake.request_url.url = "http://127.0.0.1:9/nobody"
    anna.writes("Hej")
    assert await fake.deliver() == 0
    assert fake.outbox.waiting[0].reason == "connection_failed"


async def test_a_press_or_command_is_tried_once_and_the_person_is_told(fake, anna, address):
    address.answers = [500, 500]
    await fake.client().chat_postMessage(channel="U1", text="Klar?", blocks=yes_no())
    anna.presses("Ja")
    anna.runs("/tillidsrum")
    await fake.deliver()
    assert anna.troubles == ["http_error", "http_error"]
    assert json.loads(address.posts[0][0]["payload"])["type"] == "block_actions"
    assert address.posts[1][0]["command"] == "/tillidsrum"


async def test_a_command_may_be_answered_at_once(fake, anna, address):
    address.answers = [{"text": "Hvad vil du?", "blocks": yes_no()}, {"blocks": [{"type": "x"}]}]
    anna.runs("/tillidsrum")
    await fake.deliver()
    assert (anna.sees[0].ephemeral, anna.buttons) == (True, ["Ja", "Nej"])
    anna.runs("/tillidsrum")
    await fake.deliver()
    assert (anna.troubles, fake.mistakes[0].method) == (["invalid_blocks"], "slash_command")


@pytest.mark.parametrize(
    ("answer", "titles", "troubles"),
    [
        ({"response_action": "clear"}, [], []),
        ({"response_action": "update", "view": modal(submit={"type": "plain_text", "text": "B"})},
         ["To linjer"], []),
        ({"response_action": "push", "view": modal()}, ["To linjer", "To linjer"], []),
        ({"response_action": "update", "view": {"type": "modal"}}, ["To linjer"],
         ["invalid_arguments"]),
        ({"response_action": "errors", "errors": {"other": "a"}}, ["To linjer"],
         ["invalid_response"]),
        ({"response_action": "errors"}, ["To linjer"], ["invalid_response"]),
        ({"ok": True}, ["To linjer"], ["invalid_response"]),
    ],
)  # fmt: skip
async def test_a_submission_is_answered_in_the_acknowledgement(
    fake, anna, address, answer, titles, troubles
):
    address.answers = [answer]
    await fake.client().views_open(trigger_id=fake.world.trigger(anna), view=modal())
    anna.submits({"Hvad fyldte?": "Et møde"})
    await fake.deliver()
    assert [view.title for view in anna.views] == titles
    assert anna.troubles == troubles


async def test_a_delivery_may_come_five_times_late_or_twice_over_sockets(fake, anna):
    heard: list[Json] = []
    async with over_http(fake, sample_app(fake, heard)):
        fake.fail_next("events", "duplicate", times=4)
        anna.opens_home()
        await fake.deliver()
        assert len(heard) == 5
        assert len({body["event_id"] for body in heard}) == 1
        fake.fail_next("events", "late")
        anna.dnd(None)
        anna.moves("Europe/Oslo")
        await fake.deliver()
    kinds = [body["event"]["type"] for body in heard[5:]]
    assert kinds == ["user_change", "dnd_updated_user"]


async def test_a_delivery_may_get_lost_or_its_acknowledgement(fake, anna, address):
    fake.fail_next("events", "lost")
    anna.opens_home()
    await fake.deliver()
    fake.fail_next("events", "ack-lost")
    anna.opens_home()
    await fake.deliver()
    assert address.retries == ["1", None, "1"]


async def test_an_event_without_a_socket_comes_as_a_retry(fake, anna, clock):
    heard: list[Json] = []
    anna.writes("Hej")
    await fake.deliver()
    async with over_socket(fake, sample_app(fake, heard)):
        assert heard == []
        clock.advance(60)
        assert await fake.deliver() == 1
        envelope = fake.sockets.open[0].carried[0]
        await fake.until(lambda: anna.buttons)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "connection_failed")
    assert len(heard) == 1


async def test_a_socket_that_opens_gets_what_is_due(fake, anna, clock):
    anna.writes("Hej")
    await fake.deliver()
    clock.advance(60)
    async with over_socket(fake, sample_app(fake, [])):
        await fake.until(lambda: anna.buttons)


async def test_an_envelope_that_is_not_acknowledged_comes_again(fake, anna):
    session, socket = await plug(fake)
    async with session, socket:
        anna.opens_home()
        first = await socket.receive_json()
        again = await socket.receive_json()
        assert (first["retry_attempt"], again["retry_attempt"]) == (0, 1)
        assert first["payload"] == again["payload"]
        await socket.send_json({"envelope_id": again["envelope_id"]})
        await fake.deliver()
        assert fake.outbox.waiting == []
        await socket.send_json({"envelope_id": first["envelope_id"]})
        await fake.until(lambda: fake.sockets.late == [first["envelope_id"]])
        for said, error in (
            ({"envelope_id": "x"}, "unknown_envelope"),
            ({"envelope_id": again["envelope_id"], "payload": {"a": 1}}, "payload_not_accepted"),
        ):
            await socket.send_json(said)
            await fake.until(
                lambda error=error: fake.mistakes[-1:] and fake.mistakes[-1].error == error
            )


async def test_sockets_take_turns_and_a_ticket_opens_one(fake, anna):
    session, socket = await plug(fake)
    other_session, other = await plug(fake)
    async with session, other_session, socket, other:
        fake.fail_next("events", "duplicate")
        anna.opens_home()
        one, two = await socket.receive_json(), await other.receive_json()
        assert one["payload"]["event_id"] == two["payload"]["event_id"]
        await socket.send_json({"envelope_id": one["envelope_id"]})
        await fake.deliver()
        used = f"{fake.url}/link/?ticket=ticket-1"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(used)


async def test_there_are_ten_sockets_at_most(fake):
    open_ones = [await plug(fake) for _ in range(10)]
    with pytest.raises(SlackApiError, match="too_many_websockets"):
        await plug(fake)
    for session, socket in open_ones:
        await socket.close()
        await session.close()


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_an_app_that_is_asked_to_go_comes_back(fake, anna, reason):
    async with over_socket(fake, sample_app(fake, [])):
        await fake.sockets.disconnect(reason)
        await fake.until(lambda: fake.sockets.opened >= 2)
        await fake.until(lambda: [c.leaving for c in fake.sockets.open] == [False])
        anna.writes("Hej")
        await fake.until(lambda: anna.buttons)


async def test_an_app_whose_socket_breaks_comes_back(fake, anna):
    async with over_socket(fake, sample_app(fake, []), ping_interval=0.2):
        await fake.until(lambda: fake.sockets.open[0].pings)
        fake.sockets.drop()
        await fake.until(lambda: fake.sockets.opened >= 2)
        anna.writes("Hej")
        await fake.until(lambda: anna.buttons)


async def test_a_socket_may_die_without_a_word(fake, anna, clock):
    """Nothing answers the pings: the library notices by itself and opens another."""
    async with over_socket(fake, sample_app(fake, []), ping_interval=0.2):
        fake.sockets.silence()
        anna.writes("Hej")
        await fake.until(lambda: fake.sockets.opened >= 2, seconds=10)
        clock.advance(60)
        await fake.deliver()
        await fake.until(lambda: anna.buttons)
