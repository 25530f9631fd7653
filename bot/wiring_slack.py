"""Slack put together; imported only where a bot token is set."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.channels.slack.edge import SlackEdge
from bot.channels.slack.home import HomeView, Shared
from bot.channels.slack.hook import events_route
from bot.channels.slack.send import SlackChannel
from bot.channels.slack.workspaces import NAME, Workspaces
from bot.chats import left_behind
from bot.connected import Connected, Given
from bot.parts import Parts, today_of
from bot.planning import next_occasion
from bot.rhythm_desk import RhythmDesk
from bot.settings import Settings, SettingsError
from flows.dates import describe_date
from storage import agreements, people, preferences, shares
from storage.database import Database, Unit
from storage.people import Profile


def connect(given: Given) -> Connected:
    """Socket Mode where there is an app token, else posts that are signed."""
    settings = given.settings
    if not settings.slack_bot_tokens:
        raise SettingsError("TILLIDSRUM_SLACK_BOT_TOKEN is not set. The Slack app's page has it.")
    line = Workspaces(settings.slack_bot_tokens, settings.slack_api_url)
    app_token, secret = settings.slack_app_token, settings.slack_signing_secret
    edge = SlackEdge(
        line, given.hear, given.register, home=Pages(given.database, given.parts),
        language=settings.language, app_token=app_token.get_secret_value() if app_token else None,
        left_behind=left_behind(given.database, NAME),
        rhythms=RhythmDesk(given.database, given.parts),
    )  # fmt: skip
    posted = secret is not None and app_token is None
    routers = (events_route(secret.get_secret_value(), edge.app),) if posted and secret else ()
    channel = SlackChannel(line, given.papers, clock=given.parts.clock)
    return Connected(channel, edge, routers, _no_address, line.close)


def _no_address(token: str) -> str:
    """Slack has no address that opens a conversation with words in it."""
    return ""


async def find_way(settings: Settings, token: str) -> str:
    return _no_address(token)


class Pages:
    """Implements `bot.channels.slack.home.Home`: what stands on a person's own page."""

    def __init__(self, database: Database, parts: Parts) -> None:
        self._database = database
        self._parts = parts

    async def home(self, channel: str, external_id: str) -> HomeView | None:
        return await asyncio.to_thread(self._home, channel, external_id)

    def _home(self, channel: str, external_id: str) -> HomeView | None:
        with self._database.read() as unit:
            profile = people.find_by_address(unit, channel, external_id)
            return self._view(unit, profile) if profile else None

    def _view(self, unit: Unit, profile: Profile) -> HomeView:
        language, today = profile.language, today_of(profile, self._parts.clock())
        paused = profile.paused_until
        view = HomeView(
            language=language,
            next_dialogue=self._next(unit, profile),
            paused_until=describe_date(paused, language, today=today) if paused else "",
        )
        if preferences.keeps_words_away(unit, profile.id):
            return replace(view, on_page=True)
        own = tuple(one.text for one in agreements.own_agreements(unit, profile, "active"))
        return replace(view, agreements=own, shared=tuple(_shared(unit, profile)))

    def _next(self, unit: Unit, profile: Profile) -> str:
        now = self._parts.clock()
        occasion = next_occasion(unit, self._parts, profile, now - timedelta(hours=1))
        if occasion is None:
            return ""
        local = occasion.slot.at.astimezone(ZoneInfo(profile.zone))
        day = describe_date(local.date(), profile.language, today=today_of(profile, now))
        return f"{day}, {local:%H:%M}"


def _shared(unit: Unit, profile: Profile) -> list[Shared]:
    """What the person has shared and not taken back, with whom."""
    return [
        Shared(people.get_person(unit, one.recipient).first_name, one.text)
        for one in shares.shared_by(unit, profile)
    ]
