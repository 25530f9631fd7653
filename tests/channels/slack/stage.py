"""What Slack's tests stand on besides: ears that know again, a register, homes,
an edge whose socket is open."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.edge import SlackEdge
from bot.channels.slack.home import HomeView
from bot.channels.slack.workspaces import Workspaces
from bot.inbound import Incoming, Outcome
from flows.model import Language
from tests.channels import stage
from tests.channels.stage import Drawer, Pauses, StoreAway
from tests.fakes.slack import APP_TOKEN, FakeSlack

__all__ = ["Drawer", "Ears", "Everybody", "Pages", "Pauses", "Running", "StoreAway", "edge_of"]


class Ears(stage.Ears):
    """They know again what Slack delivers again."""

    async def __call__(self, incoming: Incoming) -> Outcome:
        known = any(before.key == incoming.key for before in self.heard)
        return "before" if known and not self.meets else await super().__call__(incoming)


class Everybody:
    """A register that knows all but `strangers`. `emails`: those it was asked about; `changes`: the
    accounts that are others than before, and their e-mail now."""

    def __init__(self, *strangers: str) -> None:
        self.strangers = set(strangers)
        self.people: set[str] = set()
        self.emails: list[tuple[str, str]] = []
        self.gone: list[str] = []
        self.changes: list[tuple[str, str]] = []
        self.speaks: Language = "da"

    async def language(self, channel: str, external_id: str) -> Language | None:
        return None if external_id in self.strangers else self.speaks

    async def by_email(self, channel: str, external_id: str, email: str, key: str) -> bool:
        self.emails.append((external_id, email))
        if email not in self.people:
            return False
        self.strangers.discard(external_id)
        return True

    async def changed(self, channel: str, external_id: str, email: str) -> None:
        self.changes.append((external_id, email))

    async def left(self, channel: str, external_id: str) -> None:
        self.gone.append(external_id)


class Pages:
    """Everybody's home is the same."""

    def __init__(self, view: HomeView | None = None) -> None:
        self.view = view

    async def home(self, channel: str, external_id: str) -> HomeView | None:
        return self.view


class Running(stage.Running[SlackEdge]):
    """`async with Running(fake, edge):`. When the test went well, all that is on its way arrives
    before the edge ends."""

    def __init__(self, fake: FakeSlack, edge: SlackEdge) -> None:
        super().__init__(edge)
        self._fake = fake

    async def __aenter__(self) -> SlackEdge:
        before = len(self._fake.sockets.open)
        edge = await super().__aenter__()
        await self._fake.until(lambda: len(self._fake.sockets.open) > before)
        return edge

    async def __aexit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is None:
            await self._fake.deliver()
        await super().__aexit__(kind, *error)


def edge_of(line: Workspaces, hear: Any, register: Any = None, **how: Any) -> SlackEdge:
    usual = {"app_token": APP_TOKEN, "pause": Pauses(1), "ping": 2.0}
    return SlackEdge(line, hear, register or Everybody(), **{**usual, **how})
