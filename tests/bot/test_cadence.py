"""`tillidsrum cadence`: shown before it is saved, told to those whom it concerns, in their hours."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from storage import cadences, pairs, people
from storage.database import Unit
from storage.tables import Audit, Outbox, Reminder, table
from tests.bot.calling import answer, call
from tests.bot.office import DANISH, KARIN, METTE, Office, furnish

T = TypeVar("T")
_outbox, _audit, _reminder = table(Outbox), table(Audit), table(Reminder)
LIS = "lis@example.org"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """With Lis, who is led by Karin and has agreed on nothing; Mette and Karin lead each other."""
    monkeypatch.chdir(tmp_path)
    Path("lis.csv").write_text(f"email,name,nearest_leader_email\n{LIS},Lis Lind,{KARIN}\n")
    made = furnish(tmp_path)
    call("people", "import", "lis.csv", office=made)
    return made


def ask(office: Office, work: Callable[[Unit], T]) -> T:
    database = office.open()
    try:
        with database.read() as unit:
            return work(unit)
    finally:
        database.close()


def weeks_of(office: Office, email: str) -> int | None:
    """How often the person's dialogue comes; None without a series."""

    def look(unit: Unit) -> int | None:
        leader = people.find_by_email(unit, email)
        assert leader is not None
        pair = pairs.pair_of(unit, leader.id)
        found = cadences.cadence_of_pair(unit, pair.id) if pair else None
        return found.rule.every_weeks if found else None

    return ask(office, look)


def rules_for_all(office: Office) -> list[dict[str, Any]]:
    listed = answer(call("cadence", "list", "--json", office=office))["rules"]
    return [one for one in listed if one["for"] == "organisation"]


def told(office: Office, email: str) -> list[str]:
    def look(unit: Unit) -> list[str]:
        person = people.find_by_email(unit, email)
        assert person is not None
        rows = unit.connection.execute(
            select(_outbox.c.body_sealed, _outbox.c.slot_key).where(
                _outbox.c.person_id == person.id,
                _outbox.c.slot_key.startswith("told:rhythm-changed:"),
            )
        )
        bodies = [person.key.open("outbox", "body_sealed", key, body) for body, key in rows]
        return [json.loads(body)["name"] for body in bodies]

    return ask(office, look)


def test_a_rule_for_all_gives_a_series_to_a_pair_that_has_none(office: Office) -> None:
    assert weeks_of(office, LIS) is None
    result = call("cadence", "set", "--every", "3", "--yes", "--json", office=office)
    assert answer(result)["changed"] >= 1
    assert weeks_of(office, LIS) == 3
    assert told(office, LIS) == ["[rhythm-changed]"]


def test_what_two_have_agreed_on_stays_where_it_is(office: Office) -> None:
    call("cadence", "set", "--every", "4", "--day", "fri", "--yes", office=office)
    assert weeks_of(office, METTE) == 2
    assert told(office, METTE) == []


def test_the_next_ten_are_shown_and_nothing_is_saved_without_a_yes(office: Office) -> None:
    result = call("cadence", "set", "--every", "3", "--show", LIS, office=office, says="n\n")
    assert result.exit_code == 1
    assert len([line for line in result.stdout.splitlines() if line.startswith("  ")]) == 10
    assert rules_for_all(office) == []
    assert weeks_of(office, LIS) is None


def test_a_rule_of_a_group_counts_before_that_of_all(office: Office) -> None:
    Path("lis.csv").write_text(f"email,name,groups\n{LIS},Lis Lind,trio:Nord:leader\n")
    call("people", "import", "lis.csv", office=office)
    call("cadence", "set", "--every", "1", "--yes", office=office)
    call("cadence", "set", "--for", "group:trio:Nord", "--every", "4", "--yes", office=office)
    assert weeks_of(office, LIS) == 4
    call("cadence", "set", "--for", "group:trio:Nord", "--clear", "--yes", office=office)
    assert weeks_of(office, LIS) == 1


def test_nobody_is_hurried_by_a_rule_for_all(office: Office) -> None:
    call("cadence", "set", "--for", f"person:{LIS}", "--every", "6", "--yes", office=office)
    call("cadence", "set", "--every", "1", "--yes", office=office)
    assert weeks_of(office, LIS) == 6


def test_what_is_not_said_stays_as_it_was_set(office: Office) -> None:
    call("cadence", "set", "--every", "3", "--day", "fri", "--yes", office=office)
    call("cadence", "set", "--at", "13.30", "--yes", office=office)
    [rule] = rules_for_all(office)
    assert (rule["every_weeks"], rule["weekday"], rule["at"]) == (3, 5, "13:30:00")


def test_setting_the_same_again_tells_nobody(office: Office) -> None:
    for _ in range(2):
        call("cadence", "set", "--every", "3", "--yes", office=office)
    assert told(office, LIS) == ["[rhythm-changed]"]


def test_each_change_is_in_the_log(office: Office) -> None:
    call("cadence", "set", "--kind", "digest", "--off", "--yes", office=office)
    lines = ask(office, lambda unit: unit.connection.execute(select(_audit.c.what)).scalars().all())
    assert "rhythm of digest set for organisation" in lines


def test_a_digest_comes_in_the_rhythm_and_can_be_stopped(office: Office) -> None:
    def planned(unit: Unit) -> list[str]:
        query = select(_reminder.c.state).where(_reminder.c.kind == "digest")
        return sorted(unit.connection.execute(query).scalars())

    call("cadence", "set", "--kind", "digest", "--every", "2", "--yes", office=office)
    assert ask(office, planned) == ["planned", "planned"]
    call("cadence", "set", "--kind", "digest", "--off", "--yes", office=office)
    assert ask(office, planned) == ["dropped", "dropped"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--for", "everybody"], "is no level"),
        (["--for", "group:trio:Syd", "--every", "2"], "no group of that kind"),
        (["--for", "group:club:Syd", "--every", "2"], "no group of that kind"),
        (["--day", "whenever"], "no day of the week"),
        (["--at", "25:00"], "no time of day"),
        (["--quiet", "2027-7"], "is no week"),
        ([], "Say what to set"),
        (["--for", "person:nobody@example.org", "--every", "2"], "nobody@example.org"),
    ],
)
def test_what_cannot_be_set_is_told_with_the_mend(
    office: Office, given: list[str], says: str
) -> None:
    wanted = given if len(given) != 2 or given[0] != "--for" else [*given, "--every", "2"]
    result = call("cadence", "set", *wanted, "--yes", office=office)
    assert result.exit_code == 1
    assert says in result.stderr or says == "nobody@example.org"


def test_a_preview_is_in_the_persons_own_time(office: Office) -> None:
    shown = call("cadence", "preview", "--person", METTE, "--count", "3", office=office)
    lines = shown.stdout.splitlines()
    assert len(lines) == 4
    assert all(line.endswith("10:00") for line in lines[1:])


def test_the_commands_speak_danish_too(office: Office) -> None:
    call("cadence", "set", "--every", "3", "--yes", office=office)
    result = call("cadence", "list", office=office, **DANISH)
    assert "dialogue, organisation: hver tredje uge\n" in result.stdout


def test_a_quiet_week_is_quiet_for_what_two_agreed_on_too(office: Office) -> None:
    def days(*more: str) -> list[str]:
        shown = call("cadence", "preview", "--person", METTE, "--count", "4", *more, office=office)
        return [line.split()[1] for line in shown.stdout.splitlines()[1:]]

    second = date.fromisoformat(days()[1])
    year, week, _ = second.isocalendar()
    call("cadence", "set", "--quiet", f"{year}-W{week:02}", "--yes", office=office)
    assert all(date.fromisoformat(day).isocalendar()[:2] != (year, week) for day in days())
