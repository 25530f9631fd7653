"""Several workspaces with one app: each is answered with its own token, and nobody is mixed up."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from bot.channels.slack.hook import PATH
from bot.channels.slack.workspaces import Workspaces
from bot.settings import read_settings
from bot.web.app import make_app
from bot.wiring import Wired, build
from storage import people
from storage.database import Unit
from storage.encryption import new_secret_key
from tests.channels.slack.conftest import QUICK
from tests.channels.slack.manifest import OURS
from tests.channels.slack.stage import Ears, Pauses, Running, edge_of
from tests.fakes.slack import APP_TOKEN, SIGNING_SECRET, FakeSlack, Person

WAYS = {
    "socket": {"TILLIDSRUM_SLACK_APP_TOKEN": APP_TOKEN},
    "posts": {"TILLIDSRUM_SLACK_SIGNING_SECRET": SIGNING_SECRET},
}


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(manifest=OURS, rates=None, ack_seconds=3) as fake:
        yield fake


@pytest.fixture
def token(fake: FakeSlack) -> str:
    """Of the other workspace."""
    return fake.also_in("T2")


@pytest.fixture
def mette(fake: FakeSlack) -> Person:
    return fake.person("U7", "Mette Holm", "mette@nord.example")


@pytest.fixture
def berit(fake: FakeSlack, token: str) -> Person:
    """In the other workspace, with the same id there."""
    return fake.person("U7", "Berit Dahl", "berit@syd.example", token=token)


def settings_of(fake: FakeSlack, token: str, way: str, folder: Path) -> Any:
    named = {
        "TILLIDSRUM_DATABASE_URL": f"sqlite:///{folder / 'two.db'}",
        "TILLIDSRUM_SECRET_KEY": new_secret_key(),
        "TILLIDSRUM_PUBLIC_URL": "http://127.0.0.1:1",
        "TILLIDSRUM_SLACK_BOT_TOKEN": f"{fake.bot_token}, {token}",
        "TILLIDSRUM_SLACK_API_URL": fake.base_url,
    }
    return read_settings(named | WAYS[way], dotenv=None)


@asynccontextmanager
async def served(wired: Wired) -> AsyncIterator[str]:
    """The web server of the whole program, on a port of this machine."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        server = uvicorn.Server(uvicorn.Config(make_app(wired), log_config=None, ws="none"))
        serving = asyncio.create_task(server._serve([listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}"
        server.should_exit = True
        await serving


@asynccontextmanager
async def running(wired: Wired, fake: FakeSlack, way: str) -> AsyncIterator[None]:
    async with served(wired) as url:
        if way == "posts":
            async with asyncio.timeout(10):
                while not await _takes_posts(fake, url):
                    pass
        else:
            await fake.until(lambda: fake.sockets.open)
        yield


async def _takes_posts(fake: FakeSlack, url: str) -> bool:
    try:
        await fake.posts_to(url)
    except AssertionError:
        return False  # it is only just starting
    return True


def say_hello(who: Person) -> None:
    who.writes("hello")


def choose_english(who: Person) -> None:
    who.presses("English")


def open_home(who: Person) -> None:
    who.opens_home()


DONE: dict[Callable[[Person], None], Callable[[Person], object]] = {
    say_hello: lambda who: who.buttons,
    choose_english: lambda who: len(who.sees) > 2,
    open_home: lambda who: who.home,
}


@pytest.mark.parametrize("way", WAYS)
async def test_each_is_answered_in_their_own_workspace(
    fake: FakeSlack, token: str, mette: Person, berit: Person, way: str, tmp_path: Path
) -> None:
    wired = build(settings_of(fake, token, way, tmp_path))
    both = [mette, berit]

    def invite(unit: Unit) -> None:
        for one in both:
            people.add_person(unit, wired.parts.ids, wired.parts.clock(), name=one.name,
                              email=one.email, language="en")  # fmt: skip

    with closing(wired):
        with wired.database.write() as unit:
            invite(unit)
        async with running(wired, fake, way):
            for verb in (say_hello, choose_english, open_home):
                for one in both:
                    verb(one)
                for one in both:
                    await fake.until(lambda who=one, done=verb: DONE[done](who))
            await fake.deliver()
        with wired.database.read() as unit:
            found = unit.connection.exec_driver_sql(
                "SELECT external_id FROM address ORDER BY external_id"
            ).scalars()
            assert list(found) == ["T1:U7", "T2:U7"]
    assert all(one.troubles == [] for one in both)
    assert fake.mistakes == []


async def test_a_workspace_that_took_the_app_out_is_not_felt_in_the_other(
    fake: FakeSlack, token: str, mette: Person
) -> None:
    line = Workspaces([f"{token}-gone", fake.bot_token], fake.base_url, QUICK)
    ears = Ears()
    async with Running(fake, edge_of(line, ears, pause=Pauses(4))) as edge:
        mette.writes("hej")
        await fake.until(lambda: ears.heard)
        await fake.deliver()
        assert edge.health() == "Slack does not know the token (invalid_auth)"
    await line.close()
    assert ears.texts == ["hej"]
    assert fake.outbox.waiting == fake.outbox.lost == []
