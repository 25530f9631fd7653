"""Telegram's Bot API on loopback, for the real python-telegram-bot; it refuses what Telegram does.

    async with FakeTelegram(clock) as fake:
        application = fake.builder().build()
        anna = fake.person(7, "Anna", "da")
        anna.start("invitation")
        ...
        assert anna.sees[-1].text == ...
        assert fake.mistakes == []

fake       the whole, as a test holds it: people, calls, refusals, faults
server     HTTP: addresses, bodies, answers           spec     parameters, by the published spec
sending    sendMessage, sendPhoto, sendDocument ...   changing edits, deletions, answers to presses
about      getMe, commands, names                     polling  getUpdates     webhook  pushes
world      chats, messages, files                     chats, people, messages  who sees what
formatted  texts: html_mode, markdown_mode, utf16     keyboard what stands under a message
flood      rates, against clock                       limits   every number, with its source
updates    what waits for the bot                     faults   bad days on demand

What it shares with the fakes of other companies stands in tests/fakes/common.
"""

from tests.fakes.common.fake import Call
from tests.fakes.telegram.chats import Group
from tests.fakes.telegram.clock import Clock, StandingClock
from tests.fakes.telegram.fake import TOKEN, FakeTelegram, Refused
from tests.fakes.telegram.faults import How
from tests.fakes.telegram.limits import Limits, Rates
from tests.fakes.telegram.messages import Sight
from tests.fakes.telegram.people import Person

__all__ = [
    "TOKEN",
    "Call",
    "Clock",
    "FakeTelegram",
    "Group",
    "How",
    "Limits",
    "Person",
    "Rates",
    "Refused",
    "Sight",
    "StandingClock",
]
