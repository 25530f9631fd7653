"""Group figures as viewers were given them: kept as they were, and never worked out again."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select

from flows.figures import BANDS, Band, Given
from storage.chunks import by_many
from storage.database import Unit
from storage.ids import Ids
from storage.people import blind
from storage.tables import table
from storage.tables_course import Release, ReleaseContributor

_release, _contributor = table(Release), table(ReleaseContributor)


class Released(NamedTuple):
    """`given` is None where there was to be no figure: that stands too."""

    viewer: str
    figure: str
    period: str
    given: Given | None


class Standing(NamedTuple):
    """What a viewer was given last, and how many are behind it."""

    band: Band
    people: int


def as_contributors(unit: Unit, people: Collection[str]) -> dict[str, str]:
    """person -> how a release names them: it outlives them, and says nothing of who they were."""
    return {person: blind(unit, f"contributor:{person}") for person in people}


def released(unit: Unit, figures: str) -> list[Released]:
    """What was given to anybody of figures whose names begin so, oldest first."""
    these = select(_release).where(_release.c.figure.startswith(figures, autoescape=True))
    rows = unit.connection.execute(these.order_by(_release.c.released_at, _release.c.id)).all()
    people: dict[str, set[str]] = {}
    for some in by_many([row.id for row in rows]):
        behind = select(_contributor).where(_contributor.c.release_id.in_(some))
        for row in unit.connection.execute(behind):
            people.setdefault(row.release_id, set()).add(row.contributor_index.hex())
    return [
        Released(row.viewer_id, row.figure, row.period, _given(row.body, people.get(row.id, set())))
        for row in rows
    ]


def standing(unit: Unit, viewer: str) -> dict[str, Standing | None]:
    """Figure -> the latest of it that the viewer was given; None where each time there was to be
    none."""
    count = func.count(_contributor.c.contributor_index).label("people")
    theirs = (
        select(_release.c.figure, _release.c.body, count)
        .outerjoin(_contributor, _contributor.c.release_id == _release.c.id)
        .where(_release.c.viewer_id == viewer)
        .group_by(_release.c.id, _release.c.figure, _release.c.body, _release.c.released_at)
        .order_by(_release.c.released_at, _release.c.id)
    )
    found: dict[str, Standing | None] = {}
    for row in unit.connection.execute(theirs):
        band = _band(row.body)
        found[row.figure] = Standing(band, row.people) if band else found.get(row.figure)
    return found


def settled(unit: Unit, viewer: str, period: str) -> set[str]:
    """The figures of a period that the viewer was given, or refused."""
    theirs = (_release.c.viewer_id == viewer) & (_release.c.period == period)
    return set(unit.connection.execute(select(_release.c.figure).where(theirs)).scalars())


def put_release(unit: Unit, ids: Ids, now: datetime, released: Released) -> None:
    row = {
        "id": ids(), "viewer_id": released.viewer, "figure": released.figure,
        "period": released.period, "released_at": now,
        "body": json.dumps(released.given.band if released.given else None),
    }  # fmt: skip
    unit.connection.execute(insert(_release), row)
    if released.given:
        behind = [
            {"release_id": row["id"], "contributor_index": bytes.fromhex(one)}
            for one in sorted(released.given.people)
        ]
        unit.connection.execute(insert(_contributor), behind)


def _band(body: str) -> Band | None:
    said = json.loads(body)
    return next((one for one in BANDS if one == said), None)


def _given(body: str, people: Collection[str]) -> Given | None:
    band = _band(body)
    return Given(frozenset(people), band) if band else None
