"""A group's meetings in the store: begun once, times and votes replaced whole, nobody's meeting lost
with somebody else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from storage import groups, meetings, people, reminders
from storage.database import Database, Unit
from storage.erase import delete_rows
from storage.groups import Member
from storage.ids import SeededIds
from storage.meetings import INVITATION, Meeting
from tests.storage.rows import NOW

FIRST, SECOND, THIRD = (NOW + timedelta(days=days) for days in (7, 8, 9))


class Trio:
    """Anna calls the meeting, Bo is the other member, Carl a substitute."""

    def __init__(self, unit: Unit, ids: SeededIds) -> None:
        self.unit, self.ids = unit, ids
        self.group = groups.make_groups(unit, ids, NOW, [("trio", "Rosengården")])[
            "trio", "Rosengården"
        ].id
        self.anna, self.bo, self.carl = (
            people.add_person(unit, ids, NOW, name=name).id for name in ("Anna", "Bo", "Carl")
        )
        places = [
            Member(self.group, self.anna, "leader"),
            Member(self.group, self.bo, "tr"),
            Member(self.group, self.carl, "tr", True),
        ]
        groups.join(unit, ids, NOW, places)

    def begun(self) -> Meeting:
        return meetings.open_meeting(self.unit, self.ids, NOW, self.group, None, "", self.anna)

    def put(self, meeting: Meeting, *times: object) -> list[str]:
        meetings.put_times(self.unit, self.ids, meeting.id, self.anna, list(times))
        return [one.id for one in meetings.times_of(self.unit, meeting.id)]


@pytest.fixture
def trio(database: Database, ids: SeededIds) -> Iterator[Trio]:
    with database.write() as unit:
        yield Trio(unit, ids)


def test_a_meeting_is_begun_once(trio: Trio) -> None:
    assert trio.begun() == trio.begun()
    assert len(meetings.meetings_of(trio.unit, trio.group)) == 1


def test_without_a_course_a_group_meets_again_when_one_is_over(trio: Trio) -> None:
    first = trio.begun()
    meetings.change_meeting(trio.unit, first.id, state="all-met", starts_at=NOW)
    assert trio.begun().id != first.id


def test_a_vote_takes_the_place_of_the_one_before(trio: Trio) -> None:
    meeting = trio.begun()
    one, other = trio.put(meeting, FIRST, SECOND)
    meetings.vote(trio.unit, meeting.id, trio.bo, {one: True, other: False})
    meetings.vote(trio.unit, meeting.id, trio.bo, {one: False, other: True, "gone": True})
    assert meetings.votes_on(trio.unit, meeting.id) == {trio.bo: {one: False, other: True}}
    meetings.vote(trio.unit, meeting.id, trio.bo, {})
    assert meetings.votes_on(trio.unit, meeting.id) == {}


def test_other_times_take_the_votes_along(trio: Trio) -> None:
    meeting = trio.begun()
    (one,) = trio.put(meeting, FIRST)
    meetings.vote(trio.unit, meeting.id, trio.bo, {one: True})
    kept, _ = trio.put(meeting, FIRST, THIRD)
    assert kept == one
    assert meetings.votes_on(trio.unit, meeting.id) == {}


def test_a_substitute_has_the_meeting_in_the_calendar_once_invited(trio: Trio) -> None:
    meeting = trio.begun()
    meetings.change_meeting(trio.unit, meeting.id, state="set", starts_at=FIRST)

    def coming(person: str) -> int:
        return len(meetings.coming_of(trio.unit, person, NOW))

    assert [coming(one) for one in (trio.anna, trio.bo, trio.carl)] == [1, 1, 0]
    subject = meetings.subject_of(meeting.id, trio.carl)
    row = (trio.carl, INVITATION, subject, NOW.date(), 1, NOW)
    reminders.plan(trio.unit, trio.ids, [row])
    assert coming(trio.carl) == 0
    reminders.fire_due(trio.unit, NOW, 10)
    assert coming(trio.carl) == 1
    assert meetings.said_to(trio.unit, meeting.id, INVITATION, [trio.bo, trio.carl]) == {trio.carl}


def test_what_is_out_is_not_taken_back(trio: Trio) -> None:
    meeting = trio.begun()
    for at, person in enumerate((trio.bo, trio.carl)):
        subject = meetings.subject_of(meeting.id, person)
        due = NOW + timedelta(days=at)
        reminders.plan(trio.unit, trio.ids, [(person, INVITATION, subject, NOW.date(), 1, due)])
    reminders.fire_due(trio.unit, NOW, 10)
    meetings.take_back(trio.unit, meeting.id, [INVITATION], [trio.bo, trio.carl])
    assert reminders.next_due(trio.unit) is None
    told = meetings.said_to(trio.unit, meeting.id, INVITATION, [trio.bo, trio.carl])
    assert told == {trio.bo}


def test_erasing_whoever_called_it_leaves_the_meeting_and_the_votes_of_others(trio: Trio) -> None:
    meeting = trio.begun()
    one, _ = trio.put(meeting, FIRST, SECOND)
    meetings.vote(trio.unit, meeting.id, trio.bo, {one: True})
    delete_rows(trio.unit, trio.anna)
    (left,) = meetings.meetings_of(trio.unit, trio.group)
    assert left == meeting._replace(convener=None)
    assert meetings.votes_on(trio.unit, meeting.id) == {trio.bo: {one: True}}
