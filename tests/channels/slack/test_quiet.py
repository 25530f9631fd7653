"""Do not disturb, on top of the working hours: what begins anew waits, and an answer does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.channels.slack.house import House


async def quiet(house: House, hours: float) -> None:
    """Of Mette's. The reminder is due at 09:05 on Monday, a quarter of an hour from now."""
    house.pairs_up()
    house.mette.dnd(house.clock() + timedelta(hours=hours))
    await house.fake.deliver()


async def test_nothing_begins_while_somebody_does_not_want_to_be_disturbed(house: House) -> None:
    async with house.running():
        await quiet(house, hours=2)
        await house.reaches(23, "10:49")
        assert house.mette.sees == []
        await house.reaches(23, "10:51")
    (reminder,) = house.mette.sees
    assert reminder.at == house.clock().replace(hour=10, minute=50)
    assert house.fake.mistakes == []


async def test_quiet_until_the_evening_is_the_next_morning(house: House) -> None:
    """The gate of the working hours stands after it."""
    async with house.running():
        await quiet(house, hours=10)
        await house.reaches(24, "07:59")
        assert house.mette.sees == []
        await house.reaches(24, "09:00")
    assert len(house.mette.sees) == 1


async def test_an_answer_to_ones_own_words_comes_at_once(house: House) -> None:
    async with house.running():
        await quiet(house, hours=2)
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)


@pytest.mark.parametrize("how", ["server-error", "abort-before", "slow", "too-many"])
async def test_where_it_cannot_be_asked_the_working_hours_count(house: House, how: str) -> None:
    async with house.running():
        await quiet(house, hours=2)
        house.fake.fail_next("dnd.info", how, times=9)  # type: ignore[arg-type]
        await house.reaches(23, "09:06")
    assert len(house.mette.sees) == 1
