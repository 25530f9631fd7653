"""The copy of somebody's data as a page to read, in their language.

Pure: the same in, the same out. What a person wrote is text to the page, never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple

from jinja2 import Environment, Template

from bot.export_texts import FIELDS, HEADINGS, VALUES, WORDS
from bot.papers.days import long_day
from flows.answers import SKIP
from flows.load import Catalogue
from flows.model import Dialogue, Language
from flows.wording import spans_of

Row = Mapping[str, Any]


class Entry(NamedTuple):
    text: str
    above: str = ""
    below: str = ""


class Group(NamedTuple):
    entries: list[Entry]
    heading: str = ""


class Part(NamedTuple):
    heading: str
    groups: list[Group]


class Page(NamedTuple):
    """What is told, in which language, with the dialogues that the answers were given in."""

    told: Mapping[str, Any]
    language: Language
    catalogue: Catalogue

    def word(self, key: str, **slots: object) -> str:
        return WORDS[key][self.language].format(**slots)

    def value(self, name: object) -> str:
        return VALUES[str(name)][self.language] if str(name) in VALUES else str(name)

    def day(self, moment: object) -> str:
        return long_day(date.fromisoformat(str(moment)[:10]), self.language)


def make_page(told: Mapping[str, Any], language: Language, catalogue: Catalogue, on: date) -> str:
    """An HTML page that stands alone. `told` is what `storage.export.gather` gives."""
    page = Page(told, language, catalogue)
    words = {
        "title": page.word("title"),
        "made": page.word("made", day=long_day(on, language)),
        "yours": page.word("yours"),
        "left_out": page.word("left-out"),
        "nothing": page.word("nothing"),
    }
    parts = [_part(page, name, say) for name, say in PARTS.items()]
    return _template().render(language=language, words=words, parts=parts)


@cache
def _template() -> Template:
    source = files("bot").joinpath("export_page.html").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True).from_string(source)


def _part(page: Page, name: str, say: Callable[[Page, list[Row]], Iterator[Group]]) -> Part:
    rows = page.told.get(name, [])
    return Part(HEADINGS[name][page.language], list(say(page, rows)))


def _listed(say: Callable[[Page, Row], Entry]) -> Callable[[Page, list[Row]], Iterator[Group]]:
    def group(page: Page, rows: list[Row]) -> Iterator[Group]:
        if rows:
            yield Group([say(page, row) for row in rows])

    return group


def _person(page: Page, person: Any) -> Iterator[Group]:
    entries = [
        Entry(_field(page, name, person[name]), above=words[page.language])
        for name, words in FIELDS.items()
        if person.get(name) not in (None, "")
    ]
    yield Group(entries)


def _field(page: Page, name: str, value: Any) -> str:
    return page.day(value) if name in ("created_at", "paused_until") else page.value(value)


def _pair(page: Page, row: Row) -> Entry:
    other = row.get("nearest_leader") or row.get("leader")
    until = page.word("to", day=page.day(row["ended_at"])) if row["ended_at"] else ""
    return Entry(str(other), below=f"{page.day(row['started_at'])} {until}".strip())


def _leave(page: Page, row: Row) -> Entry:
    return Entry(f"{page.day(row['first_day'])} {page.word('to', day=page.day(row['last_day']))}")


def _point(page: Page, row: Row) -> Entry:
    return Entry(row["text"], below=_joined(page.day(row["created_at"]), page.value(row["state"])))


def _agreement(page: Page, row: Row) -> Entry:
    checks = [
        f"{page.day(one['on_date'])}: {page.word('check', how=page.value(one['how']))}"
        for one in page.told["agreement_checks"]
        if one["agreement_id"] == row["id"]
    ]
    how = row.get("follow_up_on") or row.get("follow_up")
    follow_up = page.word("follow-up", how=how) if how else ""
    state = page.value(row["state"])
    return Entry(row["text"], below=_joined(page.day(row["created_at"]), state, follow_up, *checks))


def _action(page: Page, row: Row) -> Entry:
    looks = [_look(page, one) for one in row.get("studies", [])]
    more = (row.get(name) or "" for name in ("aim", "do", "help"))
    state = page.value(row["state"])
    return Entry(row["plan"], below=_joined(page.day(row["created_at"]), state, *more, *looks))


def _look(page: Page, look: Row) -> str:
    """How an action went on a day, and what came of it."""
    words = (page.value(look[name]) if look[name] else "" for name in ("went", "act"))
    said = ", ".join(one for one in (*words, look["seen"], look["adjusted"]) if one)
    return f"{page.day(look['on'])}: {said}"


def _rating(page: Page, row: Row) -> Entry:
    when = page.value(row["phase"])
    return Entry(
        f"{page.value(row['item'])} {row['value']}", below=_joined(page.day(row["on_date"]), when)
    )


def _note(page: Page, row: Row) -> Entry:
    about = _asked(page, row["dialogue"], row["step"])
    return Entry(row["text"], above=about, below=page.day(row["created_at"]))


def _given(page: Page, row: Row) -> Entry:
    who = page.word("with", who=row["recipient"])
    return Entry(
        row["text"], below=_joined(page.day(row["shared_at"]), who, page.value(row["state"]))
    )


def _received(page: Page, row: Row) -> Entry:
    who = page.word("from", who=row["author"])
    return Entry(row["text"], below=_joined(page.day(row["shared_at"]), who))


def _logged(page: Page, row: Row) -> Entry:
    return Entry(row["what"], below=page.day(row["at"]))


def _pulse(page: Page, rows: list[Row]) -> Iterator[Group]:
    entries = []
    for day, some in groupby(rows, key=lambda row: str(row["on_date"])):
        values = (f"{page.value(row['theme'])} {row['value']}" for row in some)
        entries.append(Entry(", ".join(values), above=page.day(day)))
    if entries:
        yield Group(entries)


def _conversations(page: Page, rows: list[Row]) -> Iterator[Group]:
    for row in rows:
        name = row["dialogue"]
        known = page.catalogue.dialogues.get(name)
        title = known.wordings[page.language].title if known else name
        entries = [
            Entry(_answer(page, known, one), above=_asked(page, name, one["step"]))
            for one in row["answers"]
        ]
        if entries:
            yield Group(entries, f"{title}, {page.day(row['started_at'])}")


def _asked(page: Page, dialogue: str, step: str) -> str:
    """What the step is called, or its question; its id when the dialogue has changed since."""
    known = page.catalogue.dialogues.get(dialogue)
    said = known.wordings[page.language].steps.get(step) if known else None
    if said is None:
        return step
    question = "".join(span.text for span in spans_of(said.text, lambda slot: "…"))
    return said.label or question or step


def _answer(page: Page, known: Dialogue | None, answer: Row) -> str:
    value = answer.get("value")
    if value is None or value == SKIP:
        return page.word("skipped")
    if isinstance(value, dict):
        return _joined(_choice(page, known, answer, value["decision"]), value.get("text") or "")
    several = value if isinstance(value, list) else [value]
    return ", ".join(_choice(page, known, answer, one) for one in several)


def _choice(page: Page, known: Dialogue | None, answer: Row, value: object) -> str:
    """The words of a button; what was written stays as it was written."""
    step = known.every_step.get(answer["step"]) if known else None
    if known is None or step is None or step.kind in ("text", "scale", "date"):
        return str(value)
    said = known.wordings[page.language].steps.get(step.id)
    labels = {**page.catalogue.common[page.language].choices, **(said.options if said else {})}
    return labels.get(str(value), str(value))


def _rest(page: Page, rows: list[Row]) -> Iterator[Group]:
    counted = {name: len(page.told[name]) for name in ("messages", "chat", "reminders")}
    yield Group([Entry(page.word("counts", **counted))])


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)


PARTS: dict[str, Callable[[Page, Any], Iterator[Group]]] = {
    "person": _person,
    "pairs": _listed(_pair),
    "pairs_led": _listed(_pair),
    "leave": _listed(_leave),
    "points": _listed(_point),
    "agreements": _listed(_agreement),
    "actions": _listed(_action),
    "ratings": _listed(_rating),
    "pulse": _pulse,
    "notes": _listed(_note),
    "shares_given": _listed(_given),
    "shares_received": _listed(_received),
    "conversations": _conversations,
    "log": _listed(_logged),
    "rest": _rest,
}
