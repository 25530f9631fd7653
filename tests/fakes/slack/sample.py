"""A small app on the real Bolt, in both modes, as the fake's own tests run it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from tests.fakes.common.server import taking_posts
from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.shapes import Json


def yes_no() -> list[Json]:
    def button(label: str, value: str, **more: str) -> Json:
        text = {"type": "plain_text", "text": label}
        return {"type": "button", "text": text, "value": value, "action_id": value} | more

    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Klar?*"}},
        {
            "type": "actions",
            "block_id": "ready",
            "elements": [button("Ja", "y", style="primary"), button("Nej", "n")],
        },
    ]


def modal(**more: Any) -> Json:
    field = {"type": "plain_text_input", "action_id": "words", "multiline": True}
    label = {"type": "plain_text", "text": "Hvad fyldte?"}
    return {
        "type": "modal",
        "callback_id": "notes",
        "title": {"type": "plain_text", "text": "To linjer"},
        "submit": {"type": "plain_text", "text": "Gem"},
        "blocks": [{"type": "input", "block_id": "filled", "label": label, "element": field}],
    } | more


def home() -> Json:
    return {"type": "home", "blocks": yes_no()}


def sample_app(fake: FakeSlack, heard: list[Json]) -> AsyncApp:
    """Asks whoever writes, edits the question into the answer, opens a modal for a command.

    `heard`: every body that reached a listener, in order.
    """
    app = AsyncApp(client=fake.client(), signing_secret=fake.signing_secret)

    @app.middleware
    async def note(body: Json, next: Any) -> None:
        heard.append(body)
        await next()

    _ask_and_thank(app)
    _open_and_save(app)
    _follow(app)
    return app


def _ask_and_thank(app: AsyncApp) -> None:
    @app.event({"type": "message", "channel_type": "im"})
    async def ask(event: Json, say: Any) -> None:
        if "subtype" not in event:
            await say(text="Klar?", blocks=yes_no())

    @app.action("y")
    @app.action("n")
    async def answered(ack: Any, body: Json, client: Any) -> None:
        await ack()
        if "channel" in body:
            channel, ts = body["channel"]["id"], body["message"]["ts"]
            await client.chat_update(channel=channel, ts=ts, text="Tak", blocks=[])


def _open_and_save(app: AsyncApp) -> None:
    @app.command("/tillidsrum")
    @app.shortcut("write")
    @app.shortcut("keep")
    async def open_modal(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("notes")
    async def saved(ack: Any, view: Json) -> None:
        said = view["state"]["values"]["filled"]["words"]["value"]
        if said == "nej":
            await ack(response_action="errors", errors={"filled": "Skriv lidt mere"})
        else:
            await ack()


def _follow(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def show_home(event: Json, client: Any) -> None:
        await client.views_publish(user_id=event["user"], view=home())

    @app.event("user_change")
    @app.event("dnd_updated_user")
    async def changed(event: Json) -> None:
        pass


@asynccontextmanager
async def over_http(fake: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:
    """Bolt behind an address of this machine, verified by the fake."""

    async def receive(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async with listening(receive) as url:
        await fake.posts_to(url)
        try:
            yield
        finally:
            await fake.deliver()


@asynccontextmanager
async def over_socket(
    fake: FakeSlack, app: AsyncApp, ping_interval: float = 5
) -> AsyncIterator[AsyncSocketModeHandler]:
    """`ping_interval`: how soon the library notices that a socket is dead, in real seconds."""
    handler = AsyncSocketModeHandler(app, fake.app_token, ping_interval=ping_interval)
    await handler.client.connect()  # type: ignore[no-untyped-call]
    try:
        yield handler
        await fake.deliver()
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]


def listening(receive: Any) -> AbstractAsyncContextManager[str]:
    """The address at which `receive` takes posts."""
    return taking_posts("/slack/events", receive)
