"""Ways into one's own page and the console: links that open once, the visits that they begin, and
calendar subscriptions. Of every token only a blind index is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Table, delete, insert, select, update

from storage.database import Unit
from storage.people import vault_of
from storage.tables import table
from storage.tables_course import Feed as FeedRow
from storage.tables_course import PageLink as LinkRow
from storage.tables_course import Visit as VisitRow

Page = Literal["me", "admin"]
FORGOTTEN = timedelta(days=7)
"""How long a link that has run out is kept, to say something kind to whoever still has it."""

_link, _visit, _feed = table(LinkRow), table(VisitRow), table(FeedRow)


class PageLink(NamedTuple):
    person: str
    page: Page
    expires_at: datetime


class Visit(NamedTuple):
    """A browser that came in."""

    person: str
    page: Page
    began_at: datetime
    expires_at: datetime


# --- links


def make_link(unit: Unit, person: str, page: Page, token: str, until: datetime) -> None:
    """An earlier one of the person's to the same page is worth nothing any more."""
    theirs = (_link.c.person_id == person) & (_link.c.page == page)
    unit.connection.execute(delete(_link).where(theirs))
    row = {
        "token_index": _index(unit, "page", token), "person_id": person, "page": page,
        "expires_at": until,
    }  # fmt: skip
    unit.connection.execute(insert(_link), row)


def find_link(unit: Unit, token: str) -> PageLink | None:
    """The link as long as nobody has used it, also when it has run out."""
    which = _link.c.token_index == _index(unit, "page", token)
    query = select(_link.c.person_id, _link.c.page, _link.c.expires_at).where(which)
    row = unit.connection.execute(query).first()
    return PageLink(*row) if row else None


def use_link(unit: Unit, token: str) -> bool:
    """Uses it up. True for the one who did, however many try at the same time."""
    which = _link.c.token_index == _index(unit, "page", token)
    return unit.connection.execute(delete(_link).where(which)).rowcount == 1


# --- visits


def begin_visit(
    unit: Unit, now: datetime, person: str, page: Page, token: str, until: datetime
) -> None:
    row = {
        "token_index": _index(unit, "visit", token), "person_id": person, "page": page,
        "began_at": now, "expires_at": until,
    }  # fmt: skip
    unit.connection.execute(insert(_visit), row)


def visit_by(unit: Unit, token: str, page: Page, now: datetime) -> Visit | None:
    """The visit that goes on under this token."""
    query = select(_visit.c.person_id, _visit.c.page, _visit.c.began_at, _visit.c.expires_at).where(
        _visit.c.token_index == _index(unit, "visit", token),
        _visit.c.page == page,
        _visit.c.expires_at > now,
    )
    row = unit.connection.execute(query).first()
    return Visit(*row) if row else None


def prolong_visits(unit: Unit, until: datetime) -> None:
    """Everybody who is at a page may stay: for a clock that is moved while they look."""
    unit.connection.execute(update(_visit).values(expires_at=until))


def end_visit(unit: Unit, token: str) -> None:
    which = _visit.c.token_index == _index(unit, "visit", token)
    unit.connection.execute(delete(_visit).where(which))


def end_visits(unit: Unit, person: str) -> int:
    """All of the person's, and the links not yet used; how many visits there were."""
    unit.connection.execute(delete(_link).where(_link.c.person_id == person))
    return unit.connection.execute(delete(_visit).where(_visit.c.person_id == person)).rowcount


# --- calendar subscriptions


def make_feed(unit: Unit, now: datetime, person: str, token: str) -> None:
    """An address given out before is worth nothing any more."""
    drop_feed(unit, person)
    row = {"token_index": _index(unit, "feed", token), "person_id": person, "made_at": now}
    unit.connection.execute(insert(_feed), row)


def whose_feed(unit: Unit, token: str) -> str | None:
    """The id of the person."""
    query = select(_feed.c.person_id).where(_feed.c.token_index == _index(unit, "feed", token))
    person: str | None = unit.connection.execute(query).scalar()
    return person


def feed_since(unit: Unit, person: str) -> datetime | None:
    """When the person's subscription was made; None when there is none."""
    query = select(_feed.c.made_at).where(_feed.c.person_id == person)
    made: datetime | None = unit.connection.execute(query).scalar()
    return made


def drop_feed(unit: Unit, person: str) -> None:
    unit.connection.execute(delete(_feed).where(_feed.c.person_id == person))


def forget_old(unit: Unit, now: datetime) -> None:
    old: list[tuple[Table, datetime]] = [(_link, now - FORGOTTEN), (_visit, now)]
    for rows, before in old:
        unit.connection.execute(delete(rows).where(rows.c.expires_at <= before))


def _index(unit: Unit, of: str, token: str) -> bytes:
    # The index takes an e-mail however it is written; a token's capitals do count.
    return vault_of(unit).index(f"{of}:{token.encode().hex()}")
