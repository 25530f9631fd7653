"""What these tests stand on: ears that remember, a register, papers, pauses that take no time, a
running edge."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Any

from bot.channels.base import Paper
from bot.channels.slack.edge import SlackEdge
from bot.channels.slack.home import HomeView
from bot.channels.slack.workspaces import Workspaces
from bot.inbound import Incoming, Outcome
from tests.fakes.slack import FakeSlack

APP = "xapp-1-A0TILLID-3-tillidsrum"


class Drawer:
    """Papers that are always the same. `asked`: whose, and which."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def paper(self, channel: str, external_id: str, name: str) -> Paper:
        self.asked.append((external_id, name))
        if name == "curve":
            return Paper("kurve.png", "image/png", b"\x89PNG", "Pres fra flere sider: 3.")
        return Paper(f"{name}.pdf", "application/pdf", b"%PDF-1.7", "")


class Everybody:
    """A register that knows all but `strangers`. `emails`: those it was asked about."""

    def __init__(self, *strangers: str) -> None:
        self.strangers = set(strangers)
        self.people: set[str] = set()
        self.emails: list[tuple[str, str]] = []
        self.gone: list[str] = []

    async def known(self, channel: str, external_id: str) -> bool:
        return external_id not in self.strangers

    async def by_email(self, channel: str, external_id: str, email: str) -> bool:
        self.emails.append((external_id, email))
        if email not in self.people:
            return False
        self.strangers.discard(external_id)
        return True

    async def left(self, channel: str, external_id: str) -> None:
        self.gone.append(external_id)


class Pages:
    """Everybody's home is the same."""

    def __init__(self, view: HomeView | None = None) -> None:
        self.view = view

    async def home(self, channel: str, external_id: str) -> HomeView | None:
        return self.view


class Pauses:
    """Waits no time at all for the first so many; then for good: it has `rested`."""

    def __init__(self, most: int = 20) -> None:
        self.asked: list[float] = []
        self.rested = asyncio.Event()
        self._most = most

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if len(self.asked) >= self._most:
            self.rested.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)


class StoreAway(OSError):
    """Nothing can be kept just now."""


class Ears:
    """What `hear` is given. `meets`: what the next events meet with instead of being kept."""

    def __init__(self, outcome: Outcome = "taken") -> None:
        self.outcome = outcome
        self.heard: list[Incoming] = []
        self.meets: list[Exception] = []

    async def __call__(self, incoming: Incoming) -> Outcome:
        if self.meets:
            raise self.meets.pop(0)
        if any(before.key == incoming.key for before in self.heard):
            return "before"
        self.heard.append(incoming)
        return self.outcome

    @property
    def texts(self) -> list[str | None]:
        return [incoming.text for incoming in self.heard]


class Running:
    """An edge at work, its socket open: `async with Running(fake, edge):`."""

    def __init__(self, fake: FakeSlack, edge: SlackEdge) -> None:
        self._fake = fake
        self._edge = edge
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> SlackEdge:
        before = len(self._fake.sockets.open)
        self._task = asyncio.create_task(self._edge.run())
        await self._fake.until(lambda: len(self._fake.sockets.open) > before)
        return self._edge

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._task is not None
        if kind is None:
            await self._fake.deliver()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


def edge_of(line: Workspaces, hear: Any, register: Any = None, **how: Any) -> SlackEdge:
    usual = {"app_token": APP, "pause": Pauses(1), "ping": 2.0}
    return SlackEdge(line, hear, register or Everybody(), **{**usual, **how})
