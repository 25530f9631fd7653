"""A whole fortnight, played through the page in a real browser, with the server killed midway."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.demo.coming import WHAT
from bot.demo.sight import KINDS
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
    visit.press(
        "mette",
        words.share("fortnight", "point-share"),
        words.option("fortnight", "another", "yes"),
    )
    visit.say("mette", PRIVATE)
    visit.press("mette", words.choice("keep"), words.choice("enough"))
    visit.press("mette", words.option("evaluation", "usability-before", "skip"))
    visit.hears("mette", words.text("evaluation", "not-this-time"))


def karin_is_told(visit: Visit) -> None:
    """The working day before, in exactly the words that were shown, and nothing else."""
    visit.move("next")
    expect(visit.page.locator(".day-now")).to_contain_text("24")
    expect(visit.log("karin")).to_contain_text(SHARED)
    expect(
        visit.button("karin", visit.words.option("nearest-leader", "own", "go-on"))
    ).to_be_visible()
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
    noted = visit.sight().filter(has_text=KINDS["pair"][words.language])
    expect(noted).to_have_count(1)
    visit.press("mette", words.share("after-dialogue", "agreed-share"))
    shared = visit.sight().filter(has_text=AGREED)
    expect(shared).to_contain_text("Karin")
    expect(noted).to_have_count(0)
    visit.log("mette").get_by_role("button", name=words.choice("withdraw")).last.click()
    expect(shared).to_have_count(0)
    expect(noted).to_have_count(1)
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


def asked_about_the_agreement(visit: Visit) -> None:
    """Its check comes by the clock, perhaps at the same time as something of somebody else's."""
    planned = WHAT["agreement", 1][visit.words.language]
    assert any(planned in plan for plan in visit.planned())
    asked = visit.bubbles("mette").filter(has_text=OWN)
    before = asked.count()
    while asked.count() == before:
        assert planned in " ".join(visit.planned())
        visit.move("next")
    visit.hears("mette", OWN)
    visit.press("mette", visit.words.option("contract-check", "how", "holds"))
    visit.hears("mette", visit.words.text("contract-check", "it-holds"))


def the_next_fortnight_begins(visit: Visit, mondays: int) -> None:
    for _ in range(mondays):
        visit.move("monday")
    expect(visit.page.locator(".day-now")).to_contain_text("7")
    invite = visit.words.option("fortnight", "invite", "now")
    expect(visit.button("mette", invite)).to_be_visible()
    for private in (OWN, PRIVATE):
        expect(visit.phone("karin")).not_to_contain_text(private)


def test_a_fortnight_in_danish_and_a_kill_in_the_middle_loses_and_doubles_nothing(
    own_house: House, comes: Comes
) -> None:
    visit = comes(own_house, "da")
    welcomed(visit)
    prepared(visit)
    karin_is_told(visit)
    killed_and_started_again(visit)
    talked(visit)
    agreed_with_oneself(visit)
    asked_about_the_agreement(visit)
    the_next_fortnight_begins(visit, mondays=1)


def test_a_fortnight_in_english(house: House, comes: Comes) -> None:
    visit = comes(house, "en")
    welcomed(visit)
    prepared(visit)
    karin_is_told(visit)
    talked(visit)
    the_next_fortnight_begins(visit, mondays=2)
