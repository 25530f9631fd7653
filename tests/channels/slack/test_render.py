"""What is said fits into Block Kit, whatever it is, and nobody's words come to life in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.blocks import plain_words
from bot.channels.slack.choices import Chosen, NoneChosen, Wanted, read_press
from bot.channels.slack.home import HomeView, Shared, page
from bot.channels.slack.modal import window
from bot.channels.slack.render import render
from bot.channels.slack.text import units, written
from flows.load import shipped_catalogue
from flows.model import LANGUAGES, Language
from flows.testing import Player, read_story
from flows.wording import Choice, Entry, Message, Span
from tests.fakes.slack.blocks import check_message, check_view
from tests.fakes.slack.limits import Limits

TRANSCRIPTS = sorted((Path(__file__).parents[2] / "flows" / "transcripts").glob("*.toml"))
LIMITS = Limits()
LIVE = (
    "<@U1> <!here> <https://ond.example|klik> *fed* _k_ `kode` :smile: @kanal https://ond.example"
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.builds(
        lambda one, times: one * times, st.text(min_size=1, max_size=30), st.integers(1, 700)
    ),
    st.sampled_from(
        [LIVE, "\ud800", "\u202egnal\u202c", "\x00", "👩‍👩‍👧" * 2000, " \n ", "a" * 8000]
    ),
)
SPANS = st.builds(Span, text=TEXTS, bold=st.booleans(), italic=st.booleans(), theirs=st.booleans())
CHOICES = st.builds(
    Choice, token=st.text("abc:-", min_size=1, max_size=64), label=TEXTS,
    style=st.sampled_from(["main", "plain", "quiet"]),
)  # fmt: skip
MESSAGES = st.builds(
    Message, name=st.just("step"), spans=st.lists(SPANS, max_size=6).map(tuple),
    sight=st.none() | TEXTS, choices=st.lists(CHOICES, max_size=60).map(tuple),
    layout=st.sampled_from(["buttons", "scale", "many"]),
    ends=st.none() | st.tuples(st.text(max_size=40), st.text(max_size=40)),
    entry=st.none()
    | st.builds(Entry, kind=st.sampled_from(["text", "date"]), placeholder=st.none() | TEXTS,
                longest=st.integers(0, 8000)),
    shows=st.sampled_from([None, "curve", "export"]), notice=st.sampled_from(["", "Nyt"]),
)  # fmt: skip


def accepted(calls: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The blocks of every message; the fake has taken them."""
    said = [call for call in calls if call["method"] == "chat.postMessage"]
    assert calls[-1] is said[-1]
    for call in said:
        assert call["text"]
        assert call["unfurl_links"] is call["unfurl_media"] is False
        check_message(call["blocks"], LIMITS)
    return [call["blocks"] for call in said]


def elements(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]


@settings(max_examples=150, deadline=None)
@given(MESSAGES, st.sampled_from(LANGUAGES))
def test_whatever_a_dialogue_says_slack_takes_it(message: Message, language: Language) -> None:
    all_blocks = accepted(render(message, language))
    for blocks in all_blocks[:-1]:
        assert elements(blocks) == []
    ids = [one["action_id"] for one in elements(all_blocks[-1])]
    assert len(ids) == len(set(ids))


@settings(max_examples=100, deadline=None)
@given(st.lists(SPANS, max_size=5))
def test_nobodys_words_become_a_mention_a_link_or_markup(spans: list[Span]) -> None:
    for blocks in accepted(render(Message(name="n", spans=tuple(spans)), "da")):
        for block in blocks:
            assert block["type"] == "rich_text"
            for part in block["elements"][0]["elements"]:
                assert part["type"] == "text"
                assert set(part.get("style", {})) <= {"bold", "italic"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
def test_every_step_of_every_dialogue_is_taken(transcript: Path, language: Language) -> None:
    story = read_story(transcript)
    player = Player(shipped_catalogue(), story.dialogue, story.facts, language, today=story.today)
    for moment in story.events:
        player.follow(moment)
        for message in player.messages:
            accepted(render(message, language))
            for call in render(message, language):
                assert LIVE not in str(call.get("text"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dialogue", sorted(shipped_catalogue().dialogues))
def test_every_question_is_taken_with_facts_as_long_as_they_come(
    dialogue: str, language: Language
) -> None:
    loaded = shipped_catalogue()[dialogue]
    facts = {name: "2026-11-25" if name.endswith("_day") else LIVE * 100 for name in loaded.facts}
    player = Player(shipped_catalogue(), dialogue, facts, language)
    player.begin()
    # With nothing to tell, such as in a digest, nothing is said.
    assert player.messages or all(step.only for step in loaded.steps)
    for message in player.messages:
        accepted(render(message, language))


def test_the_parts_of_a_long_text_are_the_whole_text_in_order() -> None:
    text = " ".join(f"ord{number}" for number in range(3000))
    blocks = accepted(render(Message(name="n", spans=(Span(text=text, theirs=True),)), "da"))
    assert len(blocks) > 1
    said = " ".join(plain_words(one) for one in blocks)
    assert said.split() == text.split()
    assert all(units(plain_words(one)) < 9100 for one in blocks)


def test_a_scale_is_five_buttons_that_can_be_heard() -> None:
    choices = tuple(Choice(token=f"c:1:{n}", label=str(n)) for n in range(1, 6))
    ends = ("i meget lav grad", "i meget høj grad")
    message = Message(
        name="n", spans=(Span(text="Ro?"),), choices=choices, layout="scale", ends=ends
    )
    (blocks,) = accepted(render(message, "da"))
    heard = [one["accessibility_label"] for one in elements(blocks)]
    assert heard == [
        "1 af 5: i meget lav grad",
        "2 af 5",
        "3 af 5",
        "4 af 5",
        "5 af 5: i meget høj grad",
    ]


def test_ticks_are_read_from_slacks_state_and_none_is_told_kindly() -> None:
    done = {"action_id": "done", "value": "da"}
    assert read_press(done, {}) == NoneChosen("da")
    options = [{"value": f"c:1:{n}", "text": {"text": n}} for n in ("nord", "syd")]
    state = {"values": {"b": {"several:0": {"selected_options": options}}}}
    assert read_press(done, state) == Chosen("c:1:nord", ("c:1:syd",), "nord, syd")
    assert read_press({"action_id": "several:0"}, state) is None


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.none() | TEXTS, st.integers(0, 9000), st.sampled_from(["text", "date"]))
def test_the_window_is_taken_for_every_question(
    text: str, sight: str | None, longest: int, kind: Any
) -> None:
    entry = Entry(kind=kind, placeholder=text, longest=longest)
    message = Message(name="n", spans=(Span(text=text, theirs=True),), sight=sight, entry=entry)
    (*_, blocks) = accepted(render(message, "da"))
    wanted = read_press(elements(blocks)[0], {})
    assert isinstance(wanted, Wanted)
    check_view(window(wanted, blocks, "D1", "1.2"), LIMITS, "modal")


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=30), st.lists(st.tuples(TEXTS, TEXTS), max_size=30), TEXTS)
def test_every_home_is_taken(
    agreements: list[str], shared: list[tuple[str, str]], next: str
) -> None:
    for language in LANGUAGES:
        view = HomeView(
            language, next, tuple(agreements), tuple(Shared(*one) for one in shared), next
        )
        check_view(page(view, language), LIMITS, "home")
        check_view(page(None, language), LIMITS, "home")


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("se <https://x.example|x.example>", "se x.example"),
        ("<mailto:a@b.dk|a@b.dk> <https://x.example>", "a@b.dk https://x.example"),
        ("hej\ud800", "hej\ufffd"),
    ],
)
def test_what_somebody_wrote_is_read_as_they_wrote_it(told: str, meant: str) -> None:
    assert written(told) == meant
