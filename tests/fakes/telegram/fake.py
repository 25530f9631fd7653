"""The fake as a test holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.ext import ApplicationBuilder

from tests.fakes.common import fake as common
from tests.fakes.common.errands import Errands
from tests.fakes.common.fake import Fake
from tests.fakes.telegram import about, changing, sending
from tests.fakes.telegram.chats import Group
from tests.fakes.telegram.clock import Clock
from tests.fakes.telegram.faults import Faults, How
from tests.fakes.telegram.limits import Limits, Rates
from tests.fakes.telegram.messages import Json
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.polling import Polling
from tests.fakes.telegram.refusal import Refusal, conflict
from tests.fakes.telegram.server import Server
from tests.fakes.telegram.webhook import Webhook
from tests.fakes.telegram.world import World

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"

METHODS: dict[str, Callable[[World, Json], Any]] = {
    "getMe": about.get_me,
    "getChat": about.get_chat,
    "getFile": sending.get_file,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": changing.edit_text,
    "editMessageCaption": changing.edit_caption,
    "editMessageReplyMarkup": changing.edit_markup,
    "deleteMessage": changing.delete_one,
    "deleteMessages": changing.delete_several,
    "answerCallbackQuery": changing.answer_query,
    "setMyCommands": about.set_commands,
    "getMyCommands": about.get_commands,
    "deleteMyCommands": about.delete_commands,
    "setMyName": about.setter("name"),
    "getMyName": about.getter("name"),
    "setMyDescription": about.setter("description"),
    "getMyDescription": about.getter("description"),
    "setMyShortDescription": about.setter("short_description"),
    "getMyShortDescription": about.getter("short_description"),
}
# those that need the queue of updates; see FakeTelegram._result
DELIVERY = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
# what nobody can foresee: blocked, gone, moved, too fast
_UNFORESEEN = (403, 429)


@dataclass(frozen=True)
class Refused(common.Refused):
    code: int
    description: str


class FakeTelegram(Fake[How, Refused]):
    """`async with FakeTelegram() as fake:` listens on a free port of this machine.

    clock: the company's time (rates, 48 hours, redelivery); a real long poll still waits in real
    time. rates: None for a benchmark. loopback_webhooks: webhooks on this machine, over http.
    webhook_seconds: how long, in real time, an answer of the bot's webhook is waited for.
    """

    bad_status = 502

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        token: str = TOKEN,
        limits: Limits | None = None,
        rates: Rates | None = Rates(),  # noqa: B008 - frozen
        loopback_webhooks: bool = False,
        webhook_seconds: float = 60,
    ) -> None:
        super().__init__(clock)
        self.token = token
        self.limits = limits or Limits()
        self.world = World(self.clock, self.limits, rates, token)
        self.updates = self.world.updates
        self.profile = self.world.profile
        self.webhook = Webhook(
            self.updates, self.clock, loopback=loopback_webhooks, seconds=webhook_seconds
        )
        self.polling = Polling(self.updates, self.webhook, self.limits, self.stir)
        self.faults = Faults(self.updates)
        self.server = Server(self)
        self._deliveries = Errands()
        self.updates.on_arrival.append(self._push)

    async def __aexit__(self, *error: object) -> None:
        self.polling.end()
        await super().__aexit__(*error)
        await self._deliveries.stop()

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    def builder(self) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
        """python-telegram-bot's own builder, with this company's addresses."""
        return (
            ApplicationBuilder()
            .token(self.token)
            .base_url(self.base_url)
            .base_file_url(self.base_file_url)
        )

    def person(
        self, person_id: int, first_name: str, language_code: str = "da", username: str = ""
    ) -> Person:
        person = Person(self.world, person_id, first_name, language_code, username)
        return self.world.add_person(person)

    def group(self, chat_id: int, title: str) -> Group:
        return self.world.found_group(chat_id, title)

    def is_unforeseen(self, refused: Refused) -> bool:
        return refused.code in _UNFORESEEN

    async def deliver(self) -> int:
        """Posts every update that is due to the webhook; gives how many were taken."""
        return await self.webhook.deliver()

    async def process(self, method: str, params: Json) -> Any:
        result = await self._result(method, params)
        self.record(method, params, result)
        return result

    async def hold(self) -> None:
        await self.polling.wait(self.limits.poll_seconds)

    def refuse(self, method: str, params: Json, refusal: Refusal) -> None:
        refused = Refused(self.clock(), method, params, refusal.code, refusal.description)
        self.record_refused(refused)

    def file_at(self, path: str) -> bytes:
        for stored in self.world.files.values():
            if stored.path == path:
                return stored.content
        raise Refusal(404, "Not Found")

    async def _result(self, method: str, params: Json) -> Any:
        if method == "getUpdates":
            return await self.polling.get_updates(params)
        if method == "getWebhookInfo":
            return self.webhook.info()
        if method in ("setWebhook", "deleteWebhook"):
            return self._set_webhook({"url": ""} | params)
        return METHODS[method](self.world, params)

    def _set_webhook(self, params: Json) -> bool:
        self.webhook.set(params)
        if params["url"]:
            self.polling.end(conflict("terminated by setWebhook request"))
            self._push()
        return True

    def _push(self) -> None:
        if self.webhook.url:
            self._deliveries.start(self.webhook.deliver())
