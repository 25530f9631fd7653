"""People: who they are, how they are reached, when they may be contacted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, insert, select, update

from flows.calendar import PersonCalendar, Span
from flows.model import Language
from storage.database import Unit
from storage.encryption import PersonKey, Vault
from storage.ids import Ids
from storage.prepared import Prepared
from storage.tables import Address, ClosedPeriod, Leave, Person, table
from storage.tables import PersonKey as KeyRow
from storage.upsert import insert_many

_person, _key, _address = table(Person), table(KeyRow), table(Address)
_leave, _closed = table(Leave), table(ClosedPeriod)

CLOSED, REPLACED = "closed", "replaced"
"""States of an address: see `storage.tables.Address`."""

PROFILE = (
    _person.c.id, _person.c.name_sealed, _person.c.email_sealed, _person.c.language, _person.c.zone,
    _person.c.working_days, _person.c.hours_from, _person.c.hours_to, _person.c.budget_per_week,
    _person.c.paused_until, _person.c.status, _person.c.roles, _key.c.wrapped,
)  # fmt: skip
WITH_KEY = _person.join(_key, _key.c.person_id == _person.c.id)
_with_id = select(*PROFILE).select_from(WITH_KEY).where(_person.c.id == bindparam("person"))
_by_id = Prepared(_with_id)
_by_id_held = Prepared(_with_id, _with_id.with_for_update(of=_person, key_share=True))
_by_email = (
    select(*PROFILE).select_from(WITH_KEY).where(_person.c.email_index == bindparam("index"))
)
_at_address = (
    select(*PROFILE, _address.c.id)
    .select_from(WITH_KEY.join(_address, _address.c.person_id == _person.c.id))
    .where(
        _address.c.channel == bindparam("channel"),
        _address.c.external_id == bindparam("external"),
        _address.c.state != REPLACED,
    )
)
_by_address = Prepared(_at_address)
_by_address_held = Prepared(_at_address, _at_address.with_for_update(of=_person, key_share=True))
_everybody = select(*PROFILE).select_from(WITH_KEY).order_by(_person.c.created_at, _person.c.id)
_insert_person, _insert_key = insert(_person), insert(_key)
_insert_address, _insert_leave = insert(_address), insert(_leave)
_leave_of = Prepared(
    select(_leave.c.first_day, _leave.c.last_day).where(
        and_(_leave.c.person_id == bindparam("person"), _leave.c.last_day >= bindparam("since"))
    )
)
_closed_since = Prepared(
    select(_closed.c.first_day, _closed.c.last_day).where(_closed.c.last_day >= bindparam("since"))
)
_reached_at = Prepared(
    select(_address.c.id, _address.c.channel, _address.c.external_id, _address.c.state)
    .where(_address.c.person_id == bindparam("person"), _address.c.state != REPLACED)
    .order_by(_address.c.preferred.desc(), _address.c.id)
    .limit(1)
)


class Profile(NamedTuple):
    """A person as the rest of the program knows them, with the key to their texts."""

    id: str
    key: PersonKey
    name: str
    language: Language
    zone: str
    working_days: str
    hours_from: str
    hours_to: str
    budget_per_week: int
    paused_until: date | None
    status: str
    roles: str

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


class Reached(NamedTuple):
    """Where a person gets their messages."""

    id: str
    channel: str
    external_id: str
    state: str = "open"

    @property
    def is_closed(self) -> bool:
        """The person wants nothing there for now."""
        return self.state == CLOSED


def vault_of(unit: Unit) -> Vault:
    vault = unit.database.vault
    if vault is None:
        raise RuntimeError("the database was opened without a vault: pass vault= to open_database")
    return vault


def blind(unit: Unit, word: str) -> str:
    """A word of ours, such as a dialogue's name, that says nothing to whoever reads the database
    without the key, but is the same each time."""
    return vault_of(unit).blind(word)


def add_person(
    unit: Unit,
    ids: Ids,
    now: datetime,
    *,
    name: str,
    email: str | None = None,
    language: Language = "da",
    zone: str = "Europe/Copenhagen",
    **columns: Any,
) -> Profile:
    """Adds somebody with a key of their own. `columns`: more of the person table's."""
    vault, person = vault_of(unit), ids()
    key, wrapped = vault.new_key(person)
    row = {
        "id": person,
        "email_index": vault.index(email) if email else None,
        "email_sealed": key.seal("person", "email_sealed", person, email) if email else None,
        "name_sealed": key.seal("person", "name_sealed", person, name),
        "language": language, "zone": zone, "created_at": now, **columns,
    }  # fmt: skip
    unit.connection.execute(_insert_person, row)
    unit.connection.execute(
        _insert_key, {"person_id": person, "wrapped": wrapped, "created_at": now}
    )
    return get_person(unit, person)


def add_people(unit: Unit, ids: Ids, now: datetime, many: Sequence[Mapping[str, Any]]) -> list[str]:
    """Adds many at once, each with `name`, `email` and the person table's columns, the same for
    all; their ids in the same order. A microsecond apart, so that lists keep that order."""
    vault, added = vault_of(unit), [ids() for _ in many]
    names = [name for name in (many[0] if many else ()) if name not in ("name", "email")]
    rows, keys = [], []
    for at, (person, given) in enumerate(zip(added, many, strict=True)):
        key, wrapped = vault.new_key(person, keep=False)  # or those in use would have to go
        rows.append({
            **{name: given[name] for name in names},
            "id": person, "created_at": now + timedelta(microseconds=at),
            "email_index": vault.index(given["email"]),
            "email_sealed": key.seal("person", "email_sealed", person, given["email"]),
            "name_sealed": key.seal("person", "name_sealed", person, given["name"]),
        })  # fmt: skip
        keys.append({"person_id": person, "wrapped": wrapped, "created_at": now})
    insert_many(unit, _person, rows)
    insert_many(unit, _key, keys)
    return added


def add_address(unit: Unit, ids: Ids, person: str, channel: str, external_id: str) -> str:
    address = ids()
    row = {"id": address, "person_id": person, "channel": channel, "external_id": external_id}
    unit.connection.execute(_insert_address, row)
    return address


def get_person(unit: Unit, person: str) -> Profile:
    """Raises LookupError when there is nobody with that id (any more)."""
    row = _by_id.first(unit, {"person": person})
    if row is None:
        raise LookupError("no such person")
    return profile_of(unit, row)


def find_person(unit: Unit, person: str, *, hold: bool = False) -> Profile | None:
    """`hold`: as for `find_by_address`."""
    row = (_by_id_held if hold else _by_id).first(unit, {"person": person})
    return profile_of(unit, row) if row else None


def find_by_email(unit: Unit, email: str) -> Profile | None:
    row = unit.connection.execute(_by_email, {"index": vault_of(unit).index(email)}).first()
    return profile_of(unit, row) if row else None


def find_by_address(
    unit: Unit, channel: str, external_id: str, *, hold: bool = False
) -> Profile | None:
    """`hold`: one at a time takes a turn for this person (SQLite writes one at a time anyhow)."""
    query = _by_address_held if hold else _by_address
    row = query.first(unit, {"channel": channel, "external": external_id})
    return profile_of(unit, row) if row else None


def everybody(unit: Unit) -> list[Profile]:
    return [profile_of(unit, row) for row in unit.connection.execute(_everybody)]


def by_email(unit: Unit) -> dict[str, Profile]:
    """Everybody who has an e-mail address, in one query."""
    found = {}
    for row in unit.connection.execute(_everybody.add_columns(_person.c.email_sealed)):
        profile = profile_of(unit, row)
        if row.email_sealed:
            found[profile.key.open("person", "email_sealed", profile.id, row.email_sealed)] = (
                profile
            )
    return found


def reached_at(unit: Unit, person: str) -> Reached | None:
    """The address that the person prefers."""
    row = _reached_at.first(unit, {"person": person})
    return Reached(*row) if row else None


def change_person(unit: Unit, person: str, **columns: Any) -> None:
    unit.connection.execute(update(_person).where(_person.c.id == person).values(**columns))


def rename(unit: Unit, profile: Profile, name: str) -> None:
    sealed = profile.key.seal("person", "name_sealed", profile.id, name)
    change_person(unit, profile.id, name_sealed=sealed)


def add_leave(unit: Unit, ids: Ids, person: str, first: date, last: date) -> None:
    row = {"id": ids(), "person_id": person, "first_day": first, "last_day": last}
    unit.connection.execute(_insert_leave, row)


def email_of(unit: Unit, profile: Profile) -> str | None:
    query = select(_person.c.email_sealed).where(_person.c.id == profile.id)
    sealed = unit.connection.execute(query).scalar()
    return profile.key.open("person", "email_sealed", profile.id, sealed) if sealed else None


def calendar_of(
    unit: Unit, profile: Profile, holidays: frozenset[date], since: date
) -> PersonCalendar:
    """When the person works, with leave and closed periods that end at `since` or later."""
    leave = _leave_of.all(unit, {"person": profile.id, "since": since})
    closed = _closed_since.all(unit, {"since": since})
    return calendar_with(
        profile, holidays, [Span(first=first, last=last) for first, last in leave],
        [Span(first=first, last=last) for first, last in closed],
    )  # fmt: skip


def calendar_with(
    profile: Profile, holidays: frozenset[date], leave: Sequence[Span], closed: Sequence[Span]
) -> PersonCalendar:
    """The same with what has been looked up already."""
    return PersonCalendar(
        zone=profile.zone,
        working_days=frozenset(map(int, profile.working_days)),
        hours_from=time.fromisoformat(profile.hours_from),
        hours_to=time.fromisoformat(profile.hours_to),
        leave=tuple(leave),
        closed=tuple(closed),
        holidays=holidays,
        paused_until=profile.paused_until,
    )


def profile_of(unit: Unit, row: Any) -> Profile:
    key = vault_of(unit).unwrap(row.id, row.wrapped)
    name = key.open("person", "name_sealed", row.id, row.name_sealed) if row.name_sealed else ""
    return Profile(
        id=row.id, key=key, name=name, language=row.language, zone=row.zone,
        working_days=row.working_days, hours_from=row.hours_from, hours_to=row.hours_to,
        budget_per_week=row.budget_per_week, paused_until=row.paused_until,
        status=row.status, roles=row.roles,
    )  # fmt: skip
