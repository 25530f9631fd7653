"""What is told, as messages: our markup and nobody else's, all slots filled, small tokens."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.load import Catalogue
from flows.testing import Player
from flows.wording import Token, read_token, spans_of
from tests.flows.conftest import Build
from tests.flows.small import STEPS, WORDS

quick = settings(max_examples=200, derandomize=True, database=None, deadline=None)


def filled(name: str) -> str:
    return {"name": "**Mette** {x}", "empty": ""}.get(name, name.upper())


def test_bold_and_italic_are_ours() -> None:
    spans = spans_of("Hej **du**, *her*.", filled)
    assert [(one.text, one.bold, one.italic) for one in spans] == [
        ("Hej ", False, False), ("du", True, False), (", ", False, False), ("her", False, True),
        (".", False, False),
    ]  # fmt: skip


def test_what_somebody_wrote_is_never_markup_nor_a_slot() -> None:
    spans = spans_of("**{name}** og {name}", filled)
    theirs = [one for one in spans if one.theirs]
    assert [one.text for one in theirs] == ["**Mette** {x}", "**Mette** {x}"]
    assert [one.bold for one in theirs] == [True, False]


def test_an_empty_slot_leaves_nothing() -> None:
    assert [one.text for one in spans_of("a {empty}b", filled)] == ["a ", "b"]


@quick
@given(text=st.text(max_size=80))
def test_any_text_in_a_slot_comes_out_as_it_went_in(text: str) -> None:
    spans = spans_of("Du skrev *{words}*.", lambda name: text)
    assert "".join(one.text for one in spans if one.theirs) == text
    assert all(one.italic for one in spans if one.theirs)


@pytest.mark.parametrize(
    "token",
    ["", "a", "a:b:c", "a:1:", "a:1:B", "a:1:c\n", "a:-1:c", "a:1:c:d", "å:1:c", "a:1:" + "x" * 33],
)
def test_what_our_buttons_never_carry_is_no_token(token: str) -> None:
    assert read_token(token) is None


@quick
@given(
    token=st.builds(
        Token,
        st.from_regex(re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII), fullmatch=True),
        st.integers(0, 99_999),
        st.from_regex(re.compile(r"[a-z0-9-]{1,32}", re.ASCII), fullmatch=True),
    )
)
def test_a_token_is_read_as_it_was_written_and_is_small(token: Token) -> None:
    assert read_token(str(token)) == token
    assert len(str(token).encode()) <= 64


def small(build: Build, words: str = WORDS) -> Player:
    return Player(build(STEPS, words), "small").begin()


def test_a_question_says_who_sees_the_answer(build: Build) -> None:
    player = small(build)
    hello, question = player.messages
    assert hello.sight is None
    assert question.sight == "Kun du ser svaret."


def test_a_notice_for_a_locked_screen_holds_nobodys_words(build: Build) -> None:
    player = small(build).press("yes").write("hemmeligt")
    assert "hemmeligt" in player.messages[-1].plain_text()
    assert all("hemmeligt" not in message.notice for message in player.messages)


def test_a_preview_shows_exactly_what_would_be_shared(build: Build) -> None:
    text = "**stop** {point} <b>*_`~\n\n> x"
    player = small(build).press("yes").write(text)
    assert [one.text for one in player.messages[-1].spans if one.theirs] == [text]


def test_the_first_choice_is_shown_most_clearly_and_skipping_quietly(build: Build) -> None:
    styles = [(choice.label, choice.style) for choice in small(build).messages[-1].choices]
    assert styles == [
        ("Ja, det er der", "main"), ("Nej", "plain"), ("Senere i dag", "quiet"),
    ]  # fmt: skip
    skipping = small(build).press("yes").messages[-1].choices[-1]
    assert (skipping.label, skipping.style) == ("Spring over", "quiet")


def test_a_scale_has_five_equal_steps_and_ends(build: Build) -> None:
    message = small(build).press("no").press("skip").press("skip").messages[-1]
    assert message.layout == "scale"
    assert message.ends == ("i meget lav grad", "i meget høj grad")
    assert {choice.style for choice in message.choices[:5]} == {"plain"}


def test_a_text_may_be_written_and_says_how_much(build: Build) -> None:
    entry = small(build).press("yes").messages[-1].entry
    assert entry is not None
    assert (entry.kind, entry.longest, entry.placeholder) == ("text", 200, "Skriv her …")


def test_an_answer_in_a_text_is_the_one_on_the_path(build: Build) -> None:
    player = small(build).press("yes").write("søvn").press("keep")
    player.press("revise-0").press("no").press("skip").press("skip").press("3")
    assert player.messages[-1].plain_text() == "Tak: "


def test_a_skipped_answer_is_called_so(build: Build) -> None:
    player = small(build, WORDS.replace("{point}", "{day}, {week}, {how}"))
    player.press("no").press("skip").press("mon", "wed").press("3")
    assert player.messages[-1].plain_text() == "Tak: sprunget over, Mandag, Onsdag, midt i ugen, 3"


def test_a_day_is_said_as_a_day(build: Build) -> None:
    player = small(build, WORDS.replace("{point}", "{day}"))
    player.press("no").write("24/12").press("skip").press("3")
    assert player.messages[-1].plain_text() == "Tak: torsdag den 24. december"


def test_answers_to_change_are_named_by_label_and_cut(build: Build) -> None:
    player = small(build).press("yes").write("meget " * 20).say("edit")
    labels = [choice.label for choice in player.messages[-1].choices]
    assert labels[0] == "Noget: Ja, det er der"
    assert labels[1].startswith("Punkt: meget meget")
    assert labels[1].endswith("…")
    assert len(labels[1]) == 40


def test_speaking_english_asks_the_same_in_english(build: Build) -> None:
    catalogue = build(STEPS, WORDS, WORDS.replace("Er der noget?", "Is there anything?"))
    player = Player(catalogue, "small").begin().speak("en")
    assert player.messages[-1].plain_text() == "Is there anything?"
    assert player.messages[-1].sight == "Only you see the answer."


FACTS = {
    "none_day": None,
    "a_day": date(2026, 10, 5).isoformat(),
    "words": "et ord",
    "listed": [{"text": "første"}, {"text": "anden", "shared_day": "2026-09-01"}, "tredje"],
    "empty": [],
}


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("none_day", ""),
        ("a_day", "mandag den 5. oktober"),
        ("words", "et ord"),
        ("listed", "· første\n· anden (tirsdag den 1. september)\n· tredje"),
        ("empty", ""),
        ("gone", ""),
    ],
)
def test_a_fact_is_said_by_what_it_is(build: Build, fact: str, said: str) -> None:
    catalogue = build('[[steps]]\nid = "a"\nkind = "say"\n', f'[a]\ntext = "{{{fact}}}"\n')
    assert Player(catalogue, "small", FACTS).begin().messages[0].plain_text() == said


def test_every_shipped_message_can_be_worded_with_nothing_known(catalogue: Catalogue) -> None:
    for dialogue in catalogue.dialogues:
        for language in ("da", "en"):
            assert Player(catalogue, dialogue, {}, language).begin().messages
