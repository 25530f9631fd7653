"""What Telegram does with texts, keyboards and rates, without any HTTP."""

from __future__ import annotations

import pytest

from tests.fakes.telegram import Limits, Rates, StandingClock, formatted, keyboard, spec
from tests.fakes.telegram.fake import DELIVERY, METHODS
from tests.fakes.telegram.flood import Flood
from tests.fakes.telegram.refusal import Refusal

LIMITS = Limits()


def written(text: str, mode: str | None = None) -> formatted.Formatted:
    return formatted.message_text({"text": text, "parse_mode": mode}, LIMITS)


@pytest.mark.parametrize(
    ("mode", "source", "text", "entities"),
    [
        ("HTML", "<b>Hej</b> du", "Hej du", [("bold", 0, 3)]),
        ("HTML", "👋 <i>Æ</i> &lt;3 &amp; du", "👋 Æ <3 & du", [("italic", 3, 1)]),
        ("HTML", '<span class="tg-spoiler">skjult</span>', "skjult", [("spoiler", 0, 6)]),
        ("HTML", "<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("MarkdownV2", r"*Hej\!* __du__", "Hej! du", [("bold", 0, 4), ("underline", 5, 2)]),
        ("MarkdownV2", "👋 _a_ ||b||", "👋 a b", [("italic", 3, 1), ("spoiler", 5, 1)]),
        ("MarkdownV2", "[her](https://a.dk/x)", "her", [("text_link", 0, 3)]),
        ("MarkdownV2", "```py\na*b\n```", "a*b", [("pre", 0, 3)]),
        ("MarkdownV2", ">citat\nslut", "citat\nslut", [("blockquote", 0, 5)]),
        ("Markdown", "*fed* og `kode`", "fed og kode", [("bold", 0, 3), ("code", 7, 4)]),
        ("HTML", "  <b>midt</b>  ", "midt", [("bold", 0, 4)]),
    ],
)
def test_markup_becomes_entities_with_utf16_offsets(mode, source, text, entities):
    result = written(source, mode)
    assert result.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in result.entities] == entities


@pytest.mark.parametrize(
    ("mode", "source", "complaint"),
    [
        ("HTML", "<b>Hej", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "æ <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("HTML", "1 < 2", "Unclosed start tag at byte offset 2"),
        ("HTML", "Hej</b>", "Unexpected end tag at byte offset 3"),
        (
            "HTML",
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("HTML", "<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "MarkdownV2",
            "Hej.",
            "Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        ("MarkdownV2", "æ *Hej", "Can't find end of Bold entity at byte offset 3"),
        ("MarkdownV2", "*a _b* c_", "Can't find end of Italic entity at byte offset 8"),
        ("MarkdownV2", "`kode", "Can't find end of Code entity at byte offset 0"),
        ("MarkdownV2", "[a](b", "Can't find end of a URL at byte offset 3"),
        ("Markdown", "snake_case", "Can't find end of the entity starting at byte offset 5"),
    ],
)
def test_unbalanced_markup_is_refused(mode, source, complaint):
    with pytest.raises(Refusal) as refused:
        written(source, mode)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        ({"type": "bold", "offset": 4, "length": 1}, "entity begins after the end of the text"),
        ({"type": "bold", "offset": 2, "length": 4}, "entity beginning at UTF-16 offset 2 ends"),
        ({"type": "bold", "offset": 1, "length": 1}, "entity begins in a middle of a UTF-16"),
        ({"type": "sparkle", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported"),
        ({"type": "text_link", "offset": 0, "length": 2}, "can't parse MessageEntity: Can't find"),
    ],
)
def test_entities_must_lie_on_letters_inside_of_the_text(entity, complaint):
    with pytest.raises(Refusal, match=complaint):
        formatted.message_text({"text": "👋da", "entities": [entity]}, LIMITS)


def test_the_length_counts_after_parsing():
    assert len(written("<b>" + "a" * 4096 + "</b>", "HTML").text) == 4096
    with pytest.raises(Refusal, match="message is too long"):
        written("a" * 4097)
    with pytest.raises(Refusal, match="message is too long"):
        written("👋" * 2049)
    with pytest.raises(Refusal, match="caption is too long"):
        formatted.caption({"caption": "a" * 1025}, LIMITS)


@pytest.mark.parametrize("blank", ["", "  \n", "<b> </b>"])
def test_an_empty_text_is_refused(blank):
    with pytest.raises(Refusal, match="empty"):
        written(blank, "HTML")


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        ({"text": "Ja", "callback_data": "å" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "Ja", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "a"}, "text must be non-empty"),
        ({"text": "Ja"}, "Text buttons are unallowed"),
        ({"text": "Ja", "callback_data": "a", "url": "https://a.dk"}, "exactly one action"),
        ({"text": "Ja", "url": "http://localhost:80/me"}, "Wrong HTTP URL"),
        ({"text": "Ja", "url": "ftp://a.dk"}, "Unsupported URL protocol"),
    ],
)
def test_a_button_that_telegram_refuses(button, complaint):
    with pytest.raises(Refusal, match=complaint):
        keyboard.checked({"inline_keyboard": [[button]]}, LIMITS)


def test_a_keyboard_has_a_hundred_buttons_and_eight_in_a_row():
    button = {"text": "1", "callback_data": "å" * 32}
    full = {"inline_keyboard": [[button] * 8] * 12 + [[button] * 4]}
    assert keyboard.checked(full, LIMITS) == full
    for rows in ([[button] * 9], [[button] * 8] * 13):
        with pytest.raises(Refusal, match="reply markup is too long"):
            keyboard.checked({"inline_keyboard": rows}, LIMITS)


def test_every_described_method_is_built():
    assert set(METHODS) | set(DELIVERY) == set(spec.BUILT)


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": "1"}, "message text is empty"),
        ({"chat_id": "1", "text": "a", "mood": "b"}, 'unknown parameter "mood"'),
        ({"chat_id": "1", "text": "a", "message_thread_id": "x"}, "invalid message_thread_id"),
        ({"chat_id": "1", "text": "a", "protect_content": "maybe"}, "invalid protect_content"),
        ({"chat_id": "1", "text": "a", "reply_markup": "{"}, "can't parse reply markup JSON"),
        (
            {"chat_id": "1", "text": "a", "entities": '[{"type": "bold"}]'},
            "can't parse MessageEntity: Can't find field \"offset\"",
        ),
        (
            {"chat_id": "1", "text": "a", "reply_markup": '{"inline_keyboard": [[{"txt": "a"}]]}'},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"chat_id": "1", "text": "a", "reply_markup": '{"force_reply": "yes"}'},
            'can\'t parse ForceReply: Field "force_reply" must be of type Boolean',
        ),
    ],
)
def test_parameters_are_checked_by_the_published_spec(raw, complaint):
    with pytest.raises(Refusal) as refused:
        spec.read("sendMessage", raw, {})
    assert complaint in refused.value.description


def test_a_scope_is_known_by_its_type():
    raw = {"commands": "[]", "scope": '{"type": "chat", "chat_id": 7}'}
    assert spec.read("setMyCommands", raw, {})["scope"] == {"type": "chat", "chat_id": 7}
    with pytest.raises(Refusal, match="Unsupported type"):
        spec.read("setMyCommands", {"commands": "[]", "scope": '{"type": "moon"}'}, {})


def test_a_chat_takes_a_short_burst_and_then_one_a_second():
    clock = StandingClock()
    flood = Flood(clock, Rates())
    for _ in range(3):
        flood.count(7, group=False, edit=False)
    with pytest.raises(Refusal) as refused:
        flood.count(7, group=False, edit=False)
    assert refused.value.parameters == {"retry_after": 1}
    flood.count(7, group=False, edit=True)
    for _ in range(50):
        clock.advance(1)
        flood.count(7, group=False, edit=False)


def test_a_group_takes_twenty_a_minute_edits_included():
    clock = StandingClock()
    flood = Flood(clock, Rates())
    for turn in range(20):
        clock.advance(1)
        flood.count(-7, group=True, edit=turn % 2 == 1)
    clock.advance(1)
    with pytest.raises(Refusal) as refused:
        flood.count(-7, group=True, edit=True)
    assert refused.value.parameters == {"retry_after": 40}
    clock.advance(40)
    flood.count(-7, group=True, edit=False)


def test_all_chats_together_take_thirty_a_second():
    clock = StandingClock()
    flood = Flood(clock, Rates())
    for person in range(30):
        flood.count(person, group=False, edit=False)
    with pytest.raises(Refusal, match="Too Many Requests: retry after 1"):
        flood.count(99, group=False, edit=False)
    clock.advance(1)
    flood.count(99, group=False, edit=False)
