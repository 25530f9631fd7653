"""Somebody's words in what others keep, and how they go from there: when a share is taken back or
has become old, and when its author is erased.

Only the author's words go. The rows stay, and with them what the reader wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, select, update

from storage.database import Unit
from storage.encryption import PersonKey
from storage.errors import Unreadable
from storage.people import Profile
from storage.schema import named_by
from storage.tables import Conversation, Outbox, Transcript, table

GONE = "…"
"""What is left where somebody's words were: a sentence around it still reads as one."""
OTHERS_WORDS: dict[str, tuple[str, ...]] = {
    "my_leaders": ("shared", "agreed"),
    "from_nearest": (),
    "digest_lines": (),
}
"""The facts of a conversation in which somebody else's words stand, and in which lists of each
entry; none: the fact is the list itself."""
LISTED = "· "
"""Before each of several texts in a message."""
WORDS_OF_A_QUOTE = 3
"""Shorter than that, two people may well have written the same."""

Change = Callable[[str], str]
Row = Any

_conversation, _outbox, _transcript = table(Conversation), table(Outbox), table(Transcript)
_DAY_BESIDE = re.compile(r" \(\d\d\.\d\d\.\d{4}\)\Z")


class Shown(NamedTuple):
    """A text as it was shown to the other half of a pair."""

    pair: str
    text: str


def take_out(unit: Unit, reader: Profile, shown: Collection[Shown]) -> None:
    """From what the reader was shown and can open again: what their conversations knew, the
    messages and the web chat."""
    if not shown:
        return
    lines = _lines_of(shown)
    of_reader = (
        (_conversation, lambda text: _facts_without(text, shown)),
        (_outbox, lambda text: _message_without(text, lines)),
        (_transcript, lambda text: _message_without(text, lines)),
    )
    for rows, change in of_reader:
        mine = rows.c.person_id == reader.id
        rewrite(unit, reader.key, rows, rows.c.body_sealed, mine, change)


def unquoted(shown: Iterable[Shown]) -> Change:
    """Takes these texts out wherever they are quoted word for word, in plain text and in JSON."""
    whole = {one.text for one in shown}
    texts = whole | {_DAY_BESIDE.sub("", text) for text in whole}
    found = [text for text in texts if len(text.split()) >= WORDS_OF_A_QUOTE]
    spelt = {way for text in found for way in (text, json.dumps(text, ensure_ascii=False)[1:-1])}
    longest_first = sorted(spelt, key=lambda text: (-len(text), text))

    def change(text: str) -> str:
        for quote in longest_first:
            text = text.replace(quote, GONE)
        return text

    return change


def rewrite(
    unit: Unit, key: PersonKey, rows: Table, sealed: ColumnElement[Any], mine: ColumnElement[bool],
    change: Change,
) -> list[Row]:  # fmt: skip
    """Changes what is sealed in a column; gives the rows that became others. What cannot be read
    stays as it is."""
    changed = []
    for row in unit.connection.execute(select(rows).where(mine)).all():
        text = _opened(key, rows, sealed, row)
        after = change(text) if text else text
        if after and after != text:
            _put(unit, key, rows, sealed, row, after)
            changed.append(row)
    return changed


def _opened(key: PersonKey, rows: Table, sealed: ColumnElement[Any], row: Row) -> str | None:
    body = getattr(row, str(sealed.key))
    if not body:
        return None
    try:
        return key.open(rows.name, str(sealed.key), getattr(row, named_by(rows)), body)
    except Unreadable:
        return None


def _put(
    unit: Unit, key: PersonKey, rows: Table, sealed: ColumnElement[Any], row: Row, text: str
) -> None:
    name = getattr(row, named_by(rows))
    values: dict[str, Any] = {str(sealed.key): key.seal(rows.name, str(sealed.key), name, text)}
    if rows is _conversation:
        # Or a turn that was read before would be saved over it, words and all.
        values["touched_at"] = row.touched_at + timedelta(microseconds=1)
    here = rows.c[named_by(rows)] == name
    unit.connection.execute(update(rows).where(here).values(**values))


def _facts_without(text: str, shown: Collection[Shown]) -> str:
    body = _read(text) if any(name in text for name in OTHERS_WORDS) else {}
    facts = body.get("facts")
    if not isinstance(facts, dict):
        return text
    before = json.dumps(facts)
    for name, lists in OTHERS_WORDS.items():
        for entry in _dicts(facts.get(name)):
            pair = entry.get("pair_id")
            texts = {one.text for one in shown if pair in (None, one.pair)}
            within = [one for each in lists for one in _dicts(entry.get(each))]
            _empty(within if lists else [entry], texts)
    return text if json.dumps(facts) == before else json.dumps(body, ensure_ascii=False)


def _empty(entries: Iterable[dict[str, Any]], texts: Collection[str]) -> None:
    for entry in entries:
        if entry.get("text") in texts:
            entry["text"] = GONE


def _dicts(found: Any) -> Iterator[dict[str, Any]]:
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _lines_of(shown: Iterable[Shown]) -> re.Pattern[str]:
    """A line of a list, or several, that is one of the texts as a whole."""
    texts = sorted({re.escape(one.text) for one in shown}, key=len, reverse=True)
    return re.compile(rf"(^|\n){LISTED}(?:{'|'.join(texts)})(?=\n{LISTED}|\Z)")


def _message_without(text: str, lines: re.Pattern[str]) -> str:
    """Of a message as it is queued, whose spans are objects, or as the web chat keeps it, whose
    spans are pairs."""
    body = _read(text) if LISTED in text else {}
    spans = [one for one in body.get("spans", ()) if isinstance(one, (dict, list))]
    found = False
    for span in spans:
        at: Any = "text" if isinstance(span, dict) else 0
        without = lines.sub(rf"\1{LISTED}{GONE}", span[at])
        found = found or without != span[at]
        span[at] = without
    return json.dumps(body, ensure_ascii=False) if found else text


def _read(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
