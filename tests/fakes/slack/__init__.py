"""Slack on loopback, for the real slack-bolt and slack_sdk; it refuses what Slack does.

    async with FakeSlack(clock) as fake:
        client = fake.client()                 # or AsyncWebClient(base_url=fake.base_url, ...)
        anna = fake.person("U1", "Anna Holm", "anna@firma.example")
        await AsyncSocketModeHandler(app, fake.app_token).connect_async()
        anna.writes("Hej")                     # or: await fake.posts_to("http://.../slack/events")
        await fake.until(lambda: anna.buttons)
        anna.presses("Ja")
        ...
        assert fake.mistakes == []

fake       the whole, as a test holds it: people, calls, refusals, faults
server     HTTP: addresses, bodies, answers           spec     arguments, by the published list
chat, conversations, directory, files, views          the methods
shapes, kit, rich, blocks                             what Block Kit allows
outbox     what is on its way to the app, and again   sockets  Socket Mode   request_url  HTTP mode
people     verbs of a person                          payloads, events, fields  what they come to
world      channels, messages, triggers, files        flood    rates, against clock
manifest   what the app asked for when it was installed
limits     every number, with its source              faults   bad days on demand

What it shares with the fakes of other companies stands in tests/fakes/common.
"""

from tests.fakes.common.fake import Call
from tests.fakes.slack.channels import Channel
from tests.fakes.slack.clock import Clock, StandingClock
from tests.fakes.slack.fake import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, FakeSlack, Refused
from tests.fakes.slack.faults import How
from tests.fakes.slack.limits import Limits, Rates
from tests.fakes.slack.messages import Sight
from tests.fakes.slack.people import Person
from tests.fakes.slack.views import View

__all__ = [
    "APP_TOKEN",
    "BOT_TOKEN",
    "SIGNING_SECRET",
    "Call",
    "Channel",
    "Clock",
    "FakeSlack",
    "How",
    "Limits",
    "Person",
    "Rates",
    "Refused",
    "Sight",
    "StandingClock",
    "View",
]
