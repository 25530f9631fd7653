"""The digest of a nearest leader, else of whoever runs the courses, in the rhythm that was set for
it; an empty one is not sent."""

from __future__ import annotations

from datetime import timedelta

from bot.contacts.case import Case, Contact, Dropped, Opens
from bot.contacts.dialogues import about_cadence, cadence_of
from bot.digest_facts import lines_for
from bot.planning import plan_cadence
from bot.rhythm_change import sets_for_all
from storage import cohorts


def _alive(case: Case) -> bool:
    return cadence_of(case) is not None


def _opens(case: Case) -> Opens | Dropped:
    cadence = cadence_of(case)
    if cadence is None:
        return Dropped("no longer wanted")
    if lines_for(case.unit, case.parts, case.profile, case.now):
        return Opens("digest", about_cadence(case, cadence))
    if sets_for_all(case.profile) and cohorts.cohorts(case.unit, "running"):
        return Opens("hr-digest", about_cadence(case, cadence))
    return Dropped("nothing to tell")


def _next(case: Case) -> None:
    cadence = cadence_of(case)
    if cadence is not None:
        plan_cadence(case.unit, case.parts, cadence, case.now + timedelta(days=1))


CONTACTS = {"digest": Contact(_opens, _alive, follows=_next)}
