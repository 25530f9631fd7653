"""What the doctor finds at Slack and Telegram: the real libraries against the stand-ins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.commands import doctor_slack
from bot.commands.doctor_clock import compare
from bot.commands.doctor_platform_texts import PLATFORMS
from bot.commands.doctor_texts import FOUND
from storage.encryption import new_secret_key
from tests.bot.calling import answer, call, free_port
from tests.bot.office import DANISH, ENGLISH
from tests.channels.slack.manifest import SCOPES
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

__all__ = ["no_proxy"]

PUBLIC = "https://tillidsrum.example.org"
WEBHOOK = f"{PUBLIC}/telegram/webhook"
WEBHOOK_SECRET = "a-secret-of-the-webhook"
SIGNING_SECRET = "8f742231b10e8888"
UNKNOWN_BOT = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
NOBODY = "http://127.0.0.1:9"


class Told(NamedTuple):
    name: str
    ok: bool
    text: str


class Visit(NamedTuple):
    exit_code: int
    told: list[Told]
    printed: str

    def of(self, name: str) -> list[bool]:
        return [one.ok for one in self.told if one.name == name]

    def says(self, key: str) -> bool:
        """Whether something was found whose text begins as this one does, up to its first slot."""
        english = FOUND[key]["en"]
        parts = [part for part in english.replace("}", "{").split("{")[::2] if part.strip()]
        return any(all(part in one.text for part in parts) for one in self.told)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def direct(no_proxy: None) -> None:
    return


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(rates=None) as fake:
        yield fake


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rates=None, scopes=SCOPES) as fake:
        yield fake


async def visit(**settings: str) -> Visit:
    """The command as it is called; the stand-ins answer meanwhile."""
    given = {f"TILLIDSRUM_{name.upper()}": value for name, value in settings.items()}
    given |= {"TILLIDSRUM_SECRET_KEY": new_secret_key(), "TILLIDSRUM_PORT": free_port()}
    result = await asyncio.to_thread(partial(call, "doctor", "--json", **ENGLISH, **given))
    found = answer(result)
    assert result.exit_code == (0 if found["ok"] else 1)
    return Visit(result.exit_code, [Told(**one) for one in found["checks"]], result.output)


def at_telegram(fake: FakeTelegram, **more: str) -> dict[str, str]:
    return {"telegram_bot_token": fake.token, "telegram_api_url": fake.url, **more}


def at_slack(fake: FakeSlack, **more: str) -> dict[str, str]:
    given = {"slack_bot_token": fake.bot_token, "slack_app_token": fake.app_token}
    return {**given, "slack_api_url": fake.base_url, **more}


# --- Telegram


async def test_a_bot_that_polls_is_well(telegram: FakeTelegram) -> None:
    told = await visit(**at_telegram(telegram))
    assert all(told.of("telegram"))
    assert told.says("telegram.answers")
    assert told.says("telegram.polling")
    assert told.says("clock.platform")
    assert telegram.refusals == []
    assert {one.method for one in telegram.calls} == {"getMe", "getWebhookInfo"}


async def test_a_token_that_telegram_does_not_know_is_told(telegram: FakeTelegram) -> None:
    told = await visit(**at_telegram(telegram, telegram_bot_token=UNKNOWN_BOT))
    assert told.says("telegram.unknown")
    assert told.of("telegram") == [False]


async def test_a_webhook_in_the_way_of_polling_is_told_without_its_path(
    telegram: FakeTelegram,
) -> None:
    telegram.webhook.set({"url": "https://elsewhere.example.org/a-path-nobody-may-know"})
    told = await visit(**at_telegram(telegram))
    assert told.says("telegram.hooked")
    assert "elsewhere.example.org" in told.printed
    assert "a-path-nobody-may-know" not in told.printed


async def test_a_webhook_that_is_not_set_yet_is_no_problem_before_the_start(
    telegram: FakeTelegram,
) -> None:
    hooked = at_telegram(telegram, telegram_webhook_secret=WEBHOOK_SECRET, public_url=PUBLIC)
    told = await visit(**hooked)
    assert told.says("telegram.webhook.later")
    assert all(told.of("telegram"))


async def test_a_webhook_at_our_address_is_well_and_at_another_one_is_not(
    telegram: FakeTelegram,
) -> None:
    hooked = at_telegram(telegram, telegram_webhook_secret=WEBHOOK_SECRET, public_url=PUBLIC)
    telegram.webhook.set({"url": WEBHOOK})
    assert all((await visit(**hooked)).of("telegram"))
    telegram.webhook.set({"url": "https://old.example.org/telegram/webhook"})
    assert (await visit(**hooked)).says("telegram.webhook.other")


async def test_what_telegram_cannot_deliver_is_told_with_its_reason_and_how_much_waits(
    telegram: FakeTelegram,
) -> None:
    closed = f"https://127.0.0.1:{free_port()}"
    telegram.webhook.set({"url": WEBHOOK})
    telegram.webhook.url = f"{closed}/telegram/webhook"
    phone = telegram.person(101, "Mette")
    phone.start()
    phone.writes("somebody's words")
    await telegram.deliver()
    hooked = at_telegram(telegram, telegram_webhook_secret=WEBHOOK_SECRET, public_url=closed)
    told = await visit(**hooked)
    assert told.says("telegram.webhook.error")
    assert "Connection refused" in told.printed
    assert "somebody's words" not in told.printed


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"telegram_webhook_secret": "short", "public_url": PUBLIC}, "telegram.secret"),
        ({"telegram_webhook_secret": WEBHOOK_SECRET}, "platform.no-address"),
        ({"telegram_webhook_secret": WEBHOOK_SECRET, "public_url": f"{PUBLIC}:8080"},
         "address.port"),
        ({"telegram_api_url": NOBODY}, "platform.unreached"),
    ],
)  # fmt: skip
async def test_each_wrong_setting_of_telegram_is_told(
    telegram: FakeTelegram, more: dict[str, str], said: str
) -> None:
    told = await visit(**at_telegram(telegram, **more))
    assert told.says(said)
    assert told.exit_code == 1


@pytest.mark.parametrize(
    ("how", "said"), [("server-error", "platform.unclear"), ("too-many", "platform.busy")]
)
async def test_a_bad_day_at_telegram_is_no_fault_of_the_token(
    telegram: FakeTelegram, how: str, said: str
) -> None:
    telegram.fail_next("getMe", how)  # type: ignore[arg-type]
    told = await visit(**at_telegram(telegram))
    assert told.says(said)
    assert not told.says("telegram.unknown")


# --- Slack


async def test_an_app_that_was_installed_from_our_manifest_is_well(slack: FakeSlack) -> None:
    told = await visit(**at_slack(slack))
    assert all(told.of("slack"))
    assert told.says("slack.answers")
    assert told.says("slack.socket")
    assert told.says("clock.platform")
    assert slack.refusals == []
    assert slack.sockets.opened == 0


def test_the_scopes_that_are_wanted_are_the_manifests() -> None:
    assert doctor_slack.SCOPES == SCOPES


async def test_scopes_that_lack_and_scopes_beyond_what_is_needed_are_named() -> None:
    scopes = (SCOPES - {"im:history", "dnd:read"}) | {"channels:history"}
    async with FakeSlack(rates=None, scopes=scopes) as fake:
        told = await visit(**at_slack(fake))
    assert told.of("slack") == [False, True, True]
    assert told.says("slack.scopes")
    assert told.says("slack.more")
    assert "dnd:read, im:history" in told.printed
    assert "channels:history" in told.printed


async def test_of_several_tokens_the_one_that_is_wrong_is_named_by_its_place(
    slack: FakeSlack,
) -> None:
    tokens = f"{slack.bot_token}, xoxb-nobody-knows-this {slack.bot_token}"
    told = await visit(**at_slack(slack, slack_bot_token=tokens))
    assert told.of("slack") == [True, False, False, True]
    assert told.says("slack.unknown")
    assert told.says("slack.twice")
    assert "TILLIDSRUM_SLACK_BOT_TOKEN (2)" in told.printed


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"slack_bot_token": "xapp-1-A0TILLID-3-tillidsrum"}, "slack.mixed"),
        ({"slack_app_token": "xoxb-1-2-tillidsrum"}, "slack.mixed"),
        ({"slack_app_token": "xapp-nobody-knows-this"}, "slack.unknown"),
        ({"slack_app_token": "", "slack_signing_secret": SIGNING_SECRET}, "platform.no-address"),
        ({"slack_api_url": f"{NOBODY}/api/"}, "platform.unreached"),
        ({"slack_app_token": ""}, "platform.begun"),
    ],
)
async def test_each_wrong_setting_of_slack_is_told(
    slack: FakeSlack, more: dict[str, str], said: str
) -> None:
    told = await visit(**at_slack(slack, **more))
    assert told.says(said)
    assert told.exit_code == 1


async def test_signed_posts_take_no_app_token(slack: FakeSlack) -> None:
    posted = {"slack_app_token": "", "slack_signing_secret": SIGNING_SECRET, "public_url": PUBLIC}
    told = await visit(**at_slack(slack, **posted))
    assert told.says("slack.posts")
    assert all(told.of("slack"))


@pytest.mark.parametrize(
    ("how", "said"), [("server-error", "platform.unclear"), ("too-many", "platform.busy")]
)
async def test_a_bad_day_at_slack_is_no_fault_of_the_token(
    slack: FakeSlack, how: str, said: str
) -> None:
    slack.fail_next("auth.test", how)  # type: ignore[arg-type]
    told = await visit(**at_slack(slack))
    assert told.says(said)
    assert not told.says("slack.unknown")


# --- the clock, and the public address


@pytest.mark.parametrize(("ahead", "well"), [(-240, False), (-30, True), (30, True), (90, False)])
async def test_a_clock_that_is_a_minute_off_the_platforms_is_a_problem(
    telegram: FakeTelegram, slack: FakeSlack, ahead: int, well: bool
) -> None:
    telegram.server.ahead = slack.server.ahead = timedelta(seconds=ahead)
    told = await visit(**at_telegram(telegram), **at_slack(slack))
    assert told.of("clock") == [well, well]


def test_an_answer_that_takes_long_or_says_no_time_does_not_accuse_the_clock() -> None:
    asked = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    slow = compare("Slack", "Mon, 23 Nov 2026 09:01:50 GMT", asked, asked + timedelta(minutes=2))
    assert slow is not None
    assert slow.ok
    for date in (None, "", "yesterday"):
        assert compare("Slack", date, asked, asked) is None


@pytest.mark.parametrize(
    ("url", "well"),
    [(PUBLIC, True), ("http://tillidsrum.example.org/", False), ("http://localhost:8080", True)],
)
async def test_the_public_address_has_to_be_encrypted_and_not_reachable_from_here(
    url: str, well: bool
) -> None:
    told = await visit(public_url=url)
    assert told.of("address") == [well, True]


# --- what is never said


@pytest.fixture
def secrets(telegram: FakeTelegram, slack: FakeSlack) -> dict[str, str]:
    return {
        **at_telegram(telegram, telegram_webhook_secret=WEBHOOK_SECRET, public_url=PUBLIC),
        **at_slack(slack, slack_signing_secret=SIGNING_SECRET),
    }


@pytest.mark.parametrize("how", [None, "server-error", "abort-before", "too-many"])
async def test_no_token_is_ever_shown(
    telegram: FakeTelegram, slack: FakeSlack, secrets: dict[str, str], how: str | None,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    for fake in (telegram, slack) if how else ():
        fake.fail_next("*", how, times=20)  # type: ignore[arg-type, attr-defined]
    with caplog.at_level("DEBUG"):
        told = await visit(**secrets)
    shown = told.printed + caplog.text
    hidden = (telegram.token, slack.bot_token, slack.app_token, WEBHOOK_SECRET, SIGNING_SECRET)
    assert [one for one in hidden if one in shown] == []


async def test_the_findings_are_in_danish_on_a_danish_terminal(
    slack: FakeSlack, telegram: FakeTelegram
) -> None:
    given = at_slack(slack) | at_telegram(telegram, telegram_bot_token=UNKNOWN_BOT)
    named = {f"TILLIDSRUM_{name.upper()}": value for name, value in given.items()}
    result = await asyncio.to_thread(partial(call, "doctor", **DANISH, **named))
    assert "Telegram kender ikke TILLIDSRUM_TELEGRAM_BOT_TOKEN" in result.output
    assert "passer til arbejdsområdet" in result.output


def test_every_text_about_platforms_is_among_the_doctors() -> None:
    assert PLATFORMS.items() <= FOUND.items()
