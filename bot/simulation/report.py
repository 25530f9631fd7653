"""What a simulation found."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Counts(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Violations(Counts):
    """How often a promise was broken; all 0 in a sound program."""

    outside_working_hours: int = 0
    on_holiday_or_leave: int = 0
    duplicates: int = 0
    lost: int = 0
    unshared_text_seen_by_others: int = 0
    over_budget: int = 0
    gentle_over_budget: int = 0
    """More in a week of what leaves the dialogue its room than two fewer than the budget."""
    nudged_twice: int = 0
    nudged_out_of_course: int = 0
    """While it was paused or had ended, out of its time, or somebody whom it is not for."""
    group_asked_again: int = 0
    invited_twice: int = 0
    in_a_quiet_week: int = 0
    contacted_after_leaving: int = 0
    figures_give_away: int = 0

    def any(self) -> bool:
        return any(self.model_dump().values())


class FaultCounts(Counts):
    crashes_before_commit: int = 0
    crashes_after_commit: int = 0
    crashes_after_sending: int = 0
    redelivered: int = 0
    refused: int = 0
    rate_limited: int = 0
    timed_out_and_arrived: int = 0
    timed_out_and_lost: int = 0
    look_up_unavailable: int = 0
    outages: int = 0
    paced: int = 0
    do_not_disturb: int = 0
    blocked: int = 0


class Use(Counts):
    """Contacts of a kind: how many were made, and how many the weekly budget let go."""

    made: int = 0
    let_go: int = 0


class Course(Counts):
    """What HR did, and what came of it."""

    representatives: int = 0
    groups: int = 0
    cohorts: int = 0
    done: dict[str, int] = {}
    """What HR did, by kind."""
    refused: int = 0
    """What the program would not do, such as a module on a day that is a holiday."""
    nudges: dict[str, int] = {}
    """By what they opened."""
    meetings: dict[str, int] = {}
    """By what became of them."""
    digests_to_hr: int = 0
    figures_given: int = 0
    figures_refused: int = 0


class Report(Counts):
    leaders: int
    weeks: int
    seed: int
    faults: bool
    reminders_sent: int = 0
    conversations_completed: int = 0
    violations: Violations
    faults_injected: FaultCounts
    first_violations: list[str] = []
    """What was broken first, without anybody's words."""
    turns: int = 0
    messages_sent: int = 0
    shares: int = 0
    withdrawals: int = 0
    erased: int = 0
    doubtful: int = 0
    """Reminders let go on the platform that cannot tell whether they arrived."""
    repeated_in_doubt: int = 0
    """Answers that were said twice on the platform that cannot tell."""
    let_go: dict[str, int] = {}
    """Reminders that were not sent, by their lawful reason."""
    weekly_budget: dict[str, dict[str, Use]] = {}
    """By the budget of those who were contacted, and by the kind of contact; the second ones of a
    kind by themselves."""
    course: Course = Course()
    leader_years_per_minute: float = 0.0
    wall_seconds: float = 0.0
    trace_digest: str = ""
    """Of everything sent, seen and stored: the same seed gives the same."""

    def as_json(self) -> str:
        return self.model_dump_json(indent=2)
