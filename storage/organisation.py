"""What holds for the whole organisation: settings by key, and periods when it is closed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage.database import Unit
from storage.ids import Ids
from storage.tables import ClosedPeriod, Setting, table

_setting, _closed = table(Setting), table(ClosedPeriod)


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


def close(unit: Unit, ids: Ids, first: date, last: date) -> None:
    unit.connection.execute(insert(_closed).values(id=ids(), first_day=first, last_day=last))


def reopen(unit: Unit, first: date) -> None:
    unit.connection.execute(delete(_closed).where(_closed.c.first_day == first))
