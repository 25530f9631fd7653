"""What was posted by a page's form, and how to know that it was ours."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request

MOST_FIELDS = 500
FORM = "form"
"""The hidden field that shows that a form is one of ours."""


class Form(Mapping[str, str]):
    """Field -> what was written, "" where nothing was. `files`: field -> the bytes chosen."""

    def __init__(self, fields: list[tuple[str, str]], files: Mapping[str, bytes]) -> None:
        self._fields = fields
        self._last = dict(fields)
        self.files = files

    def __getitem__(self, name: str) -> str:
        return self._last.get(name, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def every(self, name: str) -> list[str]:
        """All that is ticked under a name."""
        return [value for field, value in self._fields if field == name]


async def read_form(request: Request) -> Form:
    """Either kind that a browser sends. What is neither reads as an empty form."""
    kind = request.headers.get("content-type", "")
    body = await request.body()
    if kind.startswith("multipart/form-data"):
        return _of_parts(kind, body)
    try:
        fields = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS,
            errors="replace",
        )  # fmt: skip
    except ValueError:
        fields = []
    return Form([(name, _text(value)) for name, value in fields], {})


def mark_of(token: str) -> str:
    """What the forms of a visit carry. It tells nothing of the visit's own token."""
    return hashlib.sha256(f"form:{token}".encode()).hexdigest()[:32]


def is_ours(form: Form, mark: str) -> bool:
    return hmac.compare_digest(form[FORM].encode(), mark.encode())


def _of_parts(kind: str, body: bytes) -> Form:
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    fields: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    message: Message[Any, Any] = BytesParser(policy=HTTP).parsebytes(head + body)
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        if part.get_param("filename", header="content-disposition") is not None:
            files[name] = content
        else:
            fields.append((name, _text(content.decode("utf-8", "replace"))))
    return Form(fields, files)


def _text(value: str) -> str:
    """A browser sends the end of a line as two characters."""
    return value.replace("\r\n", "\n")
