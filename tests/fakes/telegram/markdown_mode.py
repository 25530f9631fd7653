"""parse_mode MarkdownV2 and the legacy Markdown, after the Bot API's two style sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.fakes.telegram.html_mode import Unparsable
from tests.fakes.telegram.utf16 import Entity, units

_RESERVED = set("_*[]()~`>#+-=|{}.!")
_MARKS = {"__": "underline", "_": "italic", "*": "bold", "~": "strikethrough", "||": "spoiler",
          "```": "pre", "`": "code"}  # fmt: skip
_NAMES = {"pre": "PreCode", "code": "Code", "text_link": "TextUrl"}
_LANGUAGE = re.compile(r"([^\s`]+)\n")


@dataclass
class _Open:
    kind: str
    mark: str
    at: int
    byte: int
    language: str = ""


@dataclass
class _Reading:
    source: str
    index: int = 0
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    @property
    def byte(self) -> int:
        return len(self.source[: self.index].encode())

    @property
    def raw(self) -> bool:
        """Inside of code only the closing mark means something."""
        return bool(self.open) and self.open[-1].kind in ("code", "pre")

    def sees(self, mark: str) -> bool:
        return self.source.startswith(mark, self.index)

    def takes(self, count: int) -> None:
        self.text += self.source[self.index : self.index + count]
        self.index += count

    def begins(self, kind: str, mark: str, length: int) -> None:
        self.open.append(_Open(kind, mark, units(self.text), self.byte))
        self.index += length

    def ends(self, extra: Entity | None = None) -> None:
        opened = self.open.pop()
        length = units(self.text) - opened.at
        if opened.language:
            extra = {"language": opened.language}
        if length:
            entity = {"type": opened.kind, "offset": opened.at, "length": length}
            self.entities.append(entity | (extra or {}))


def parse(source: str) -> tuple[str, list[Entity]]:
    """MarkdownV2. Raises Unparsable."""
    reading = _Reading(source)
    while reading.index < len(source):
        _step(reading)
    if reading.open and reading.open[-1].kind == "blockquote":
        reading.ends()
    if reading.open:
        opened = reading.open[-1]
        name = _NAMES.get(opened.kind, opened.kind.capitalize())
        raise Unparsable(f"Can't find end of {name} entity at byte offset {opened.byte}")
    return reading.text, sorted(reading.entities, key=lambda e: (e["offset"], -e["length"]))


def _step(reading: _Reading) -> None:
    source, index = reading.source, reading.index
    following = source[index + 1 : index + 2]
    if source[index] == "\\" and following and 0 < ord(following) < 127:
        reading.index += 1
        reading.takes(1)
    elif reading.raw:
        _code(reading)
    elif source[index] == ">" and (index == 0 or source[index - 1] == "\n"):
        _quote(reading)
    elif source[index] == "\n":
        _line_end(reading)
    elif source[index] in _RESERVED:
        _mark(reading)
    else:
        reading.takes(1)


def _code(reading: _Reading) -> None:
    if reading.sees(reading.open[-1].mark):
        reading.index += len(reading.open[-1].mark)
        reading.ends()
    elif reading.sees("`"):
        raise Unparsable("Character '`' is reserved and must be escaped with the preceding '\\'")
    else:
        reading.takes(1)


def _quote(reading: _Reading) -> None:
    if reading.open and reading.open[-1].kind == "blockquote":
        reading.index += 1
    else:
        reading.begins("blockquote", "", 1)


def _line_end(reading: _Reading) -> None:
    inside = bool(reading.open) and reading.open[-1].kind == "blockquote"
    if inside and not reading.source.startswith(">", reading.index + 1):
        reading.ends()
    reading.takes(1)


def _mark(reading: _Reading) -> None:
    if reading.sees("]") and reading.open and reading.open[-1].kind == "text_link":
        _link_end(reading)
    elif reading.sees("["):
        reading.begins("text_link", "[", 1)
    elif mark := next((m for m in ("||", "```", "__", "`", "_", "*", "~") if reading.sees(m)), ""):
        _pair(reading, mark)
    else:
        letter = reading.source[reading.index]
        raise Unparsable(
            f"Character '{letter}' is reserved and must be escaped with the preceding '\\'"
        )


def _pair(reading: _Reading, mark: str) -> None:
    if reading.open and reading.open[-1].mark == mark:
        reading.index += len(mark)
        reading.ends()
        return
    reading.begins(_MARKS[mark], mark, len(mark))
    if mark == "```" and (language := _LANGUAGE.match(reading.source, reading.index)):
        reading.open[-1].language = language[1]
        reading.index = language.end()


def _link_end(reading: _Reading) -> None:
    reading.index += 1
    if not reading.sees("("):
        raise Unparsable("Character ']' is reserved and must be escaped with the preceding '\\'")
    end = reading.source.find(")", reading.index)
    while end > 0 and reading.source[end - 1] == "\\":
        end = reading.source.find(")", end + 1)
    if end < 0:
        raise Unparsable(f"Can't find end of a URL at byte offset {reading.byte}")
    url = reading.source[reading.index + 1 : end].replace("\\", "")
    reading.index = end + 1
    reading.ends({"url": url})


_LEGACY = re.compile(r"\[([^\]]*)\]\(([^)]*)\)|(```|[*_`])")


def parse_legacy(source: str) -> tuple[str, list[Entity]]:
    """The Markdown of the first years: nothing nests. Raises Unparsable."""
    reading = _Reading(source)
    while reading.index < len(source):
        found = _LEGACY.match(source, reading.index)
        if source[reading.index] == "\\" and source[reading.index + 1 : reading.index + 2] in tuple(
            "_*`["
        ):
            reading.index += 1
            reading.takes(1)
        elif found is None and source[reading.index] != "[":
            reading.takes(1)
        else:
            _legacy_entity(reading, found)
    return reading.text, reading.entities


def _legacy_entity(reading: _Reading, found: re.Match[str] | None) -> None:
    at, offset = reading.byte, units(reading.text)
    lost = Unparsable(f"Can't find end of the entity starting at byte offset {at}")
    if found is None:
        raise lost
    inner, kind, end, extra = found[1], "text_link", found.end(), {"url": found[2]}
    if mark := found[3]:
        close = reading.source.find(mark, found.end())
        if close < 0:
            raise lost
        inner, kind, extra = reading.source[found.end() : close], _MARKS_OF_OLD[mark], {}
        end = close + len(mark)
    reading.text += inner
    reading.index = end
    if inner:
        reading.entities.append({"type": kind, "offset": offset, "length": units(inner)} | extra)


_MARKS_OF_OLD = {"```": "pre", "*": "bold", "_": "italic", "`": "code"}
