"""The tables of groups, courses, meetings, figures and pages; how they read is in `tables.py`.

A column with a `_ref` names a person whose row it is not: erasing them empties it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Row, moment, part_of, perhaps, person
from storage.tables import NO_ITEM, PERSON_REF


def _person_ref() -> Any:
    return Field(default=None, sa_column_kwargs={"info": PERSON_REF})


class Group(Row, table=True):
    """A TRIO, a leadership group or a network."""

    __tablename__ = "groups"  # the word by itself is SQL's
    __table_args__ = (UniqueConstraint("kind", "name"),)
    id: str = Field(primary_key=True)
    kind: str  # trio | leadership | network
    name: str
    created_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)


class Membership(Row, table=True):
    """`role`: in a TRIO leader, tr or amr; else member or facilitator."""

    __table_args__ = (UniqueConstraint("group_id", "person_id", "role"),)
    id: str = Field(primary_key=True)
    group_id: str = part_of("groups.id")
    person_id: str = person(index=True)
    role: str
    substitute: bool = False
    joined_at: datetime = moment()
    left_at: datetime | None = moment(nullable=True)


class Programme(Row, table=True):
    """A course of the organisation's own: its TOML, as it was imported."""

    id: str = Field(primary_key=True)
    body: str
    imported_at: datetime = moment()


class Cohort(Row, table=True):
    id: str = Field(primary_key=True)
    programme: str
    name: str = Field(unique=True)
    pilot: bool = False
    state: str = "planned"  # planned | running | paused | ended
    created_at: datetime = moment()


class CohortModule(Row, table=True):
    """When a module takes place. `module`: its id in the programme."""

    cohort_id: str = part_of("cohort.id", primary_key=True)
    module: str = Field(primary_key=True)
    day: date


class CohortGroup(Row, table=True):
    cohort_id: str = part_of("cohort.id", primary_key=True)
    group_id: str = part_of("groups.id", primary_key=True, index=True)


class Participant(Row, table=True):
    """Somebody who takes the course as a leader; a TRIO's members come by way of its group."""

    cohort_id: str = part_of("cohort.id", primary_key=True)
    person_id: str = person(primary_key=True, index=True)
    joined_at: datetime = moment()
    left_at: datetime | None = moment(nullable=True)


class Meeting(Row, table=True):
    """A group's meeting, from the first try to find a time to what became of it."""

    __table_args__ = (UniqueConstraint("group_id", "cohort_id", "module"),)
    id: str = Field(primary_key=True)
    group_id: str = part_of("groups.id", index=True)
    cohort_id: str | None = perhaps("cohort.id")
    module: str = ""
    convener_ref: str | None = _person_ref()
    state: str = "finding"  # finding | set | all-met | some-met | not-yet | nothing
    starts_at: datetime | None = moment(nullable=True)
    minutes: int = 60
    revision: int = 0
    created_at: datetime = moment()


class MeetingTime(Row, table=True):
    """A time that was proposed."""

    __table_args__ = (UniqueConstraint("meeting_id", "starts_at"),)
    id: str = Field(primary_key=True)
    meeting_id: str = part_of("meeting.id", index=True)
    starts_at: datetime = moment()
    proposed_by_ref: str | None = _person_ref()


class MeetingVote(Row, table=True):
    time_id: str = part_of("meeting_time.id", primary_key=True)
    person_id: str = person(primary_key=True, index=True)
    fits: bool


class Action(Row, table=True):
    """An action of somebody's action plan (Plan-Do-Study-Act)."""

    __table_args__ = (UniqueConstraint("conversation_id", "step", "item"),)
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    cohort_id: str | None = perhaps("cohort.id")
    body_sealed: bytes
    state: str = "open"  # open | done | dropped
    created_at: datetime = moment()
    changed_at: datetime = moment()
    conversation_id: str
    step: str
    item: int = NO_ITEM


class Rating(Row, table=True):
    """One item of an evaluation, 1-5. `subject`: a tiltag or a cohort; `phase`: before | after |
    later."""

    __table_args__ = (
        UniqueConstraint("person_id", "subject", "phase", "item"),
        Index(None, "subject", "phase"),
    )
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    subject: str
    phase: str
    item: str
    value_sealed: bytes
    on_date: date
    conversation_id: str


class Rule(Row, table=True):
    """A cadence as an organisation, programme, group or person has it. `body`: JSON, what is set at
    this level alone. `scope`: the programme's or group's id, or the person's."""

    __table_args__ = (UniqueConstraint("level", "scope", "kind"),)
    id: str = Field(primary_key=True)
    level: str  # organisation | programme | group | person
    scope: str = ""
    person_id: str | None = person(default=None, nullable=True, index=True)
    kind: str
    body: str
    changed_at: datetime = moment()


class Preference(Row, table=True):
    """What somebody has chosen about what reaches them; nothing they wrote."""

    person_id: str = person(primary_key=True)
    key: str = Field(primary_key=True)
    value: str


class PageLink(Row, table=True):
    """A way into one's own page or the console: opens once, for a short while."""

    token_index: bytes = Field(primary_key=True)
    person_id: str = person(index=True)
    page: str  # me | admin
    expires_at: datetime = moment()


class Visit(Row, table=True):
    """A browser that came in by such a link."""

    token_index: bytes = Field(primary_key=True)
    person_id: str = person(index=True)
    page: str
    began_at: datetime = moment()
    expires_at: datetime = moment()


class Feed(Row, table=True):
    """The address of somebody's calendar subscription."""

    token_index: bytes = Field(primary_key=True)
    person_id: str = person(unique=True)
    made_at: datetime = moment()


class Release(Row, table=True):
    """A group figure as a viewer was shown it: never worked out again. `body`: JSON, the bands."""

    __table_args__ = (UniqueConstraint("viewer_id", "figure", "period"),)
    id: str = Field(primary_key=True)
    viewer_id: str = person()
    figure: str
    period: str
    body: str
    released_at: datetime = moment()


class ReleaseContributor(Row, table=True):
    """Who was in it, as a blind index: what later figures are compared with, so it outlives the
    person."""

    release_id: str = part_of("release.id", primary_key=True)
    contributor_index: bytes = Field(primary_key=True)
