"""Group figures as viewers were given them: kept as they were, and never worked out again."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from flows.figures import BANDS, Given
from storage.database import Unit
from storage.ids import Ids
from storage.people import blind
from storage.tables import table
from storage.tables_course import Release, ReleaseContributor

_release, _contributor = table(Release), table(ReleaseContributor)


class Released(NamedTuple):
    """`given` is None where there was to be no figure: that stands too."""

    figure: str
    period: str
    given: Given | None


def as_contributors(unit: Unit, people: Collection[str]) -> dict[str, str]:
    """person -> how a release names them: it outlives them, and says nothing of who they were."""
    return {person: blind(unit, f"contributor:{person}") for person in people}


def released_to(unit: Unit, viewer: str, figures: str, since: datetime) -> list[Released]:
    """What the viewer was given of figures whose names begin so, oldest first."""
    theirs = select(_release).where(
        _release.c.viewer_id == viewer, _release.c.released_at >= since,
        _release.c.figure.startswith(figures, autoescape=True),
    )  # fmt: skip
    rows = unit.connection.execute(theirs.order_by(_release.c.released_at, _release.c.id)).all()
    people: dict[str, set[str]] = {}
    behind = select(_contributor).where(_contributor.c.release_id.in_([row.id for row in rows]))
    for row in unit.connection.execute(behind):
        people.setdefault(row.release_id, set()).add(row.contributor_index.hex())
    return [
        Released(row.figure, row.period, _given(row.body, people.get(row.id, set())))
        for row in rows
    ]


def put_release(unit: Unit, ids: Ids, now: datetime, viewer: str, released: Released) -> None:
    row = {
        "id": ids(), "viewer_id": viewer, "figure": released.figure, "period": released.period,
        "body": json.dumps(released.given.band if released.given else None), "released_at": now,
    }  # fmt: skip
    unit.connection.execute(insert(_release), row)
    if released.given:
        behind = [
            {"release_id": row["id"], "contributor_index": bytes.fromhex(one)}
            for one in sorted(released.given.people)
        ]
        unit.connection.execute(insert(_contributor), behind)


def _given(body: str, people: Collection[str]) -> Given | None:
    said = json.loads(body)
    band = next((one for one in BANDS if one == said), None)
    return Given(frozenset(people), band) if band else None
