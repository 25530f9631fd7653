"""The commands as they are called: what they print, what they leave, how they exit."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.definitions import COMMANDS
from storage.encryption import new_secret_key
from tests.bot.calling import answer, call, free_port
from tests.bot.office import METTE, Office, furnish

NEW_KEY = new_secret_key()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return furnish(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        yield held.getsockname()[1]


# --- wrong usage


@pytest.mark.parametrize(
    "args",
    [
        ["nothing-like-it"],
        ["export", METTE],
        ["erase"],
        ["demo", "--port", "70000"],
        ["simulate", "--leaders", "0"],
        ["check", "/no/such/folder"],
        ["db", "backup"],
        ["doctor", "--no-such-option"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_and_exits_2(args: list[str]) -> None:
    result = call(*args)
    assert result.exit_code == 2
    assert "Usage: tillidsrum" in result.stderr
    assert result.stdout == ""


def test_the_commands_of_this_release_are_there_and_no_others() -> None:
    assert list(COMMANDS) == [
        *("demo", "run", "check", "simulate", "people", "cadence", "digest", "programme"),
        *("export", "erase", "db", "doctor"),
    ]


# --- settings and the store say what is wrong in a line, without a traceback


def test_without_a_key_nothing_runs(tmp_path: Path) -> None:
    for args in (["run"], ["erase", METTE, "--yes"], ["export", METTE, "copy", "--yes"]):
        result = call(*args)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: TILLIDSRUM_SECRET_KEY is not set. Make one with")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("args", [["run"], ["erase", METTE, "--yes"], ["db", "upgrade"]])
def test_another_key_than_the_databases_is_refused(args: list[str], office: Office) -> None:
    result = call(*args, office=office, TILLIDSRUM_SECRET_KEY=NEW_KEY, TILLIDSRUM_PORT=free_port())
    assert result.exit_code == 1
    assert "is not the key this database was made with" in result.stderr
    assert NEW_KEY not in result.output


def test_a_key_without_the_shape_of_one_is_never_repeated(office: Office) -> None:
    result = call("run", office=office, TILLIDSRUM_SECRET_KEY="hunter2")
    assert result.exit_code == 1
    assert "hunter2" not in result.output


def test_an_unknown_setting_is_named() -> None:
    result = call("check", "--json")
    assert result.exit_code in (0, 1)
    result = call("run", TILLIDSRUM_PROT="1")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: TILLIDSRUM_PROT is no setting.")


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_taken_port_is_told_before_anything_is_made(
    command: str, taken_port: int, tmp_path: Path
) -> None:
    args = ["demo", "--no-browser", "--port", str(taken_port)] if command == "demo" else ["run"]
    settings = {"TILLIDSRUM_PORT": str(taken_port), "TILLIDSRUM_SECRET_KEY": NEW_KEY}
    result = call(*args, **settings)
    assert result.exit_code == 1
    assert f"Port {taken_port} on 127.0.0.1 is taken by another program." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_is_not_ours_is_told() -> None:
    settings = {"TILLIDSRUM_HOST": "192.0.2.1", "TILLIDSRUM_SECRET_KEY": NEW_KEY}
    result = call("run", **settings)
    assert result.exit_code == 1
    assert "192.0.2.1 is no address of this machine." in result.stderr


def test_no_command_makes_a_database_by_the_way(tmp_path: Path) -> None:
    settings = {"TILLIDSRUM_SECRET_KEY": NEW_KEY}
    for args in (["erase", METTE, "--yes"], ["db", "backup", "b.db"], ["export", METTE, "c"]):
        result = call(*args, **settings)
        assert result.exit_code == 1
        assert "There is no database at var/tillidsrum.db." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_json_stays_one_object_when_something_is_refused(office: Office) -> None:
    result = call("erase", "nobody@example.org", "--yes", "--json", office=office)
    assert result.exit_code == 1
    assert answer(result)["ok"] is False
    assert "Nobody has that address." in answer(result)["error"]


# --- check


def test_the_shipped_dialogues_are_looked_over() -> None:
    result = call("check", "--json")
    found = answer(result)
    assert result.exit_code == (0 if found["ok"] else 1)
    assert found["ok"] == (found["problems"] == [])


def test_a_folder_without_dialogues_is_a_problem(tmp_path: Path) -> None:
    result = call("check", str(tmp_path))
    assert result.exit_code == 1
    assert "common" in result.stdout
    listed = answer(call("check", str(tmp_path), "--json"))
    assert listed["ok"] is False
    assert set(listed["problems"][0]) == {"dialogue", "step", "language", "text"}


# --- simulate


def test_the_same_seed_gives_the_same_run() -> None:
    args = ["simulate", "--leaders", "2", "--weeks", "1", "--seed", "5", "--json"]
    first, again = answer(call(*args)), answer(call(*args))
    assert first["violations"] == dict.fromkeys(first["violations"], 0)
    for report in (first, again):
        assert report.pop("wall_seconds") > 0
        report.pop("leader_years_per_minute")
    assert first == again


def test_a_simulation_is_summed_up_in_a_line() -> None:
    result = call("simulate", "--leaders", "2", "--weeks", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 leaders for 1 weeks: ")
    assert "no promise broken" in result.stdout
