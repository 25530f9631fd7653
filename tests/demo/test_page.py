"""The page itself: keyboard, screen reader, widths, languages, and what goes wrong."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.demo.conftest import Comes
from tests.demo.house import House
from tests.demo.visit import Visit

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
UNNAMED = """() => [...document.querySelectorAll("button, a, input, textarea, img, [role]")]
  .filter((node) => node.checkVisibility() && !node.closest("[aria-hidden=true]"))
  .filter((node) => node.getAttribute("alt") !== "")
  .filter((node) => {
    const labels = [...(node.labels ?? [])].map((label) => label.textContent);
    const by = (node.getAttribute("aria-labelledby") ?? "").split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "");
    const name = [node.getAttribute("aria-label"), node.alt, ...labels, ...by, node.textContent];
    return !name.some((text) => text?.trim()) && !["status", "log"].includes(node.role);
  })
  .map((node) => node.outerHTML.slice(0, 120))"""
FAULTS = """() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const ids = all("[id]").map((node) => node.id);
  const refers = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
  const lost = refers.flatMap((name) => all(`[${name}]`)
    .flatMap((node) => node.getAttribute(name).split(" "))
    .filter((id) => !document.getElementById(id)));
  return {
    "an id twice": ids.filter((id, at) => ids.indexOf(id) !== at),
    "refers to nothing": lost,
    "a tab order of its own": all("[tabindex]").filter((node) => node.tabIndex > 0).length,
    "more or fewer than one h1": all("h1").length - 1,
    "no main": 1 - all("main").length,
    "a button that sends a form by accident":
      all("button:not([type])").filter((node) => !node.closest("dialog, form[method=post]")).length,
    "smaller than a fingertip": all("button, a").filter((node) => node.checkVisibility())
      .filter((node) => node.getBoundingClientRect().height < 24).map((node) => node.textContent),
  };
}"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll(".log")]
  .reduce((over, box) => over + box.scrollWidth - box.clientWidth, 0)"""


def faults(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(FAULTS)
    return {what: how for what, how in found.items() if how}


def tab_to(visit: Visit, label: str, within: int) -> None:
    """Presses Tab until the focus is on the control of that name."""
    for _ in range(within):
        visit.page.keyboard.press("Tab")
        focused = visit.page.evaluate(
            "(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()"
        )
        if re.match(rf"{re.escape(label)}(:|$)", focused):
            return
    raise AssertionError(f"{label} was not reached in {within} steps")


def test_a_check_in_is_made_with_the_keyboard_alone(house: House, comes: Comes) -> None:
    visit, near = comes(house, "da"), 6
    tab_to(visit, visit.words.page["skip"], 1)
    tab_to(visit, visit.words.page["clock_next"], 8)
    visit.page.keyboard.press("Enter")
    expect(visit.button("mette", visit.words.option("fortnight", "invite", "now"))).to_be_visible()
    expect(visit.page.locator("[data-to=next]")).to_be_focused()
    tab_to(visit, visit.words.option("fortnight", "invite", "now"), 16)
    visit.page.keyboard.press("Enter")
    expect(visit.log("mette").locator(".answered").last).to_be_focused()
    for turn, tap in enumerate("34251", start=2):
        expect(visit.button("mette", "1")).to_be_visible()
        tab_to(visit, tap, near)
        visit.page.keyboard.press("Space")
        expect(visit.log("mette").locator(".answered")).to_have_count(turn)
        expect(visit.log("mette").locator(".answered").last).to_be_focused()
    visit.hears("mette", visit.words.text("fortnight", "point"))
    tab_to(visit, visit.words.option("fortnight", "point", "skip"), near)
    visit.page.keyboard.press("Enter")
    visit.hears("mette", visit.words.text("evaluation", "usability-before"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_everything_has_a_name_and_new_messages_are_announced(
    house: House, comes: Comes, language: str
) -> None:
    visit = comes(house, language)
    visit.move("next")
    visit.press("mette", visit.words.option("fortnight", "invite", "now"), "3")
    assert visit.page.evaluate(UNNAMED) == []
    assert faults(visit.page) == {}
    for who in ("mette", "karin"):
        log = visit.phone(who).get_by_role("log")
        expect(log).to_have_attribute("aria-live", "polite")
        expect(log).to_have_attribute("aria-busy", "false")
        expect(log).to_have_attribute("lang", language)
    expect(visit.page.locator("#clock-said")).to_contain_text("23")
    expect(visit.page.locator("html")).to_have_attribute("lang", language)


def test_a_scale_tells_a_screen_reader_what_its_ends_mean(house: House, comes: Comes) -> None:
    visit = comes(house)
    visit.move("next")
    visit.press("mette", visit.words.option("fortnight", "invite", "now"))
    hints = visit.words.common.hints
    expect(visit.button("mette", f"1: {hints['scale-low']}")).to_be_visible()
    expect(visit.button("mette", f"5: {hints['scale-high']}")).to_be_visible()


def test_nothing_has_to_be_scrolled_sideways(house: House, comes: Comes) -> None:
    visit = comes(house)
    visit.say("mette", "Speciallægepraksisplanlægningsudvalgsmedlemskab" * 6)
    visit.move("next")
    visit.press("mette", visit.words.option("fortnight", "invite", "now"))
    too_wide = {}
    for width in (320, 360, 390, 768, 1024, 1280, 1536):
        visit.page.set_viewport_size({"width": width, "height": 844})
        too_wide[width] = visit.page.evaluate(SIDEWAYS)
    assert not any(too_wide.values()), too_wide


def test_on_a_phone_the_phones_and_the_list_take_turns(house: House, comes: Comes) -> None:
    visit = comes(house, "da", **PHONE)
    tabs = visit.page.get_by_role("tab")
    expect(tabs).to_have_count(6)
    expect(visit.phone("mette")).to_be_visible()
    expect(visit.phone("karin")).to_be_hidden()
    visit.move("next")
    visit.move("next")
    expect(tabs.nth(1).locator(".tab-new")).to_be_visible()
    tabs.nth(1).click()
    expect(visit.phone("karin")).to_be_visible()
    expect(tabs.nth(1).locator(".tab-new")).to_be_hidden()
    expect(visit.bubbles("karin").last).to_be_in_viewport()
    tabs.nth(0).press("ArrowLeft")
    expect(tabs.nth(5)).to_be_focused()
    expect(tabs.nth(5)).to_have_attribute("aria-selected", "true")
    expect(visit.page.locator("#sight")).to_be_visible()
    expect(visit.phone("karin")).to_be_hidden()
    assert faults(visit.page) == {}


def test_on_a_large_screen_the_others_take_turns_beside_mette(house: House, comes: Comes) -> None:
    visit = comes(house)
    tabs = visit.page.get_by_role("tab")
    expect(tabs).to_have_count(4)
    expect(visit.phone("karin")).to_be_visible()
    expect(visit.phone("tove")).to_be_hidden()
    house.say("tove", "hjælp")
    expect(tabs.nth(1).locator(".tab-new")).to_be_visible()
    tabs.nth(0).press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(visit.phone("tove")).to_be_visible()
    expect(visit.phone("karin")).to_be_hidden()
    expect(tabs.nth(1).locator(".tab-new")).to_be_hidden()
    expect(visit.phone("mette")).to_be_visible()
    expect(visit.page.locator("#sight")).to_be_visible()
    assert faults(visit.page) == {}


def test_the_page_is_dark_where_the_reader_likes_it_dark(house: House, comes: Comes) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        visit = comes(house, color_scheme=scheme)
        background = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(part) for part in re.findall(r"\d+", background)[:3])
    assert shades["light"] > 600
    assert shades["dark"] < 150


def test_a_story_that_nobody_has_touched_begins_in_the_pages_language(
    house: House, comes: Comes
) -> None:
    visit = comes(house, "da")
    visit.page.get_by_role("link", name="English").click()
    expect(visit.bubbles("mette")).to_have_count(1)
    expect(visit.bubbles("mette")).to_contain_text("Hello")
    expect(visit.phone("karin").locator(".phone-speak")).to_have_text("Dansk")
    visit.page.get_by_role("link", name="Dansk", exact=True).click()
    expect(visit.bubbles("mette")).to_contain_text("Hej")


def test_one_phone_can_be_spoken_to_in_the_other_language(house: House, comes: Comes) -> None:
    visit = comes(house, "da")
    visit.phone("mette").locator(".phone-speak").click()
    expect(visit.log("mette")).to_have_attribute("lang", "en")
    expect(visit.phone("mette").locator(".phone-speak")).to_have_text("Dansk")
    expect(visit.log("karin")).to_have_attribute("lang", "da")


def test_a_text_that_is_too_long_to_send_stays_where_it_was_written(
    house: House, comes: Comes
) -> None:
    visit = comes(house, "da")
    box = visit.phone("mette").locator("textarea")
    long = "æ" * 36_000
    box.fill(long)
    expect(visit.phone("mette").locator(".say-left")).to_contain_text("28000")
    with visit.offline():
        box.press("Enter")
        notice = visit.phone("mette").locator(".notice")
        expect(notice).to_contain_text(visit.words.page["say_too_long"])
    expect(box).to_have_value(long)
    expect(visit.log("mette").locator(".message-person")).to_have_count(0)


def test_what_is_written_is_text_and_never_part_of_the_page(house: House, comes: Comes) -> None:
    visit = comes(house, "da")
    written = '<img src=x onerror="document.title=1"> **fed** & _skrå_ <script>1</script>'
    visit.say("mette", written)
    expect(visit.log("mette").locator(".message-person")).to_contain_text(written)
    expect(
        visit.log("mette").locator(".message-person :is(img, script, strong, em)")
    ).to_have_count(0)
    expect(visit.page).to_have_title(visit.words.page["demo_title"])


def test_two_pages_show_the_same_without_reloading(house: House, comes: Comes) -> None:
    one, other = comes(house, "da"), comes(house, "da")
    one.press("mette", one.words.option("welcome", "language", "da"))
    expect(other.log("mette").locator(".answered")).to_have_count(1)
    other.move("next")
    expect(one.page.locator(".clock-time")).to_have_text("09.05")
    one.page.locator("#restart").click()
    one.page.get_by_role("button", name=one.words.page["restart_no"]).click()
    expect(one.page.locator("#restart")).to_be_focused()
    one.page.locator("#restart").click()
    one.page.get_by_role("button", name=one.words.page["restart_yes"]).click()
    for visit in (one, other):
        expect(visit.bubbles("mette")).to_have_count(1)
        expect(visit.page.locator(".clock-time")).to_have_text("08.50")


def test_whoever_deletes_everything_is_taken_leave_of_kindly(house: House, comes: Comes) -> None:
    visit, watching = comes(house, "da"), comes(house, "da")
    words = visit.words
    visit.say("mette", words.word("delete"))
    visit.button("mette", words.option("delete-my-data", "sure", "delete")).click()
    for each in (visit, watching):
        farewell = each.phone("mette").locator(".farewell")
        expect(farewell).to_contain_text(words.page["farewell_lead"].replace("{name}", "Mette"))
        expect(each.phone("mette").locator("textarea")).to_be_hidden()
        expect(each.bubbles("mette")).to_have_count(0)
    expect(visit.phone("mette").locator(".farewell h3")).to_be_focused()
    visit.say("karin", words.word("help"))
    visit.phone("mette").get_by_role("button", name=words.page["restart"]).click()
    visit.page.get_by_role("button", name=words.page["restart_yes"]).click()
    for each in (visit, watching):
        expect(each.bubbles("mette")).to_have_count(1)
        expect(each.phone("mette").locator("textarea")).to_be_visible()
        expect(each.bubbles("karin")).to_have_count(0)


def test_the_page_says_what_one_could_do_now(house: House, comes: Comes) -> None:
    visit = comes(house, "da")
    hint, page = visit.page.locator("#hint"), visit.words.page
    expect(hint).to_have_text(page["hint_begin"].replace("{name}", "Mette"))
    visit.move("next")
    visit.press("mette", visit.words.option("fortnight", "invite", "now"))
    expect(hint).to_have_text(page["hint_waits"].replace("{names}", "Mette"))
    visit.say("mette", visit.words.word("rest"))
    expect(hint).to_have_text(page["hint_quiet"])
    visit.move("hour")
    expect(hint).to_contain_text("10.05")


def test_a_reader_who_has_scrolled_up_is_not_carried_away(house: House, comes: Comes) -> None:
    visit = comes(house, "da")
    visit.press("mette", visit.words.option("welcome", "language", "da"))
    expect(
        visit.button("mette", visit.words.option("welcome", "hours-fit", "yes"))
    ).to_be_in_viewport()
    log = visit.log("mette")
    log.hover()
    visit.page.mouse.wheel(0, -4000)
    expect(visit.bubbles("mette").first).to_be_in_viewport()
    visit.move("next")
    newer = visit.phone("mette").locator(".log-newer")
    expect(newer).to_be_visible()
    expect(visit.bubbles("mette").first).to_be_in_viewport()
    newer.click()
    invite = visit.button("mette", visit.words.option("fortnight", "invite", "now"))
    expect(invite).to_be_in_viewport()
    expect(newer).to_be_hidden()


def test_the_curve_opens_over_the_page_and_gives_the_focus_back(house: House, comes: Comes) -> None:
    visit = comes(house, "da")
    link = visit.phone("mette").locator("[data-hint=curve]")
    link.click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_have_js_property("complete", True)
    assert dialog.get_by_role("img").evaluate("image => image.naturalWidth") > 0
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
