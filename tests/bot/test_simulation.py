"""The simulation keeps its word: sound programs break no promise, planted bugs are found."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.simulation.office import Office
from bot.simulation.person import Person
from bot.simulation.phrases import MARK
from bot.simulation.population import make_somebody
from bot.simulation.report import Course, Report
from bot.simulation.run import simulate
from flows.wording import Choice, Entry, Message, Span
from storage.errors import WouldOverwrite
from tests.bot import planted

PROMISES = {
    "outside_working_hours", "on_holiday_or_leave", "duplicates", "lost",
    "unshared_text_seen_by_others", "over_budget",
}  # fmt: skip
OPENED = {
    "action-plan", "articles", "development-plan", "evaluation", "insight", "trio-meeting",
    "network-meeting",
}  # fmt: skip
FAULTS = (
    "crashes_before_commit", "crashes_after_commit", "redelivered", "refused", "rate_limited",
    "timed_out_and_arrived", "timed_out_and_lost", "outages", "paced", "do_not_disturb", "blocked",
)  # fmt: skip
ALONE = """
import sys, tempfile
from pathlib import Path
from bot.simulation.run import simulate
print(simulate(6, 1, 5, True, folder=Path(tempfile.mkdtemp(dir=sys.argv[1]))).trace_digest)
"""


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return simulate(10, 8, 1, False, folder=tmp_path_factory.mktemp("well"))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return simulate(10, 8, 2, True, folder=tmp_path_factory.mktemp("faulty"))


@pytest.fixture(scope="module")
def swapping(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("swapping")
    return with_bug(folder, planted.WithRecipientsSwapped, courses=True, leaders=8, weeks=4)


def with_bug(
    folder: Path, office: Callable[..., Office], *, faults: bool = False, courses: bool = False,
    leaders: int = 12, weeks: int = 8,
) -> Report:  # fmt: skip
    """A program with a bug in what it does for pairs, or for `courses` too."""
    return simulate(leaders, weeks, 3, faults, folder=folder, courses=courses, office=office)


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


def test_a_course_has_been_lived_through(well: Report, faulty: Report) -> None:
    assert set(well.course.nudges) | set(faulty.course.nudges) == OPENED
    for course in (well.course, faulty.course):
        assert course.cohorts == 2
        assert course.representatives > 5
        assert course.digests_to_hr > 4
        assert course.meetings
    done = {*well.course.done, *faulty.course.done}
    assert done >= {"started", "moved", "paused", "resumed", "ended", "joined", "team", "left"}
    assert done >= {"nearest", "programme", "ruled"}


def test_without_courses_there_are_pairs_alone(tmp_path: Path) -> None:
    course = simulate(4, 2, 1, False, folder=tmp_path, courses=False).course
    assert course == Course()


def test_somebody_can_be_asked_without_a_simulation_around_them() -> None:
    dice = random.Random(1)
    somebody = Person(make_somebody(3, dice), [], dice, writes=lambda *_: "Lidt mere ro.")
    said, buttons = (Span(text="?"),), (Choice(token="c:1:yes", label="Ja"),)
    now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    pressed = somebody.answer(Message(name="make", spans=said, choices=buttons), now)
    assert pressed.pressed in buttons
    asked = Message(name="action", spans=said, entry=Entry(kind="text", longest=80))
    assert somebody.answer(asked, now).text == "Lidt mere ro."


def test_the_report_is_one_json_object_with_what_is_promised(well: Report) -> None:
    printed = json.loads(well.as_json())
    assert {"leaders", "weeks", "seed", "reminders_sent", "conversations_completed"} <= set(printed)
    assert set(printed["violations"]) > PROMISES
    assert printed["wall_seconds"] > 0
    assert isinstance(printed["faults_injected"], dict)


def test_the_report_holds_nobodys_words(swapping: Report) -> None:
    assert swapping.first_violations
    assert not MARK.search(swapping.as_json())


def test_the_same_seed_gives_the_same_run_in_any_process_and_another_seed_another(
    tmp_path: Path,
) -> None:
    digests = [_digest_alone(tmp_path, "1")]
    for seed in (5, 6):
        folder = tmp_path / str(seed)
        folder.mkdir()
        digests.append(simulate(6, 1, seed, True, folder=folder).trace_digest)
    assert digests[0] == digests[1] != digests[2]


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
    simulate(2, 1, 1, False, folder=tmp_path, courses=False)
    with pytest.raises(WouldOverwrite, match="Name an empty folder"):
        simulate(2, 1, 1, False, folder=tmp_path)


# --- bugs that must be found


def test_a_program_without_the_gate_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutGate, weeks=4).violations
    assert found.outside_working_hours > 0
    assert found.on_holiday_or_leave > 0


def test_a_program_without_a_budget_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutBudget, courses=True, leaders=8, weeks=3).violations
    assert found.over_budget > 0
    assert found.gentle_over_budget > 0


def test_a_program_that_swaps_recipients_is_found(swapping: Report) -> None:
    assert swapping.violations.unshared_text_seen_by_others > 0


def test_a_program_that_ignores_withdrawals_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutWithdrawal).violations
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


def test_a_program_that_forgets_whom_it_asked_and_invited_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutMemory, courses=True, leaders=8, weeks=4).violations
    assert found.nudged_twice > 0
    assert found.group_asked_again > 0
    assert found.invited_twice > 0


def test_a_program_that_forgets_somebody_in_a_course_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.ForgettingSomebody, courses=True, leaders=6, weeks=3)
    assert found.violations.lost > 0


def test_a_program_that_knows_no_rest_is_found(tmp_path: Path) -> None:
    found = with_bug(tmp_path, planted.WithoutRest, courses=True, leaders=8, weeks=5).violations
    assert found.nudged_out_of_course > 0
    assert found.in_a_quiet_week > 0
    assert found.contacted_after_leaving > 0


@pytest.mark.parametrize(
    "office", [planted.GivingFewAway, planted.GivingOneAway, planted.Recomputing]
)
def test_a_program_whose_figures_give_somebody_away_is_found(
    tmp_path: Path, office: Callable[..., Office]
) -> None:
    found = with_bug(tmp_path, office, courses=True, leaders=2, weeks=3).violations
    assert found.figures_give_away > 0
