"""What the page posts, as an Incoming; whatever else it posts is refused with a reason."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.web.send import NAME
from bot.inbound import Incoming
from flows.model import TEXT_LIMIT

_ID = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")


class Posted(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    id: str = _ID
    """Made by the page, the same when it posts again."""


class Said(Posted):
    text: str = Field(max_length=TEXT_LIMIT * 4)


class Pressed(Posted):
    token: str = Field(max_length=64)
    also: tuple[str, ...] = Field(default=(), max_length=25)


def receive(external_id: str, posted: Said | Pressed) -> Incoming:
    key = f"{external_id}:{posted.id}"
    if isinstance(posted, Said):
        return Incoming(NAME, external_id, key, text=posted.text)
    return Incoming(NAME, external_id, key, token=posted.token, also=posted.also)
