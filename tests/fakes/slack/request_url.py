"""HTTP mode: signed posts to the app's address, three seconds to acknowledge."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from tests.fakes.slack.outbox import Outcome, Parcel
from tests.fakes.slack.shapes import Json

_FORM = "application/x-www-form-urlencoded"


class RequestUrl:
    """`posted`: the headers of every post, in order. `stamps`: seconds since 1970 for the
    signature."""

    def __init__(
        self, url: str, secret: str, seconds: float, stamps: Callable[[], float] = time.time
    ) -> None:
        self.url = url
        self.posted: list[dict[str, str]] = []
        self.stamps = stamps
        self._signer = SignatureVerifier(secret)
        self._patience = aiohttp.ClientTimeout(total=seconds)

    async def carry(self, parcel: Parcel, attempt: int) -> Outcome:
        body, kind = _packed(parcel)
        headers = {"Content-Type": kind} | self._signed(body)
        if attempt and parcel.kind == "events":
            reason = parcel.reason or "http_timeout"
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        self.posted.append(headers)
        return await self._post(body, headers)

    async def challenge(self) -> bool:
        """As when the address is entered among the app's settings."""
        word = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
        said = {"token": "verification-token", "challenge": word, "type": "url_verification"}
        body = json.dumps(said).encode()
        headers = {"Content-Type": "application/json"} | self._signed(body)
        outcome = await self._post(body, headers)
        echoed = outcome.body.get("challenge") if isinstance(outcome.body, dict) else outcome.body
        return not outcome.reason and echoed == word

    def _signed(self, body: bytes) -> dict[str, str]:
        stamp = str(int(self.stamps()))
        signature = self._signer.generate_signature(timestamp=stamp, body=body)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}

    async def _post(self, body: bytes, headers: dict[str, str]) -> Outcome:
        connector = aiohttp.TCPConnector(force_close=True)  # each over a connection of its own
        session = aiohttp.ClientSession(connector=connector, timeout=self._patience)
        try:
            async with (
                session,
                session.post(self.url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                said = await answer.text()
        except TimeoutError:
            return Outcome("http_timeout")
        except aiohttp.ClientError:
            return Outcome("connection_failed")
        if not 200 <= answer.status <= 299:
            return Outcome("http_error", no_retry=answer.headers.get("X-Slack-No-Retry") == "1")
        return Outcome(body=_read(said, answer.content_type))


def _packed(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "events":
        return json.dumps(parcel.payload, ensure_ascii=False).encode(), "application/json"
    form: Json = parcel.payload
    if parcel.kind == "interactive":
        form = {"payload": json.dumps(parcel.payload, ensure_ascii=False)}
    return urlencode(form).encode(), _FORM


def _read(said: str, kind: str) -> Any:
    if kind != "application/json":
        return said
    try:
        return json.loads(said) if said else ""
    except json.JSONDecodeError:
        return said
