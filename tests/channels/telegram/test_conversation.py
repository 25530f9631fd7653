"""The fortnight over Telegram: pressed, written, edited in place."""

from __future__ import annotations

from tests.channels.telegram.house import House
from tests.fakes.telegram import Person, Sight


def last(person: Person) -> Sight:
    return [sight for sight in person.sees if not sight.mine][-1]


async def test_what_is_written_is_answered(house: House) -> None:
    async with house.running() as edge:
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)
        assert edge.health() == "ok"
    assert house.fake.mistakes == []
