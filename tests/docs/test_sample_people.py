"""The sample file of people can be imported as it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.people_file import Place, read_people
from storage.encryption import new_secret_key

FILE = Path(__file__).parents[2] / "deploy" / "sample-people.csv"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, as after `tillidsrum db upgrade`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TILLIDSRUM_SECRET_KEY", new_secret_key())
    monkeypatch.setenv("TILLIDSRUM_DATABASE_URL", f"sqlite:///{tmp_path / 'sample.db'}")
    assert called("db", "upgrade").exit_code == 0
    return tmp_path


def called(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def counted(*words: str) -> dict[str, object]:
    result = called("people", "import", str(FILE), "--json", *words)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


def test_it_is_imported_with_nothing_wrong_in_it(place: Path) -> None:
    people = len(FILE.read_text("utf-8").splitlines()) - 1
    looked = counted("--dry-run")
    assert (looked["ok"], looked["faults"], looked["added"]) == (True, [], people)
    assert counted()["added"] == people
    assert counted("--dry-run")["same"] == people


def test_it_has_a_whole_trio_with_a_substitute_and_somebody_for_every_role() -> None:
    found = read_people(FILE.read_bytes())
    places = [place for row in found.rows for place in row.places or ()]
    trio = {(one.role, one.substitute) for one in places if one.kind == "trio"}
    assert trio == {("leader", False), ("tr", False), ("amr", False), ("amr", True)}
    assert Place("leadership", "Ældre og sundhed", "leader", False) in places
    assert {row.roles for row in found.rows} == {"leader", "representative", "hr", "admin"}
