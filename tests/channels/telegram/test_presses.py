"""Buttons: answered at once, heard, and the question edited into its answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.channels.base import Left, LeftBehind
from bot.channels.telegram.menu import ONLY_IN_PRIVATE
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.wire import Line
from bot.clock import SetClock
from bot.inbound import Outcome
from flows.wording import Choice, Message, Span
from tests.channels.telegram.stage import Drawer, Ears, Pauses, Running, StoreAway, edge_of
from tests.fakes.telegram import FakeTelegram, Person

DAYS = ("Mandag", "Tirsdag", "Onsdag")


def question(labels: Sequence[str], **how: object) -> Message:
    choices = tuple(Choice(token=f"c:1:{n}", label=one) for n, one in enumerate(labels))
    spans = (Span(text="Vil du "), Span(text="nu", bold=True), Span(text="?"))
    return Message(name="m", spans=spans, choices=choices).model_copy(update=how)


@pytest.fixture
def channel(line: Line) -> TelegramChannel:
    return TelegramChannel(line, Drawer())


def leaves(*, own: bool = False, asked: tuple[str, ...] = ()) -> LeftBehind:
    """Of Anna's chat."""

    async def look(external_id: str) -> Left:
        return Left(own, asked) if external_id == "7" else Left()

    return look


async def asked(channel: TelegramChannel, message: Message, to: str = "7") -> None:
    await channel.send(to, channel.render(message, "da"), "key")


async def test_the_pressed_question_becomes_its_answer(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(["Ja, nu", "Nej"]))
    async with Running(edge_of(line, ears)):
        anna.presses("Ja, nu")
        await fake.until(lambda: anna.sees[0].edited)
    assert [(one.token, one.also) for one in ears.heard] == [("c:1:0", ())]
    assert anna.sees[0].text == "Vil du nu?\n\n✓ Ja, nu"
    assert anna.sees[0].buttons == ()
    assert [one["type"] for one in anna.sees[0].entities] == ["bold", "italic"]
    assert anna.spinning == set()
    assert fake.mistakes == []


async def test_a_press_is_answered_before_it_is_kept(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    ears.meets = [StoreAway()] * 3
    await asked(channel, question(["Ja", "Nej"]))
    async with Running(edge_of(line, ears)):
        anna.presses("Ja")
        await fake.until(lambda: anna.spinning == set())
        assert not anna.sees[0].edited
        await fake.until(lambda: anna.sees[0].edited)
    assert len(ears.heard) == 1


async def test_a_picture_keeps_its_caption_and_shows_the_answer_under_it(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(["Ja", "Nej"], shows="curve"))
    async with Running(edge_of(line, ears)):
        anna.presses("Nej")
        await fake.until(lambda: anna.sees[0].edited)
    assert anna.sees[0].photo
    assert anna.sees[0].text == "Vil du nu?\n\nPres fra flere sider: 3.\n\n✓ Nej"
    assert fake.mistakes == []


async def test_a_question_with_no_room_for_the_answer_only_loses_its_buttons(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    full = (Span(text="Hej " * 1023),)
    await asked(channel, question(["Ja, det vil jeg gerne"], spans=full))
    async with Running(edge_of(line, ears)):
        anna.presses("Ja, det vil jeg gerne")
        await fake.until(lambda: anna.sees[0].buttons == ())
    assert anna.sees[0].text == ("Hej " * 1023).strip()
    assert fake.mistakes == []


async def test_an_answer_with_somebodys_words_on_it_becomes_no_link(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(["/stop @botfather"]))
    async with Running(edge_of(line, ears)):
        anna.presses("/stop @botfather")
        await fake.until(lambda: anna.sees[0].edited)
    assert anna.sees[0].text.endswith("✓ /\u2060stop @\u2060botfather")


async def test_several_are_ticked_in_place_and_heard_together(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(DAYS, layout="many"))
    async with Running(edge_of(line, ears)):
        anna.presses("Onsdag")
        await fake.until(lambda: "✓ Onsdag" in anna.buttons)
        anna.presses("Mandag")
        await fake.until(lambda: "✓ Mandag" in anna.buttons)
        anna.presses("✓ Onsdag")
        await fake.until(lambda: "Onsdag" in anna.buttons)
        anna.presses("Tirsdag")
        await fake.until(lambda: "✓ Tirsdag" in anna.buttons)
        assert ears.heard == []
        anna.presses("Vælg disse")
        await fake.until(lambda: anna.buttons == [])
    assert [(one.token, one.also) for one in ears.heard] == [("c:1:0", ("c:1:1",))]
    assert anna.sees[0].text == "Vil du nu?\n\n✓ Mandag, Tirsdag"
    assert anna.spinning == set()
    assert fake.mistakes == []


async def test_who_taps_faster_than_the_keyboard_changes_loses_no_tick(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(DAYS, layout="many"))
    for label in (*DAYS, "Vælg disse"):
        anna.presses(label)
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: anna.buttons == [])
    assert [(one.token, one.also) for one in ears.heard] == [("c:1:0", ("c:1:1", "c:1:2"))]


async def test_ticks_outlive_a_restart_of_the_program(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(DAYS, layout="many"))
    async with Running(edge_of(line, ears)):
        anna.presses("Onsdag")
        await fake.until(lambda: "✓ Onsdag" in anna.buttons)
    async with Running(edge_of(line, ears)):
        anna.presses("Vælg disse")
        await fake.until(lambda: anna.buttons == [])
    assert ears.heard[0].token == "c:1:2"


async def test_done_with_nothing_ticked_is_kindly_refused(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(DAYS, layout="many"))
    async with Running(edge_of(line, ears)):
        anna.presses("Vælg disse")
        await fake.until(lambda: anna.toasts)
    assert anna.toasts == ["Vælg gerne mindst én først."]
    assert ears.heard == []
    assert anna.buttons[-1] == "Vælg disse"


async def test_a_press_that_is_delivered_twice_is_no_error(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(["Ja", "Nej"]))
    fake.fail_next("getUpdates", "duplicate")
    async with Running(edge_of(line, ears)) as edge:
        anna.presses("Ja")
        await fake.until(lambda: len(ears.heard) == 2 and not len(fake.updates))
        assert edge.health() == "ok"
    assert {one.key for one in ears.heard} == {ears.heard[0].key}
    assert anna.sees[0].text.count("✓") == 1


@pytest.mark.parametrize("how", ["server-error", "abort-after", "too-many"])
@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
async def test_a_screen_that_cannot_be_changed_costs_no_answer(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears,
    method: str, how: str,
) -> None:  # fmt: skip
    await asked(channel, question(["Ja", "Nej"]))
    fake.fail_next(method, how)
    async with Running(edge_of(line, ears)) as edge:
        anna.presses("Ja")
        await fake.until(lambda: ears.heard and not len(fake.updates))
        assert edge.health() == "ok"
    assert len(ears.heard) == 1
    assert fake.faults.left == 0


async def test_a_message_that_was_deleted_meanwhile_costs_no_answer(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(["Ja", "Nej"]))
    anna.presses("Ja")
    anna.deletes(anna.sees[0])
    async with Running(edge_of(line, ears)) as edge:
        await fake.until(lambda: not len(fake.updates))
        assert edge.health() == "ok"
    assert [one.token for one in ears.heard] == ["c:1:0"]


@pytest.mark.parametrize(
    ("outcome", "wish", "left"),
    [("taken", True, 0), ("before", True, 0), ("taken", False, 1), ("unknown-person", True, 1)],
)
async def test_ones_own_message_is_deleted_once_it_is_kept_if_one_chose_so(
    fake: FakeTelegram, line: Line, anna: Person, outcome: Outcome, wish: bool, left: int
) -> None:
    async with Running(edge_of(line, Ears(outcome), left_behind=leaves(own=wish))):
        anna.writes("det svære")
        await fake.until(lambda: not len(fake.updates))
    assert len(anna.sees) == left
    assert fake.mistakes == []


async def test_what_is_not_kept_yet_is_not_deleted(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    async def left_behind(external_id: str) -> Left:
        assert len(ears.heard) == 1
        return Left(own=True)

    ears.meets = [StoreAway()]
    anna.writes("det svære")
    async with Running(edge_of(line, ears, left_behind=left_behind)):
        await fake.until(lambda: not len(fake.updates))
    assert anna.sees == []


@pytest.mark.parametrize("why", ["too-old", "gone"])
async def test_what_a_bot_cannot_delete_stays_and_is_no_error(
    fake: FakeTelegram, line: Line, clock: SetClock, anna: Person, why: str
) -> None:
    """A bot may for 48 hours; or the person was quicker."""
    wrote = anna.writes("det svære")

    async def left_behind(external_id: str) -> Left:
        if why == "gone":
            anna.deletes(wrote)
        else:
            clock.move_to(clock() + timedelta(hours=49))
        return Left(own=True)

    async with Running(edge_of(line, Ears(), left_behind=left_behind)) as edge:
        await fake.until(lambda: not len(fake.updates) and fake.polling.waits)
        assert edge.health() == "ok"
    assert [one.method for one in fake.refusals] == ["deleteMessage"]


async def test_what_is_to_go_is_deleted_when_telegram_has_time_again(
    fake: FakeTelegram, line: Line, anna: Person
) -> None:
    fake.fail_next("deleteMessage", "too-many", retry_after=1)
    fake.fail_next("deleteMessage", "server-error")
    pauses = Pauses()
    async with Running(edge_of(line, Ears(), left_behind=leaves(own=True), pause=pauses)):
        anna.writes("det svære")
        await fake.until(lambda: not anna.sees)
    assert pauses.asked[-2:] == [2.0, 15.0]


async def test_a_question_that_was_answered_in_writing_loses_its_buttons(
    fake: FakeTelegram, line: Line, channel: TelegramChannel, anna: Person, ears: Ears
) -> None:
    await asked(channel, question(["Ja", "Nej"]))
    number = str(anna.sees[0].id)
    async with Running(edge_of(line, ears, left_behind=leaves(asked=(number, "C1:99.1")))):
        anna.writes("ja")
        await fake.until(lambda: anna.buttons == [])
        anna.writes("hjælp")
        await fake.until(lambda: len(ears.heard) == 2 and fake.polling.waits)
    assert anna.sees[0].text == "Vil du nu?"
    assert len(fake.calls_of("editMessageReplyMarkup")) == 1
    assert fake.mistakes == []


async def test_in_a_group_the_bot_only_says_where_it_talks(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    group = fake.group(-100, "Ledelsen")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: fake.polling.waits)
        group.says(anna, "/hjaelp")
        await fake.until(lambda: len(group.sees) == 2)
        group.says(anna, "/start secret-token")
        await fake.until(lambda: len(group.sees) == 4 and not len(fake.updates))
    assert [seen.text for seen in group.sees if not seen.mine] == [ONLY_IN_PRIVATE["da"]] * 2
    assert ears.heard == []


async def test_an_answer_is_short_in_the_language_of_who_asked_in_a_group(
    fake: FakeTelegram, line: Line, ears: Ears
) -> None:
    ann, group = fake.person(8, "Ann", "en-GB"), fake.group(-100, "Leaders")
    group.says(ann, "/help")
    async with Running(edge_of(line, ears)):
        await fake.until(lambda: len(group.sees) == 2)
    assert group.sees[1].text == ONLY_IN_PRIVATE["en"]


async def test_a_group_that_has_thrown_the_bot_out_stops_nothing(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    group = fake.group(-100, "Ledelsen")
    group.says(anna, "/hjaelp")
    group.removes_the_bot()
    anna.writes("hej")
    async with Running(edge_of(line, ears)) as edge:
        await fake.until(lambda: ears.heard and not len(fake.updates))
        assert edge.health() == "ok"


async def test_who_blocks_the_bot_and_comes_back_is_heard_again(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    async with Running(edge_of(line, ears)) as edge:
        anna.blocks()
        await fake.until(lambda: not len(fake.updates) and fake.polling.waits)
        assert edge.health() == "ok"
        anna.start("welcome-back")
        await fake.until(lambda: ears.heard)
    assert [one.link for one in ears.heard] == ["welcome-back"]
