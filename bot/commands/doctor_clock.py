"""Whether this machine's clock agrees with a platform's, by the Date that it answers with."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.commands.finding import Finding, found

APART = 60
"""Seconds: far within the five minutes after which a signed post is refused, and more than any
answer takes."""


def compare(platform: str, date: str | None, asked: datetime, answered: datetime) -> Finding | None:
    """`date`: the header as it came. None when it does not say."""
    try:
        theirs = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    theirs = theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)
    early, late = (asked - theirs).total_seconds(), (theirs - answered).total_seconds()
    seconds = round(max(early, late, 0))
    if seconds > APART:
        return found("clock", "clock.platform.off", ok=False, platform=platform, seconds=seconds)
    return found("clock", "clock.platform", platform=platform)
