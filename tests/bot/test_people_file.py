"""The people file: what a good row means, and where exactly a bad one is bad."""

from __future__ import annotations

import pytest

from bot.people_file import (
    COLUMNS,
    Place,
    Row,
    as_email,
    days_in,
    hours_in,
    place_in,
    read_people,
)  # fmt: skip

HEAD = ",".join(COLUMNS)
METTE = "mette@example.org,Mette Holm"


def read(*lines: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    found = read_people("\n".join((head, *lines)).encode())
    return [(fault.line, fault.column, fault.wrong) for fault in found.faults]


def row(line: str, head: str = HEAD) -> Row:
    found = read_people(f"{head}\n{line}\n".encode())
    assert found.faults == []
    return found.rows[0]


def test_a_full_row_is_read() -> None:
    assert row(
        "Mette@Example.org , Mette  Holm,karin@example.org,hr leader,da,America/Nuuk,"
        "man-tor,8-15.30,trio:Nord:leader"
    ) == Row(
        2, "mette@example.org", "Mette Holm", "karin@example.org", "leader,hr", "da",
        "America/Nuuk", "1234", ("08:00", "15:30"), (Place("trio", "Nord", "leader", False),),
    )  # fmt: skip


def test_what_is_empty_says_nothing() -> None:
    assert row(f"{METTE},,,,,,,") == Row(2, "mette@example.org", "Mette Holm")


def test_the_first_two_columns_are_enough_in_any_order() -> None:
    assert row("Mette Holm,mette@example.org", head="Name,EMAIL").email == "mette@example.org"


def test_a_danish_spreadsheets_file_is_read() -> None:
    found = read_people(b"\xef\xbb\xbf" + "name;email\r\nSøren Ærø;søren@example.dk\r\n".encode())
    assert [(one.name, one.email) for one in found.rows] == [("Søren Ærø", "søren@example.dk")]


def test_what_looks_like_a_formula_is_just_a_name() -> None:
    assert row('mette@example.org,"=1+1"', head="email,name").name == "=1+1"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("mette,Mette,,,,,,,", (2, "email", "no-email")),
        (",Mette,,,,,,,", (2, "email", "missing")),
        ("mette@example.org,  ,,,,,,,", (2, "name", "missing")),
        (f"mette@example.org,{'x' * 121},,,,,,,", (2, "name", "long-name")),
        (f"{METTE},karin,,,,,,", (2, "nearest_leader_email", "no-email")),
        (f"{METTE},METTE@example.org,,,,,,", (2, "nearest_leader_email", "self")),
        (f"{METTE},,boss,,,,,", (2, "roles", "no-role")),
        (f"{METTE},,,sv,,,,", (2, "language", "no-language")),
        (f"{METTE},,,,Mars/Olympus,,,", (2, "time_zone", "no-zone")),
        (f"{METTE},,,,,fri-mon,,", (2, "working_days", "no-days")),
        (f"{METTE},,,,,,16-8,", (2, "working_hours", "no-hours")),
        (f"{METTE},,,", (2, "row", "cells")),
    ],
)
def test_a_bad_cell_is_told_with_line_and_column(line: str, fault: tuple[int, str, str]) -> None:
    assert read(line) == [fault]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert read("mette,,,boss,,,,,") == [
        (2, "email", "no-email"),
        (2, "name", "missing"),
        (2, "roles", "no-role"),
    ]


def test_an_address_that_is_there_twice_is_told_with_its_second_line() -> None:
    assert read(f"{METTE},,,,,,,", "", "METTE@EXAMPLE.ORG,Mette H,,,,,,,") == [
        (4, "email", "twice")
    ]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    lines = ('mette@example.org,"Mette\nHolm",,,,,,,', "karin,Karin,,,,,,,")
    assert read(*lines) == [(4, "email", "no-email")]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("email", (1, "name", "no-columns")),
        ("email,name,salary", (1, "3", "unknown-column")),
        ("email,name,email", (1, "email", "column-twice")),
    ],
)
def test_a_heading_that_does_not_fit_is_told(head: str, fault: tuple[int, str, str]) -> None:
    assert read(METTE, head=head) == [fault]


def test_an_empty_file_lacks_its_columns() -> None:
    assert [fault.wrong for fault in read_people(b"").faults] == ["no-columns", "no-columns"]


def test_a_quote_that_is_never_closed_is_told_where_it_begins() -> None:
    assert read(f"{METTE},,,,,,,", 'karin@example.org,"Karin,,,,,,,') == [(3, "row", "unreadable")]


def test_another_encoding_is_told_with_its_first_line() -> None:
    faults = read_people(
        "email,name\na@example.dk,Bo\nb@example.dk,Søren\n".encode("cp1252")
    ).faults
    assert [(fault.line, fault.wrong) for fault in faults] == [(3, "unreadable")]


def test_a_group_that_is_none_is_told() -> None:
    assert read(f"{METTE},,,,,,,trio:Nord:leader; chess club") == [(2, "groups", "no-group")]


def test_a_dash_says_that_somebody_is_in_no_group_and_nothing_says_nothing() -> None:
    assert row(f"{METTE},,,,,,,-").places == ()
    assert row(f"{METTE},,,,,,,").places is None


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("trio:Nord:tr", ("trio", "Nord", "tr", False)),
        ("TRIO: Øst og  vest :AMR-suppleant", ("trio", "Øst og vest", "amr", True)),
        ("trio:Nord:leder", ("trio", "Nord", "leader", False)),
        ("leadership:Ældre", ("leadership", "Ældre", "member", False)),
        ("network:Syd:facilitator", ("network", "Syd", "facilitator", False)),
        ("trio:Nord", None),
        ("trio:Nord:facilitator", None),
        ("trio::tr", None),
        ("leadership:Ældre:amr", None),
        ("club:Nord:tr", None),
        (f"trio:{'x' * 121}:tr", None),
    ],
)
def test_a_place_in_a_group(written: str, place: tuple[str, str, str, bool] | None) -> None:
    assert place_in(written) == place


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("12345", "12345"),
        ("mon-fri", "12345"),
        ("Mandag - torsdag", "1234"),
        ("tir, ons, søn", "237"),
        ("5 1", "15"),
        ("8", None),
        ("someday", None),
        ("-", None),
    ],
)
def test_working_days(written: str, days: str | None) -> None:
    assert days_in(written) == days


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("08:00-16:00", ("08:00", "16:00")),
        ("8-16", ("08:00", "16:00")),
        ("7.30 – 15.45", ("07:30", "15:45")),
        ("16:00-08:00", None),
        ("08:00-08:00", None),
        ("08:60-16:00", None),
        ("8-24", None),
        ("all day", None),
    ],
)
def test_working_hours(written: str, hours: tuple[str, str] | None) -> None:
    assert hours_in(written) == hours


@pytest.mark.parametrize(
    "written", ["a@b", "a b@c.dk", "@c.dk", "a@c.", "a@@c.dk", "x" * 250 + "@c.dk"]
)
def test_what_is_no_email(written: str) -> None:
    assert as_email(written) is None
