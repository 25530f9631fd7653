"""The app's home: everything of one's own on one page, and its buttons work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.channels.slack.home import BUTTONS, LINES, HomeView, Shared, page
from bot.clock import SetClock
from bot.parts import Parts
from bot.wiring_slack import Pages
from flows.controls import read_command
from flows.conversation import Conversation, Place
from flows.load import shipped_catalogue
from flows.model import Language
from storage import agreements, conversations, people, preferences
from storage.agreements import Body
from storage.database import Unit
from tests.channels.slack.house import House
from tests.channels.slack.stage import Ears, Everybody, Running, edge_of
from tests.channels.slack.stage import Pages as SamePage
from tests.fakes.slack import FakeSlack, Person
from tests.fakes.slack.blocks import check_view
from tests.fakes.slack.limits import Limits

LANGUAGES: tuple[Language, ...] = ("da", "en")
WANTED = {"fortnight", "contract", "nearest-leader", "pause", "my-data", "who-sees-what"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_is_a_word_that_is_understood(language: Language) -> None:
    common = shipped_catalogue().common
    meant = [read_command(words, common, date(2026, 11, 23)) for _, words in BUTTONS[language]]
    assert {one.dialogue for one in meant if one and one.dialogue} == WANTED
    (other,) = [one.language for one in meant if one and one.language]
    assert other != language


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_lists_fit_and_say_how_much_more_there_is(language: Language) -> None:
    many = tuple(f"{number} {'aftale ' * 60}" for number in range(LINES + 5))
    view = HomeView(
        language, "i dag", many, tuple(Shared("Karin", one) for one in many), "i morgen"
    )
    shown = page(view, language)
    check_view(shown, Limits(), "home")
    assert len(shown["blocks"]) < 20
    assert " 5 " in str(shown)
    assert f"'{LINES} aftale" not in str(shown)


@pytest.fixture
def pages(house: House) -> Pages:
    parts: Parts = house.wired.parts
    return Pages(house.wired.database, parts)


async def test_it_shows_what_is_ones_own_from_the_store(house: House, pages: Pages) -> None:
    house.pairs_up()
    mette = house.ids["Mette"]
    house.does(lambda unit: people.change_person(unit, mette, paused_until=date(2026, 12, 1)))
    view = await pages.home("slack", "T1:U101")
    assert view is not None
    assert (view.agreements, view.shared) == ((), ())
    assert view.next_dialogue.endswith("10:00")
    assert view.paused_until
    assert await pages.home("slack", "T1:U999") is None


async def test_whoever_keeps_their_own_words_on_their_page_sees_none_here(
    house: House, pages: Pages
) -> None:
    mette = house.ids["Mette"]
    house.does(lambda unit: agrees(unit, house, "Ingen mails efter 18"))
    shown = page(await pages.home("slack", "T1:U101"), "da")
    assert "Ingen mails" in str(shown)
    house.does(
        lambda unit: preferences.put(unit, mette, preferences.OWN_WORDS, preferences.ON_PAGE)
    )
    shown = page(await pages.home("slack", "T1:U101"), "da")
    check_view(shown, Limits(), "home")
    assert "Ingen mails" not in str(shown)
    assert str(shown).count("'min side'") == 1


def agrees(unit: Unit, house: House, text: str) -> None:
    parts, mette = house.wired.parts, people.get_person(unit, house.ids["Mette"])
    talk = Conversation(id=parts.ids(), dialogue="contract", version=1)
    conversations.begin(unit, mette, talk, None, house.clock())
    agreements.make_agreement(
        unit, parts.ids, house.clock(), mette, talk.id, Place("agreement-text", 0), "boundary",
        Body(text, "", None, "never"),
    )  # fmt: skip


async def test_who_is_new_begins_with_the_button_on_the_page(
    house: House, tmp_path: Path, clock: SetClock
) -> None:
    berit = house.fake.person("U103", "Berit Dahl")
    house.does(lambda unit: house.invite(unit, "Berit Dahl", berit.email))
    async with house.running():
        berit.opens_home()
        await house.fake.until(lambda: berit.home)
        assert berit.home
        berit.presses("hej", berit.home)
        await house.fake.until(lambda: berit.buttons)
    assert house.rows("SELECT count(*) FROM conversation") == [(1,)]
    assert house.fake.mistakes == []


async def test_spoken_to_in_a_channel_it_answers_in_ones_own_language(
    fake: FakeSlack, line: object, anna: Person, ears: Ears
) -> None:
    fake.channel("C1", "alle", anna)
    register = Everybody()
    register.speaks = "en"
    async with Running(fake, edge_of(line, ears, register, home=SamePage())):  # type: ignore[arg-type]
        anna.writes("@tillidsrum are you there?", "C1")
        await fake.until(lambda: fake.calls_of("chat.postEphemeral"))
    assert "direct message" in anna.sees_in("C1")[-1].text
    assert ears.heard == []
