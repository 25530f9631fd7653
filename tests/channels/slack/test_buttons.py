"""Buttons, ticks and the window on a person's screen."""

from __future__ import annotations

import logging

import pytest

from bot.channels.slack.render import render
from bot.channels.slack.workspaces import Workspaces
from flows.wording import Choice, Entry, Message, Span
from tests.channels.slack.stage import Ears, Running, edge_of
from tests.fakes.slack import FakeSlack, Person

SEVERAL = Message(
    name="n", spans=(Span(text="Hvilke dage?"),), layout="many", notice="Nyt",
    choices=(
        *(Choice(token=f"c:1:{day}", label=day) for day in ("mandag", "tirsdag", "onsdag")),
        Choice(token="c:1:skip", label="Spring over", style="quiet"),
    ),
)  # fmt: skip
WRITING = Message(
    name="n", spans=(Span(text="Hvad fylder? ", bold=True), Span(text="<!here> min", theirs=True)),
    sight="Kun du ser svaret.", entry=Entry(kind="text", placeholder="Skriv her …", longest=8000),
)  # fmt: skip


async def show(fake: FakeSlack, person: Person, message: Message) -> None:
    (call,) = render(message, "da")
    arguments = {name: value for name, value in call.items() if name != "method"}
    dm = (await fake.client().conversations_open(users=person.id))["channel"]["id"]
    await fake.client().chat_postMessage(channel=dm, **arguments)


async def test_several_are_ticked_and_then_chosen_together(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    async with Running(fake, edge_of(line, ears)):
        await show(fake, anna, SEVERAL)
        for label in ("mandag", "tirsdag", "onsdag", "tirsdag", "Vælg disse"):
            anna.presses(label)
        await fake.until(lambda: fake.calls_of("chat.update"))
    (heard,) = ears.heard
    assert (heard.token, heard.also) == ("c:1:mandag", ("c:1:onsdag",))
    assert anna.sees[-1].text == "Hvilke dage?\n✓ mandag, onsdag"
    assert fake.mistakes == []


async def test_nothing_ticked_is_told_to_that_one_alone_and_nothing_is_heard(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    async with Running(fake, edge_of(line, ears)):
        await show(fake, anna, SEVERAL)
        anna.presses("Vælg disse")
        await fake.until(lambda: fake.calls_of("chat.postEphemeral"))
    assert ears.heard == []
    assert anna.sees[-1].text == "Vælg gerne mindst én først."
    assert "mandag" in anna.buttons


async def test_the_window_shows_the_question_and_who_sees_the_answer(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    async with Running(fake, edge_of(line, ears)):
        await show(fake, anna, WRITING)
        anna.presses("Skriv …")
        await fake.until(lambda: anna.view)
        assert anna.view
        assert anna.view.inputs == ["Hvad fylder? <!here> min"]
        assert "Kun du ser svaret." in anna.view.text
        anna.submits({"words": "a < b &amp; <@U1>"})
        await fake.until(lambda: fake.calls_of("chat.update"))
    assert ears.texts == ["a < b &amp; <@U1>"]
    assert anna.sees[-1].labels == []
    assert all(sight.mentions == () for sight in anna.sees)
    assert "a < b" not in "".join(sight.text for sight in anna.sees)


async def test_a_press_that_is_delivered_five_times_is_one(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    fake.fail_next("interactive", "duplicate", times=4)
    async with Running(fake, edge_of(line, ears)), Running(fake, edge_of(line, ears)):
        await show(fake, anna, SEVERAL)
        anna.presses("Spring over")
        await fake.deliver()
        await fake.until(lambda: fake.calls_of("chat.update"))
    assert [heard.token for heard in ears.heard] == ["c:1:skip"]


async def test_a_screen_that_cannot_be_changed_loses_no_answer(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears
) -> None:
    fake.fail_next("chat.update", "server-error")
    async with Running(fake, edge_of(line, ears)):
        await show(fake, anna, SEVERAL)
        anna.presses("Spring over")
        await fake.until(lambda: ears.heard and not fake.faults.left)
    assert len(ears.heard) == 1
    assert anna.troubles == []


async def test_no_token_and_no_word_is_in_any_log_on_the_worst_of_days(
    fake: FakeSlack, line: Workspaces, anna: Person, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for how in ("server-error", "abort-after", "too-many"):
        fake.fail_next("chat.update", how)
        fake.fail_next("views.open", how)
    ears.meets = [ValueError("hemmelighed"), KeyError("hemmelighed")]
    async with Running(fake, edge_of(line, ears)):
        await show(fake, anna, WRITING)
        for _ in range(3):
            anna.presses("Skriv …")
            anna.writes("hemmelighed")
        await fake.deliver()
    assert len(ears.heard) >= 1
    assert caplog.text != ""
    for secret in (fake.bot_token, fake.app_token, "hemmelighed", "ticket-"):
        assert secret not in caplog.text
