"""The clock changes of a time zone, as iCalendar wants them told.

`icalendar.Timezone.from_tzinfo` (7.3) puts the change in spring an hour late: it gives the wall
time after the change, where RFC 5545 §3.6.5 asks for the wall time before it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_YEAR, _DAY, _MINUTE = timedelta(days=366), timedelta(days=1), timedelta(minutes=1)


def describe_zone(name: str, earliest: datetime, latest: datetime) -> Timezone:
    """A VTIMEZONE, right from a year before `earliest` to a year after `latest` (both aware)."""
    zone = ZoneInfo(name)
    first = earliest.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - _YEAR
    described = Timezone()
    described.add("tzid", name)
    for moment in (first, *_changes(zone, first, latest.astimezone(UTC) + _YEAR)):
        described.add_component(_observance(zone, moment))
    return described


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The first minute (UTC) of every new offset. No zone changes twice within a day."""
    day = first
    while day < last:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            yield _first_minute_after_change(zone, day, day + _DAY)
        day += _DAY


def _first_minute_after_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > _MINUTE:
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _observance(zone: ZoneInfo, moment: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = moment.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    earlier = _offset(zone, moment - _MINUTE)
    observance.add("dtstart", moment.replace(tzinfo=None) + earlier)
    observance.add("tzoffsetfrom", earlier)
    observance.add("tzoffsetto", _offset(zone, moment))
    observance.add("tzname", local.tzname() or "")
    return observance


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
