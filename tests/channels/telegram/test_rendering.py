"""Whatever a dialogue says, and whatever somebody has written into it, Telegram takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.keyboard import Chosen, NoneChosen, Rows, Toggled, read_press
from bot.channels.telegram.render import render
from bot.channels.telegram.text import LONGEST, defused, pieces, units, within
from flows.load import shipped_catalogue
from flows.model import LANGUAGES, TEXT_LIMIT, Language
from flows.testing import Player, read_story
from flows.wording import Choice, Entry, Message, Span, Token, spans_of
from tests.fakes.telegram import Limits, sending
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.world import World

quick = settings(max_examples=60, derandomize=True, database=None, deadline=None)
ARABIC, FAMILY = "مرحبا بالعالم ", "👩🏽‍🚀👨‍👩‍👧‍👦"
NASTY = (
    "/start @botfather #tag $TSLA https://evil.example/x?y=1 evil.example a@b.dk tg://resolve "
    "<b>fed</b> **fed** _skrå_ `kode` [navn](tg://user?id=1) \u202eevil\u202c "
)
LONG = (
    "x" * TEXT_LIMIT,
    (NASTY * 200)[:TEXT_LIMIT],
    (ARABIC * 800)[:TEXT_LIMIT],
    (FAMILY * 1000)[:TEXT_LIMIT],
    "\n" * 20 + "ord " * 2000,
)
ANYBODYS = st.one_of(
    st.text(max_size=200),
    st.text(min_size=1, max_size=30).map(lambda text: (text * TEXT_LIMIT)[:TEXT_LIMIT]),
    st.sampled_from(LONG),
)
STORIES = sorted(Path(__file__).parents[2].glob("flows/transcripts/*.toml"))
LIVE = re.compile(
    r"(?<!\w)@\w{2,}|(?<![\w/<>])/\w+|(?<!\w)#\w+|(?<!\w)\$[A-Z]+|\w://|[\w-]+\.[^\W\d]{2,}|\w@\w"
)
"""What Telegram's own rules make of plain text: mention, command, tags, address."""


def accepted(message: Message, language: Language = "da") -> Person:
    """A phone that the message was shown on; the fake refuses what Telegram refuses."""
    world = World(lambda: datetime(2026, 1, 5, tzinfo=UTC), Limits(), None, "1:x")
    anna = Person(world, 7, "Anna", language)
    anna.started = True
    world.add_person(anna)
    for call in render(message, language):
        paper = call["method"] == "paper"
        said = {
            "chat_id": 7,
            "text": (call["caption"] or "-") if paper else call["text"],
            "entities": call["caption_entities"] if paper else call["entities"],
            "reply_markup": call.get("reply_markup"),
        }
        assert not paper or units(said["text"]) <= Limits().caption
        assert len(said["entities"]) <= Limits().entities
        sending.send_message(world, said)
    return anna


def whole_words(anna: Person) -> str:
    return "".join("".join(seen.text.split()) for seen in anna.sees)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_the_stories_say_is_accepted(story: Path, language: Language) -> None:
    told = read_story(story)
    player = Player(shipped_catalogue(), told.dialogue, told.facts, language, today=told.today)
    for moment in told.events:
        for message in player.follow(moment).messages:
            anna = accepted(message, language)
            assert "".join(message.plain_text().split()) in undone(whole_words(anna))
            assert {choice.label for choice in message.choices} <= set(anna.buttons)


def undone(text: str) -> str:
    return text.replace("\u2060", "")


def steps() -> Iterator[tuple[str, str, Language]]:
    for name, dialogue in shipped_catalogue().dialogues.items():
        for step in dialogue.every_step:
            yield from ((name, step, language) for language in LANGUAGES)


@pytest.mark.parametrize("text", LONG, ids=["one-word", "nasty", "arabic", "emoji", "lines"])
def test_every_step_is_accepted_whatever_stands_in_its_slots(text: str) -> None:
    for name, step, language in steps():
        dialogue = shipped_catalogue()[name]
        said, kind = dialogue.says(language, step), dialogue.every_step[step].kind
        token = str(Token("c" * 22, 999_999, "o" * 32))
        message = Message(
            name=step, spans=spans_of(said.text, lambda slot: text), ends=said.ends,
            sight="Kun du ser svaret.", layout="many" if kind == "many" else "buttons",
            choices=tuple(Choice(token=token, label=one) for one in said.options.values()),
            entry=Entry(kind="text", placeholder=said.placeholder, longest=10),
            shows=dialogue.every_step[step].shows,
        )  # fmt: skip
        accepted(message, language)


@quick
@given(
    text=ANYBODYS,
    label=ANYBODYS,
    placeholder=ANYBODYS,
    layout=st.sampled_from(["many", "scale", "buttons"]),
)
@example(text="", label="", placeholder="", layout="buttons")
@example(text=" \n", label="\u3000", placeholder="😀" * 40, layout="many")
def test_whatever_somebody_writes_is_accepted_and_nothing_of_it_is_lost(
    text: str, label: str, placeholder: str, layout: str
) -> None:
    choices = tuple(Choice(token=f"c:1:{n}", label=label) for n in range(20))
    message = Message(
        name="m", layout=layout, choices=choices,
        spans=(Span(text="Du skrev: ", bold=True), Span(text=text, theirs=True, italic=True)),
        entry=Entry(kind="text", placeholder=placeholder, longest=9),
    )  # fmt: skip
    anna = accepted(message)
    accepted(message.model_copy(update={"choices": ()}))
    accepted(message.model_copy(update={"spans": (), "shows": "curve"}))
    accepted(message.model_copy(update={"spans": (Span(text=text, theirs=True),)}))
    steering = re.compile("[\u202a-\u202e\u2066-\u2069]")
    written = "".join(steering.sub("", f"Du skrev: {text}").split())
    assert undone(whole_words(anna)) == undone(written)


@quick
@given(text=ANYBODYS)
@example(text=NASTY)
@example(text="@@aa //bb ##cc a.b.c http://x.dk:80/æ 1.2.3.4")
def test_nothing_that_somebody_writes_becomes_a_command_a_mention_or_a_link(text: str) -> None:
    assert LIVE.search(defused(text)) is None
    assert "\u202e" not in defused(text)


def test_what_telegram_would_make_live_is_really_looked_for() -> None:
    for one in ("/start", "@botfather", "#tag", "$TSLA", "https://x", "evil.example", "a@b.dk"):
        assert LIVE.search(one)


def test_our_own_words_are_left_as_they_are() -> None:
    (piece,) = pieces([Span(text="Skriv *hjælp* eller se https://example.org")])
    assert piece.text == "Skriv *hjælp* eller se https://example.org"


def test_a_text_is_cut_where_a_sentence_ends_and_styles_go_on() -> None:
    first, second = pieces([Span(text="Det er sådan her. " * 300, bold=True)])
    assert first.text.endswith("her.")
    assert second.text.startswith("Det")
    assert [one.kind for one in (*first.entities, *second.entities)] == ["bold", "bold"]
    assert first.entities[0].length == units(first.text)


def test_a_word_that_has_no_room_left_begins_in_the_next_part() -> None:
    parts = pieces([Span(text="Hej " * 1020), Span(text="y" * 3000, theirs=True)])
    assert [units(part.text) for part in parts] == [4079, 3000]


def test_a_letter_with_its_signs_is_not_torn_apart() -> None:
    assert within("ab" + "👩🏽‍🚀" * 3, 2 + 7 + 4) == "ab" + "👩🏽‍🚀"
    assert within("a\u0301b", 1) == "a"
    assert units(within("👩" + "\u200d👩" * 4000, LONGEST)) <= LONGEST


def test_short_labels_stand_side_by_side_and_long_ones_alone() -> None:
    labels = ("Ja, nu", "Senere i dag", "I morgen tidlig, når jeg er kommet", "Nej")
    choices = tuple(Choice(token=f"c:1:{n}", label=one) for n, one in enumerate(labels))
    anna = accepted(Message(name="m", spans=(Span(text="Nu?"),), choices=choices))
    assert anna.sees[0].buttons == (labels[:2], labels[2:3], labels[3:])


def several(language: Language = "da") -> Rows:
    choices = [Choice(token=f"c:1:{day}", label=day.title()) for day in ("mon", "tue", "wed")]
    choices.append(Choice(token="c:1:skip", label="De passer", style="quiet"))
    message = Message(
        name="days", spans=(Span(text="Hvilke?"),), layout="many", choices=tuple(choices)
    )
    accepted(message, language)
    rows: Rows = render(message, language)[0]["reply_markup"]["inline_keyboard"]
    return rows


def toggled(rows: Rows, *pressed: str) -> Rows:
    for one in pressed:
        meaning = read_press(one, rows)
        assert isinstance(meaning, Toggled)
        rows = meaning.rows
    return rows


def labels_of(rows: Rows) -> list[str]:
    return [button["text"] for row in rows for button in row]


def test_several_are_ticked_in_the_keyboard_and_sent_together() -> None:
    rows = toggled(several(), "~c:1:wed", "~c:1:mon")
    assert labels_of(rows) == ["✓ Mon", "Tue", "✓ Wed", "Vælg disse", "De passer"]
    assert read_press("=da", rows) == Chosen("c:1:mon", ("c:1:wed",), "Mon, Wed")


def test_a_tick_is_taken_away_again() -> None:
    rows = toggled(several(), "~c:1:wed", "~c:1:mon", "+c:1:wed")
    assert read_press("=da", rows) == Chosen("c:1:mon", (), "Mon")


def test_a_tick_that_is_delivered_twice_is_one_tick() -> None:
    once = toggled(several(), "~c:1:wed")
    assert toggled(once, "~c:1:wed") == once


@pytest.mark.parametrize(("language", "words"), [("da", "mindst én"), ("en", "at least one")])
def test_done_with_nothing_chosen_asks_for_one(language: Language, words: str) -> None:
    meaning = read_press(f"={language}", several(language))
    assert isinstance(meaning, NoneChosen)
    assert words in meaning.words


def test_what_rests_is_pressed_at_once() -> None:
    assert read_press("c:1:skip", several()) == Chosen("c:1:skip", (), "De passer")


@quick
@given(pressed=st.text(max_size=70), label=st.text(max_size=70))
def test_no_press_is_too_odd_to_be_read(pressed: str, label: str) -> None:
    rows = [[{"text": label, "callback_data": pressed}], []]
    assert isinstance(read_press(pressed, rows), Toggled | Chosen | NoneChosen)
    assert isinstance(read_press(pressed, []), Toggled | Chosen | NoneChosen)


def test_there_are_stories_of_every_dialogue() -> None:
    told = {story.stem.partition(".")[0] for story in STORIES}
    assert told == set(shipped_catalogue().dialogues)
    assert (files("flows") / "dialogues").is_dir()
