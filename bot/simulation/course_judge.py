"""The judge of what a course and its groups bring: by what HR has on its books, and by what each
message says it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from bot.simulation.books import Books, Cohort
from bot.simulation.oracles import Contact, Read, Verdicts
from flows.programme import Nudge
from storage.prepared import Prepared
from storage.tables import Reminder, table
from storage.tables_course import Meeting

INVITATION = "meeting-invite"
ABOUT_A_MEETING = ("meeting-turn", "meeting-vote", "meeting-choice", "meeting")
_meeting, _reminder = table(Meeting), table(Reminder)
_nudges = select(_reminder.c.subject_id).where(_reminder.c.kind == "nudge")
_group_of = Prepared(select(_meeting.c.group_id).where(_meeting.c.id == bindparam("meeting")))


class CourseJudge:
    """Each nudge once, while its course goes on, in its time, to whom it is for; each meeting asked
    about no more than anybody wants; each invitation once."""

    def __init__(
        self, verdicts: Verdicts, books: Books, ids: Mapping[int, str], read: Read
    ) -> None:
        self._verdicts = verdicts
        self._books = books
        self._ids = ids
        self._read = read
        self._nudged: set[tuple[int, str, str, str]] = set()
        self._asked: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._invited: set[tuple[int, str, int]] = set()
        self.nudges: Counter[str] = Counter()

    def judge(self, number: int, contact: Contact) -> None:
        if contact.kind == "nudge":
            self._judge_nudge(number, contact)
        elif contact.kind == "digest":
            self._judge_week(number, contact, "digest", None)
        elif contact.kind == INVITATION:
            self._judge_invitation(number, contact)
        elif contact.kind in ABOUT_A_MEETING:
            self._judge_meeting(number, contact)

    # --- nudges

    def _judge_nudge(self, number: int, contact: Contact) -> None:
        of, group, name, _ = contact.subject.split(":")
        cohort = next((one for one in self._books.cohorts if one.id == of), None)
        nudge = cohort.programme.nudge(name) if cohort else None
        if cohort is None or nudge is None:
            self._verdicts.add("nudged_out_of_course", f"of no course: {contact.subject}")
            return
        self.nudges[nudge.opens] += 1
        self._judge_once(number, contact, (of, group, name))
        why = self._out_of_course(number, cohort, nudge, group, contact.local.date())
        if why:
            what = f"{name} of {cohort.name} to {number} on {contact.local:%Y-%m-%d}, {why}"
            self._verdicts.add("nudged_out_of_course", what)
        kind = "insight" if nudge.opens == "insight" else "nudge"
        self._judge_week(number, contact, kind, cohort)

    def _judge_once(self, number: int, contact: Contact, which: tuple[str, str, str]) -> None:
        of, group, name = which
        if (number, *which) in self._nudged and not contact.asked_for:
            self._verdicts.add("nudged_twice", f"{name} of {of} to {number} at {contact.local}")
        self._nudged.add((number, *which))
        if not group:
            return
        # Of somebody who had everything deleted nobody can know that they were asked.
        if self._asked[which] - self._books.erased:
            self._verdicts.add("group_asked_again", f"{name}, {number} at {contact.local}")
        self._asked[which].add(number)

    def _out_of_course(
        self, number: int, cohort: Cohort, nudge: Nudge, group: str, today: date
    ) -> str:
        day = cohort.days[nudge.module]
        if cohort.state != "running":
            return f"it is {cohort.state}"
        if nudge.before is not None and today > day:
            return f"the module has been on {day}"
        if nudge.before is None and today < day:
            return f"the module comes on {day}"
        return "" if self._is_for(number, cohort, nudge, group) else "not for them"

    def _is_for(self, number: int, cohort: Cohort, nudge: Nudge, group: str) -> bool:
        """Who is anybody's nearest leader is for themselves to say, and is not judged."""
        if nudge.for_ == "nearest-leader":
            return True
        if nudge.for_ == "convener":
            return any(team.id == group and number in team.members for team in cohort.teams)
        if nudge.for_ in ("leader", "trio") and number in cohort.people:
            return True
        teams = [team for team in cohort.teams if team.kind == nudge.for_]
        return any(number in team.members for team in teams)

    # --- nobody is forgotten

    def check_all(self) -> None:
        """For whoever takes a course from its start something of it was planned, unless a rule
        keeps all of it away. In a short course two a week may leave nothing for one module."""
        with self._read() as unit:
            found = [one.split(":") for one in unit.connection.execute(_nudges).scalars()]
        planned = {(of, person) for of, _, _, person in found}
        if any(ruled.rule.off for ruled in self._books.rules.values()):
            return
        for cohort in self._books.cohorts:
            for number in sorted(cohort.founders & cohort.people):
                if (cohort.id, self._ids[number]) not in planned:
                    what = f"nothing of {cohort.name} was planned for {number}"
                    self._verdicts.add("lost", what)

    # --- quiet weeks

    def _judge_week(self, number: int, contact: Contact, kind: str, cohort: Cohort | None) -> None:
        year, week = contact.week
        monday = datetime.combine(date.fromisocalendar(year, week, 1), time(0))
        begins = monday.replace(tzinfo=ZoneInfo("UTC"))
        for (level, scope, of), ruled in self._books.rules.items():
            quiet = (
                not contact.asked_for and of == kind and f"{year}-W{week:02d}" in ruled.rule.quiet
            )
            if quiet and ruled.since < begins and self._counts(number, level, scope, cohort):
                what = f"{kind} to {number} on {contact.local:%Y-%m-%d}, by {level} {scope}"
                self._verdicts.add("in_a_quiet_week", what)

    def _counts(self, number: int, level: str, scope: str, cohort: Cohort | None) -> bool:
        if level == "person":
            return self._ids.get(number) == scope
        if level == "group":
            return any(team.id == scope for team, _ in self._books.seats_of(number))
        taken = cohort is not None and cohort.programme.id == scope and number in cohort.people
        return level == "organisation" or taken

    # --- meetings

    def _judge_invitation(self, number: int, contact: Contact) -> None:
        """One for each revision of a meeting."""
        meeting = contact.subject.partition(":")[0]
        if (number, meeting, contact.ordinal) in self._invited:
            self._verdicts.add("invited_twice", f"{meeting} to {number} at {contact.local}")
        self._invited.add((number, meeting, contact.ordinal))

    def _judge_meeting(self, number: int, contact: Contact) -> None:
        """Where nobody ever answers there is no meeting, and nothing about it is asked again."""
        meeting = contact.subject.partition(":")[0]
        with self._read() as unit:
            row = _group_of.first(unit, {"meeting": meeting})
        team = self._books.team_with(row.group_id) if row else None
        if contact.again or (team is not None and team.silent):
            what = f"{contact.kind} to {number} at {contact.local}"
            self._verdicts.add("group_asked_again", what)
