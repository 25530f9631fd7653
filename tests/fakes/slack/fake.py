"""The fake as a test holds it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.common import fake as common
from tests.fakes.common.fake import Fake
from tests.fakes.slack import chat, conversations, directory, files, spec, views
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.faults import Faults, How
from tests.fakes.slack.limits import Limits, Rates
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.outbox import Outbox
from tests.fakes.slack.people import Person
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.request_url import RequestUrl
from tests.fakes.slack.server import Server
from tests.fakes.slack.shapes import Json
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.world import World

BOT_TOKEN = "xoxb-1-2-tillidsrum"
APP_TOKEN = "xapp-1-A0TILLID-3-tillidsrum"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
SCOPES = frozenset(
    {
        "chat:write",
        "commands",
        "dnd:read",
        "files:write",
        "im:history",
        "im:read",
        "im:write",
        "team:read",
        "users:read",
        "users:read.email",
    }
)

METHODS: dict[str, Callable[[World, Json], Json]] = {
    "auth.test": directory.auth_test,
    "chat.delete": chat.delete,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.open": conversations.open_one,
    "dnd.info": directory.dnd_info,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "team.info": directory.team_info,
    "users.info": directory.user_info,
    "users.list": directory.user_list,
    "users.lookupByEmail": directory.user_by_email,
    "views.open": views.open_one,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
# the one that wants the app's token, and opens a socket; see FakeSlack.process
SOCKET = "apps.connections.open"
# what nobody can foresee: too fast, gone, somebody else was quicker
_UNFORESEEN = ("ratelimited", "users_not_found", "user_disabled", "hash_conflict")


@dataclass(frozen=True)
class Refused(common.Refused):
    error: str
    complaints: tuple[str, ...]


class FakeSlack(Fake[How, Refused]):
    """`async with FakeSlack() as fake:` listens on a free port of this machine.

    clock: the company's time (rates, triggers, retries). rates: None for a benchmark. manifest:
    what the app asked for; whatever it does not name is refused.
    ack_seconds: how long, in real time, an acknowledgement is waited for.
    """

    bad_status = 503

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        team: str = "T1",
        manifest: Manifest = Manifest(scopes=SCOPES),  # noqa: B008 - frozen
        scopes: frozenset[str] | None = None,
        limits: Limits | None = None,
        rates: Rates | None = Rates(),  # noqa: B008 - frozen
        ack_seconds: float = 3,
    ) -> None:
        super().__init__(clock)
        self.bot_token, self.app_token = BOT_TOKEN, APP_TOKEN
        self.signing_secret = SIGNING_SECRET
        self.manifest = replace(manifest, scopes=scopes) if scopes is not None else manifest
        self._rates = rates
        self.world = World(self.clock, limits or Limits(), rates, team, self.manifest)
        self.worlds: dict[str, World] = {self.bot_token: self.world}
        self.faults = Faults()
        self.request_url: RequestUrl | None = None
        self._ack_seconds = ack_seconds
        self.server = Server(self)
        self.sockets = Sockets(self.world, ack_seconds, self.stir)
        self.outbox = Outbox(self.clock, self.world.limits, self.faults, self.sockets)
        self.outbox.after_each = self.stir
        self.sockets.on_open = self.outbox.start_due
        self.world.send, self.world.refuse = self.outbox.put, self.refuse

    def also_in(self, team: str) -> str:
        """The same app in another workspace; gives its bot token there."""
        token = f"{self.bot_token}-{team.lower()}"
        one = World(self.clock, self.world.limits, self._rates, team, self.manifest)
        one.lives_beside(self.world)
        self.worlds[token] = one
        return token

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        for world in self.worlds.values():
            world.url = self.url
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.sockets.stop()
        await super().__aexit__(*error)
        await self.outbox.stop()

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/"

    def client(self, token: str | None = None) -> AsyncWebClient:
        """slack_sdk's own client, without its retries, with this company's address."""
        token = self.bot_token if token is None else token
        return AsyncWebClient(token=token, base_url=self.base_url, retry_handlers=[])

    def person(
        self,
        user: str,
        name: str,
        email: str = "",
        tz: str = "Europe/Copenhagen",
        locale: str = "da-DK",
        token: str = BOT_TOKEN,
    ) -> Person:
        """`token`: of the workspace that they are in."""
        world = self.worlds[token]
        assert user[:1] in "UW", "a person's id begins with U or W"
        assert user not in world.people, f"{user} is taken"
        email = email or f"{name.split()[0].lower()}@virksomheden.example"
        world.people[user] = Person(world, user, name, email, tz, locale)
        return world.people[user]

    def channel(
        self, channel: str, name: str, *members: Person, private: bool = False, bot: bool = True
    ) -> Channel:
        assert channel[:1] in "CG", "a channel's id begins with C or G"
        kind = "group" if private else "channel"
        found = Channel(channel, kind, {person.id for person in members}, name, bot)
        return self.world.channels.setdefault(channel, found)

    async def posts_to(self, url: str, stamps: Callable[[], float] = time.time) -> None:
        """HTTP mode: from now on everything is posted there, instead of to sockets. The address is
        verified first, as Slack does it. `stamps`: the time that is signed, by default this
        machine's, which slack_sdk's verifier compares with."""
        request_url = RequestUrl(url, self.signing_secret, self._ack_seconds, stamps)
        assert await request_url.challenge(), "Your URL didn't respond with the challenge parameter"
        self.request_url = self.outbox.carrier = request_url

    def is_unforeseen(self, refused: Refused) -> bool:
        return refused.error in _UNFORESEEN

    async def deliver(self) -> int:
        """Waits for what is on its way, then tries what is due by the clock; gives how many were
        acknowledged meanwhile."""
        return await self.outbox.deliver()

    def check_token(self, method: str, token: str) -> dict[str, str]:
        """The headers that an answer to this token carries. Raises Refusal."""
        if not token:
            raise Refusal("not_authed")
        if token not in (*self.worlds, self.app_token):
            raise Refusal("invalid_auth")
        if (token == self.app_token) != (method == SOCKET):
            raise Refusal("not_allowed_token_type")
        of = self.worlds.get(token)
        scopes = of.scopes if of else frozenset({"connections:write"})
        return {"x-oauth-scopes": ",".join(sorted(scopes))}

    def process(self, token: str, method: str, params: Json) -> Json:
        world = self.worlds.get(token, self.world)
        if scope := spec.needed_scope(method):
            world.need(scope)
        world.flood.count_call(method, spec.tier(method))
        if method == SOCKET:
            result: Json = {"url": self.sockets.new_url()}
        else:
            result = METHODS[method](world, params)
        self.record(method, params, result)
        return result

    def refuse(self, method: str, params: Json, refusal: Refusal) -> None:
        refused = Refused(self.clock(), method, params, refusal.error, refusal.complaints)
        self.record_refused(refused)

    def take_upload(self, file_id: str, content: bytes) -> None:
        world = next((one for one in self.worlds.values() if file_id in one.uploads), self.world)
        files.receive(world, file_id, content)

    def take_response(self, key: str, said: Json) -> None:
        teams = {one.team: one for one in self.worlds.values()}
        chat.respond(teams.get(key.partition("-")[0], self.world), key, said)
        self.record("response_url", said, {})

    async def take_socket(self, request: web.Request) -> web.StreamResponse:
        return await self.sockets.serve(request)
