"""Words that work anywhere, in either language, however they are written."""

import unicodedata
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.controls import ENTERING, LINKING, LONGEST, OPENINGS, SPEAKING, Command, read_command
from flows.events import Control
from flows.load import Catalogue

TODAY = date(2026, 9, 21)


def read(catalogue: Catalogue, text: str) -> Command | None:
    return read_command(text, catalogue.common, TODAY)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("hjælp", Command(dialogue="help")),
        ("Hjælp!", Command(dialogue="help")),
        ("/help", Command(dialogue="help")),
        ("/my_data", Command(dialogue="my-data")),
        ("  STOP 🙏 ", Command(control="rest")),
        ("tilbage", Command(control="back")),
        ("gå  tilbage.", Command(control="back")),
        ("go back", Command(control="back")),
        ("ret", Command(control="edit")),
        ("Ret 2", Command(control="edit", number=2)),
        ("/edit 12", Command(control="edit", number=12)),
        ("valg", Command(control="choices")),
        ("træk tilbage", Command(dialogue="who-sees-what")),
        ("spring over", Command(control="skip")),
        ("fortsæt", Command(control="again")),
        ("hvor er jeg?", Command(control="where")),
        ("hvem kan se det?", Command(dialogue="who-sees-what")),
        ("slet mine data", Command(dialogue="delete-my-data")),
        ("in English", Command(language="en")),
        ("på dansk", Command(language="da")),
        ("pause", Command(dialogue="pause")),
        ("pause til fredag", Command(dialogue="pause", until=date(2026, 9, 25))),
        ("Pause until 5 October", Command(dialogue="pause", until=date(2026, 10, 5))),
    ],
)
def test_a_word_is_understood(catalogue: Catalogue, text: str, command: Command) -> None:
    assert read(catalogue, text) == command


def test_letters_may_come_in_pieces(catalogue: Catalogue) -> None:
    assert read(catalogue, unicodedata.normalize("NFD", "gå tilbage")) == Command(control="back")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "🙏", "/", "jeg går tilbage til start", "stop med de mange møder",
        "pause til engang", "hjælp mig med at sige fra", "ret" * 30, "tilbage " * 20,
    ],
)  # fmt: skip
def test_what_only_contains_a_word_is_no_command(catalogue: Catalogue, text: str) -> None:
    assert read(catalogue, text) is None


def test_every_way_to_write_a_command_works(catalogue: Catalogue) -> None:
    for common in catalogue.common.values():
        for ways in common.words.values():
            for way in ways:
                assert read(catalogue, way) is not None
                assert len(way) <= LONGEST


def test_every_command_can_be_written_in_both_languages(catalogue: Catalogue) -> None:
    meant = {*get_args(Control), *OPENINGS, *SPEAKING, *LINKING, *ENTERING}
    for common in catalogue.common.values():
        assert set(common.words) == meant


def test_every_word_that_opens_a_dialogue_opens_one(catalogue: Catalogue) -> None:
    assert set(OPENINGS.values()) <= set(catalogue.dialogues)


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(text=st.one_of(st.text(max_size=70), st.text(alphabet="pause til/5.?ø ", max_size=70)))
def test_nothing_that_is_written_breaks_it(catalogue: Catalogue, text: str) -> None:
    command = read(catalogue, text)
    assert command is None or any(
        (command.control, command.dialogue, command.language, command.channel)
    )
