"""What somebody did, told from what Telegram delivers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.menu import MENU
from bot.channels.telegram.receive import (
    Elsewhere,
    Heard,
    Press,
    Stayed,
    read_update,
    receive,
)
from bot.inbound import Incoming
from flows.controls import read_command
from flows.load import shipped_catalogue
from flows.testing import TODAY

Json = dict[str, Any]
BOT = "tillidsrum_bot"
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "da"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP = {"id": -5, "type": "supergroup", "title": "Ledelsen"}


def message(chat: Json = PRIVATE, author: Json = ANNA, **content: Any) -> Json:
    return {"message_id": 3, "date": 1, "chat": chat, "from": author, **content}


def received(kind: str = "message", **content: Any) -> Any:
    update = read_update({"update_id": 42, kind: content})
    assert update is not None
    return receive(update, BOT)


def written(text: str) -> Incoming:
    heard = received(**message(text=text))
    assert isinstance(heard, Heard)
    return heard.incoming


def test_a_text_is_heard_from_its_chat_under_the_updates_number() -> None:
    assert received(**message(text="hej 😀")) == Heard(
        Incoming("telegram", "7", "42", text="hej 😀"), 3
    )


def test_a_link_that_was_opened_is_a_link_and_no_text() -> None:
    assert written("/start abc_DEF-123") == Incoming("telegram", "7", "42", link="abc_DEF-123")


@pytest.mark.parametrize("text", ["/start", "/start ", f"/start@{BOT}"])
def test_start_alone_is_somebody_who_begins(text: str) -> None:
    assert written(text) == Incoming("telegram", "7", "42", text="start")


@pytest.mark.parametrize("token", ["a b", "x" * 65, "æøå", "a.b", "'; --"])
def test_what_no_link_carries_is_no_link(token: str) -> None:
    assert written(f"/start {token}").link is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/hjaelp", "hjælp"),
        (f"/hjaelp@{BOT}", "hjælp"),
        ("/Mine_Data", "mine data"),
        ("/who", "who can see it"),
        ("/pause til fredag", "pause til fredag"),
        ("/andet her", "/andet her"),
        ("a/b", "a/b"),
    ],
)
def test_a_command_is_the_same_as_its_words(text: str, words: str) -> None:
    assert written(text).text == words


@pytest.mark.parametrize("entry", [entry for menu in MENU.values() for entry in menu])
def test_every_command_of_the_menu_is_understood(entry: Any) -> None:
    words = written(f"/{entry.command}").text or ""
    assert read_command(words, shipped_catalogue().common, TODAY) is not None


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"emoji": "👍"}},
        {"photo": [{"file_id": "F"}], "caption": "se her"},
        {"voice": {"duration": 3}},
        {"location": {}},
        {"document": {"file_id": "F"}},
    ],
)
def test_what_is_no_text_is_heard_as_nothing_written_and_never_deleted(content: Json) -> None:
    assert received(**message(**content)) == Heard(Incoming("telegram", "7", "42", text=""), None)


def test_an_edited_message_is_not_taken_for_a_new_answer() -> None:
    heard = received("edited_message", **message(text="noget helt andet"))
    assert heard.incoming.text == ""


@pytest.mark.parametrize("content", [{"pinned_message": {}}, {"write_access_allowed": {}}, {}])
def test_what_telegram_notes_in_a_chat_is_nothing_that_somebody_said(content: Json) -> None:
    assert received(**message(**content)) is None


def test_other_bots_are_not_heard() -> None:
    assert received(**message(author={**ANNA, "is_bot": True}, text="hej")) is None


def test_a_press_is_told_with_the_message_that_it_stands_under() -> None:
    rows = [[{"text": "Ja", "callback_data": "c:1:yes"}, {"text": "Se", "url": "https://x.dk"}]]
    shown = message(
        author={**ANNA, "is_bot": True}, text="Klar?", reply_markup={"inline_keyboard": rows}
    )
    press = received("callback_query", id="q", **{"from": ANNA}, message=shown, data="c:1:yes")
    assert isinstance(press, Press)
    assert press.shown is not None
    assert press.shown.rows == [[{"text": "Ja", "callback_data": "c:1:yes"}]]
    incoming = press.incoming("c:1:yes", ())
    assert incoming == Incoming("telegram", "7", "42", token="c:1:yes")


def test_a_press_on_a_message_that_is_too_old_is_still_a_press() -> None:
    old = {"message_id": 3, "date": 0, "chat": PRIVATE}
    press = received("callback_query", id="q", **{"from": ANNA}, message=old, data="c:1:yes")
    assert (press.chat_id, press.pressed, press.shown.rows) == (7, "c:1:yes", [])


@pytest.mark.parametrize(("status", "here"), [("kicked", False), ("member", True)])
def test_who_blocks_the_bot_or_takes_it_up_again_is_noticed(status: str, here: bool) -> None:
    change = {"chat": PRIVATE, "from": ANNA, "new_chat_member": {"status": status}}
    assert received("my_chat_member", **change) == Stayed(7, here)


def test_being_added_to_a_group_is_nothing_to_talk_about() -> None:
    change = {"chat": GROUP, "from": ANNA, "new_chat_member": {"status": "member"}}
    assert received("my_chat_member", **change) is None


@pytest.mark.parametrize(
    "content",
    [
        {"text": "/hjaelp"},
        {"text": f"/hjaelp@{BOT}"},
        {"text": f"hej @{BOT.upper()}!"},
        {"text": "/start secret-token"},
        {
            "text": "ja",
            "reply_to_message": message(GROUP, {**ANNA, "is_bot": True, "username": BOT}),
        },
    ],
)
def test_in_a_group_only_who_speaks_to_the_bot_is_owed_an_answer(content: Json) -> None:
    assert received(**message(GROUP, **content)) == Elsewhere(-5, "da")


@pytest.mark.parametrize(
    "content",
    [
        {"text": "vi ses i morgen"},
        {"text": "/hjaelp@another_bot"},
        {"text": "ja", "reply_to_message": message(GROUP)},
        {"photo": []},
    ],
)
def test_what_people_in_a_group_say_to_each_other_is_not_heard(content: Json) -> None:
    assert received(**message(GROUP, **content)) is None


def test_nothing_that_is_edited_in_a_group_is_heard() -> None:
    assert received("edited_message", **message(GROUP, text="/hjaelp")) is None


def test_half_a_letter_is_replaced() -> None:
    assert written("a\ud83db").text == "a\ufffdb"


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(
    content=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["message_id", "chat", "from", "id", "type", "text", "data", "message"]
                ),
                inner,
            )
        ),
    ),
    kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "x"]),
)
def test_no_update_is_too_odd_to_be_read(content: Any, kind: str) -> None:
    update = read_update({"update_id": 1, kind: content})
    assert update is not None
    assert isinstance(update.chat_id, int)
    receive(update, BOT)


def test_an_update_without_a_number_is_nobodys() -> None:
    assert read_update({"message": message(text="hej")}) is None
