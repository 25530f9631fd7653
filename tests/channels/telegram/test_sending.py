"""What goes out, and what every kind of bad day means for it."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from bot.channels.base import Channel, DeliveryFailed
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.wire import Line, make_line
from flows.wording import Choice, Entry, Message, Span
from tests.channels.telegram.stage import QUICK, Drawer
from tests.fakes.telegram import TOKEN, FakeTelegram, Person, Sight

QUESTION = Message(
    name="krydspres",
    spans=(Span(text="Hvor "), Span(text="presset", bold=True), Span(text=" er du 😀?")),
    sight="Kun du ser svaret.",
    choices=(
        *(Choice(token=f"c:1:{n}", label=str(n)) for n in range(1, 6)),
        Choice(token="c:1:skip", label="Spring over", style="quiet"),
    ),
    layout="scale",
    ends=("i meget lav grad", "i meget høj grad"),
)
HELLO = Message(name="hello", spans=(Span(text="Hej"),))


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def channel(line: Line, drawer: Drawer) -> TelegramChannel:
    return TelegramChannel(line, drawer)


async def send(channel: TelegramChannel, message: Message, to: str = "7") -> str | None:
    return await channel.send(to, channel.render(message, "da"), "key")


async def failed(channel: TelegramChannel, message: Message, to: str = "7") -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await send(channel, message, to)
    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def styled(seen: Sight) -> list[tuple[str, str]]:
    """What is written in which style, as Telegram counts it: in UTF-16."""
    units = seen.text.encode("utf-16-le")
    return [
        (one["type"], units[one["offset"] * 2 :][: one["length"] * 2].decode("utf-16-le").strip())
        for one in seen.entities
    ]


async def test_a_question_arrives_with_its_styles_its_ends_and_who_sees_the_answer(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    ref = await send(channel, QUESTION)
    (seen,) = anna.sees
    assert ref == str(seen.id)
    assert seen.text == (
        "Hvor presset er du 😀?\n\n1 = i meget lav grad\n5 = i meget høj grad\n\nKun du ser svaret."
    )
    assert seen.buttons == (("1", "2", "3", "4", "5"), ("Spring over",))
    assert styled(seen) == [("bold", "presset"), ("italic", "Kun du ser svaret.")]
    assert fake.mistakes == []


async def test_a_free_text_question_opens_the_field_with_its_placeholder(
    channel: TelegramChannel, anna: Person
) -> None:
    entry = Entry(kind="text", placeholder="Skriv her …", longest=400)
    await send(channel, HELLO.model_copy(update={"entry": entry}))
    assert anna.sees[0].wants_reply
    assert anna.sees[0].placeholder == "Skriv her …"


async def test_the_curve_is_a_picture_with_its_words_folded_in(
    fake: FakeTelegram, channel: TelegramChannel, drawer: Drawer, anna: Person
) -> None:
    await send(channel, HELLO.model_copy(update={"shows": "curve"}))
    (seen,) = anna.sees
    assert seen.photo
    assert seen.text == "Hej\n\nPres fra flere sider: 3."
    assert [one["type"] for one in seen.entities] == ["expandable_blockquote"]
    assert drawer.asked == [("7", "curve")]
    assert fake.mistakes == []


@pytest.mark.parametrize("paper", ["sheet", "calendar", "export"])
async def test_a_paper_is_a_file(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person, paper: str
) -> None:
    await send(channel, HELLO.model_copy(update={"shows": paper}))
    assert [(seen.document, seen.text) for seen in anna.sees] == [(f"{paper}.pdf", "Hej")]
    assert fake.mistakes == []


async def test_a_long_text_comes_in_parts_and_the_last_carries_the_buttons(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    sentence = "Det her er en helt almindelig sætning. "
    words = (Span(text="Du skrev: "), Span(text=sentence * 205, theirs=True))
    await send(channel, QUESTION.model_copy(update={"spans": words}))
    texts = [seen.text for seen in anna.sees]
    assert len(texts) == 2
    assert texts[0].endswith("sætning.")
    assert texts[1].startswith("Det her")
    assert sum(text.count("almindelig") for text in texts) == 205
    assert [bool(seen.buttons) for seen in anna.sees] == [False, True]
    assert fake.mistakes == []


async def test_too_fast_is_told_with_the_seconds_to_wait(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    fake.fail_next("sendMessage", "too-many", retry_after=9)
    failure = await failed(channel, HELLO)
    assert (failure.retry_after, failure.doubtful, failure.permanent) == (9, False, False)
    assert anna.sees == []


@pytest.mark.parametrize("how", ["slow", "abort-after", "abort-before", "server-error"])
async def test_whatever_breaks_after_the_first_byte_is_doubtful(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person, how: str
) -> None:
    fake.fail_next("sendMessage", how)
    failure = await failed(channel, HELLO)
    assert (failure.doubtful, failure.permanent) == (True, False)
    assert len(anna.sees) == (1 if how in ("slow", "abort-after") else 0)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no-such-host.invalid"])
async def test_what_was_never_sent_is_definite_and_tried_again(url: str) -> None:
    line = make_line(TOKEN, url, QUICK)
    failure = await failed(TelegramChannel(line, Drawer()), HELLO)
    await line.close_connections()
    assert (failure.doubtful, failure.permanent) == (False, False)
    assert failure.reason == "Telegram cannot be reached (ConnectError)"


async def test_a_certificate_that_is_none_is_definite(fake: FakeTelegram) -> None:
    line = make_line(TOKEN, fake.url.replace("http:", "https:"), QUICK)
    failure = await failed(TelegramChannel(line, Drawer()), HELLO)
    await line.close_connections()
    assert (failure.doubtful, failure.permanent) == (False, False)


@pytest.mark.parametrize("gone", ["blocks", "deactivates"])
async def test_who_has_left_is_not_tried_again(
    channel: TelegramChannel, anna: Person, gone: str
) -> None:
    getattr(anna, gone)()
    failure = await failed(channel, HELLO)
    assert (failure.closed, failure.permanent, failure.doubtful) == (True, True, False)


async def test_whom_the_bot_may_not_write_to_first_has_not_left(
    fake: FakeTelegram, channel: TelegramChannel
) -> None:
    """As after a change of the token to another bot's: nobody has blocked anything."""
    fake.person(8, "Bo")
    failure = await failed(channel, HELLO, to="8")
    assert (failure.closed, failure.permanent) == (False, True)


@pytest.mark.parametrize("address", ["999", "-100200", "T1:U1", "", "7; drop", "٧"])
async def test_what_is_no_private_chat_of_ours_is_never_sent_to(
    fake: FakeTelegram, channel: TelegramChannel, address: str
) -> None:
    fake.group(-100200, "Ledelsen")
    failure = await failed(channel, HELLO, to=address)
    assert failure.permanent
    assert fake.calls_of("sendMessage") == []


async def test_a_token_that_was_changed_is_no_reason_to_drop_a_message(fake: FakeTelegram) -> None:
    other = f"{TOKEN[:-3]}abc"
    line = make_line(other, fake.url, QUICK)
    channel = TelegramChannel(line, Drawer())
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send("7", channel.render(HELLO, "da"), "k")
    await line.close_connections()
    assert (caught.value.doubtful, caught.value.permanent) == (False, False)
    assert other not in str(caught.value)


async def test_when_a_later_part_fails_all_of_it_is_in_doubt(
    fake: FakeTelegram, channel: TelegramChannel, anna: Person
) -> None:
    long = HELLO.model_copy(update={"spans": (Span(text="Hej. " * 1600),)})
    parts = channel.render(long, "da")
    assert len(parts) == 2
    parts[1]["text"] = ""
    with pytest.raises(DeliveryFailed) as caught:
        await channel.send("7", parts, "key")
    assert (caught.value.doubtful, caught.value.permanent) == (True, False)
    assert len(anna.sees) == 1


async def test_all_parts_together_take_no_longer_than_the_lease_allows(
    fake: FakeTelegram, line: Line, drawer: Drawer, anna: Person
) -> None:
    fake.fail_next("sendMessage", "slow")
    failure = await failed(TelegramChannel(line, drawer, longest=0.05), HELLO)
    assert failure.doubtful
    assert failure.reason == "Telegram took too long"


async def test_telegram_can_tell_neither_what_arrived_nor_who_is_not_to_be_disturbed(
    channel: TelegramChannel,
) -> None:
    assert await channel.find("7", "key") is None
    assert await channel.quiet_for("7") is None


async def test_as_long_as_telegram_is_away_nothing_in_doubt_is_decided(
    channel: TelegramChannel, fake: FakeTelegram
) -> None:
    fake.fail_next("getMe", "server-error")
    with pytest.raises(DeliveryFailed):
        await channel.find("7", "key")


def test_the_pace_is_one_a_second_in_a_chat_and_just_under_thirty_in_all(
    channel: TelegramChannel,
) -> None:
    kept: Channel = channel
    paces = dict(kept.pace("7"))
    assert paces["telegram:chat:7"] == timedelta(seconds=1)
    assert paces["telegram:all"] * 30 == pytest.approx(timedelta(seconds=1), rel=0.02)
    assert paces["telegram:all"] * 30 > timedelta(seconds=1)
    assert "telegram:chat:7" not in dict(kept.pace("8"))


class Searches:
    """Stands first where Python looks for modules; notes what was looked for, finds nothing."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        self.names.append(name)


async def test_a_call_searches_no_disk_for_a_module(
    channel: TelegramChannel, anna: Person, monkeypatch: pytest.MonkeyPatch
):
    """An import inside a call fails if the garbage collector runs in the middle of it."""
    anna.start()
    await send(channel, HELLO)
    searches = Searches()
    monkeypatch.setattr(sys, "meta_path", [searches, *sys.meta_path])

    await send(channel, HELLO)

    assert searches.names == []
