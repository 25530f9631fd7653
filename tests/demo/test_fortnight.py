"""A whole fortnight, played through the page in a real browser, with the server killed midway."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from flows.model import Language
from tests.demo.conftest import Comes
from tests.demo.house import House
from tests.demo.visit import Visit

pytestmark = pytest.mark.browser

SHARED = "Hvad er mit at beslutte, når **vagtplanen** <b>ændrer</b> sig? {nearest_leader}"
PRIVATE = "Jeg sover dårligt for tiden."
AGREED = "Karin tager bemandingen op på mandag."
OWN = "Jeg læser ikke mails efter kl. 18."
BETWEEN = "Det her skrev jeg, mens du var væk."


def welcomed(visit: Visit) -> None:
    words = visit.words
    visit.press("mette", words.option("welcome", "language", words.language))
    visit.press("mette", words.option("welcome", "hours-fit", "yes"))
    visit.press("mette", words.option("welcome", "leave-first", "skip"))
    visit.press("mette", words.option("welcome", "nearest", "yes"))
    visit.press("mette", words.option("welcome", "talk-known", "yes"))
    visit.hears("mette", words.text("welcome", "goes-on"))
    expect(visit.page.locator("#hint")).to_have_text(words.page["hint_quiet"])


def prepared(visit: Visit) -> None:
    """Five taps, a curve, a point that is shared and one that is not."""
    words = visit.words
    visit.move("next")
    visit.press("mette", words.option("fortnight", "invite", "now"), *"34251")
    picture = visit.log("mette").locator("img.picture")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    visit.hears("mette", words.text("fortnight", "point"))
    visit.say("mette", SHARED)
    expect(visit.bubbles("mette").last).to_contain_text(SHARED)
    visit.press("mette", words.choice("share"), words.option("fortnight", "another", "yes"))
    visit.say("mette", PRIVATE)
    visit.press("mette", words.choice("keep"), words.choice("enough"))
    visit.hears("mette", words.text("fortnight", "closing"))


def karin_is_told(visit: Visit) -> None:
    """The working day before, in exactly the words that were shown, and nothing else."""
    visit.move("next")
    expect(visit.page.locator(".day-now")).to_contain_text("24")
    expect(visit.log("karin")).to_contain_text(SHARED)
    expect(visit.button("karin", visit.words.option("nearest-leader", "own", "go-on"))).to_be_visible()
    expect(visit.phone("karin")).not_to_contain_text(PRIVATE)
    expect(visit.page.locator("#sight")).not_to_contain_text(PRIVATE)


def killed_and_started_again(visit: Visit) -> None:
    """Mette writes while nobody is there; the page finds its way back without being reloaded."""
    before = visit.keys()
    visit.page.evaluate("window.neverReloaded = true")
    with visit.offline():
        visit.house.kill()
        expect(visit.page.locator("#link-state")).to_have_text(visit.words.page["lost"])
        box = visit.phone("mette").locator("textarea")
        box.fill(BETWEEN)
        box.press("Enter")
        notice = visit.phone("mette").locator(".notice")
        expect(notice).to_contain_text(visit.words.page["say_failed"])
        expect(box).to_have_value(BETWEEN)
        visit.house.start()
        expect(visit.page.locator("#link-state")).to_be_empty()
    assert visit.keys() == before
    visit.phone("mette").get_by_role("button", name=visit.words.page["again"]).click()
    expect(visit.log("mette").get_by_text(BETWEEN)).to_have_count(1)
    visit.hears("mette", visit.words.note("nothing-open"))
    expect(box).to_have_value("")
    assert visit.page.evaluate("window.neverReloaded")


def talked(visit: Visit) -> None:
    """After the dialogue: both points covered, one agreement, shared and then taken back."""
    words = visit.words
    visit.press("karin", words.option("nearest-leader", "own", "go-on"))
    visit.move("next")
    covered = words.option("after-dialogue", "covered", "yes")
    visit.press("mette", words.option("after-dialogue", "talked", "yes"), covered, covered)
    visit.press("mette", words.option("after-dialogue", "remember", "yes"))
    visit.say("mette", AGREED)
    visit.press("mette", words.choice("in-2-weeks"))
    kept = visit.sight().filter(has_text=re.compile("Kun|Only"))
    before = kept.count()
    visit.press("mette", words.choice("share"))
    shared = visit.sight().filter(has_text=AGREED)
    expect(shared).to_contain_text("Karin")
    expect(kept).to_have_count(before - 1)
    visit.log("mette").get_by_role("button", name=words.choice("withdraw")).last.click()
    expect(shared).to_have_count(0)
    expect(kept).to_have_count(before)
    visit.press("mette", words.choice("enough"))
    visit.press("mette", words.option("after-dialogue", "next", "as-planned"))
    visit.hears("mette", words.text("after-dialogue", "closing"))


def agreed_with_oneself(visit: Visit) -> None:
    words = visit.words
    visit.say("mette", words.word("contract"))
    visit.press("mette", words.option("contract", "make", "yes"))
    visit.press("mette", words.option("contract", "agreement-kind", "boundary"))
    visit.hears("mette", words.text("contract", "agreement-text"))
    visit.say("mette", OWN)
    visit.press("mette", words.choice("skip"))
    visit.press("mette", words.option("contract", "agreement-rhythm", "weekly"))
    visit.press("mette", words.catalogue["contract"].says(words.language, "agreement").enough or "")
    visit.press("mette", words.option("contract", "agreed", "save"))
    visit.hears("mette", words.text("contract", "saved"))


def the_rest_of_the_fortnight(visit: Visit) -> None:
    """The agreement's check comes by the clock, and so does the next preparation."""
    words = visit.words
    check = words.option("contract-check", "how", "holds")
    visit.move("monday")
    visit.move("day")
    visit.move("day")
    expect(visit.log("mette")).to_contain_text(OWN)
    visit.press("mette", check)
    visit.hears("mette", words.text("contract-check", "it-holds"))
    visit.move("monday")
    expect(visit.page.locator("#clock")).to_contain_text("7")
    expect(visit.button("mette", words.option("fortnight", "invite", "now"))).to_be_visible()
    expect(visit.phone("karin")).not_to_contain_text(OWN)
    expect(visit.phone("karin")).not_to_contain_text(PRIVATE)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_fortnight_is_played_through_the_page_and_a_kill_loses_and_doubles_nothing(
    own_house: House, comes: Comes, language: Language
) -> None:
    visit = comes(own_house, language)
    welcomed(visit)
    prepared(visit)
    karin_is_told(visit)
    killed_and_started_again(visit)
    talked(visit)
    agreed_with_oneself(visit)
    the_rest_of_the_fortnight(visit)
