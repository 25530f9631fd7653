"""The commands as they are called: what they print, what they leave, how they exit."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot.cli import main
from bot.commands.definitions import COMMANDS
from storage import people
from storage.database import open_database
from storage.encryption import new_secret_key, parse_secret_key
from storage.tables import Audit, Outbox, table
from tests.bot.office import ENGLISH, KARIN, METTE, MINE, NOT_MINE, Office, furnish

NEW_KEY = new_secret_key()
audit, outbox = table(Audit), table(Outbox)


@pytest.fixture(autouse=True)
def bare_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env and settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("TILLIDSRUM_DATABASE_URL", "TILLIDSRUM_SECRET_KEY", "TILLIDSRUM_PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return furnish(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        yield held.getsockname()[1]


def call(
    *args: str, office: Office | None = None, says: str | None = None, **environment: str
) -> Result:
    given = {**(office.environment if office else ENGLISH), **environment}
    # What a command does not catch must fail the test, not become an exit code.
    result = CliRunner().invoke(main, list(args), input=says, env=given)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def answer(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return str(held.getsockname()[1])


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
        *("demo", "run", "check", "simulate"),
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


# --- export


def test_a_copy_is_written_for_the_person_and_nothing_of_it_is_shown(office: Office) -> None:
    result = call("export", METTE.upper(), "copy", office=office, says="yes\n")
    assert result.exit_code == 0, result.output
    files = {file.name for file in (office.folder / "copy").iterdir()}
    assert files == {"tillidsrum.json", "tillidsrum.html", "sheet.pdf", "curve.svg"}
    words = [*MINE.values(), *NOT_MINE.values(), "Mette", "Karin"]
    assert [word for word in words if word in result.output] == []


def test_the_person_is_told_and_the_copy_is_noted_without_content(office: Office) -> None:
    assert call("export", METTE, "copy", "--yes", office=office).exit_code == 0
    database = office.open()
    with database.read() as unit:
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        noted = unit.connection.execute(select(audit.c.what, audit.c.person_ref)).all()
        row = unit.connection.execute(
            select(outbox).where(outbox.c.slot_key.startswith("export:"))
        ).one()
        said = mette.key.open("outbox", "body_sealed", row.slot_key, row.body_sealed)
    database.close()
    assert ("exported by an administrator", mette.id) in [tuple(one) for one in noted]
    assert row.kind == "reply"
    assert row.person_id == mette.id
    assert json.loads(said)["name"] == "[exported-by-admin]"


def test_whoever_does_not_say_yes_makes_no_copy(office: Office) -> None:
    result = call("export", METTE, "copy", office=office, says="well\n")
    assert result.exit_code == 1
    assert result.stderr.endswith("Error: No copy was made.\n")
    assert call("export", METTE, "copy", office=office, says="").exit_code == 1
    assert not (office.folder / "copy").exists()


def test_a_copy_overwrites_nothing(office: Office) -> None:
    (office.folder / "copy").mkdir()
    result = call("export", METTE, "copy", "--yes", office=office)
    assert result.exit_code == 1
    assert "copy exists already. Name a new folder." in result.stderr


def test_a_copy_that_cannot_be_written_tells_nobody(office: Office) -> None:
    (office.folder / "a-file").write_text("")
    result = call("export", METTE, "a-file/copy", "--yes", office=office)
    assert result.exit_code == 1
    assert "a-file/copy cannot be written" in result.stderr
    database = office.open()
    with database.read() as unit:
        keys = unit.connection.execute(select(outbox.c.slot_key)).scalars().all()
    database.close()
    assert [key for key in keys if key.startswith("export:")] == []


# --- erase


def test_erasing_says_how_much_went_and_that_no_trace_is_left(office: Office) -> None:
    result = call("erase", METTE, office=office, says=f"{METTE.upper()} \n")
    assert result.exit_code == 0, result.output
    assert "note 1" in result.stdout
    assert "no traces are left" in result.stdout
    database = office.open()
    with database.read() as unit:
        assert people.find_by_email(unit, METTE) is None
        assert people.find_by_email(unit, KARIN) is not None
    database.close()
    assert len(office.log.read()) == 1


def test_another_address_the_second_time_erases_nobody(office: Office) -> None:
    result = call("erase", METTE, office=office, says=f"{KARIN}\n")
    assert result.exit_code == 1
    assert "nothing was erased" in result.stderr
    assert office.log.read() == []


def test_erasing_as_json_counts_rows_by_table(office: Office) -> None:
    result = call("erase", METTE, "--yes", "--json", office=office)
    assert result.exit_code == 0
    assert answer(result)["rows"]["note"] == 1
    assert answer(result)["traces_gone"] is True


def test_somebody_erased_already_is_not_found(office: Office) -> None:
    assert call("erase", METTE, "--yes", office=office).exit_code == 0
    assert call("erase", METTE, "--yes", office=office).exit_code == 1


# --- db


def test_upgrading_makes_the_database_and_then_finds_it_current(tmp_path: Path) -> None:
    first = call("db", "upgrade", "--json", TILLIDSRUM_SECRET_KEY=NEW_KEY)
    again = call("db", "upgrade", "--json", TILLIDSRUM_SECRET_KEY=NEW_KEY)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert [answer(one)["changed"] for one in (first, again)] == [True, False]
    assert (tmp_path / "var" / "tillidsrum.db").is_file()


def test_a_backup_put_back_erases_again_whoever_was_erased_since(office: Office) -> None:
    assert call("db", "backup", "backup.db", office=office).exit_code == 0
    assert call("erase", METTE, "--yes", office=office).exit_code == 0
    refused = call("db", "restore", "backup.db", office=office)
    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    restored = call("db", "restore", "backup.db", "--replace", "--json", office=office)
    assert restored.exit_code == 0, restored.output
    assert answer(restored)["erased_again"] == 1
    assert Path(answer(restored)["aside"]).is_file()
    assert call("erase", METTE, "--yes", office=office).exit_code == 1
    assert call("erase", KARIN, "--yes", office=office).exit_code == 0


def test_a_backup_overwrites_nothing(office: Office) -> None:
    (office.folder / "backup.db").write_text("something else")
    result = call("db", "backup", "backup.db", office=office)
    assert result.exit_code == 1
    assert (office.folder / "backup.db").read_text() == "something else"


def test_what_is_no_backup_is_not_put_back(office: Office) -> None:
    (office.folder / "letter.txt").write_text("Dear Karin")
    result = call("db", "restore", "letter.txt", "--replace", office=office)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert call("erase", METTE, "--yes", office=office).exit_code == 0


def test_nothing_is_put_back_under_a_program_that_runs(office: Office) -> None:
    assert call("db", "backup", "backup.db", office=office).exit_code == 0
    running = open_database(office.url)
    with running.write():
        result = call("db", "restore", "backup.db", "--replace", office=office)
    running.close()
    assert result.exit_code == 1
    assert "is in use. Stop the program" in result.stderr


def test_a_backup_that_is_not_there_is_told(office: Office) -> None:
    result = call("db", "restore", "backup.db", office=office)
    assert result.exit_code == 1
    assert "There is no file backup.db." in result.stderr


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


# --- doctor


def checks(result: Result) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for one in answer(result)["checks"]:
        found.setdefault(one["name"], []).append(one["ok"])
    return found


def test_a_new_key_is_printed_and_nothing_else() -> None:
    result = call("doctor", "--new-key", TILLIDSRUM_NO_SUCH="1")
    assert result.exit_code == 0
    assert len(parse_secret_key(result.stdout)) == 32
    assert len(result.stdout.splitlines()) == 1


def test_a_well_kept_office_is_well(office: Office) -> None:
    result = call("doctor", "--json", office=office, TILLIDSRUM_PORT=free_port())
    found = checks(result)
    assert found.pop("dialogues") in ([True], [False])  # their own test says which
    assert found == {
        "settings": [True],
        "key": [True, True],
        "folders": [True],
        "database": [True],
        "clock": [True],
        "address": [True],
        "slack": [True],
        "telegram": [True],
        "papers": [True],
    }


def test_each_thing_that_is_wrong_is_told_with_its_mend(office: Office, taken_port: int) -> None:
    (office.folder / "var").chmod(0o755)
    settings = {"TILLIDSRUM_SECRET_KEY": NEW_KEY, "TILLIDSRUM_PORT": str(taken_port)}
    result = call("doctor", "--json", office=office, **settings)
    found = checks(result)
    assert result.exit_code == 1
    assert found["key"] == [True, False]
    assert found["folders"] == [False]
    assert found["address"] == [False]
    assert "chmod 700" in result.stdout


def test_settings_that_cannot_be_read_do_not_end_the_examination() -> None:
    result = call("doctor", "--json", TILLIDSRUM_PROT="1", TILLIDSRUM_PORT="x")
    assert result.exit_code == 1
    assert checks(result)["settings"] == [False, False]
    assert checks(result)["papers"] == [True]


def test_the_doctor_makes_nothing(tmp_path: Path) -> None:
    result = call("doctor", "--json", TILLIDSRUM_SECRET_KEY=NEW_KEY, TILLIDSRUM_PORT=free_port())
    assert checks(result)["database"] == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_behind_is_told(office: Office) -> None:
    database = open_database(office.url)
    with database.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    database.close()
    result = call("doctor", "--json", office=office, TILLIDSRUM_PORT=free_port())
    assert checks(result)["database"] == [False]
    assert "tillidsrum db upgrade" in result.stdout
