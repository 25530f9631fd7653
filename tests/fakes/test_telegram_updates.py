"""How updates reach the real python-telegram-bot: offsets, conflicts, webhooks, bad days."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, NetworkError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.fakes.common.server import taking_posts
from tests.fakes.telegram import FakeTelegram, Person, StandingClock
from tests.fakes.test_telegram_fake import YES_NO, bot

__all__ = ["bot"]


@pytest.fixture
async def fake(clock: StandingClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock, loopback_webhooks=True) as fake:
        yield fake


@pytest.fixture
def anna(fake: FakeTelegram) -> Person:
    anna = fake.person(7, "Anna")
    anna.start("invitation")
    return anna


@pytest.fixture
async def application(fake: FakeTelegram) -> AsyncIterator[Application]:
    """Asks whoever writes, and thanks for the answer."""

    async def ask(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.effective_chat.send_message("Klar?", reply_markup=YES_NO)

    async def thank(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Tak")

    application = fake.builder().build()
    application.add_handler(MessageHandler(filters.TEXT, ask))
    application.add_handler(CallbackQueryHandler(thank))
    async with application:
        await application.start()
        await application.updater.start_polling()
        yield application
        await application.updater.stop()
        await application.stop()


class Address:
    """The bot's webhook: takes updates, or answers with what `answers` says first."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.retry_after = ""

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.taken.append((await request.json())["update_id"])
        return web.Response(status=status, headers={"Retry-After": self.retry_after})


@pytest.fixture
async def address() -> AsyncIterator[tuple[Address, str]]:
    address = Address()
    async with taking_posts("/telegram/webhook", address.receive) as url:
        yield address, url


def texts(updates: tuple[Update, ...]) -> list[str]:
    return [update.message.text for update in updates]


async def test_an_application_that_polls_talks_with_a_person(application, fake, anna):
    await fake.until(lambda: anna.buttons == ["Ja", "Nej"])
    anna.presses("Ja")
    await fake.until(lambda: anna.sees[-1].text == "Tak")
    assert anna.spinning == set()
    anna.writes("Igen")
    await fake.until(lambda: len(anna.sees) == 4)
    assert fake.refusals == []


async def test_a_stopping_application_confirms_what_it_has(application, fake, anna):
    await fake.until(lambda: anna.buttons)
    await application.updater.stop()
    assert (len(fake.updates), fake.calls[-1].method) == (0, "getUpdates")
    await application.updater.start_polling()


async def test_an_update_comes_again_until_it_is_confirmed(fake, anna):
    """The first program crashes with both updates in its hands, having confirmed neither."""
    anna.writes("Hej")
    async with fake.builder().build().bot as crashing:
        first = await crashing.get_updates()
    async with fake.builder().build().bot as next_one:
        again = await next_one.get_updates()
        assert [u.update_id for u in again] == [u.update_id for u in first]
        rest = await next_one.get_updates(offset=first[0].update_id + 1)
        assert texts(rest) == ["Hej"]
        assert await next_one.get_updates(offset=rest[0].update_id + 1) == ()
        assert await next_one.get_updates() == ()


async def test_a_polling_application_gets_again_what_broke_on_the_way(application, fake, anna):
    await fake.until(lambda: anna.buttons)
    fake.fail_next("getUpdates", "abort-after")
    anna.writes("Hej")
    await fake.until(lambda: len(anna.sees) == 4)
    assert anna.sees[-1].text == "Klar?"


async def test_limit_and_negative_offset(bot: Bot, anna):
    for number in range(4):
        anna.writes(str(number))
    assert texts(await bot.get_updates(limit=2)) == ["/start invitation", "0"]
    assert texts(await bot.get_updates(offset=-2)) == ["2", "3"]
    assert texts(await bot.get_updates()) == ["2", "3"]


async def test_an_update_is_kept_for_a_day(bot: Bot, anna, clock):
    clock.advance(hours=23)
    anna.writes("Sent")
    clock.advance(hours=1)
    assert texts(await bot.get_updates()) == ["Sent"]


async def test_only_wished_kinds_come(bot: Bot, anna):
    await bot.get_updates(offset=-1, allowed_updates=["my_chat_member"])
    anna.writes("Hej")
    anna.blocks()
    kinds = [u.my_chat_member is not None for u in await bot.get_updates()]
    assert kinds == [False, True]  # the first is from before the wish


async def test_a_block_and_its_end_are_told(bot: Bot, anna):
    anna.blocks()
    anna.start()
    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_a_person_may_change_what_they_wrote(bot: Bot, anna):
    anna.edits(anna.writes("Hje"), "Hej")
    assert (await bot.get_updates())[-1].edited_message.text == "Hej"
    assert (anna.sees[-1].text, anna.sees[-1].edited) == ("Hej", True)


async def test_a_second_poller_throws_the_first_one_out(bot: Bot, fake, anna):
    await bot.get_updates(offset=fake.updates.take(0, 1)[0].id + 1)
    first = asyncio.ensure_future(bot.get_updates(timeout=20))
    await fake.until(lambda: fake.polling.waits)
    async with fake.builder().build().bot as second:
        assert await second.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    assert [mistake.code for mistake in fake.mistakes] == [409]


async def test_a_long_poll_ends_with_the_update(bot: Bot, fake):
    waiting = asyncio.ensure_future(bot.get_updates(timeout=20))
    await fake.until(lambda: fake.polling.waits)
    fake.person(8, "Bo").start()
    assert texts(await waiting) == ["/start"]


async def test_a_long_poll_may_break(bot: Bot, fake):
    fake.fail_next("getUpdates", "disconnect")
    waiting = asyncio.ensure_future(bot.get_updates(timeout=20))
    await fake.until(lambda: fake.polling.waits)
    fake.person(8, "Bo").start()
    with pytest.raises(NetworkError):
        await waiting
    assert texts(await bot.get_updates()) == ["/start"]


async def test_no_polling_while_a_webhook_is_set(bot: Bot, fake, address):
    _, url = address
    waiting = asyncio.ensure_future(bot.get_updates(timeout=20))
    await fake.until(lambda: fake.polling.waits)
    await bot.set_webhook(url)
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await waiting
    with pytest.raises(Conflict, match="while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "complaint"),
    [
        ("http://tillidsrum.example.dk/t", None, "An https url must be provided"),
        ("https://tillidsrum.example.dk:8080/t", None, "only on ports 80, 88, 443 or 8443"),
        ("https://localhost/t", None, "is reserved"),
        ("https://tillidsrum.example.dk/t", "a b", "unallowed characters"),
        ("https://tillidsrum.example.dk/t", "a" * 257, "too long"),
    ],
)
async def test_a_webhook_that_telegram_refuses(bot: Bot, url, secret, complaint):
    with pytest.raises(BadRequest) as refused:
        await bot.set_webhook(url, secret_token=secret)
    assert complaint.lower() in str(refused.value).lower()
    assert (await bot.get_webhook_info()).url == ""


async def test_loopback_webhooks_need_the_switch():
    async with FakeTelegram() as strict, strict.builder().build().bot as bot:
        with pytest.raises(BadRequest, match="https"):
            await bot.set_webhook("http://127.0.0.1:8080/t")


async def test_a_webhook_gets_updates_with_the_secret(bot: Bot, fake, anna, address):
    taken, url = address
    await bot.set_webhook(url, secret_token="s-1", max_connections=500)
    anna.writes("Hej")
    await fake.deliver()
    assert len(taken.taken) == 2
    assert taken.taken == sorted(taken.taken)
    assert set(taken.secrets) == {"s-1"}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (url, 0, 100)


async def test_pending_updates_may_be_dropped(bot: Bot, fake, anna, address):
    taken, url = address
    await bot.set_webhook(url, drop_pending_updates=True)
    await fake.deliver()
    assert taken.taken == []


async def test_a_failing_webhook_is_tried_again_with_pauses(
    bot: Bot, fake, anna, address, clock: StandingClock
):
    """At once, after 2, after 4 seconds; until then nothing else of this chat is posted."""
    taken, url = address
    taken.answers = [500, 500, 500]
    anna.writes("Hej")
    await bot.set_webhook(url)
    await fake.deliver()
    assert len(taken.secrets) == 2
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (
        2,
        "Wrong response from the webhook: 500 Internal Server Error",
    )
    for seconds, tries in ((1, 2), (1, 3), (3, 3), (1, 5)):
        clock.advance(seconds)
        await fake.deliver()
        assert len(taken.secrets) == tries
    assert len(taken.taken) == 2
    assert taken.taken == sorted(taken.taken)


async def test_a_failing_chat_holds_up_no_other(bot: Bot, fake, anna, address, clock):
    taken, url = address
    taken.answers, taken.retry_after = [429], "30"
    await bot.set_webhook(url)
    await fake.deliver()
    fake.person(8, "Bo").start()
    await fake.deliver()
    assert len(taken.taken) == 1
    clock.advance(30)
    await fake.deliver()
    assert taken.taken == sorted(taken.taken, reverse=True)


async def test_nobody_at_the_address_is_noted(bot: Bot, fake, anna):
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    assert await fake.deliver() == 0
    assert (await bot.get_webhook_info()).last_error_message == "Connection refused"


async def test_an_update_may_be_posted_twice_or_late(bot: Bot, fake, address):
    taken, url = address
    await bot.set_webhook(url)
    bo = fake.person(8, "Bo")
    fake.fail_next("webhook", "duplicate")
    fake.fail_next("webhook", "late")
    for text in ("1", "2", "3"):
        bo.start(text)
    await fake.deliver()
    one = min(taken.taken)
    assert taken.taken[0] == one
    assert sorted(taken.taken) == [one, one, one + 1, one + 2]
    assert taken.taken.index(one + 2) < taken.taken.index(one + 1)


async def test_a_poll_may_hand_out_twice_or_late(bot: Bot, fake):
    bo = fake.person(8, "Bo")
    fake.fail_next("getUpdates", "duplicate")
    bo.start("1")
    got = await bot.get_updates()
    assert texts(await bot.get_updates(offset=got[-1].update_id + 1)) == ["/start 1"]
    fake.fail_next("getUpdates", "late")
    bo.start("2")
    bo.start("3")
    assert texts(await bot.get_updates()) == ["/start 3", "/start 2"]
