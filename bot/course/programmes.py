"""The programmes that there are: those that come along, and the organisation's own."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from flows.load import shared_insights, shipped_programmes
from flows.programme import BadProgramme, Programme, load_programme
from storage import programmes
from storage.database import Unit


class Known(NamedTuple):
    """`own`: imported by the organisation, perhaps in the place of one that came along."""

    programme: Programme
    text: str
    own: bool


def find(unit: Unit, programme: str) -> Programme | None:
    found = known(unit, programme)
    return found.programme if found else None


def known(unit: Unit, programme: str) -> Known | None:
    body = programmes.body_of(unit, programme)
    own = _own(body) if body is not None else None
    return own or _shipped(programme)


def all_known(unit: Unit) -> list[Known]:
    """By id."""
    own = [_own(body) for body in programmes.bodies(unit).values()]
    by_id = {name: _shipped(name) for name in shipped_programmes()}
    by_id |= {one.programme.id: one for one in own if one}
    return [one for _, one in sorted(by_id.items()) if one]


def read(text: str, file: str) -> Programme:
    """Raises BadProgramme with all that is wrong."""
    return load_programme(text, file, shared_insights())


def _shipped(programme: str) -> Known | None:
    found = shipped_programmes().get(programme)
    return Known(found.programme, found.text, own=False) if found else None


@lru_cache(maxsize=64)
def _own(body: str) -> Known | None:
    """None when an earlier release wrote it in a way that is none any more."""
    try:
        return Known(read(body, "programme.toml"), body, own=True)
    except BadProgramme:
        return None
