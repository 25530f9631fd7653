"""A rhythm set over Telegram: a menu of buttons, or typed; the same questions as everywhere."""

from __future__ import annotations

import pytest

from flows.rhythm import Rule
from storage import groups, people, rules
from storage.database import Unit
from storage.groups import Member
from tests.channels.telegram.house import House
from tests.channels.telegram.test_conversation import (
    bots_words,
    house,
    last,
    press,
    write,
)

__all__ = ["house"]


@pytest.fixture
def nord(house: House) -> str:
    """Mette's TRIO; Karin is HR."""

    def make(unit: Unit) -> str:
        ids, now = house.wired.parts.ids, house.clock()
        people.change_person(unit, house.ids["Karin"], roles="leader,hr")
        made = groups.make_groups(unit, ids, now, [("trio", "Nord"), ("trio", "Nordvest")])
        for group in made.values():
            groups.join(unit, ids, now, [Member(group.id, house.ids["Mette"], "leader")])
        return made["trio", "Nord"].id

    house.pairs_up()
    return house.does(make)


async def test_one_sets_ones_own_by_pressing(house: House) -> None:
    house.pairs_up()
    async with house.running():
        await write(house, house.mette, "rytme")
        for label in ("Dialogen", "Hver tredje uge", "Torsdag", "Kl. 13.00"):
            await press(house, house.mette, label)
        await write(house, house.mette, "uge 52-1")
        assert last(house.mette).text.count("\n· torsdag") >= 8
        assert last(house.mette).text.count("\n· ") == 10
        await press(house, house.mette, "Ja, gem det")
    [rule] = house.does(rules.all_rules)
    assert (rule.scope, rule.rule.every_weeks, rule.rule.weekday) == (house.ids["Mette"], 3, 4)
    assert house.fake.mistakes == []


async def test_a_group_is_pressed_or_found_by_what_is_typed(house: House, nord: str) -> None:
    async with house.running():
        await write(house, house.karin, "rhythm")
        for label in ("Overblikket", "En gruppe"):
            await press(house, house.karin, label)
        assert {"TRIO Nord", "TRIO Nordvest"} <= set(last(house.karin).labels)
        await write(house, house.karin, "syd")
        assert "TRIO Nordvest" in bots_words(house.karin)
        await write(house, house.karin, "nord")
        await press(house, house.karin, "TRIO Nord")
        for label in ("Hver fjerde uge", "Spring over", "Spring over", "Ingen stille uger"):
            await press(house, house.karin, label)
        await press(house, house.karin, "Ja, gem det")
    [rule] = house.does(rules.all_rules)
    assert (rule.level, rule.scope, rule.rule) == ("group", nord, Rule(every_weeks=4))
    assert house.fake.mistakes == []


async def test_a_person_is_written_and_there_are_words_in_the_field(
    house: House, nord: str
) -> None:
    async with house.running():
        await write(house, house.karin, "rytme")
        for label in ("Pointerne fra kurset", "Én person"):
            await press(house, house.karin, label)
        await write(house, house.karin, "mette")
        await press(house, house.karin, "Slet ikke")
        await press(house, house.karin, "Ja, gem det")
    [rule] = house.does(rules.all_rules)
    assert (rule.scope, rule.rule.off) == (house.ids["Mette"], True)
    assert house.fake.mistakes == []
