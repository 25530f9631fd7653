"""Danish and English, both whole, and not a word of one in the other."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot import export_texts
from bot.cli import main
from bot.commands import doctor_texts, texts
from bot.commands.click_texts import CATALOGUE, catalogue
from bot.commands.explain import STORAGE_DA, explain
from bot.commands.language import terminal_language
from storage import errors
from storage.errors import StorageError
from tests.bot.office import DANISH, ENGLISH

TABLES = {
    "texts": texts.TEXTS,
    "names": doctor_texts.NAMES,
    "found": doctor_texts.FOUND,
    "words": export_texts.WORDS,
    "headings": export_texts.HEADINGS,
    "fields": export_texts.FIELDS,
    "values": export_texts.VALUES,
}
ENGLISH_OF_CLICK = ("Usage", "Options:", "Commands:", "Show this", "Error:", "Missing", "No such")


def commands(group: click.Group, ctx: click.Context, *above: str) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(ctx):
        yield (*above, name)
        one = group.get_command(ctx, name)
        if isinstance(one, click.Group):
            yield from commands(one, ctx, *above, name)


EVERY = [(), *commands(main, click.Context(main))]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da"}, "da"),
        ({"LC_MESSAGES": "da_DK", "LANG": "en_US.UTF-8"}, "da"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "da_DK.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "da_DK@euro"}, "da"),
        ({"LANGUAGE": "da"}, "da"),
        ({"LANGUAGE": "de:da:en", "LANG": "de_DE"}, "da"),
        ({"LANGUAGE": "en:da", "LANG": "da_DK"}, "en"),
        ({"LANGUAGE": "da", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "dav_KE"}, "en"),
    ],
    ids=str,
)
def test_the_terminal_says_which_language_it_speaks(
    environment: dict[str, str], language: str
) -> None:
    assert terminal_language(environment) == language


@pytest.mark.parametrize("table", TABLES)
def test_every_text_is_there_in_both_languages_with_the_same_slots(table: str) -> None:
    for key, said in TABLES[table].items():
        assert list(said) == ["da", "en"], key
        slots = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in said.values()
        ]
        assert slots[0] == slots[1], key
        assert all(text.strip() for text in said.values()), key


@pytest.mark.parametrize("table", ["texts", "names", "found"])
def test_every_terminal_can_show_every_text(table: str) -> None:
    for said in TABLES[table].values():
        assert all(text.encode("iso-8859-1") for text in said.values())


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_command_explains_itself_in_both_languages(command: tuple[str, ...]) -> None:
    pages = {}
    for language, env in (("da", DANISH), ("en", ENGLISH)):
        for option in ("--help", "-h"):
            result = CliRunner().invoke(main, [*command, option], env=env)
            assert result.exit_code == 0
            pages[language] = result.stdout
    assert pages["da"].startswith(f"Brug: {' '.join(('tillidsrum', *command))} [TILVALG]")
    assert pages["en"].startswith(f"Usage: {' '.join(('tillidsrum', *command))} [OPTIONS]")
    assert [word for word in ENGLISH_OF_CLICK if word in pages["da"]] == []
    options = [set(re.findall(r"--[a-z-]+", page)) for page in pages.values()]
    assert options[0] == options[1]


@pytest.mark.parametrize(
    "args",
    [
        ["simulat"],
        ["erase"],
        ["demo", "--prot", "5"],
        ["demo", "--port"],
        ["demo", "--port", "many"],
        ["demo", "--port", "0"],
        ["demo", "--no-browser=1"],
        ["run", "now"],
        ["check", "/findes/ikke"],
        ["db", "restor"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_in_danish(args: list[str]) -> None:
    result = CliRunner().invoke(main, args, env=DANISH)
    assert result.exit_code == 2
    assert "Fejl: " in result.stderr
    english = r"\b(is|not|option|argument|such|value|does|you|mean|the)\b"
    assert re.search(english, result.stderr, re.IGNORECASE) is None, result.stderr


def test_a_language_lasts_for_one_call() -> None:
    said = [
        CliRunner().invoke(main, ["erase"], env=env).stderr.split(":")[0]
        for env in (DANISH, ENGLISH, DANISH)
    ]
    assert said == ["Brug", "Usage", "Brug"]


def test_what_gettext_reads_is_what_we_wrote() -> None:
    assert CATALOGUE.read_bytes() == catalogue()


def _every_kind_of_error() -> list[type[StorageError]]:
    found = vars(errors).values()
    return [
        one
        for one in found
        if isinstance(one, type) and issubclass(one, StorageError) and one is not StorageError
    ]


@pytest.mark.parametrize("kind", _every_kind_of_error())
def test_every_error_of_the_store_is_worded_in_danish(kind: type[StorageError]) -> None:
    assert explain(kind("in English"), "da") == STORAGE_DA[kind]
    assert explain(kind("in English"), "en") == "in English"


def test_an_error_that_is_not_worded_keeps_its_own_words() -> None:
    assert explain(ValueError("as it is"), "da") == "as it is"


def test_a_missing_key_is_told_in_danish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TILLIDSRUM_SECRET_KEY", raising=False)
    result = CliRunner().invoke(main, ["run"], env=DANISH)
    assert result.exit_code == 1
    assert result.stderr.startswith("Fejl: TILLIDSRUM_SECRET_KEY er ikke sat. Lav en med")
