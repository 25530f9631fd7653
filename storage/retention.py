"""What need not be known any longer goes by itself: free text and scores, then delivery rows, the
log, leave that is past, and pairs that are closed.

Active agreements with oneself stay as long as they are active, whatever their age.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, delete, exists

from storage import shares
from storage.database import Unit
from storage.nudges import NUDGE
from storage.schema import metadata
from storage.tables import (
    Agreement,
    AgreementCheck,
    Audit,
    Cadence,
    Conversation,
    Leave,
    Note,
    Outbox,
    Pair,
    Point,
    Pulse,
    Reminder,
    Share,
    Transcript,
    table,
)
from storage.tables_course import Action, Rating, Release

DELIVERY_KEPT = timedelta(days=90)
LOG_KEPT = timedelta(days=180)
PAST_KEPT = timedelta(days=90)
"""Leave after its last day, and a pair after its end."""
FIGURES_KEPT = timedelta(days=730)
"""As long as the answers behind them: a new figure is compared with all there were of the same."""
COURSE_KEPT = FIGURES_KEPT
"""What a course has sent: for longer than it lasts, or it might be sent again."""
RATINGS_KEPT = FIGURES_KEPT
"""A course takes a year, and what was rated before it is compared with what is rated long after."""

_agreement, _check, _conversation = table(Agreement), table(AgreementCheck), table(Conversation)
_note, _point, _pulse, _share = table(Note), table(Point), table(Pulse), table(Share)
_transcript, _outbox, _reminder = table(Transcript), table(Outbox), table(Reminder)
_audit, _leave, _pair, _cadence = table(Audit), table(Leave), table(Pair), table(Cadence)
_action, _rating, _release = table(Action), table(Rating), table(Release)

_over = _reminder.c.state != "planned"

Old = list[tuple[Table, ColumnElement[bool]]]


def forget_old(unit: Unit, now: datetime, kept: timedelta) -> int:
    """Deletes what is older than `kept` (words and scores), than 90 days (delivery rows, leave,
    closed pairs) or than 180 days (the log); how many rows."""
    shares.forget_shown(unit, now - kept)
    # Pairs last: what hangs on them goes first.
    old = [*_words(now - kept), *_deliveries(now - min(kept, DELIVERY_KEPT)), *_past(now)]
    return sum(unit.connection.execute(delete(rows).where(which)).rowcount for rows, which in old)


def _words(before: datetime) -> Old:
    return [
        (_conversation, _conversation.c.touched_at < before),
        (_note, _note.c.created_at < before),
        (_point, _point.c.created_at < before),
        (_pulse, _pulse.c.on_date < before.date()),
        (_share, _share.c.shared_at < before),
        (_check, _check.c.on_date < before.date()),
        (_agreement, (_agreement.c.state != "active") & (_agreement.c.changed_at < before)),
        (_agreement, _agreement.c.pair_id.is_not(None) & (_agreement.c.changed_at < before)),
        (_action, _action.c.changed_at < before),
        (_transcript, _transcript.c.at < before),
    ]


def _deliveries(before: datetime) -> Old:
    return [
        (_outbox, _outbox.c.planned_at < before),
        (_reminder, _over & (_reminder.c.kind != NUDGE) & (_reminder.c.due_at < before)),
    ]


def _past(now: datetime) -> Old:
    before = now - PAST_KEPT
    reminded = exists().where(_reminder.c.subject_id == _cadence.c.id)
    return [
        (_reminder, _over & (_reminder.c.due_at < now - COURSE_KEPT)),
        (_audit, _audit.c.at < now - LOG_KEPT),
        (_rating, _rating.c.on_date < (now - RATINGS_KEPT).date()),
        (_release, _release.c.released_at < now - FIGURES_KEPT),
        (_leave, _leave.c.last_day < before.date()),
        (_cadence, _cadence.c.active.is_(False) & ~reminded),
        (_pair, (_pair.c.ended_at < before) & ~_hung_on()),
    ]


def _hung_on() -> ColumnElement[bool]:
    """Whether anything at all still points at the pair."""
    pointing = [
        key.parent
        for each in metadata.sorted_tables
        for key in each.foreign_keys
        if key.column is _pair.c.id
    ]
    return ~and_(*(~exists().where(column == _pair.c.id) for column in pointing))
