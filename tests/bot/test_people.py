"""`tillidsrum people`: everybody of a file or nobody, again and again, and nobody's words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.commands.store import parts_of
from bot.people_file import PeopleFile, Row
from bot.people_import import Counts, Default, Known, counts_of, known_people, take_in
from bot.people_import import check_leaders as check
from bot.settings import Settings
from storage import groups, pairs, people, shares
from storage.database import Unit
from storage.tables import Outbox, Reminder, table
from tests.bot.calling import answer, call
from tests.bot.office import KARIN, METTE, MINE, NOT_MINE, THEIRS, Office, furnish

T = TypeVar("T")
HEAD = "email,name,nearest_leader_email,roles,language,time_zone,working_days,working_hours,groups"
BO, LIS = "bo@example.org", "lis@example.org"
NOTHING = ",,,,,,"
_outbox, _reminder = table(Outbox), table(Reminder)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return furnish(tmp_path)


def write(*lines: str) -> str:
    Path("people.csv").write_text("\n".join((HEAD, *lines)), "utf-8")
    return "people.csv"


def ask(office: Office, work: Callable[[Unit], T]) -> T:
    database = office.open()
    try:
        with database.read() as unit:
            return work(unit)
    finally:
        database.close()


def emails(office: Office) -> set[str]:
    found = ask(office, lambda unit: [people.email_of(unit, one) for one in people.everybody(unit)])
    return {one for one in found if one}


def nearest(office: Office, email: str) -> str | None:
    def look(unit: Unit) -> str | None:
        leader = people.find_by_email(unit, email)
        assert leader is not None
        found = pairs.nearest_leader_of(unit, leader.id)
        return people.email_of(unit, found) if found else None

    return ask(office, look)


# --- import


def test_people_of_a_file_are_added_with_who_leads_them(office: Office) -> None:
    file = write(f"{BO},Bo Berg,{LIS}{NOTHING}", f"{LIS},Lis Lind,{KARIN},leader hr,en,,,8-15,")
    result = call("people", "import", file, office=office)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("2 added, 0 changed, 0 as before; 0 got another nearest")
    assert emails(office) == {METTE, KARIN, BO, LIS}
    assert (nearest(office, BO), nearest(office, LIS)) == (LIS, KARIN)
    lis = ask(office, lambda unit: people.find_by_email(unit, LIS))
    assert lis is not None
    assert (lis.language, lis.zone, lis.roles) == ("en", "Europe/Copenhagen", "leader,hr")
    assert (lis.hours_from, lis.hours_to) == ("08:00", "15:00")


def test_language_and_zone_begin_as_the_settings_say(office: Office) -> None:
    settings = {"TILLIDSRUM_LANGUAGE": "en", "TILLIDSRUM_TIME_ZONE": "America/Nuuk"}
    call("people", "import", write(f"{BO},Bo Berg,{NOTHING}"), office=office, **settings)
    bo = ask(office, lambda unit: people.find_by_email(unit, BO))
    assert bo is not None
    assert (bo.language, bo.zone, bo.roles) == ("en", "America/Nuuk", "leader")


def test_one_bad_row_and_nothing_is_imported(office: Office) -> None:
    file = write(f"{BO},Bo Berg,{NOTHING}", f"lis,Lis Lind,{NOTHING}")
    result = call("people", "import", file, office=office)
    assert result.exit_code == 1
    assert "Line 3, email: is no e-mail address." in result.stderr
    assert "Nothing was imported" in result.stderr
    assert emails(office) == {METTE, KARIN}


def test_the_good_rows_are_imported_when_asked_for(office: Office) -> None:
    file = write(f"{BO},Bo Berg,{NOTHING}", f"lis,Lis Lind,{NOTHING}")
    result = call("people", "import", file, "--skip-bad", office=office)
    assert result.exit_code == 0
    assert "Skipped: 1 bad rows." in result.stdout
    assert emails(office) == {METTE, KARIN, BO}


def test_who_is_led_by_somebody_who_was_skipped_is_skipped_too(office: Office) -> None:
    file = write(
        f"{BO},Bo Berg,{LIS}{NOTHING}", f"{LIS},Lis,ida@example.org{NOTHING}",
        f"ida@example.org,,{NOTHING}",
    )  # fmt: skip
    result = call("people", "import", file, "--skip-bad", "--json", office=office)
    assert [(one["line"], one["column"]) for one in answer(result)["faults"]] == [
        (2, "nearest_leader_email"),
        (3, "nearest_leader_email"),
        (4, "name"),
    ]
    assert emails(office) == {METTE, KARIN}


def test_leaders_who_lead_each_other_in_a_circle_are_refused(office: Office) -> None:
    file = write(
        f"{BO},Bo Berg,{LIS}{NOTHING}", f"{LIS},Lis Lind,ida@example.org{NOTHING}",
        f"ida@example.org,Ida Ibsen,{BO}{NOTHING}", f"per@example.org,Per,{BO}{NOTHING}",
    )  # fmt: skip
    result = call("people", "import", file, office=office)
    assert result.exit_code == 1
    assert result.stderr.count("lead each other in a circle") == 3
    assert emails(office) == {METTE, KARIN}


def test_a_circle_that_closes_through_those_who_are_there_is_found() -> None:
    row = Row(2, "a@example.org", "A", "b@example.org")
    bo = Known({"b@example.org": None}, {"b@example.org": "a@example.org"})  # type: ignore[dict-item]
    file = PeopleFile([row])
    check(file, bo)
    assert [(one.line, one.wrong) for one in file.faults] == [(2, "cycle")]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(office: Office) -> None:
    file = write(f"{BO},Bo Berg,{NOTHING}", f"{METTE},Mette Holm Vig,{NOTHING}")
    result = call("people", "import", file, "--dry-run", office=office)
    assert result.exit_code == 0
    assert result.stdout.startswith("Would make: 1 added, 1 changed, 0 as before;")
    assert emails(office) == {METTE, KARIN}


def places(office: Office, email: str) -> set[tuple[str, str, str, bool]]:
    def look(unit: Unit) -> set[tuple[str, str, str, bool]]:
        person = people.find_by_email(unit, email)
        assert person is not None
        return {
            (group.kind, group.name, member.role, member.substitute)
            for group, member in groups.memberships_of(unit, person.id)
        }

    return ask(office, look)


def test_people_are_put_in_the_groups_of_the_file_each_made_once(office: Office) -> None:
    file = write(
        f"{BO},Bo Berg,,,,,,,trio:Nord:leader; leadership:Ældre",
        f"{LIS},Lis Lind,,,,,,,trio:Nord:amr-substitute",
    )
    result = call("people", "import", file, "--json", office=office)
    assert answer(result)["placed"] == 3
    assert places(office, BO) == {
        ("trio", "Nord", "leader", False),
        ("leadership", "Ældre", "member", False),
    }
    assert places(office, LIS) == {("trio", "Nord", "amr", True)}
    names = ask(office, lambda unit: [one.name for one in groups.groups(unit, "trio")])
    assert sorted(names) == ["G", "Nord"]


def test_what_a_row_says_of_groups_is_all_that_somebody_is_in(office: Office) -> None:
    call("people", "import", write(f"{BO},Bo Berg,,,,,,,trio:Nord:tr-substitute"), office=office)
    call("people", "import", write(f"{BO},Bo Berg{NOTHING},"), office=office)
    assert places(office, BO) == {("trio", "Nord", "tr", True)}
    changed = write(f"{BO},Bo Berg,,,,,,,trio:Nord:tr; trio:Syd:tr")
    assert answer(call("people", "import", changed, "--json", office=office))["placed"] == 3
    assert places(office, BO) == {("trio", "Nord", "tr", False), ("trio", "Syd", "tr", False)}
    assert answer(call("people", "import", changed, "--json", office=office))["placed"] == 0
    call("people", "import", write(f"{BO},Bo Berg,,,,,,,-"), office=office)
    assert places(office, BO) == set()


def test_a_file_that_is_none_is_told_without_its_words(office: Office) -> None:
    Path("people.csv").write_bytes(b"email,name\n\xff\xfe,secret-words\n")
    result = call("people", "import", "people.csv", office=office)
    assert result.exit_code == 1
    assert "Line 2, row: cannot be read as UTF-8." in result.stderr
    assert "secret-words" not in result.output


# --- import again


def test_importing_the_same_file_again_changes_nothing(office: Office) -> None:
    file = write(
        f"{BO},Bo Berg,{LIS},leader,en,America/Nuuk,135,9-14,", f"{LIS},Lis Lind,{NOTHING}"
    )
    call("people", "import", file, office=office)
    result = call("people", "import", file, "--json", office=office)
    counts = {name: answer(result)[name] for name in Counts._fields}
    assert counts == {"added": 0, "changed": 0, "same": 2, "moved": 0, "placed": 0}


def test_what_is_left_empty_stays_and_nobody_is_lost(office: Office) -> None:
    call(
        "people",
        "import",
        write(f"{BO},Bo,{LIS},hr,en,,135,9-14,", f"{LIS},Lis,{NOTHING}"),
        office=office,
    )
    result = call("people", "import", write(f"{BO},Bo Berg,{NOTHING}"), office=office)
    assert result.stdout.startswith("0 added, 1 changed, 0 as before;")
    bo = ask(office, lambda unit: people.find_by_email(unit, BO))
    assert bo is not None
    assert (bo.name, bo.language, bo.roles) == ("Bo Berg", "en", "hr")
    assert (bo.working_days, bo.hours_from) == ("135", "09:00")
    assert nearest(office, BO) == LIS
    assert emails(office) == {METTE, KARIN, BO, LIS}


def test_another_nearest_leader_closes_all_that_was_between_the_two(office: Office) -> None:
    file = write(
        f"{LIS},Lis Lind,{NOTHING}",
        f"{METTE},Mette Holm,{LIS}{NOTHING}",
        f"{KARIN},Karin Lund,{LIS}{NOTHING}",
    )
    result = call("people", "import", file, office=office)
    assert result.exit_code == 0, result.output
    assert "2 got another nearest leader" in result.stdout

    def look(unit: Unit) -> tuple[int, list[str], list[str]]:
        karin, mette = people.find_by_email(unit, KARIN), people.find_by_email(unit, METTE)
        assert karin is not None
        assert mette is not None
        open_still = shares.shared_with(unit, mette, karin.id)
        states = unit.connection.execute(select(_reminder.c.state)).scalars()
        told = unit.connection.execute(
            select(_outbox.c.body_sealed, _outbox.c.slot_key).where(
                _outbox.c.person_id == mette.id, _outbox.c.slot_key.startswith("told:")
            )
        )
        bodies = [mette.key.open("outbox", "body_sealed", key, body) for body, key in told]
        return len(open_still), list(states), [json.loads(body)["name"] for body in bodies]

    assert ask(office, look) == (0, ["dropped"], ["[nearest-leader-moved]"])
    assert nearest(office, METTE) == LIS


# --- many


def test_thousands_are_checked_and_counted_in_no_time() -> None:
    rows = [
        Row(n + 2, f"leader{n}@example.org", "L", f"leader{n // 7}@example.org" if n else None)
        for n in range(1, 5000)
    ]
    rows.insert(0, Row(1, "leader0@example.org", "L"))
    file = PeopleFile(rows)
    check(file, Known({}, {}))
    assert file.faults == []
    assert counts_of(file.rows, Known({}, {})) == Counts(added=5000)


def test_hundreds_are_added_in_one_go(office: Office) -> None:
    rows = [Row(n, f"leader{n}@example.org", f"L {n}", METTE) for n in range(300)]
    settings = Settings(database_url=office.url)
    database = office.open()
    with database.write() as unit:
        counts = take_in(
            unit, parts_of(settings), rows, Default("da", "Europe/Copenhagen"), known_people(unit)
        )
    with database.read() as unit:
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        led = len(pairs.pairs_led_by(unit, mette.id))
    database.close()
    assert counts == Counts(added=300)
    assert led >= 300


# --- list


def test_a_list_shows_who_is_there_and_nothing_they_wrote(office: Office) -> None:
    result = call("people", "list", office=office)
    assert result.exit_code == 0
    assert f"{METTE}\tMette Holm\tda\tweb" in result.stdout.splitlines()
    words = [*MINE.values(), *THEIRS.values(), *NOT_MINE.values()]
    assert [word for word in words if word in result.output] == []


def test_a_list_as_json(office: Office) -> None:
    call("people", "import", write(f"{BO},Bo Berg,{NOTHING}"), office=office)
    found = answer(call("people", "list", "--json", office=office))["people"]
    bo = {"email": BO, "name": "Bo Berg", "language": "da", "channels": []}
    assert bo in found


# --- invite


def test_without_a_channel_there_is_nowhere_to_invite_to(office: Office) -> None:
    result = call("people", "invite", METTE, office=office)
    assert result.exit_code == 1
    assert "No channel is configured" in result.stderr


def test_somebody_nobody_knows_is_not_invited(office: Office) -> None:
    token = "7000000001:AAabcdefghijklmnopqrstuvwxyz0123456"
    result = call("people", "invite", BO, office=office, TILLIDSRUM_TELEGRAM_BOT_TOKEN=token)
    assert result.exit_code == 1
    assert "Nobody has that address." in result.stderr


def test_an_unreachable_telegram_gives_words_instead_of_an_address(office: Office) -> None:
    call("people", "import", write(f"{BO},Bo Berg,{NOTHING}"), office=office)
    settings = {
        "TILLIDSRUM_TELEGRAM_BOT_TOKEN": "7000000001:AAabcdefghijklmnopqrstuvwxyz0123456",
        "TILLIDSRUM_TELEGRAM_API_URL": "http://127.0.0.1:1",
    }
    result = call("people", "invite", BO, "--json", office=office, **settings)
    assert result.exit_code == 0, result.output
    made = answer(result)
    assert made["address"] == ""
    assert len(made["token"]) == 22
    assert len(made["code"]) == 6
    spoken = call("people", "invite", METTE, office=office, **settings)
    assert "writes to it (72 hours, once): start " in spoken.stdout
    assert "shown the code where Tillidsrum usually writes" in spoken.stdout


# --- leave


def test_whoever_leaves_is_written_to_no_more_and_leads_nobody(office: Office) -> None:
    call("people", "import", write(f"{KARIN},Karin,,,,,,,trio:Nord:leader"), office=office)
    assert call("people", "leave", KARIN, office=office).exit_code == 0
    assert nearest(office, METTE) is None
    assert places(office, KARIN) == set()
    karin = ask(office, lambda unit: people.find_by_email(unit, KARIN))
    assert karin is not None
    assert karin.status == "left"
    received = ask(office, lambda unit: shares.shared_with(unit, karin, "anybody"))
    assert received == []


def test_whoever_is_in_the_file_again_has_come_back(office: Office) -> None:
    call("people", "leave", KARIN, office=office)
    call("people", "import", write(f"{KARIN},Karin{NOTHING},"), office=office)
    karin = ask(office, lambda unit: people.find_by_email(unit, KARIN))
    assert karin is not None
    assert karin.status == "active"
