"""The docs cannot rot: what they name is there, and their tables say what the code says."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, get_args

import click
import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.cli import main
from bot.contacts import CONTACTS
from bot.effects import EFFECTS
from bot.facts import FACTS
from bot.settings import PREFIX, Settings
from flows.load import Catalogue, shipped_catalogue
from flows.model import Kind
from flows.predicates import PREDICATES
from storage.inbox import KEPT
from storage.retention import DELIVERY_KEPT
from storage.schema import metadata

ROOT = Path(__file__).parents[2]
DOCS = ("README.md", "CONTRIBUTING.md", *(f"docs/{one.name}" for one in ROOT.glob("docs/*.md")))
FOLDERS = ("bot/", "flows/", "storage/", "tests/", "docs/", "deploy/", ".ci/")
FILES = ("README.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml", "uv.lock", "LICENSE")
ONLY_IN_TESTS = "REQUIRE_ALL_TESTS"


def written(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def ticked(text: str) -> list[str]:
    """What stands in backticks, outside of code blocks."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


def code(text: str) -> str:
    """All code blocks and backticks, one after the other."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join((*blocks, *ticked(text)))


def rows(document: str, header: str) -> list[list[str]]:
    """The cells of the table whose header begins with `| header |`."""
    lines = written(document).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"| {header} |"))
    table: list[list[str]] = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            break
        cells = line.removeprefix("|").removesuffix("|").split("|")
        table.append([cell.strip() for cell in cells])
    return table


def first_column(document: str, header: str) -> list[str]:
    return [name for row in rows(document, header) for name in ticked(row[0])]


# --- files and links


def named_paths(document: str) -> Iterator[str]:
    for name in ticked(written(document)):
        ours = name.startswith(FOLDERS) or name in FILES
        if ours and not re.search(r"[<>* ]|…", name):
            yield name


@pytest.mark.parametrize("document", DOCS)
def test_every_file_that_is_named_is_there(document: str) -> None:
    missing = [name for name in named_paths(document) if not (ROOT / name).exists()]
    assert missing == []


def test_the_architecture_names_files_of_every_layer() -> None:
    named = set(named_paths("docs/architecture.md"))
    for layer in ("bot/", "storage/", "flows/"):
        assert len([name for name in named if name.startswith(layer)]) > 5


def slug(heading: str) -> str:
    plain = re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), flags=re.MULTILINE)
    return {slug(heading) for heading in headings}


def broken_links(document: str) -> Iterator[str]:
    text = written(document)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    for target in targets:
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / document).parent / path if path else ROOT / document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


@pytest.mark.parametrize("document", DOCS)
def test_every_relative_link_leads_somewhere(document: str) -> None:
    assert list(broken_links(document)) == []


def test_the_picture_of_the_tryout_is_a_whole_screen() -> None:
    head = (ROOT / "docs/pictures/tryout.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:]) == (1280, 900)


# --- commands and make targets


class Usage(NamedTuple):
    """A command as the README writes it: `tillidsrum db backup FILE [--json]`."""

    name: str
    options: frozenset[str]
    arguments: tuple[str, ...]


def commands() -> dict[str, click.Command]:
    """Every command by its whole name, those of groups as well."""
    found: dict[str, click.Command] = {}
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found.update((f"{name} {one}", inner) for one, inner in command.commands.items())
        else:
            found[name] = command
    return found


GROUPS = ("cadence", "db", "digest", "people", "programme")
"""Commands that have commands of their own."""


def usage(written_as: str) -> Usage:
    words = written_as.removeprefix("tillidsrum ").replace("[", "").replace("]", "").split()
    name = " ".join(words[: 2 if words[0] in GROUPS else 1])
    options = frozenset(word for word in words if word.startswith("--"))
    after_option = {words[at + 1] for at, word in enumerate(words[:-1]) if word in options}
    capitals = [word for word in words if word.isupper() and word not in after_option]
    return Usage(name, options, tuple(capitals))


def taken(command: click.Command) -> tuple[frozenset[str], tuple[str, ...]]:
    options = {one for param in command.params for one in param.opts if one.startswith("--")}
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    return frozenset(options), tuple(
        str(one.metavar or one.name).upper().strip("[]") for one in arguments
    )


def documented() -> dict[str, Usage]:
    uses = [usage(row) for row in first_column("README.md", "command")]
    return {one.name: one for one in uses}


def test_the_readme_has_every_command_and_no_other() -> None:
    assert set(documented()) == set(commands())


@pytest.mark.parametrize("name", sorted(documented()))
def test_a_command_takes_what_the_readme_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    said = documented()[name]
    assert (said.options, said.arguments) == taken(commands()[name])


def test_the_help_lists_every_command_of_the_readme() -> None:
    listed = CliRunner().invoke(main, ["--help"])
    assert listed.exit_code == 0
    for name in documented():
        assert re.search(rf"^  {name.split()[0]} ", listed.output, flags=re.MULTILINE)


@pytest.mark.parametrize("document", DOCS)
def test_every_command_that_is_named_anywhere_is_one(document: str) -> None:
    words = re.findall(
        r"(?:^|bin/| |&& |\()tillidsrum ([a-z]+)(?: ([a-z]+))?", code(written(document)), re.M
    )
    known = commands()
    unknown = [
        (first, second)
        for first, second in words
        if first not in known and f"{first} {second}" not in known
    ]
    assert unknown == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", written("Makefile"), flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCS)
def test_every_make_target_that_is_named_is_one(document: str) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", code(written(document))))
    assert named <= targets()


def test_the_readme_has_every_make_target() -> None:
    named = {one.removeprefix("make ") for one in first_column("README.md", "target")}
    assert named == targets() - {"help"}


# --- settings


def settings_table() -> dict[str, str]:
    """Setting -> its default as it is written, without backticks."""
    return {ticked(row[0])[0]: row[1].strip("`") for row in rows("docs/running.md", "setting")}


def default_of(name: str) -> str:
    default = Settings.model_fields[name].default
    return "" if default is None or isinstance(default, SecretStr) else str(default)


def test_the_guide_has_every_setting_with_its_default() -> None:
    fields = {f"{PREFIX}{name.upper()}": default_of(name) for name in Settings.model_fields}
    assert settings_table() == fields


@pytest.mark.parametrize("document", DOCS)
def test_every_setting_that_is_named_is_one(document: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", written(document))) - {ONLY_IN_TESTS}
    known = set(settings_table())
    assert {name for name in named if name.removesuffix("_FILE") not in known} == set()


# --- dialogues


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shipped_catalogue()


def test_the_readme_has_every_dialogue_with_its_minutes(catalogue: Catalogue) -> None:
    said = {name: int(row[2]) for row in rows("README.md", "dialogue") for name in ticked(row[0])}
    assert said == {name: one.minutes for name, one in catalogue.dialogues.items()}


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("fact", FACTS),
        ("effect", EFFECTS),
        ("predicate", PREDICATES),
        ("kind", dict.fromkeys(get_args(Kind))),
    ],
)
def test_the_reference_of_dialogues_has_every_name(
    header: str, names: Mapping[str, object]
) -> None:
    assert sorted(first_column("docs/dialogues.md", header)) == sorted(names)


def test_the_architecture_names_every_kind_of_reminder_and_what_it_opens(
    catalogue: Catalogue,
) -> None:
    said = {ticked(row[0])[0]: ticked(row[3]) for row in rows("docs/architecture.md", "reminder")}
    assert said.keys() == CONTACTS.keys()
    assert {one for opens in said.values() for one in opens} <= set(catalogue.dialogues)


def test_every_source_of_a_dialogue_is_explained(catalogue: Catalogue) -> None:
    explained = set(first_column("docs/dialogues.md", "`source`"))
    sources = " ".join(one.source or "" for one in catalogue.dialogues.values())
    assert set(re.findall(r"seed \d{3}", sources)) <= explained


# --- what is stored


def test_the_privacy_table_has_every_table() -> None:
    assert sorted(first_column("docs/privacy.md", "table")) == sorted(metadata.tables)


def test_the_privacy_table_says_where_something_is_sealed() -> None:
    sealing = {
        name
        for name, table in metadata.tables.items()
        if any(column.name.endswith(("_sealed", "wrapped")) for column in table.columns)
    }
    said = {
        name for row in rows("docs/privacy.md", "table") for name in ticked(row[0]) if row[2] != "—"
    }
    assert said == sealing


def test_the_privacy_table_says_how_long() -> None:
    kept = {name: row[3] for row in rows("docs/privacy.md", "table") for name in ticked(row[0])}
    default = Settings.model_fields["retention_days"].default
    for name in ("conversation", "note", "point", "pulse", "agreement", "share", "transcript"):
        assert f"{default} days" in kept[name]
    for name in ("outbox", "reminder"):
        assert f"{DELIVERY_KEPT.days} days" in kept[name]
    assert f"{KEPT.total_seconds() / 3600:.0f} hours" in kept["inbox"]
