"""What the commands about programmes share: a cohort by its name, a day, and plain refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, TypeVar

from bot.commands.language import terminal_language
from bot.commands.progress import waiting
from bot.commands.refused import Refused
from bot.commands.store import open_store, parts_in
from bot.commands.texts import say
from bot.course.planning import today_in
from bot.course.refusals import CourseRefused, worded
from bot.parts import Parts
from bot.settings import Settings, read_settings
from storage.cohorts import Cohort, cohort_named
from storage.database import Unit

T = TypeVar("T")


class Desk(NamedTuple):
    """What a command works with. `today`: where the organisation is."""

    unit: Unit
    parts: Parts
    settings: Settings
    today: date

    def cohort(self, name: str) -> Cohort:
        found = cohort_named(self.unit, name)
        if found is None:
            raise Refused(say("programme.no-cohort", name=name))
        return found


def at_desk(work: Callable[[Desk], T], *, dry_run: bool = False, reads: bool = False) -> T:
    """Does the work in one transaction, and shows on a terminal that it takes a while. `dry_run`:
    does it, and undoes it; `reads`: nobody else waits for it."""
    settings = read_settings()
    with open_store(settings) as database:

        def work_in_it() -> T:
            with database.read() if reads else database.write() as unit, _in_words():
                parts = parts_in(unit, settings)
                desk = Desk(unit, parts, settings, today_in(settings.time_zone, parts))
                done = work(desk)
                if dry_run:
                    unit.connection.rollback()
                return done

        return waiting(say("programme.progress"), work_in_it)


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(say("programme.bad-date", text=text)) from None


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except CourseRefused as refused:
        raise Refused(worded(refused, terminal_language())) from None
