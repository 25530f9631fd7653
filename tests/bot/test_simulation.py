"""The simulation keeps its word: sound programs break no promise, planted bugs are found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.simulation.office import Office
from bot.simulation.phrases import MARK
from bot.simulation.report import Report
from bot.simulation.run import simulate
from storage.errors import WouldOverwrite
from tests.bot import planted

PROMISES = (
    "outside_working_hours", "on_holiday_or_leave", "duplicates", "lost",
    "unshared_text_seen_by_others", "over_budget",
)  # fmt: skip
FAULTS = (
    "crashes_before_commit", "crashes_after_commit", "redelivered", "refused", "rate_limited",
    "timed_out_and_arrived", "timed_out_and_lost", "outages", "paced", "do_not_disturb", "blocked",
)  # fmt: skip
ALONE = """
import sys, tempfile
from pathlib import Path
from bot.simulation.run import simulate
print(simulate(6, 2, 4, True, folder=Path(tempfile.mkdtemp(dir=sys.argv[1]))).trace_digest)
"""


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return simulate(16, 8, 1, False, folder=tmp_path_factory.mktemp("well"))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return simulate(16, 8, 2, True, folder=tmp_path_factory.mktemp("faulty"))


def with_bug(
    folder: Path, office: Callable[..., Office], *, faults: bool = False, weeks: int = 8
) -> Report:
    return simulate(14, weeks, 3, faults, folder=folder, office=office)


def test_a_sound_program_breaks_no_promise(well: Report) -> None:
    assert not well.violations.any(), well.first_violations


def test_a_sound_program_breaks_no_promise_when_everything_fails_around_it(faulty: Report) -> None:
    assert not faulty.violations.any(), faulty.first_violations


def test_something_of_everything_has_happened(well: Report, faulty: Report) -> None:
    for report in (well, faulty):
        assert report.reminders_sent > 50
        assert report.conversations_completed > 50
        assert report.turns > 400
        assert report.messages_sent > report.turns
        assert report.shares > 5
        assert report.withdrawals > 0


def test_every_kind_of_fault_was_injected(faulty: Report) -> None:
    injected = faulty.faults_injected.model_dump()
    assert [name for name in FAULTS if not injected[name]] == []


def test_what_the_weekly_budget_let_go_is_told_by_budget_and_kind(well: Report) -> None:
    let_go = [use.let_go for used in well.weekly_budget.values() for use in used.values()]
    made = [use.made for used in well.weekly_budget.values() for use in used.values()]
    assert sum(let_go) == well.let_go["weekly budget"]
    assert 0 < sum(made) <= well.reminders_sent
    assert set(well.weekly_budget) <= {"3", "4", "5"}


def test_without_faults_nothing_is_injected(well: Report) -> None:
    assert not any(well.faults_injected.model_dump().values())


def test_the_report_is_one_json_object_with_what_is_promised(well: Report) -> None:
    printed = json.loads(well.as_json())
    assert {"leaders", "weeks", "seed", "reminders_sent", "conversations_completed"} <= set(printed)
    assert set(printed["violations"]) == set(PROMISES)
    assert printed["wall_seconds"] > 0
    assert isinstance(printed["faults_injected"], dict)


def test_the_report_holds_nobodys_words(tmp_path: Path) -> None:
    report = with_bug(tmp_path, planted.WithRecipientsSwapped)
    assert report.first_violations
    assert not MARK.search(report.as_json())


def test_the_same_seed_gives_the_same_run_and_another_seed_another(tmp_path: Path) -> None:
    digests = []
    for number, seed in enumerate((5, 5, 6)):
        folder = tmp_path / str(number)
        folder.mkdir()
        digests.append(simulate(8, 3, seed, True, folder=folder).trace_digest)
    assert digests[0] == digests[1] != digests[2]


def test_a_run_does_not_depend_on_the_process_it_runs_in(tmp_path: Path) -> None:
    digests = {_digest_alone(tmp_path, hash_seed) for hash_seed in ("1", "2")}
    assert len(digests) == 1


def _digest_alone(folder: Path, hash_seed: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", ALONE, str(folder)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.getcwd()},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return ran.stdout.strip()


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[float] = []
    simulate(3, 1, 1, False, folder=tmp_path, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("leaders", [1, 2])
def test_even_the_smallest_organisation_can_be_simulated(tmp_path: Path, leaders: int) -> None:
    assert not simulate(leaders, 2, 1, True, folder=tmp_path).violations.any()


def test_an_earlier_runs_database_is_not_written_over(tmp_path: Path) -> None:
    simulate(2, 1, 1, False, folder=tmp_path)
    with pytest.raises(WouldOverwrite, match="Name an empty folder"):
        simulate(2, 1, 1, False, folder=tmp_path)


# --- bugs that must be found


def test_a_program_without_the_gate_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutGate).violations
    assert found.outside_working_hours > 0
    assert found.on_holiday_or_leave > 0


def test_a_program_without_a_budget_is_found(tmp_path: Path) -> None:
    assert with_bug(tmp_path, planted.WithoutBudget).violations.over_budget > 0


def test_a_program_that_swaps_recipients_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithRecipientsSwapped).violations
    assert found.unshared_text_seen_by_others > 0


def test_a_program_that_ignores_withdrawals_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutWithdrawal, weeks=12).violations
    assert found.unshared_text_seen_by_others > 0


def test_a_program_that_takes_events_twice_is_found(tmp_path: Path) -> None:
    assert with_bug(tmp_path, planted.WithoutInbox, weeks=3).violations.duplicates > 0


def test_a_program_that_sends_what_may_have_arrived_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.SendingBlindly, faults=True)
    assert found.violations.duplicates > 0


def test_a_program_that_marks_before_it_sends_is_found(tmp_path: Path) -> None:
    assert with_bug(tmp_path, planted.MarkingFirst, faults=True).violations.lost > 0


def test_a_program_that_loses_answers_is_found(tmp_path: Path) -> None:
    assert with_bug(tmp_path, planted.LosingAnswers, weeks=4).violations.lost > 0
