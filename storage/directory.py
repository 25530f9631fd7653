"""Who there is, for those who run it: names, e-mails and how somebody is reached. No row given
out here holds a key, so nothing that anybody wrote can be opened with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from flows.model import Language
from storage.database import Unit
from storage.people import REPLACED, vault_of
from storage.tables import PAIR_OPEN, Address, Pair, Person, table
from storage.tables import PersonKey as KeyRow

Show = Literal["here", "not-yet", "without", "runs", "left"]
"""Everybody who is here; who is on no channel yet; leaders without a nearest leader; who runs it
(HR and administrators); who has left."""
PAGE = 50
RUNS = ("admin", "hr")

_person, _key, _address, _pair = table(Person), table(KeyRow), table(Address), table(Pair)
_with_key = _person.join(_key, _key.c.person_id == _person.c.id)
_COLUMNS = (
    _person.c.id, _person.c.name_sealed, _person.c.email_sealed, _person.c.language,
    _person.c.roles, _person.c.status, _person.c.created_at, _key.c.wrapped, _person.c.zone,
    _person.c.working_days, _person.c.hours_from, _person.c.hours_to,
)  # fmt: skip
_people = select(*_COLUMNS).select_from(_with_key)
_in_order = (_person.c.created_at, _person.c.id)
_has_address = exists().where(_address.c.person_id == _person.c.id, _address.c.state != REPLACED)
_has_nearest = exists().where(_pair.c.leader_id == _person.c.id, PAIR_OPEN)


class Listed(NamedTuple):
    """A person as the console knows them. `roles`: separated by commas."""

    id: str
    name: str
    email: str
    language: Language
    roles: str
    status: str
    created_at: datetime
    zone: str
    working_days: str
    hours_from: str
    hours_to: str

    @property
    def role_names(self) -> tuple[str, ...]:
        return tuple(one for one in self.roles.split(",") if one)


class Place(NamedTuple):
    """A place in the list, from which it goes on."""

    created_at: datetime
    id: str


class Page(NamedTuple):
    """`before`, `after`: whether there is more on either side."""

    people: list[Listed]
    before: bool
    after: bool


class Around(NamedTuple):
    """What stands beside people in a list, each by the person's id. `channels`: the preferred one
    first."""

    nearest: dict[str, Listed]
    channels: dict[str, list[str]]


class Counts(NamedTuple):
    here: int
    not_yet: int
    without: int
    left: int


# --- one


def find(unit: Unit, person: str) -> Listed | None:
    return _first(unit, _people.where(_person.c.id == person))


def find_by_email(unit: Unit, email: str) -> Listed | None:
    return _first(unit, _people.where(_person.c.email_index == vault_of(unit).index(email)))


def named(unit: Unit, ids: Iterable[str]) -> dict[str, Listed]:
    """Those of them who are there still."""
    return {one.id: one for one in _read(unit, _people.where(_person.c.id.in_(set(ids))))}


def led_by(unit: Unit, nearest: str) -> list[Listed]:
    """Whoever has them as nearest leader, by name."""
    query = (
        select(*_COLUMNS)
        .select_from(_with_key.join(_pair, _pair.c.leader_id == _person.c.id))
        .where(_pair.c.nearest_leader_id == nearest, _pair.c.ended_at.is_(None))
    )
    return sorted(_read(unit, query), key=_by_name)


def around(unit: Unit, people: Sequence[Listed]) -> Around:
    """In two queries, however many people."""
    ids = [one.id for one in people]
    led = select(*_COLUMNS, _pair.c.leader_id.label("leader")).select_from(
        _with_key.join(_pair, _pair.c.nearest_leader_id == _person.c.id)
    )
    rows = unit.connection.execute(led.where(_pair.c.leader_id.in_(ids), PAIR_OPEN)).all()
    nearest = {row.leader: _opened(unit, row) for row in rows}
    channels: dict[str, list[str]] = {}
    query = (
        select(_address.c.person_id, _address.c.channel)
        .where(_address.c.person_id.in_(ids), _address.c.state != REPLACED)
        .order_by(_address.c.preferred.desc(), _address.c.id)
    )
    for person, channel in unit.connection.execute(query):
        channels.setdefault(person, []).append(channel)
    return Around(nearest, channels)


# --- many


def list_people(
    unit: Unit, show: Show = "here", *, after: Place | None = None, before: Place | None = None,
    size: int = PAGE,
) -> Page:  # fmt: skip
    """A page in the order in which they were added; opens no more than that page."""
    query, forward = _some(show), before is None
    at = after or before
    if at is not None:
        query = query.where(_beyond(at, forward))
    query = query.order_by(*(_in_order if forward else _backward())).limit(size + 1)
    rows = unit.connection.execute(query).all()
    more, rows = len(rows) > size, rows[:size]
    people = [_opened(unit, row) for row in (rows if forward else reversed(rows))]
    if forward:
        return Page(people, after is not None, more)
    return Page(people, more, True)


def search_people(
    unit: Unit, words: str, show: Show = "here", *, after: Place | None = None, size: int = PAGE
) -> Page:
    """Whoever has each of the words in their name. Names are sealed, so each is opened until the
    page is full."""
    wanted = words.casefold().split()
    query = _some(show)
    if after is not None:
        query = query.where(_beyond(after, True))
    rows = unit.connection.execute(query.order_by(*_in_order).execution_options(yield_per=500))
    found: list[Listed] = []
    for row in rows:
        name = _name_of(unit, row).casefold()
        if all(word in name for word in wanted):
            found.append(_opened(unit, row))
        if len(found) > size:
            break
    return Page(found[:size], after is not None, len(found) > size)


def counts(unit: Unit) -> Counts:
    def count(show: Show) -> Any:
        return select(func.count()).select_from(_person).where(_which(show)).scalar_subquery()

    shows: tuple[Show, ...] = ("here", "not-yet", "without", "left")
    row = unit.connection.execute(select(*(count(show) for show in shows))).one()
    return Counts(*row)


def those_who_run_it(unit: Unit) -> list[Listed]:
    return sorted(_read(unit, _some("runs")), key=_by_name)


def _which(show: Show) -> ColumnElement[bool]:
    here = _person.c.status == "active"
    is_leader = _person.c.roles.contains("leader")
    some: dict[Show, ColumnElement[bool]] = {
        "here": here,
        "not-yet": and_(here, ~_has_address),
        "without": and_(here, is_leader, ~_has_nearest),
        "runs": and_(here, or_(*(_person.c.roles.contains(role) for role in RUNS))),
        "left": _person.c.status != "active",
    }
    return some[show]


def _some(show: Show) -> Select[*tuple[Any, ...]]:
    return _people.where(_which(show))


def _beyond(at: Place, forward: bool) -> ColumnElement[bool]:
    """As SQLite answers it from the index: the first column alone bounds the walk."""
    moment, person = _in_order
    if forward:
        same = and_(moment == at.created_at, person > at.id)
        return and_(moment >= at.created_at, or_(moment > at.created_at, same))
    same = and_(moment == at.created_at, person < at.id)
    return and_(moment <= at.created_at, or_(moment < at.created_at, same))


def _backward() -> tuple[ColumnElement[Any], ...]:
    return tuple(column.desc() for column in _in_order)


def _by_name(one: Listed) -> str:
    return one.name.casefold()


def _first(unit: Unit, query: Select[*tuple[Any, ...]]) -> Listed | None:
    return next(_read(unit, query), None)


def _read(unit: Unit, query: Select[*tuple[Any, ...]]) -> Iterator[Listed]:
    return (_opened(unit, row) for row in unit.connection.execute(query).all())


def _name_of(unit: Unit, row: Any) -> str:
    if not row.name_sealed:
        return ""
    # Not kept: a walk through everybody would push out the keys of those who talk just now.
    key = vault_of(unit).unwrap(row.id, row.wrapped, keep=False)
    return key.open("person", "name_sealed", row.id, row.name_sealed)


def _opened(unit: Unit, row: Any) -> Listed:
    key = vault_of(unit).unwrap(row.id, row.wrapped, keep=False)

    def text(column: str) -> str:
        sealed = getattr(row, column)
        return key.open("person", column, row.id, sealed) if sealed else ""

    return Listed(
        row.id, text("name_sealed"), text("email_sealed"), row.language, row.roles, row.status,
        row.created_at, row.zone, row.working_days, row.hours_from, row.hours_to,
    )  # fmt: skip
