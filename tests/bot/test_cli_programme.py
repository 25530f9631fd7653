"""`tillidsrum programme`: a course from its file to its last day, without anybody's words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.danish_holidays import danish_holidays
from flows.load import shipped_programmes
from storage import groups, people
from storage.groups import Member
from tests.bot.calling import answer, call
from tests.bot.office import DANISH, KARIN, METTE, MINE, THEIRS, Office, furnish

EVERYBODY = Path("people.txt")
JOINED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FIRST = datetime.now(UTC).date() + timedelta(days=40)
OFF = danish_holidays(range(FIRST.year, FIRST.year + 3))


def working(days: int) -> str:
    """The working day so many days after the first, or the next one."""
    day = FIRST + timedelta(days=days)
    while day.isoweekday() > 5 or day in OFF:
        day += timedelta(days=1)
    return day.isoformat()


MODULES = ("start", "module-1", "module-2", "module-3")
DAYS = [working(n) for n in (0, 40, 80, 120)]
NAME = ("--name", "Nyborg")


def dated(days: list[str] = DAYS) -> list[str]:
    pairs = zip(MODULES, days, strict=False)
    return [part for module, day in pairs for part in ("--module", f"{module}={day}")]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    EVERYBODY.write_text(f"{METTE}\n")
    return furnish(tmp_path)


def start(office: Office, *more: str, people_from: Path | None = EVERYBODY, **how: Any) -> Any:
    some = ("--people", str(people_from)) if people_from else ()
    return call(
        "programme",
        "start",
        "municipal-course",
        *NAME,
        *dated(),
        *some,
        *more,
        office=office,
        **how,
    )


def cohorts(office: Office) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer(call("programme", "list", "--json", office=office))[
        "cohorts"
    ]
    return [one for one in found if one["name"] != "K"]


def test_the_shipped_programmes_are_listed(office: Office) -> None:
    listed = answer(call("programme", "list", "--json", office=office))
    assert {one["id"] for one in listed["programmes"]} == set(shipped_programmes())
    assert not any(one["own"] for one in listed["programmes"])
    shown = call("programme", "list", office=office)
    assert "municipal-course" in shown.output
    assert "module-3" in shown.output


def test_a_dry_run_shows_the_calendar_and_changes_nothing(office: Office) -> None:
    result = start(office, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "evaluation-later" in result.output
    assert DAYS[1] in result.output
    assert cohorts(office) == []


def test_a_cohort_is_started_and_listed(office: Office) -> None:
    started = answer(start(office, "--pilot", "--json"))
    assert (started["ok"], started["name"], started["people"]) == (True, "Nyborg", 1)
    assert started["planned"] == sum(line["people"] for line in started["calendar"])
    [found] = cohorts(office)
    assert (found["state"], found["pilot"], found["participants"]) == ("running", True, 1)
    assert found["days"] == dict(zip(MODULES, DAYS, strict=True))
    assert "Nyborg" in call("programme", "list", office=office).output


def test_groups_bring_their_leaders(office: Office) -> None:
    database = office.open()
    with database.write() as unit:
        mette, karin = people.find_by_email(unit, METTE), people.find_by_email(unit, KARIN)
        assert mette is not None
        assert karin is not None
        from_ids = iter(("g1", "m1", "m2"))
        made = groups.make_groups(unit, lambda: next(from_ids), JOINED, [("trio", "Å")])
        group = made["trio", "Å"].id
        members = [Member(group, mette.id, "leader"), Member(group, karin.id, "tr")]
        groups.join(unit, lambda: next(from_ids), JOINED, members)
    database.close()
    started = answer(start(office, "--group", "trio:Å", "--json", people_from=None))
    assert started["people"] == 1
    assert {"trio-1", "point-law"} <= {line["nudge"] for line in started["calendar"]}
    [found] = cohorts(office)
    assert found["groups"] == 1


def test_a_person_sees_their_own_calendar(office: Office) -> None:
    start(office)
    own = answer(call("programme", "preview", "Nyborg", "--person", METTE, "--json", office=office))
    assert own["calendar"][0]["nudge"] == "development-plan"
    hers = call("programme", "preview", "Nyborg", "--person", KARIN, office=office)
    assert "insight" in hers.output
    assert "development-plan" not in hers.output
    everybody = call("programme", "preview", "Nyborg", office=office)
    assert "development-plan" in everybody.output


def test_a_module_is_moved_after_a_look(office: Office) -> None:
    start(office)
    later = working(90)
    tried = answer(
        call("programme", "move", "Nyborg", "module-2", later, "--dry-run", "--json", office=office)
    )
    assert tried["planned"] > 3
    assert cohorts(office)[0]["days"]["module-2"] == DAYS[2]
    moved = call("programme", "move", "Nyborg", "module-2", later, office=office)
    assert moved.exit_code == 0, moved.output
    assert cohorts(office)[0]["days"]["module-2"] == later


def test_a_cohort_is_paused_resumed_and_ended(office: Office) -> None:
    start(office)
    assert call("programme", "pause", "Nyborg", office=office).exit_code == 0
    silent = answer(call("programme", "preview", "Nyborg", "--json", office=office))
    assert (silent["state"], silent["calendar"]) == ("paused", [])
    assert "paused" in call("programme", "preview", "Nyborg", office=office).output
    assert answer(call("programme", "resume", "Nyborg", "--json", office=office))["planned"] > 10
    assert call("programme", "end", "Nyborg", office=office, says="no\n").exit_code == 1
    assert cohorts(office)[0]["state"] == "running"
    assert call("programme", "end", "Nyborg", office=office, says="yes\n").exit_code == 0
    again = call("programme", "resume", "Nyborg", office=office)
    assert again.exit_code == 1
    assert "has ended" in again.stderr


def test_somebody_joins_and_leaves(office: Office) -> None:
    start(office)
    joined = answer(call("programme", "join", "Nyborg", KARIN, "--json", office=office))
    assert joined["planned"] > 10
    assert cohorts(office)[0]["participants"] == 2
    assert call("programme", "leave", "Nyborg", KARIN, office=office).exit_code == 0
    assert cohorts(office)[0]["participants"] == 1
    assert call("programme", "leave", "Nyborg", KARIN, office=office).exit_code == 1


# --- what is refused


WRONG_STARTS = [
    (["--module", "start"], "Write it as start=2027-01-14"),
    (["--module", "start=soon"], "Write it as 2027-01-14"),
    (["--module", f"start={DAYS[0]}"], "module-1 has no date"),
    (["--module", f"start={DAYS[0]}"] * 2, "start was given two dates"),
    (dated([DAYS[0], DAYS[2], DAYS[1], DAYS[3]]), "has to come after module-1"),
    (dated(["2020-01-06", *DAYS[1:]]), "start is in the past"),
    ([*dated(), "--module", f"module-9={DAYS[0]}"], "They are: start, module-1"),
    ([*dated(), "--group", "band:Å"], "trio, leadership or network"),
    ([*dated(), "--group", "trio:Nowhere"], "There is no group trio:Nowhere"),
]


def test_a_start_that_cannot_be_is_refused_with_the_mend(office: Office) -> None:
    for wrong, mend in WRONG_STARTS:
        words = (*NAME, *wrong, "--people", str(EVERYBODY))
        result = call("programme", "start", "municipal-course", *words, office=office)
        assert result.exit_code == 1
        assert mend in result.stderr
    assert cohorts(office) == []


def test_unknown_people_programmes_and_cohorts_are_refused(office: Office) -> None:
    EVERYBODY.write_text(f"name;email\nMette;{METTE}\nX;nobody@example.org\n")
    result = start(office)
    assert result.exit_code == 1
    assert "line 3" in result.stderr
    assert "nobody@" not in result.stderr
    nowhere = call("programme", "start", "x", *NAME, *dated(), office=office)
    assert "No programme is called x" in nowhere.stderr
    for verb in ("preview", "pause", "resume"):
        assert "No cohort is called" in call("programme", verb, "Y", office=office).stderr
    wrong = call("programme", "move", "Y", "start", "tomorrow", "--json", office=office)
    assert answer(wrong)["ok"] is False


def test_it_answers_in_danish(office: Office) -> None:
    result = start(office, **DANISH)
    assert "er startet" in result.output
    again = start(office, **DANISH)
    assert "Der er allerede et hold" in again.stderr


# --- a programme of one's own


def own_file(office: Office) -> str:
    return call("programme", "show", "municipal-course", office=office).output


def test_a_programme_is_shown_edited_and_imported(office: Office) -> None:
    text = own_file(office)
    assert text.strip() == shipped_programmes()["municipal-course"].text.strip()
    start(office)
    article = (
        '[[modules.articles]]\nurl = "https://example.org/a"\nminutes = 9\n'
        'title = { da = "A", en = "A" }\n\n[[modules]]\nid = "module-2"'
    )
    file = Path("own.toml")
    file.write_text(
        text.replace('[[modules]]\nid = "module-2"', article).replace("version = 1", "version = 2"),
        "utf-8",
    )
    looked = call("programme", "import", str(file), "--dry-run", office=office)
    assert "Nothing was changed" in looked.output
    assert not any(
        one["own"]
        for one in answer(call("programme", "list", "--json", office=office))["programmes"]
    )
    done = answer(call("programme", "import", str(file), "--json", office=office))
    assert (done["version"], done["changed"]) == (2, 0)
    listed = answer(call("programme", "list", "--json", office=office))["programmes"]
    assert {one["id"]: one["own"] for one in listed}["municipal-course"] is True


def test_all_that_is_wrong_with_a_file_is_listed_in_both_languages(office: Office) -> None:
    file = Path("own.toml")
    file.write_text(
        own_file(office).replace('"trio-1"', '"Trio 1"').replace("before = 7", "befor = 7"), "utf-8"
    )
    result = call("programme", "import", str(file), office=office)
    assert result.exit_code == 1
    assert "own.toml: [[nudges]] 2 (nearest-leader): befor is not known here" in result.stderr
    assert "[[nudges]] 7 (Trio 1): id is no short name" in result.stderr
    assert "(2 problems)" in result.stderr
    danish = call("programme", "import", str(file), "--json", office=office, **DANISH)
    assert len(json.loads(danish.stdout)["faults"]) == 2
    Path("broken.toml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in call("programme", "import", "broken.toml", office=office).stderr


def test_no_command_shows_what_anybody_has_written(office: Office) -> None:
    start(office)
    shown = [
        call("programme", *words, office=office).output
        for words in (("list", "--json"), ("preview", "Nyborg"), ("preview", "Nyborg", "--json"))
    ]
    words = [*MINE.values(), *THEIRS.values(), "Holm", "Lund"]
    assert [word for word in words if word in "".join(shown)] == []
