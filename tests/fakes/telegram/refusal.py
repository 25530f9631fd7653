"""How Telegram says no."""

from __future__ import annotations

from typing import Any

_PREFIX = {400: "Bad Request", 403: "Forbidden", 409: "Conflict"}


class Refusal(Exception):
    """`parameters`: what a program may act on, as `retry_after` or `migrate_to_chat_id`."""

    def __init__(self, code: int, reason: str, **parameters: int) -> None:
        prefix = _PREFIX.get(code)
        self.code = code
        self.description = f"{prefix}: {reason}" if prefix else reason
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return said | ({"parameters": self.parameters} if self.parameters else {})


def bad(reason: str, **parameters: int) -> Refusal:
    return Refusal(400, reason, **parameters)


def forbidden(reason: str) -> Refusal:
    return Refusal(403, reason)


def conflict(reason: str) -> Refusal:
    return Refusal(409, reason)


def too_many(retry_after: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
