"""The fortnight over Telegram, on the real parts: pressed, written, edited in place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.wire import Line
from bot.clock import SetClock
from storage import preferences
from tests.acceptance.conftest import KEY
from tests.channels.house import ADDRESS
from tests.channels.telegram.house import House
from tests.empty_store import IN_MEMORY, put_empty_store
from tests.fakes.telegram import FakeTelegram, Person, Sight


@pytest.fixture
def house(fake: FakeTelegram, line: Line, clock: SetClock) -> Iterator[House]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        house = House(put_empty_store(Path(folder) / "house.db"), KEY, fake, line, clock)
        yield house
        house.wired.close()


def last(person: Person) -> Sight:
    return [sight for sight in person.sees if not sight.mine][-1]


def bots_words(person: Person) -> str:
    return "\n".join(sight.text for sight in person.sees if not sight.mine)


async def press(house: House, person: Person, label: str) -> None:
    """Presses, and waits until the answer to it is on the screen and confirmed."""
    person.presses(label)
    await house.settled()


async def write(house: House, person: Person, text: str) -> None:
    person.writes(text)
    await house.settled()


async def test_what_is_written_is_answered(house: House) -> None:
    async with house.running() as edge:
        await write(house, house.mette, "hjælp")
        assert house.mette.buttons
        assert edge.health() == "ok"
    assert house.fake.mistakes == []


async def test_the_fortnight_is_prepared_and_shared_over_telegram(house: House) -> None:
    house.pairs_up()
    mette, karin, secret = house.mette, house.karin, "Jeg overvejer at søge væk"
    async with house.running():
        await house.reaches(23, "09:05")
        assert "Ja, nu" in last(mette).labels
        await press(house, mette, "Ja, nu")
        assert "✓ Ja, nu" in bots_words(mette)
        for tap in ("3", "4", "2", "5"):
            assert last(mette).buttons[0] == ("1", "2", "3", "4", "5")
            assert "i meget lav grad" in last(mette).text
            await press(house, mette, tap)
        await press(house, mette, "1")
        assert [name for _, name in house.drawer.asked] == ["curve"]
        await write(house, mette, "Vagtplanen @karin /stop")
        assert "Vagtplanen @\u2060karin /\u2060stop" in last(mette).text
        assert karin.sees == []
        await press(house, mette, last(mette).labels[0])
        await press(house, mette, "Ja, en til")
        await write(house, mette, secret)
        await press(house, mette, "Del ikke")
        await house.reaches(24, "09:05")
    assert "Vagtplanen" in bots_words(karin)
    assert secret not in bots_words(karin)
    assert mette.spinning == set()
    assert house.fake.mistakes == []


async def test_working_days_are_ticked_and_kept(house: House) -> None:
    async with house.running():
        await write(house, house.mette, "velkommen")
        await press(house, house.mette, "Dansk")
        await press(house, house.mette, "Nej, lad det stå")
        await press(house, house.mette, "Nej, jeg vil rette")
        await press(house, house.mette, "Danmark")
        await press(house, house.mette, "Torsdag")
        await press(house, house.mette, "Tirsdag")
        await press(house, house.mette, "Vælg disse")
    assert "✓ Tirsdag, Torsdag" in bots_words(house.mette)
    assert house.profile("Mette").working_days == "24"


@pytest.mark.parametrize("how", ["duplicate", "late"])
async def test_an_update_that_comes_twice_or_late_has_one_effect(house: House, how: str) -> None:
    async with house.running():
        await house.fake.until(lambda: house.fake.polling.waits)
        house.fake.fail_next("getUpdates", how)
        house.mette.writes("hjælp")
        house.mette.writes("hvem kan se det")
        await house.settled()
    assert house.outcomes.count("taken") == 2
    assert house.fake.mistakes == []


async def test_a_crash_after_it_was_kept_is_redelivered_and_has_one_effect(house: House) -> None:
    house.dies.append(SystemError("the power went"))
    house.mette.writes("hjælp")
    async with house.running():
        await house.settled()
    assert house.outcomes == ["taken", "before"]
    assert bots_words(house.mette).count(house.mette.sees[1].text) == 1


async def test_whom_nobody_knows_is_told_so_and_nothing_of_it_is_kept(
    house: House, anna: Person
) -> None:
    async with house.running():
        await write(house, anna, "Jeg hedder Anna")
    assert "Jeg kender dig ikke endnu" in last(anna).text
    assert house.rows("SELECT count(*) FROM conversation")[0][0] == 0


async def test_a_sticker_is_kindly_answered(house: House) -> None:
    async with house.running():
        await write(house, house.mette, "forbered")
        house.mette.sends_document("kat.jpg", b"x")
        await house.settled()
    assert len([sight for sight in house.mette.sees if not sight.mine]) > 1
    assert house.fake.mistakes == []


async def test_somebody_who_has_blocked_the_bot_is_let_be(house: House) -> None:
    house.pairs_up()
    house.mette.blocks()
    async with house.running() as edge:
        await house.reaches(23, "09:05")
        await house.reaches(24, "09:05")
        await house.settled()
        assert edge.health() == "ok"
    assert house.mette.sees == []
    states = "SELECT count(*) FROM outbox WHERE kind = 'contact' AND state = "
    assert house.rows(f"{states} 'dropped'")[0][0] == 2
    assert house.rows(f"{states} 'planned'")[0][0] == 0


async def test_nothing_is_sent_to_whom_has_blocked_the_bot_until_they_start_it_again(
    house: House,
) -> None:
    house.pairs_up()
    async with house.running():
        house.mette.blocks()
        await house.settled()
        await house.reaches(23, "09:05")
        assert house.fake.calls_of("sendMessage") == []
        assert house.rows("SELECT reason FROM outbox") == [("closed by the person",)]
        assert house.rows("SELECT count(*) FROM conversation") == [(0,)]
        house.mette.start()
        await house.settled()
        assert last(house.mette).buttons
        await house.reaches(24, "09:05")
    assert "Ja, nu" in last(house.mette).labels


async def test_an_account_that_is_gone_is_found_out_once(house: House) -> None:
    """Telegram does not tell of it."""
    house.pairs_up()
    house.mette.deactivates()
    async with house.running():
        await house.reaches(23, "09:05")
        await house.reaches(24, "09:05")
    assert [one.method for one in house.fake.refusals] == ["sendMessage"]
    assert house.rows("SELECT state FROM address ORDER BY external_id") == [("closed",), ("open",)]


async def test_an_answer_in_writing_takes_the_buttons_from_its_question(house: House) -> None:
    async with house.running():
        await write(house, house.mette, "forbered")
        await write(house, house.mette, "3")
        assert [bool(seen.buttons) for seen in questions(house.mette)] == [False, True]
        await write(house, house.mette, "hvad mener du?")
        assert [bool(seen.buttons) for seen in questions(house.mette)] == [False, True, True]
        await write(house, house.mette, "2")
        assert [bool(seen.buttons) for seen in questions(house.mette)][:3] == [False] * 3
    assert house.fake.mistakes == []


def questions(person: Person) -> list[Sight]:
    """Those about pressure, which end in who will see the answer."""
    return [sight for sight in person.sees if not sight.mine and "1 = " in sight.text]


async def test_who_chose_so_finds_only_the_bots_words_in_the_chat(house: House) -> None:
    async with house.running():
        await write(house, house.mette, "velkommen")
        await press(house, house.mette, "Dansk")
        assert [sight.text for sight in house.mette.sees if sight.mine] == ["velkommen"]
        await press(house, house.mette, "Ja, slet det")
        await write(house, house.mette, "forbered")
        await write(house, house.mette, "3")
        assert [sight.text for sight in house.mette.sees if sight.mine] == ["velkommen"]
        await write(house, house.mette, "mine beskeder")
        await press(house, house.mette, "Nej, lad det stå")
        await write(house, house.mette, "hjælp")
    assert [sight.text for sight in house.mette.sees if sight.mine] == ["velkommen", "hjælp"]
    assert house.fake.mistakes == []


async def test_a_message_that_may_not_be_kept_is_not_deleted(house: House, anna: Person) -> None:
    async with house.running():
        await write(house, anna, "Jeg hedder Anna")
    assert [sight.text for sight in anna.sees if sight.mine] == ["Jeg hedder Anna"]


async def test_a_crash_before_the_deletion_does_not_keep_the_message(house: House) -> None:
    house.does(lambda unit: preferences.put(
        unit, house.ids["Mette"], preferences.OWN_MESSAGES, preferences.REMOVED
    ))  # fmt: skip
    house.dies.append(SystemError("the power went"))
    house.mette.writes("hjælp")
    async with house.running():
        await house.settled()
    assert house.outcomes == ["taken", "before"]
    assert [sight for sight in house.mette.sees if sight.mine] == []


async def test_whoever_writes_on_their_own_page_has_nothing_left_in_the_chat(house: House) -> None:
    house.does(lambda unit: preferences.put(
        unit, house.ids["Mette"], preferences.OWN_WORDS, preferences.ON_PAGE
    ))  # fmt: skip
    async with house.running():
        await write(house, house.mette, "tag op")
        assert list(house.mette.buttons) == ["Åbn min side"]
        await write(house, house.mette, "Vagtplanen")
    assert [sight for sight in house.mette.sees if sight.mine] == []
    assert "Vagtplanen" not in bots_words(house.mette)
    assert house.rows("SELECT count(*) FROM point") == [(1,)]
    assert house.fake.mistakes == []


async def test_a_press_gives_the_way_to_ones_own_page(house: House) -> None:
    async with house.running():
        await write(house, house.mette, "tag op")
        await press(house, house.mette, "Skriv på min side")
        assert f"{ADDRESS}/me/enter?token=" in bots_words(house.mette)
        await write(house, house.mette, "Vagtplanen")
    assert house.rows("SELECT count(*) FROM point") == [(1,)]
    assert house.fake.mistakes == []
