"""Many leaders are due at five past nine, and both platforms say "slower" again and again: all are
reached, nobody twice, nobody outside of working hours, each in order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.platforms.evidence import (
    arrived,
    came_in_order,
    contacts_of,
    everything_came_once,
    no_mistakes,
    nobody_was_disturbed,
)
from tests.platforms.house import House, Resident

CHANNELS = ("slack", "telegram")


@pytest.fixture(
    params=[pytest.param(4, id="20"), pytest.param(12, id="60", marks=pytest.mark.soak)]
)
def nearest(request: pytest.FixtureRequest, house: House) -> list[Resident]:
    return [house.moves_in(f"nearest{n}", CHANNELS[n % 2]) for n in range(request.param)]


@pytest.fixture
def leaders(house: House, nearest: list[Resident]) -> list[Resident]:
    """Five to each nearest leader, on the other platform than theirs every second time."""
    found = []
    for n in range(5 * len(nearest)):
        found.append(house.moves_in(f"leader{n}", CHANNELS[n // 2 % 2]))
        house.pairs_up(found[-1], nearest[n % len(nearest)])
    return found


def slower(house: House, times: int) -> None:
    """Each platform turns so many away besides those over its own rates: for a second to a minute,
    one after the other."""
    for n in range(times):
        asked = (1, 5, 30, 60)[n % 4]
        house.slack.fail_next("chat.postMessage", "too-many", retry_after=asked)
        house.telegram.fail_next("sendMessage", "too-many", retry_after=asked)


async def test_all_are_reached_on_a_morning_when_everything_is_too_much(
    house: House, nearest: list[Resident], leaders: list[Resident]
) -> None:
    times = len(leaders) * 2 // 3
    slower(house, times)
    await house.until("mon 09:35")
    assert house.slack.faults.left == house.telegram.faults.left == 0
    for one in leaders:
        assert [row.message.name for row in arrived(house, one)] == ["invite"]
    last = max(at for one in leaders for at in contacts_of(house, one))
    assert last - house.now.replace(hour=9, minute=5) < timedelta(minutes=30)

    slower(house, times)
    await house.until("tue 09:35")
    for one in nearest:
        said = [row.message.name for row in arrived(house, one)]
        assert said[0] == "what-you-see"
        assert [name for name in said if name.startswith("leader#")] == ["leader#0"]
    for one in leaders:
        assert [row.message.name for row in arrived(house, one)] == ["invite", "invite"]
    for one in house.residents:
        everything_came_once(house, one)
        came_in_order(house, one)
    nobody_was_disturbed(house)
    no_mistakes(house)
