"""The contact about an agreement with oneself, at the rhythm that was chosen for it."""

from __future__ import annotations

from datetime import timedelta

from bot.contacts.case import Case, Contact, Dropped, Opens
from bot.contacts.dialogues import about_cadence, cadence_of
from bot.planning import plan_cadence
from storage import agreements


def _alive(case: Case) -> bool:
    return cadence_of(case) is not None


def _opens(case: Case) -> Opens | Dropped:
    cadence = cadence_of(case)
    if cadence is None:
        return Dropped("no longer wanted")
    found = agreements.get_agreement(case.unit, case.profile, cadence.agreement or "")
    if found is None or found.state != "active":
        return Dropped("at rest")
    about = about_cadence(case, cadence).model_copy(update={"agreement": found.id})
    return Opens("contract-check", about)


def _next(case: Case) -> None:
    cadence = cadence_of(case)
    if cadence is not None:
        plan_cadence(case.unit, case.parts, cadence, case.now + timedelta(days=1))


CONTACTS = {"agreement": Contact(_opens, _alive, follows=_next)}
