"""Each kind of row goes when it is old enough, and not a day before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from flows.cadence import Cadence as Rule
from flows.conversation import Conversation, Place
from storage import (
    actions,
    audit,
    cadences,
    conversations,
    inbox,
    outbox,
    pairs,
    people,
    ratings,
    reminders,
    retention,
    shares,
)
from storage.columns import Row
from storage.database import Database, Unit
from storage.ids import SeededIds
from storage.pairs import Pair
from storage.people import Profile
from storage.quotes import GONE
from storage.shares import Content
from storage.tables import Audit, Cadence, Inbox, Leave, Occurrence, Outbox, Reminder, table
from storage.tables import Pair as PairRow
from storage.tables_course import Action, Rating
from tests.storage.rows import NOW

KEPT = timedelta(days=180)
RULE = Rule(anchor=NOW.date(), every_weeks=2, at=time(10))
DAY = timedelta(days=1)


class Archive:
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.ids = SeededIds(3)
        self.mette = self.person("Mette Holm")
        self.karin = self.person("Karin Lund")

    def person(self, name: str) -> Profile:
        return people.add_person(self.unit, self.ids, NOW, name=name)

    def pair(self) -> Pair:
        return pairs.begin_pair(self.unit, self.ids, NOW, self.mette.id, self.karin.id)

    def series(self, pair: Pair) -> str:
        made = cadences.begin_cadence(self.unit, self.ids, self.mette.id, RULE, pair=pair.id)
        return made.id

    def reminds(self, series: str, state: str = "planned") -> None:
        row = (self.mette.id, "prepare", series, NOW.date(), 1, NOW)
        reminders.plan(self.unit, self.ids, [row])
        reminders.set_state(self.unit, series, None, state)

    def shares(self, pair: Pair, text: str) -> None:
        shares.share(
            self.unit, self.ids, NOW, self.mette, self.karin.id, pair, "point", "c1",
            Place("point-share"), Content(text),
        )  # fmt: skip

    def left(self, row: type[Row], after: timedelta) -> int:
        """How many rows of a table are left so long after they came."""
        retention.forget_old(self.unit, NOW + after, KEPT)
        query = select(func.count()).select_from(table(row))
        return self.unit.connection.execute(query).scalar_one()


@pytest.fixture
def archive(database: Database) -> Any:
    with database.write() as unit:
        yield Archive(unit)


def a_line_in_the_log(archive: Archive) -> None:
    audit.note(archive.unit, NOW, "export asked for", archive.mette.id)


def a_day_of_leave(archive: Archive) -> None:
    people.add_leave(archive.unit, archive.ids, archive.mette.id, date(2026, 1, 1), NOW.date())


def a_closed_pair(archive: Archive) -> None:
    archive.pair()
    pairs.end_pair(archive.unit, NOW, archive.mette.id)


def a_message(archive: Archive) -> None:
    outbox.queue(archive.unit, NOW, archive.mette, [(None, "{}")], "event:1")


def a_reminder_that_was_made(archive: Archive) -> None:
    archive.reminds("agreement-1", "done")


def an_action(archive: Archive) -> None:
    place = Place("action-plan-what", 0)
    plan = actions.Plan("fem minutters overlap")
    actions.save_action(archive.unit, archive.ids, NOW, archive.mette, "c1", place, plan)


def a_rating(archive: Archive) -> None:
    rated = ratings.Rated("tiltag-1", "before")
    ratings.record(
        archive.unit, archive.ids, archive.mette, "c1", NOW.date(), rated, "focus", 4
    )  # fmt: skip


@pytest.mark.parametrize(
    ("happens", "row", "kept"),
    [
        (a_line_in_the_log, Audit, 180 * DAY),
        (a_day_of_leave, Leave, 90 * DAY + timedelta(hours=15)),  # to the end of its last day
        (a_closed_pair, PairRow, 90 * DAY),
        (a_message, Outbox, 90 * DAY),
        (an_action, Action, 180 * DAY),
        (a_rating, Rating, 730 * DAY + timedelta(hours=15)),
        (a_reminder_that_was_made, Reminder, 90 * DAY),
    ],
)
def test_it_goes_on_its_day_and_not_before(
    archive: Archive, happens: Callable[[Archive], None], row: type[Row], kept: timedelta
) -> None:
    happens(archive)
    assert archive.left(row, kept - timedelta(seconds=1)) == 1
    assert archive.left(row, kept + timedelta(seconds=1)) == 0


def test_leave_that_is_to_come_and_an_open_pair_stay(archive: Archive) -> None:
    archive.pair()
    later = NOW.date() + timedelta(days=900)
    people.add_leave(archive.unit, archive.ids, archive.mette.id, NOW.date(), later)
    assert archive.left(PairRow, 800 * DAY) == 1
    assert archive.left(Leave, 800 * DAY) == 1


def test_a_closed_pair_stays_while_anything_hangs_on_it(archive: Archive) -> None:
    pair = archive.pair()
    archive.shares(pair, "Vagtplanen")
    pairs.end_pair(archive.unit, NOW, archive.mette.id)
    assert archive.left(PairRow, 100 * DAY) == 1
    assert archive.left(PairRow, 181 * DAY) == 0


def test_a_closed_pairs_series_goes_with_its_last_reminder(archive: Archive) -> None:
    pair = archive.pair()
    series = archive.series(pair)
    archive.reminds(series, "dropped")
    cadences.note_occurrence(archive.unit, series, NOW.date(), outcome="yes")
    cadences.end_cadence(archive.unit, pair=pair.id)
    pairs.end_pair(archive.unit, NOW, archive.mette.id)
    assert archive.left(Cadence, 89 * DAY) == 1
    assert archive.left(Cadence, 91 * DAY) == 0
    assert archive.left(Occurrence, 91 * DAY) == 0
    assert archive.left(PairRow, 91 * DAY) == 0


def test_a_series_that_goes_on_stays_without_a_reminder(archive: Archive) -> None:
    archive.series(archive.pair())
    assert archive.left(Cadence, 400 * DAY) == 1


def test_what_was_shared_long_ago_is_not_kept_by_whoever_has_read_it(archive: Archive) -> None:
    archive.shares(archive.pair(), "Vagtplanen")
    read = Conversation(
        id="c-read", dialogue="shared-with-me", version=1,
        facts={"from_nearest": [{"text": "Vagtplanen"}]},
    )  # fmt: skip
    later = NOW + 179 * DAY
    conversations.begin(archive.unit, archive.karin, read, None, later)
    retention.forget_old(archive.unit, later + 2 * DAY, KEPT)
    kept = conversations.load(archive.unit, archive.karin, "c-read")
    assert kept is not None
    assert kept.conversation.facts == {"from_nearest": [{"text": GONE}]}


@pytest.mark.parametrize(("hours", "left"), [(47, 1), (49, 0)])
def test_the_id_of_an_event_is_kept_longer_than_any_platform_delivers_again(
    archive: Archive, hours: int, left: int
) -> None:
    assert inbox.receive(archive.unit, "slack", "Ev1", NOW)
    inbox.forget_old(archive.unit, NOW + timedelta(hours=hours))
    assert inbox.receive(archive.unit, "slack", "Ev1", NOW) is (left == 0)


def test_an_event_that_was_never_dealt_with_is_not_kept_for_ever(archive: Archive) -> None:
    row = {"channel": "slack", "event_key": "Ev1", "received_at": NOW, "sender_index": None}
    archive.unit.connection.execute(insert(table(Inbox)), row)
    inbox.forget_old(archive.unit, NOW + timedelta(hours=49))
    query = select(func.count()).select_from(table(Inbox))
    assert archive.unit.connection.execute(query).scalar_one() == 0
