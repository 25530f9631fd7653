"""The whole program with both platforms: what runs, how it is shown, and how it stops."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot import linking
from bot.settings import Settings, SettingsError
from bot.watch import FIRST_PAUSE, RESTARTING, Watched
from bot.web.app import make_app
from bot.wiring import Wired, build
from storage import addresses, people
from storage.encryption import new_secret_key
from storage.people import Profile
from tests.fakes.slack import FakeSlack
from tests.fakes.slack import StandingClock as SlackClock
from tests.fakes.telegram import TOKEN, FakeTelegram

METTE = "mette@example.org"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(rates=None) as fake:
        yield fake


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(SlackClock(), rates=None) as fake:
        yield fake


def settings(folder: Path, **more: object) -> Settings:
    key = SecretStr(new_secret_key())
    return Settings(database_url=f"sqlite:///{folder / 'all.db'}", secret_key=key, **more)


def with_telegram(folder: Path, fake: FakeTelegram) -> Settings:
    return settings(
        folder, telegram_bot_token=SecretStr(TOKEN), telegram_api_url=fake.url, language="en"
    )


@asynccontextmanager
async def running(wired: Wired) -> AsyncIterator[FastAPI]:
    app = make_app(wired)
    async with app.router.lifespan_context(app):
        yield app
    wired.close()


async def get(app: FastAPI, path: str) -> httpx.Response:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1"
    ) as client:
        return await client.get(path)


def moves_in(wired: Wired, name: str, email: str) -> Profile:
    with wired.database.write() as unit:
        return people.add_person(
            unit, wired.parts.ids, wired.parts.clock(), name=name, email=email, language="en"
        )


def where(wired: Wired, person: Profile) -> list[tuple[str, str]]:
    with wired.database.read() as unit:
        found = addresses.addresses_of(unit, person.id)
    return [(one.channel, one.external_id) for one in found]


async def test_without_tokens_no_platform_runs(tmp_path: Path) -> None:
    async with running(build(settings(tmp_path), with_web=True)) as app:
        ready = await get(app, "/readyz")
    assert (ready.json()["database"], ready.json()["channels"]) == ("ok", {"web": "ok"})


async def test_who_is_invited_to_telegram_is_linked_and_welcomed(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    wired = build(with_telegram(tmp_path, telegram))
    mette = moves_in(wired, "Mette Holm", METTE)
    with wired.database.write() as unit:
        invitation = linking.invite(unit, wired.parts, mette, "telegram")
    phone = telegram.person(101, "Mette")
    async with running(wired):
        phone.start(invitation.token)
        await telegram.until(lambda: "six-digit code" in phone.sees[-1].text)
        assert invitation.code is not None
        phone.writes(invitation.code)
        await telegram.until(lambda: phone.sees[-1].buttons)
        assert where(wired, mette) == [("telegram", "101")]
        way = wired.parts.ways["telegram"]
        assert way("abc") == "https://t.me/tillidsrum_bot?start=abc"
    assert telegram.mistakes == []


async def test_the_state_of_a_platform_is_shown_without_persons(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    telegram.fail_next("getMe", "server-error")
    wired = build(with_telegram(tmp_path, telegram))
    async with running(wired) as app:
        assert (await get(app, "/readyz")).json()["channels"] != {"telegram": "ok"}
        before = (await get(app, "/metrics")).text
        assert 'tillidsrum_channel_up{channel="telegram"} 0' in before
        async with asyncio.timeout(10):
            await telegram.until(lambda: telegram.polling.waits, seconds=10)
        assert (await get(app, "/readyz")).json()["channels"] == {"telegram": "ok"}
        after = (await get(app, "/metrics")).text
        assert 'tillidsrum_channel_up{channel="telegram"} 1' in after


def figure(shown: str, name: str, **labels: str) -> int:
    """What /metrics says of it."""
    given = ",".join(f'{label}="{value}"' for label, value in labels.items())
    named = re.escape(f"tillidsrum_{name}{{{given}}}" if given else f"tillidsrum_{name}")
    found = re.search(rf"^{named} (\d+)$", shown, re.MULTILINE)
    assert found is not None, f"{name} {labels} is not there"
    return int(found[1])


async def test_what_was_heard_is_told_to_the_quarter_of_an_hour(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    wired = build(with_telegram(tmp_path, telegram))
    phone = telegram.person(101, "Mette")
    async with running(wired) as app:
        before = await get(app, "/metrics")
        assert figure(before.text, "channel_heard_timestamp_seconds", channel="telegram") == 0
        assert (await get(app, "/readyz")).json()["figures"]["telegram"]["heard"] is None
        phone.start()
        async with asyncio.timeout(5):
            while "telegram" not in wired.intake.heard:
                await asyncio.sleep(0)
        after = await get(app, "/metrics")
        heard = figure(after.text, "channel_heard_timestamp_seconds", channel="telegram")
        told = (await get(app, "/readyz")).json()["figures"]["telegram"]["heard"]
    now = wired.parts.clock().timestamp()
    assert heard % (15 * 60) == 0
    assert now - 16 * 60 < heard <= now
    assert datetime.fromisoformat(told).timestamp() == heard


async def test_who_has_blocked_the_bot_is_a_count_and_nothing_more(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    wired = build(with_telegram(tmp_path, telegram))
    mette = moves_in(wired, "Mette Holm", METTE)
    with wired.database.write() as unit:
        people.add_address(unit, wired.parts.ids, mette.id, "telegram", "101")
    phone = telegram.person(101, "Mette")
    phone.start()
    phone.blocks()
    async with running(wired) as app:
        async with asyncio.timeout(5):
            while not (await get(app, "/readyz")).json()["figures"]["telegram"]["closed"]:
                await asyncio.sleep(0)
        shown = (await get(app, "/metrics")).text
        ready = await get(app, "/readyz")
    counted = figure(shown, "messages_total", channel="telegram", outcome="refused")
    assert counted == ready.json()["figures"]["telegram"]["refused"]
    assert figure(shown, "addresses", channel="telegram", state="closed") == 1
    assert figure(shown, "channel_up", channel="telegram") == 1
    assert [word for word in ("101", "Mette", METTE) if word in shown + ready.text] == []


async def test_figures_are_shown_while_the_database_is_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wired = build(settings(tmp_path), with_web=True)
    app = make_app(wired)
    wired.close()
    (tmp_path / "all.db").write_text("no database any more, whatever it was before" * 100)
    ready, shown = await get(app, "/readyz"), await get(app, "/metrics")
    assert (ready.status_code, shown.status_code) == (503, 200)
    assert figure(shown.text, "database_up") == 0
    assert figure(shown.text, "channel_up", channel="web") == 1
    assert "is not a SQLite database" in caplog.text


async def test_what_was_sent_is_counted(tmp_path: Path, telegram: FakeTelegram) -> None:
    wired = build(with_telegram(tmp_path, telegram))
    mette = moves_in(wired, "Mette Holm", METTE)
    with wired.database.write() as unit:
        people.add_address(unit, wired.parts.ids, mette.id, "telegram", "101")
    phone = telegram.person(101, "Mette")
    async with running(wired) as app:
        phone.start()
        await telegram.until(lambda: len(phone.sees) > 1)
        async with asyncio.timeout(5):
            while not wired.outbound.counts["telegram", "sent"]:
                await asyncio.sleep(0)
        shown = (await get(app, "/metrics")).text
    assert figure(shown, "messages_total", channel="telegram", outcome="sent") >= 1
    assert figure(shown, "addresses", channel="telegram", state="open") == 1
    assert "101" not in shown
    assert "Mette" not in shown


def test_a_webhook_takes_a_public_address(tmp_path: Path) -> None:
    half = settings(
        tmp_path, telegram_bot_token=SecretStr(TOKEN), telegram_webhook_secret=SecretStr("x" * 32)
    )
    with pytest.raises(SettingsError, match="takes TILLIDSRUM_PUBLIC_URL too"):
        build(half)


async def test_a_webhook_is_a_route_of_the_web_server(
    tmp_path: Path, telegram: FakeTelegram
) -> None:
    given = with_telegram(tmp_path, telegram).model_copy(
        update={
            "public_url": "https://tillidsrum.example.org",
            "telegram_webhook_secret": SecretStr("s" * 32),
        }
    )
    async with (
        running(build(given)) as app,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1"
        ) as client,
    ):
        forged = await client.post("/telegram/webhook", json={"update_id": 1})
        genuine = await client.post(
            "/telegram/webhook", json={"update_id": 1},
            headers={"X-Telegram-Bot-Api-Secret-Token": "s" * 32},
        )  # fmt: skip
    assert (forged.status_code, genuine.status_code) == (401, 200)


# --- Slack


def with_slack(folder: Path, fake: FakeSlack) -> Settings:
    return settings(
        folder, slack_bot_token=SecretStr(fake.bot_token), slack_api_url=fake.base_url,
        slack_app_token=SecretStr(fake.app_token), language="en",
    )  # fmt: skip


async def test_who_the_workspace_vouches_for_is_welcomed_in_slack(
    tmp_path: Path, slack: FakeSlack
) -> None:
    wired = build(with_slack(tmp_path, slack))
    mette = moves_in(wired, "Mette Holm", METTE)
    screen = slack.person("U101", "Mette Holm", METTE)
    async with running(wired) as app:
        await slack.until(lambda: slack.sockets.open)
        screen.writes("hello")
        await slack.until(lambda: screen.buttons)
        assert where(wired, mette) == [("slack", "T1:U101")]
        assert (await get(app, "/readyz")).json()["channels"] == {"slack": "ok"}
    assert slack.mistakes == []


async def test_an_email_alone_takes_over_nobody_who_is_known_elsewhere(
    tmp_path: Path, slack: FakeSlack
) -> None:
    wired = build(with_slack(tmp_path, slack))
    mette = moves_in(wired, "Mette Holm", METTE)
    with wired.database.write() as unit:
        people.add_address(unit, wired.parts.ids, mette.id, "telegram", "101")
    screen = slack.person("U666", "Mette Holm", METTE)
    async with running(wired):
        await slack.until(lambda: slack.sockets.open)
        screen.writes("my data")
        await slack.until(lambda: any(not one.mine for one in screen.sees))
        assert where(wired, mette) == [("telegram", "101")]


# --- what is kept running


class Falling:
    """Ends at once, or breaks, a few times; then it runs."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.runs = asyncio.Event()

    async def run(self) -> None:
        self.left -= 1
        if self.left < 0:
            self.runs.set()
            await asyncio.Event().wait()
        if self.left % 2:
            raise ValueError("somebody's words")

    def health(self) -> str:
        return "ok"


async def test_what_ends_or_breaks_is_started_anew_after_longer_and_longer_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pauses: list[float] = []
    healths: list[str] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        healths.append(watched.health())

    falling = Falling(9)
    watched = Watched("falling", falling, pause)
    task = asyncio.create_task(watched.run())
    await asyncio.wait_for(falling.runs.wait(), 5)
    assert pauses == [FIRST_PAUSE * 2**n for n in range(6)] + [60.0] * 3
    assert set(healths) == {RESTARTING}
    assert watched.health() == "ok"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "somebody's words" not in caplog.text
    assert "ValueError" in caplog.text
