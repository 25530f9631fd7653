"""What one is to take part in: dialogues, meetings of one's groups, and days of a course."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.course import programmes
from bot.papers.invitation import PlannedDialogue
from bot.papers.own import invitation_of
from bot.parts import Parts, today_of
from flows.model import Language
from flows.programme import Module
from storage import cohorts, groups, rosters
from storage.cohorts import Cohort
from storage.database import Unit
from storage.people import Profile


class ModuleDay(NamedTuple):
    """`uid`: the same for as long as the cohort has the module, also when its day is moved."""

    uid: str
    day: date
    title: str
    course: str


def meetings_ahead(unit: Unit, parts: Parts, me: Profile) -> list[PlannedDialogue]:
    """Dialogues and meetings that are to be, the soonest first."""
    events = invitation_of(unit, parts, me).events
    return sorted((one for one in events if not one.cancelled), key=lambda one: one.starts_at)


def module_days(unit: Unit, parts: Parts, me: Profile, language: Language) -> list[ModuleDay]:
    """From today on, the soonest first."""
    today = today_of(me, parts.clock())
    found = [
        day
        for cohort in cohorts.cohorts_of(unit, me.id)
        for day in _of_cohort(unit, cohort, me, language)
        if day.day >= today
    ]
    return sorted(found, key=lambda one: (one.day, one.uid))


def _of_cohort(unit: Unit, cohort: Cohort, me: Profile, language: Language) -> list[ModuleDay]:
    programme = programmes.find(unit, cohort.programme)
    if programme is None:
        return []
    takes = bool(rosters.participants(unit, cohort.id, [me.id]))
    in_trio = _sits_in_trio(unit, cohort, me)
    return [
        ModuleDay(
            f"{cohort.id}-{module.id}@tillidsrum", cohort.days[module.id],
            module.title.within(language), programme.title.within(language),
        )
        for module in programme.modules
        if module.id in cohort.days and _comes(module, takes, in_trio)
    ]  # fmt: skip


def _comes(module: Module, takes: bool, in_trio: bool) -> bool:
    return takes or (module.for_ == "trio" and in_trio)


def _sits_in_trio(unit: Unit, cohort: Cohort, me: Profile) -> bool:
    of_cohort = set(cohorts.groups_of(unit, cohort.id))
    mine = groups.memberships_of(unit, me.id)
    return any(group.kind == "trio" and group.id in of_cohort for group, _ in mine)
