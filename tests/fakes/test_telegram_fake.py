"""The fake against the real python-telegram-bot: every refusal, people's screens, bad days."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests.fakes.telegram import FakeTelegram, Limits, Person, StandingClock

OTHER_TOKEN = "110201543:" + "B" * 35
YES_NO = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Ja", callback_data="y"),
            InlineKeyboardButton("Nej", callback_data="n"),
        ]
    ]
)


@pytest.fixture(autouse=True)
def timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the library warns, here: raises, wherever it makes a RetryAfter."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def fake(clock: StandingClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock, limits=Limits(photo_bytes=2_000, document_bytes=3_000)) as fake:
        yield fake


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with fake.builder().build().bot as bot:
        yield bot


@pytest.fixture
def anna(fake: FakeTelegram) -> Person:
    anna = fake.person(7, "Anna")
    anna.start()
    return anna


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\0" * 9


async def test_the_bot_knows_itself(bot: Bot):
    assert (bot.id, bot.username) == (110201543, "tillidsrum_bot")


async def test_a_wrong_token_is_unauthorized(fake: FakeTelegram):
    async with httpx.AsyncClient() as client:
        wrong = await client.get(f"{fake.base_url}{OTHER_TOKEN}/getMe")
        malformed = await client.get(f"{fake.base_url}short/getMe")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert (malformed.status_code, malformed.json()["description"]) == (404, "Not Found")
    assert [refused.code for refused in fake.mistakes] == [401, 404]
    with pytest.raises(InvalidToken):
        await fake.builder().token(OTHER_TOKEN).build().initialize()


async def test_an_unknown_method_is_not_found_and_case_does_not_matter(fake: FakeTelegram):
    async with httpx.AsyncClient(base_url=f"{fake.base_url}{fake.token}/") as client:
        assert (await client.get("sendLove")).status_code == 404
        assert (await client.get("sendDice")).status_code == 501
        assert (await client.post("GETME")).json()["result"]["is_bot"] is True


async def test_parameters_come_by_query_form_or_json(fake: FakeTelegram, anna: Person):
    async with httpx.AsyncClient(base_url=f"{fake.base_url}{fake.token}/") as client:
        await client.get("sendMessage", params={"chat_id": 7, "text": "a"})
        await client.post("sendMessage", data={"chat_id": "7", "text": "b"})
        await client.post("sendMessage", json={"chat_id": 7, "text": "c"})
        broken = await client.post(
            "sendMessage", content=b"{", headers={"Content-Type": "application/json"}
        )
    assert [sight.text for sight in anna.sees[1:]] == ["a", "b", "c"]
    assert broken.status_code == 400


async def test_a_person_sees_what_was_sent(bot: Bot, fake: FakeTelegram, anna: Person):
    await bot.send_message(7, "<b>Hej</b> 👋", parse_mode="HTML", reply_markup=YES_NO)
    sight = anna.sees[-1]
    assert (sight.text, sight.labels, sight.mine) == ("Hej 👋", ["Ja", "Nej"], False)
    assert anna.buttons == ["Ja", "Nej"]
    assert fake.calls_of("sendMessage")[0].params["chat_id"] == 7
    assert fake.refusals == []


async def test_a_reply_keyboard_and_a_forced_reply_show(bot: Bot, anna: Person):
    await bot.send_message(7, "Vælg", reply_markup=ReplyKeyboardMarkup([["Rolig", "Travl"]]))
    assert anna.keyboard == ["Rolig", "Travl"]
    anna.presses("Travl")
    await bot.send_message(7, "Skriv", reply_markup=ForceReply(input_field_placeholder="Kort"))
    assert (anna.sees[-1].wants_reply, anna.sees[-1].placeholder) == (True, "Kort")
    answer = anna.replies("Fint")
    assert answer.reply_to is not None
    assert [answer.reply_to.text, anna.sees[2].text] == ["Skriv", "Travl"]


@pytest.mark.parametrize(
    ("text", "extra", "complaint"),
    [
        ("a" * 4097, {}, "Message is too long"),
        ("", {}, "Message text is empty"),
        ("Hej.", {"parse_mode": "MarkdownV2"}, "Can't parse entities: character '.' is reserved"),
        ("<b>Hej", {"parse_mode": "HTML"}, "Can't parse entities: can't find end tag"),
        ("a", {"entities": [MessageEntity("bold", 0, 2)]}, "Entity beginning at UTF-16 offset 0"),
        ("a", {"reply_to_message_id": 999}, "Message to be replied not found"),
        ("a", {"api_kwargs": {"mood": "b"}}, 'Unknown parameter "mood"'),
        (
            "a",
            {"reply_markup": InlineKeyboardMarkup.from_button(
                InlineKeyboardButton("Ja", callback_data="å" * 33))},
            "Button_data_invalid",
        ),
    ],
)  # fmt: skip
async def test_a_message_that_telegram_refuses(
    bot: Bot, fake: FakeTelegram, anna: Person, text, extra, complaint
):
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(7, text, **extra)
    assert complaint.lower() in str(refused.value).lower()
    assert len(anna.sees) == 1
    assert [mistake.method for mistake in fake.mistakes] == ["sendMessage"]


async def test_nobody_is_reached_who_did_not_start_or_is_gone(bot: Bot, fake: FakeTelegram):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "Hej")
    bo = fake.person(8, "Bo")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(8, "Hej")
    bo.start()
    bo.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(8, "Hej")
    bo.start()
    await bot.send_message(8, "Velkommen tilbage")
    bo.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_chat_action(8, "typing")
    assert bo.sees[-1].text == "Velkommen tilbage"
    assert [mistake.description for mistake in fake.mistakes] == ["Bad Request: chat not found"]


async def test_a_group_that_became_a_supergroup_says_where_it_went(bot: Bot, fake: FakeTelegram):
    group = fake.group(-50, "Trio")
    await bot.send_message(-50, "Hej")
    moved = group.migrates()
    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(-50, "Hej igen")
    await bot.send_message(refused.value.new_chat_id, "Her")
    assert [sight.text for sight in moved.sees] == ["Her"]
    moved.removes_the_bot()
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(moved.id, "Hej")


async def test_in_a_group_the_bot_hears_commands_and_replies_only(bot: Bot, fake, anna):
    group = fake.group(-50, "Trio")
    asked = await bot.send_message(-50, "Klar?")
    group.says(anna, "Hej alle")
    group.says(anna, "Ja", group.sees[0])
    group.says(anna, "/status")
    heard = [u.message for u in await bot.get_updates() if u.message.chat.id == -50]
    assert [message.text for message in heard] == ["Ja", "/status"]
    assert heard[0].reply_to_message.message_id == asked.message_id
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(-50, heard[0].message_id)


async def test_a_press_waits_for_one_answer(bot: Bot, anna: Person):
    await bot.send_message(7, "Klar?", reply_markup=YES_NO)
    anna.presses("Ja")
    query = (await bot.get_updates())[-1].callback_query
    assert (query.data, query.message.text, len(anna.spinning)) == ("y", "Klar?", 1)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("a" * 201)
    await query.answer("Tak", show_alert=True)
    assert (anna.alerts, anna.toasts, anna.spinning) == (["Tak"], [], set())
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await query.answer()


async def test_a_press_that_is_answered_too_late_is_refused(bot: Bot, anna: Person, clock):
    await bot.send_message(7, "Klar?", reply_markup=YES_NO)
    anna.presses("n")
    query = (await bot.get_updates())[-1].callback_query
    clock.advance(16)
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    assert len(anna.spinning) == 1


async def test_an_edit_changes_the_screen_and_must_change_something(bot: Bot, anna: Person):
    sent = await bot.send_message(7, "Klar?", reply_markup=YES_NO)
    await sent.edit_text("Du svarede ja")
    assert (anna.sees[-1].text, anna.sees[-1].edited, anna.buttons) == ("Du svarede ja", True, [])
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("Du svarede ja")
    await sent.edit_reply_markup(YES_NO)
    assert anna.buttons == ["Ja", "Nej"]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("Hej", 7, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Hej", 7, anna.sees[0].id)
    with pytest.raises(AssertionError, match="no button 'Måske'"):
        anna.presses("Måske")


async def test_a_message_may_be_deleted_for_two_days(bot: Bot, anna: Person, clock):
    private = anna.writes("Fortroligt")
    sent = await bot.send_message(7, "Gemt")
    clock.advance(hours=48)
    await bot.delete_message(7, private.id)
    assert [sight.text for sight in anna.sees] == ["/start", "Gemt"]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(7, private.id)
    clock.advance(1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await sent.delete()
    with pytest.raises(BadRequest, match="Too many message identifiers"):
        await bot.delete_messages(7, list(range(1, 102)))
    fresh = await bot.send_message(7, "Ny")
    await bot.delete_messages(7, [fresh.message_id, 999])
    assert anna.sees[-1].text == "Gemt"


async def test_photos_have_sides_and_documents_have_bytes(bot: Bot, anna: Person):
    await bot.send_photo(7, png(640, 480), caption="<i>Kurven</i>", parse_mode="HTML")
    assert (anna.sees[-1].photo, anna.sees[-1].text) == (True, "Kurven")
    refused = {
        "Photo_invalid_dimensions": [png(8_000, 2_001), png(210, 10)],
        "Image_process_failed": [b"no picture"],
        "too big for a photo": [png(10, 10) + b"\0" * 2_000],
    }
    for complaint, pictures in refused.items():
        for picture in pictures:
            with pytest.raises(BadRequest, match=complaint):
                await bot.send_photo(7, picture)
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(7, png(10, 10), caption="a" * 1_025)
    for content, complaint in ((b"", "non-empty"), (b"a" * 3_001, "Request Entity Too Large")):
        with pytest.raises(NetworkError, match=complaint):
            await bot.send_document(7, content, filename="ark.pdf")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(7, "F404")
    assert len(anna.sees) == 2


async def test_a_document_goes_both_ways(bot: Bot, fake: FakeTelegram, anna: Person):
    sent = await bot.send_document(7, b"%PDF", filename="kontrakt.pdf", caption="Din kontrakt")
    assert (anna.sees[-1].document, anna.sees[-1].text) == ("kontrakt.pdf", "Din kontrakt")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await sent.edit_text("Hej")
    anna.sends_document("noter.txt", "æøå".encode())
    received = (await bot.get_updates())[-1].message.document
    file = await received.get_file()
    assert bytes(await file.download_as_bytearray()).decode() == "æøå"
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("F404")
    assert fake.calls_of("getFile")[0].result["file_size"] == 6


async def test_a_link_opens_and_a_message_that_a_person_deleted_is_gone(bot: Bot, fake, anna):
    link = InlineKeyboardButton("Min side", url="https://tillidsrum.example.dk/me")
    sent = await bot.send_message(7, "Her", reply_markup=InlineKeyboardMarkup([[link]]))
    anna.presses("Min side")
    assert (anna.opened, anna.spinning) == (["https://tillidsrum.example.dk/me"], set())
    anna.deletes(anna.sees[-1])
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("Væk")


async def test_commands_are_shown_in_the_persons_language(bot: Bot, fake: FakeTelegram, anna):
    bob = fake.person(8, "Bob", "en")
    danish, english = BotCommand("pause", "Hold pause"), BotCommand("leave", "Take a break")
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([english], scope=scope)
    await bot.set_my_commands([danish], scope=scope, language_code="da")
    assert (anna.menu, bob.menu) == (["pause"], ["leave"])
    assert await bot.get_my_commands(scope, "da") == (danish,)
    for wrong, complaint in (
        ([BotCommand("Pause", "a")], "Bot_command_invalid"),
        ([BotCommand("p" * 33, "a")], "Bot_command_invalid"),
        ([BotCommand("pause", "a" * 257)], "Bot_command_description_invalid"),
        ([BotCommand(f"c{n}", "a") for n in range(101)], "Bot_commands_too_much"),
    ):
        with pytest.raises(BadRequest, match=complaint):
            await bot.set_my_commands(wrong)
    with pytest.raises(BadRequest, match="Invalid language code"):
        await bot.set_my_commands([danish], language_code="dansk")


async def test_the_bot_says_who_it_is_in_two_languages(bot: Bot):
    await bot.set_my_description("A place of trust")
    await bot.set_my_description("Et tillidsrum", language_code="da")
    await bot.set_my_short_description("Tillid", language_code="da")
    assert (await bot.get_my_description("da")).description == "Et tillidsrum"
    assert (await bot.get_my_description("en")).description == "A place of trust"
    for refused in (
        bot.set_my_name("a" * 65),
        bot.set_my_description("a" * 513),
        bot.set_my_short_description("a" * 121),
    ):
        with pytest.raises(BadRequest, match="too long"):
            await refused


async def test_too_fast_means_wait_and_time_helps(bot: Bot, fake: FakeTelegram, anna, clock):
    for _ in range(3):
        await bot.send_message(7, "Hej")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7, "Hej")
    clock.advance(refused.value.retry_after.total_seconds())
    await bot.send_message(7, "Hej")
    assert [r.code for r in fake.refusals] == [429]
    assert fake.mistakes == []


@pytest.mark.parametrize(
    ("how", "error", "arrives"),
    [
        ("abort-before", NetworkError, False),
        ("abort-after", NetworkError, True),
        ("slow", TimedOut, True),
        ("server-error", NetworkError, False),
        ("too-many", RetryAfter, False),
    ],
)
async def test_a_bad_day(bot: Bot, fake: FakeTelegram, anna: Person, how, error, arrives):
    fake.fail_next("sendMessage", how)
    with pytest.raises(error) as met:
        await bot.send_message(7, "Hej", read_timeout=0.1)
    assert type(met.value) is error
    assert len(anna.sees) == 1 + arrives
    await bot.send_message(7, "Hej igen")
    assert anna.sees[-1].text == "Hej igen"
    assert (len(fake.faults.met), fake.refusals) == (1, [])
