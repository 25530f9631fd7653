"""The actions of somebody's action plan, and how each went (Plan-Do-Study-Act): theirs alone."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, select, update

from flows.conversation import Place
from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile
from storage.prepared import Prepared
from storage.tables import table
from storage.tables_course import Action as ActionRow
from storage.upsert import at_place, id_at, put

OPEN, DONE, DROPPED = "open", "done", "dropped"

_action = table(ActionRow)
_mine = Prepared(
    select(_action)
    .where(_action.c.person_id == bindparam("person"))
    .order_by(_action.c.created_at, _action.c.conversation_id, _action.c.item)
)


class Study(NamedTuple):
    """One look at an action. `on`: ISO date; `went`: worked, partly, no-effect, not-begun; `act`:
    go-on, adjust, done, drop. The conversation and its round tell which look it was."""

    conversation: str
    item: int
    on: str
    went: str
    seen: str
    act: str
    adjusted: str


class Plan(NamedTuple):
    """What one wrote: the action, what it is to lead to, how and with what, who helps."""

    plan: str
    aim: str = ""
    do: str = ""
    help: str = ""


class Action(NamedTuple):
    """`studies`: the oldest first. `changed_at`: when it was planned or looked at last."""

    id: str
    plan: Plan
    studies: tuple[Study, ...]
    state: str
    cohort: str | None
    created_at: datetime
    changed_at: datetime


def actions_of(unit: Unit, profile: Profile, *states: str) -> list[Action]:
    """Oldest first; of these states, or of all."""
    rows = _mine.all(unit, {"person": profile.id})
    return [_read(profile, row) for row in rows if not states or row.state in states]


def get_action(unit: Unit, profile: Profile, action: str) -> Action | None:
    query = select(_action).where(_action.c.id == action, _action.c.person_id == profile.id)
    row = unit.connection.execute(query).first()
    return _read(profile, row) if row else None


def save_action(
    unit: Unit, ids: Ids, now: datetime, profile: Profile, conversation: str, place: Place,
    plan: Plan, cohort: str | None = None,
) -> None:  # fmt: skip
    """Makes the action of a place, or words it anew; how it went so far stays."""
    found = id_at(unit, _action, conversation, place)
    known = get_action(unit, profile, found) if found else None
    if known is not None and known.plan == plan:
        return
    row = found or ids()
    columns: dict[str, Any] = {"changed_at": now, "cohort_id": cohort}
    if known is None:
        columns |= {"created_at": now, "state": OPEN}
    put(
        unit, _action, found, row,
        person_id=profile.id, conversation_id=conversation, step=place.step, item=place.item,
        body_sealed=_seal(profile, row, plan, known.studies if known else ()), **columns,
    )  # fmt: skip


def drop_action_at(unit: Unit, conversation: str, place: Place) -> None:
    unit.connection.execute(delete(_action).where(at_place(_action, conversation, place)))


def set_studies(
    unit: Unit, now: datetime, profile: Profile, action: Action, studies: tuple[Study, ...],
    state: str,
) -> None:  # fmt: skip
    which = (_action.c.id == action.id) & (_action.c.person_id == profile.id)
    sealed = _seal(profile, action.id, action.plan, studies)
    values = {"body_sealed": sealed, "state": state, "changed_at": now}
    unit.connection.execute(update(_action).where(which).values(**values))


def _seal(profile: Profile, action: str, plan: Plan, studies: tuple[Study, ...]) -> bytes:
    body = {**plan._asdict(), "studies": [one._asdict() for one in studies]}
    written = json.dumps(body, ensure_ascii=False)
    return profile.key.seal("action", "body_sealed", action, written)


def _read(profile: Profile, row: Row[*tuple[Any, ...]]) -> Action:
    body = json.loads(profile.key.open("action", "body_sealed", row.id, row.body_sealed))
    studies = tuple(Study(**one) for one in body.pop("studies", []))
    return Action(
        row.id, Plan(**body), studies, row.state, row.cohort_id, row.created_at, row.changed_at
    )
