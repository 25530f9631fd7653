"""A house that the companies post to: Slack signed, Telegram with its secret, both over a wire."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from bot.channels.slack.hook import PATH as SLACK_PATH
from bot.clock import SetClock
from tests.fakes.slack import SIGNING_SECRET, FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.platforms.house import House
from tests.platforms.street import Repeater

SECRET = "s" * 32


class PostedHouse(House):
    def __init__(
        self, file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock,
        street: Repeater, more: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        posted = {
            "TILLIDSRUM_SLACK_APP_TOKEN": "",
            "TILLIDSRUM_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "TILLIDSRUM_PUBLIC_URL": street.url,
        }
        super().__init__(file, slack, telegram, clock, posted | (more or {}))
        self.street = street
        street.app = FastAPI()
        for one in self.wired.connected.values():
            for router in one.routers:
                street.app.include_router(router)

    async def listening(self) -> None:
        await self.slack.posts_to(f"{self.street.url}{SLACK_PATH}")
        await self.telegram.until(lambda: self.telegram.webhook.url)
