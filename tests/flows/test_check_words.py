"""The checker on wording, on files that cannot be read, and on the words that all share."""

from pathlib import Path

import pytest

from flows.check import check, check_folder
from flows.load import load_catalogue
from flows.wording import Message
from tests.flows.conftest import Known, problems_of, put
from tests.flows.small import STEPS, WORDS

TEXT = 'text = "Hvordan?"'
WORDING: dict[str, tuple[str, str, str]] = {
    "a step without words": ('[bye]\ntext = "Tak: {point}"\n', "", "not worded"),
    "words without a step": ("[bye]", '[gone]\ntext = "Hej"\n[bye]', "no such step"),
    "no text": (TEXT, 'text = ""', "text is empty"),
    "no label": ('label = "Hvordan"\n', "", "has no label"),
    "an option without a label": ('options.no = "Nej"\n', "", "has no label"),
    "a label for no option": (
        'options.no = "Nej"',
        'options.no = "Nej"\noptions.x = "X"',
        "none of its",
    ),
    "two options called the same": (
        'options.no = "Nej"',
        'options.no = "Ja, det er der!"',
        "the same",
    ),
    "a label that is too long": ('options.no = "Nej"', f'options.no = "{"n" * 76}"', "at most 75"),
    "own words in a label": (
        'options.no = "Nej"',
        'options.no = "Nej {agreement_text}"',
        "own words",
    ),
    "a slot in a label": ('options.no = "Nej"', 'options.no = "Nej {name}"', "brace"),
    "an unknown slot": (TEXT, 'text = "Hvordan, {nick}?"', "no fact, no step"),
    "an undeclared fact": (TEXT, 'text = "Hvordan, {name}?"', "among the dialogue's facts"),
    "a preview that is none": (TEXT, 'text = "Hvordan: {preview}"', "share step only"),
    "an item that is none": (TEXT, 'text = "Hvordan: {item.text}"', "repeat with over only"),
    "what is only said as a slot": (TEXT, 'text = "Hvordan: {hello}"', "no answer"),
    "a broken slot": (TEXT, 'text = "Hvordan {Name}?"', "brace"),
    "open bold": (TEXT, 'text = "**Hvordan?*"', "other half"),
    "open italic": (TEXT, 'text = "Hvor*dan?"', "other half"),
    "a promise nobody can keep": (TEXT, 'text = "Helt ANONYMT: hvordan?"', "never do"),
    "a blame": (TEXT, 'text = "Du har glemt noget. Hvordan?"', "never do"),
    "ends where there are none": (
        'label = "Dag"',
        'label = "Dag"\nends = ["a", "b"]',
        "has no ends",
    ),
    "a question for more": ('label = "Dag"', 'label = "Dag"\nmore = "En til?"', "has no more"),
    "a placeholder on a scale": (
        'label = "Hvordan"',
        'label = "Hvordan"\nplaceholder = "x"',
        "no placeholder",
    ),
    "an empty label": ('label = "Dag"', 'label = " "', "label is empty"),
    "too long a text": (TEXT, f'text = "{"hvordan " * 400}"', "at most 3000"),
    "too long a text when it is filled": (
        TEXT,
        f'text = "{"hvordan " * 366} {{point}} {{point}}"',
        "at most 3000",
    ),
}


@pytest.mark.parametrize("case", WORDING)
def test_what_is_wrong_with_a_wording_is_found(case: str, folder: Path, known: Known) -> None:
    old, new, said = WORDING[case]
    assert old in WORDS
    put(folder, STEPS, WORDS.replace(old, new, 1))
    found = [str(one) for one in problems_of(folder, known)]
    assert any(said in one for one in found), found


PAIRS: dict[str, tuple[str, str, str]] = {
    "a slot in one language": ("Tak: {point}", "Thanks", "fills point in one language"),
    "a label in one language": (
        'text = "Tak: {point}"',
        'text = "{point}"\nlabel = "Bye"',
        "label is",
    ),
    "a step in one language": ('[bye]\ntext = "Tak: {point}"\n', "", "not worded"),
    "an option in one language": (
        'label = "Deling"',
        'label = "Share"\noptions.keep = "Not now"',
        "options.keep is",
    ),
}


@pytest.mark.parametrize("case", PAIRS)
def test_what_differs_between_the_languages_is_found(case: str, folder: Path, known: Known) -> None:
    old, new, said = PAIRS[case]
    assert old in WORDS
    put(folder, STEPS, WORDS, WORDS.replace(old, new, 1))
    found = [str(one) for one in problems_of(folder, known)]
    assert any(said in one for one in found), found


def test_too_many_buttons_are_found(folder: Path, known: Known) -> None:
    names = [f"o{at}" for at in range(26)]
    listed = ", ".join(f'"{name}"' for name in names)
    structure = f'[[steps]]\nid = "a"\nkind = "choice"\nsees = "self"\noptions = [{listed}]\n'
    labels = "".join(f'options.{name} = "Valg {name}"\n' for name in names)
    put(folder, structure, f'[a]\ntext = "Hvad?"\nlabel = "A"\n{labels}')
    assert any("27 buttons" in one.text for one in problems_of(folder, known))


def test_a_quick_word_that_its_form_does_not_read_is_found(folder: Path, known: Known) -> None:
    structure = STEPS.replace('options = ["sleep"]', 'options = ["sleep"]\nform = "time"')
    put(folder, structure, WORDS)
    found = [str(one) for one in problems_of(folder, known)]
    assert any("options.sleep cannot be read as time" in one for one in found)
    put(folder, structure, WORDS.replace('"Min søvn"', '"Kl. 22"'))
    assert problems_of(folder, known) == []


def test_a_channel_adds_its_own_limits(folder: Path, known: Known) -> None:
    put(folder, STEPS, WORDS)

    def measure(message: Message) -> list[str]:
        return [f"{message.name} has {len(message.choices)} buttons"]

    found = problems_of(folder, known, measure=measure)
    assert {one.step for one in found} == {
        "hello", "raise", "point", "point-share", "day", "week", "how", "bye",
    }  # fmt: skip
    assert {one.language for one in found} == {"da", "en"}


# Files that cannot be read.

BROKEN: dict[str, tuple[str, bytes, str]] = {
    "no TOML": ("dialogue.toml", b"id = ", "is no TOML"),
    "no UTF-8": ("da.toml", b'title = "\xe6"', "is not UTF-8"),
    "an unknown kind": (
        "dialogue.toml",
        b'id = "small"\nversion = 1\nminutes = 1\n[[steps]]\nid = "a"\nkind = "guess"\n',
        "steps.0.kind",
    ),
    "an unknown key": (
        "dialogue.toml",
        b'id = "small"\nversion = 1\nminutes = 1\nsteps = []\ncolour = "red"\n',
        "colour",
    ),
    "another id": (
        "dialogue.toml",
        b'id = "big"\nversion = 1\nminutes = 1\nsteps = []\n',
        "folder's name",
    ),
    "no title": ("en.toml", b'[hello]\ntext = "Hi"\n', "title"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_a_problem_and_hides_no_other(
    case: str, folder: Path, known: Known
) -> None:
    name, content, said = BROKEN[case]
    put(folder, STEPS, WORDS)
    (folder / "small" / name).write_bytes(content)
    put(folder, STEPS, WORDS.replace(TEXT, 'text = ""'), name="zother")
    assert any(said in one.text for one in problems_of(folder, known))
    assert any("text is empty" in one.text for one in problems_of(folder, known, "zother"))


@pytest.mark.parametrize("file", ["dialogue.toml", "da.toml", "en.toml"])
def test_a_missing_file_is_named(file: str, folder: Path, known: Known) -> None:
    put(folder, STEPS, WORDS)
    (folder / "small" / file).unlink()
    [problem] = problems_of(folder, known)
    assert file in problem.text
    assert "is missing" in problem.text


def test_a_problem_with_a_file_shows_none_of_its_text(folder: Path, known: Known) -> None:
    put(folder, STEPS.replace("minutes = 1", 'minutes = "hemmeligt"'), WORDS)
    (folder / "small" / "dialogue.toml").write_text(
        'id = "small"\nversion = "hemmeligt"\n', "utf-8"
    )
    assert "hemmeligt" not in "".join(map(str, problems_of(folder, known)))


# The words that all dialogues share.

COMMON: dict[str, tuple[str, str, str]] = {
    "a note is missing": ('"changed" = "It has been changed."\n', "", "changed is missing"),
    "a command is missing": (
        'edit = ["edit", "change", "change an answer"]\n',
        "",
        "edit is missing",
    ),
    "a word with two meanings": ('rest = ["stop"', 'rest = ["stop", "Go back!"', "means both"),
    "a command that is none": (
        'danish = ["danish"',
        'dance = ["dance"]\ndanish = ["danish"',
        "no command",
    ),
    "other slots": ("middle of *{title}*. This is", "middle of *{name}*. This is", "other {slots}"),
    "an open mark": ('withdraw = "Withdraw"', 'withdraw = "With*draw"', "other half"),
}


@pytest.mark.parametrize("case", COMMON)
def test_what_is_wrong_with_the_common_words_is_found(
    case: str, folder: Path, known: Known
) -> None:
    old, new, said = COMMON[case]
    file = folder / "common" / "en.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    found = [str(one) for one in problems_of(folder, known, "common")]
    assert any(said in one for one in found), found


def test_common_words_that_cannot_be_read_are_one_problem(folder: Path, known: Known) -> None:
    (folder / "common" / "da.toml").write_text("[notes", "utf-8")
    [problem] = check_folder(folder, **known)
    assert "is no TOML" in problem.text


def test_a_command_that_opens_no_dialogue_is_found(folder: Path, known: Known) -> None:
    put(folder, STEPS, WORDS)
    found = problems_of(folder, known, "common")
    assert any("opens delete-my-data, which is no dialogue" in one.text for one in found)
    assert check(load_catalogue(folder), **known) == check_folder(folder, **known)
