"""Small dialogues of a test's own, and the names that docs/dialogues.md promises."""

import re
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from flows.check import Problem, check_folder
from flows.load import Catalogue, load_catalogue, shipped_catalogue
from flows.testing import Player
from tests.flows.small import STEPS, WORDS

DOCS = Path(__file__).parents[2] / "docs" / "dialogues.md"
Build = Callable[..., Catalogue]


Known = dict[str, frozenset[str]]


def problems_of(folder: Path, known: Known, name: str = "small", **limits: Any) -> list[Problem]:
    """What is wrong with one of the dialogues below a folder."""
    found = check_folder(folder, **known, **limits)
    return [problem for problem in found if problem.dialogue == name]


def names_in(heading: str) -> frozenset[str]:
    """The names in the first column of a table in docs/dialogues.md."""
    section = DOCS.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return frozenset(name for row in rows for name in re.findall(r"`([a-z_-]+)`", row))


@pytest.fixture(scope="session")
def known() -> dict[str, frozenset[str]]:
    return {"effects": names_in("Effects"), "facts": names_in("Facts")}


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of dialogues that holds nothing yet but the words common to all."""
    with as_file(files("flows") / "dialogues" / "common") as common:
        shutil.copytree(common, tmp_path / "dialogues" / "common")
    return tmp_path / "dialogues"


def put(folder: Path, structure: str, da: str, en: str | None = None, name: str = "small") -> Path:
    """Writes a dialogue of a test's own; the English is the Danish when none is given."""
    own = folder / name
    own.mkdir(exist_ok=True)
    head = (
        "" if re.search(r"^id = ", structure.split("[[")[0], re.MULTILINE) else f'id = "{name}"\n'
    )
    if not re.search(r"^version = ", structure.split("[[")[0], re.MULTILINE):
        head += "version = 1\nminutes = 1\n"
    (own / "dialogue.toml").write_text(head + structure, "utf-8")
    (own / "da.toml").write_text(_titled(da), "utf-8")
    (own / "en.toml").write_text(_titled(da if en is None else en), "utf-8")
    return own


def _titled(wording: str) -> str:
    return wording if wording.lstrip().startswith("title") else f'title = "Small"\n{wording}'


@pytest.fixture
def build(folder: Path) -> Build:
    """From TOML texts to a catalogue with one dialogue, `small`."""

    def made(structure: str, da: str, en: str | None = None) -> Catalogue:
        put(folder, structure, da, en)
        return load_catalogue(folder)

    return made


@pytest.fixture
def small(build: Build) -> Catalogue:
    return build(STEPS, WORDS)


@pytest.fixture
def player(small: Catalogue) -> Player:
    return Player(small, "small").begin()
