"""What holds for the whole organisation: settings by key, and periods when it is closed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from flows.model import Language
from storage.database import Unit
from storage.ids import Ids
from storage.tables import ClosedPeriod, Setting, table

FLOOR, HIGHEST_FLOOR = 5, 50
"""How many must stand behind a group figure at the least, and at the most that one may ask for."""
KEPT_DAYS = range(30, 366)

_setting, _closed = table(Setting), table(ClosedPeriod)


class Closed(NamedTuple):
    id: str
    first: date
    last: date


class HelpRoutes(NamedTuple):
    """By language; `checked`: the day when somebody last made sure that they are right."""

    routes: Mapping[str, Sequence[str]]
    checked: date | None


def get_setting(unit: Unit, key: str) -> str | None:
    query = select(_setting.c.value).where(_setting.c.key == key)
    value: str | None = unit.connection.execute(query).scalar()
    return value


def put_setting(unit: Unit, key: str, value: str) -> None:
    changed = unit.connection.execute(
        update(_setting).where(_setting.c.key == key).values(value=value)
    )
    if changed.rowcount == 0:
        unit.connection.execute(insert(_setting).values(key=key, value=value))


def help_routes(unit: Unit, language: str) -> list[str]:
    """Whom a leader can turn to, as the organisation has entered it for this language."""
    written = get_setting(unit, "help_routes")
    routes: dict[str, Any] = json.loads(written) if written else {}
    return list(routes.get(language, []))


def all_help_routes(unit: Unit) -> HelpRoutes:
    written = get_setting(unit, "help_routes")
    found: dict[str, Any] = json.loads(written) if written else {}
    checked = found.pop("checked", None)
    return HelpRoutes(found, date.fromisoformat(checked) if checked else None)


def put_help_routes(unit: Unit, routes: Mapping[Language, Sequence[str]], checked: date) -> None:
    written: dict[str, Any] = {language: list(some) for language, some in routes.items()}
    written["checked"] = checked.isoformat()
    put_setting(unit, "help_routes", json.dumps(written, ensure_ascii=False))


def floor(unit: Unit) -> int:
    """How many must stand behind a group figure: 5, unless it was raised."""
    return max(FLOOR, int(get_setting(unit, "floor") or FLOOR))


def raise_floor(unit: Unit, to: int) -> None:
    """Raises ValueError when that would lower it."""
    if not floor(unit) <= to <= HIGHEST_FLOOR:
        raise ValueError("the floor can only be raised")
    put_setting(unit, "floor", str(to))


def retention(unit: Unit, unless_set: timedelta) -> timedelta:
    """How long words and scores are kept: as entered by an administrator, else `unless_set`."""
    days = get_setting(unit, "retention_days")
    return timedelta(days=int(days)) if days else unless_set


def put_retention(unit: Unit, days: int) -> None:
    if days not in KEPT_DAYS:
        raise ValueError("texts are kept for 30 to 365 days")
    put_setting(unit, "retention_days", str(days))


def closed_from(unit: Unit, day: date) -> list[Closed]:
    """The periods that end at that day or later, in order."""
    query = select(_closed.c.id, _closed.c.first_day, _closed.c.last_day)
    coming = query.where(_closed.c.last_day >= day).order_by(_closed.c.first_day)
    return [Closed(*row) for row in unit.connection.execute(coming)]


def open_again(unit: Unit, closed: str) -> bool:
    """Takes back the closed period with that id; False when there is none."""
    return unit.connection.execute(delete(_closed).where(_closed.c.id == closed)).rowcount == 1


def close(unit: Unit, ids: Ids, first: date, last: date) -> None:
    unit.connection.execute(insert(_closed).values(id=ids(), first_day=first, last_day=last))


def reopen(unit: Unit, first: date) -> None:
    unit.connection.execute(delete(_closed).where(_closed.c.first_day == first))
