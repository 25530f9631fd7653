"""What gets into the log: the libraries' warnings, our own lines, and no secret in any of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from bot.settings import Settings

QUIET = (
    "httpx", "httpcore", "telegram", "slack_sdk", "slack_bolt", "urllib3", "sqlalchemy",
    "apscheduler",
)  # fmt: skip
"""Libraries that write addresses with tokens, what was sent, or every tick, at INFO."""
SHAPES = re.compile(r"\d{6,}(?::|%3[aA])[A-Za-z0-9_-]{30,}|\bx(?:ox[a-z]|app)-[A-Za-z0-9-]{8,}")
"""What is a token of Telegram's or Slack's, whoever's it is."""
REMOVED = "[removed]"
SHORTEST = 4
"""A secret with fewer letters would take half of every word with it."""
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_tracebacks = logging.Formatter()


@contextmanager
def without_secrets(settings: Settings | None = None) -> Iterator[None]:
    """Makes every record without them for as long as it is entered, whichever handler shows it."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    before = logging.getLogRecordFactory()
    clean = cleaner(secrets_of(settings) if settings else ())

    def make(*args: Any, **more: Any) -> logging.LogRecord:
        return redacted(before(*args, **more), clean)

    logging.setLogRecordFactory(make)
    try:
        yield
    finally:
        logging.setLogRecordFactory(before)


def secrets_of(settings: Settings) -> Iterator[str]:
    """Every secret that is set, also the password in the database's address."""
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
    yield urlsplit(settings.database_url).password or ""


def cleaner(secrets: Iterable[str]) -> Callable[[str], str]:
    """Takes the secrets out of a text, also as they are written in an address."""
    ways = {way for one in secrets for way in (one, quote(one), quote(one, safe=""))}
    # The longest first: one may be the beginning of another.
    known = sorted((re.escape(way) for way in ways if len(way) >= SHORTEST), key=len, reverse=True)
    found = re.compile("|".join([*known, SHAPES.pattern]))
    return lambda text: found.sub(REMOVED, text)


def redacted(record: logging.LogRecord, clean: Callable[[str], str]) -> logging.LogRecord:
    """The record with its words put together, so that no argument is left to be shown."""
    record.msg, record.args = clean(_said(record)), ()
    if record.exc_info:
        record.exc_text = clean(_tracebacks.formatException(record.exc_info))
    if record.stack_info:
        record.stack_info = clean(record.stack_info)
    return record


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # Else the logging itself would write the arguments to stderr.
        return str(record.msg)
