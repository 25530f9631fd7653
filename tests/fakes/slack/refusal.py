"""How Slack says no: mostly with 200 and a word."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """`complaints`: what exactly is wrong, as `response_metadata.messages` carries it."""

    def __init__(
        self, error: str, *complaints: str, status: int = 200, retry_after: int = 0, **more: Any
    ) -> None:
        super().__init__(": ".join([error, *complaints]))
        self.error = error
        self.complaints = complaints
        self.status = status
        self.retry_after = retry_after
        self._more = more

    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = {"ok": False, "error": self.error} | self._more
        if self.error == "invalid_blocks":
            said["errors"] = list(self.complaints)
        if self.complaints:
            marked = [f"[ERROR] {complaint}" for complaint in self.complaints]
            said["response_metadata"] = {"messages": marked}
        return said


def invalid(complaint: str, at: str = "") -> Refusal:
    """`at`: a JSON pointer into what was sent."""
    place = f" [json-pointer:{at}]" if at else ""
    return Refusal("invalid_arguments", complaint + place)


def too_many(retry_after: int) -> Refusal:
    return Refusal("ratelimited", status=429, retry_after=retry_after)


def no_scope(needed: str, provided: frozenset[str]) -> Refusal:
    return Refusal("missing_scope", needed=needed, provided=",".join(sorted(provided)))
