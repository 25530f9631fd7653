"""What the try-out's server answers, without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest

import bot.web
from flows.load import shipped_catalogue
from flows.model import TEXT_LIMIT
from tests.demo.house import House

STATIC = Path(bot.web.__file__).parent
COMMON = shipped_catalogue().common["da"]
SECRET = "Kun mine egne ord om Karin"
ELSEWHERE = re.compile(r"""(?:https?:)?//[\w.-]+\.\w+""")
NAME_OF_A_FORMAT = "http://www.w3.org"


def spoken(message: dict) -> str:
    return "".join(text for text, _ in message["spans"])


def last_words(house: House, phone: str = "mette") -> str:
    return spoken(house.messages(phone)[-1])


def token_of(house: House, phone: str, label: str) -> str:
    choices = [one for message in house.messages(phone) for one in message["choices"]]
    return next(one["token"] for one in reversed(choices) if one["label"] == label)


def clock_moves(house: House, to: str) -> None:
    """Returns when the clock has moved: a page is told so."""
    before = house.state()
    with house.news(before["seq"], before["act"]) as news:
        assert house.client.post("/demo/clock", json={"to": to}).status_code == 202
        news.until("state", moves=before["moves"] + 1)


def test_the_story_begins_with_a_question_to_mette_and_silence_at_karins(house: House) -> None:
    state = house.state()
    [asked] = state["phones"]["mette"]["messages"]
    assert [one["label"] for one in asked["choices"]] == ["Dansk", "English"]
    assert asked["settled"] is None
    assert state["phones"]["karin"]["messages"] == []
    assert state["now_label"]["da"] == "mandag den 23. november kl. 08.50"
    assert state["planned"][0]["at_label"] == {
        "da": "ma. 23. nov. kl. 09.05",
        "en": "Mon 23 Nov at 09:05",
    }
    assert state["sight"] == []


def test_a_press_is_answered_and_shown_at_its_question(house: House) -> None:
    assert house.press("mette", token_of(house, "mette", "Dansk")).status_code == 202
    first, *others = house.messages("mette")
    assert first["settled"] == "Dansk"
    assert len(others) > 1


def test_the_same_event_delivered_three_times_counts_once(house: House) -> None:
    token = token_of(house, "mette", "Dansk")
    event = uuid4().hex
    for _ in range(3):
        assert house.press("mette", token, event).status_code == 202
    pressed = house.messages("mette")
    for _ in range(3):
        assert house.say("mette", "hjælp", event[::-1]).status_code == 202
    said = house.messages("mette")
    assert len([one for one in said if one["from"] == "person"]) == 1
    assert len({one["key"] for one in said}) == len(said)
    assert said[: len(pressed)] == pressed


def test_a_text_beyond_what_can_be_kept_gets_a_kind_answer(house: House) -> None:
    house.press("mette", token_of(house, "mette", "Dansk"))
    house.say("mette", "forbered")
    skip = COMMON.choices["skip"]
    for _ in range(5):
        house.press("mette", token_of(house, "mette", skip))
    assert house.say("mette", "x" * (TEXT_LIMIT + 1)).status_code == 202
    answers = [spoken(one) for one in house.messages("mette")]
    assert any(str(TEXT_LIMIT + 1) in answer for answer in answers)
    assert house.state()["sight"] == []


@pytest.mark.parametrize(("size", "status"), [(40_000, 422), (70_000, 413)])
def test_a_body_that_is_too_large_is_refused_and_nothing_is_kept_of_it(
    house: House, size: int, status: int
) -> None:
    before = house.messages("mette")
    refused = house.say("mette", "x" * size)
    assert refused.status_code == status
    assert "xxx" not in refused.text
    assert house.messages("mette") == before


def test_a_body_that_does_not_say_its_length_is_counted(house: House) -> None:
    chunks = (b"x" * 16_384 for _ in range(8))
    refused = house.client.post(
        "/demo/phones/mette/say", content=chunks, headers={"content-type": "application/json"}
    )
    assert refused.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"{}",
        b'{"id": "say-00001"}',
        b'{"id": "short", "text": "hej"}',
        b'{"id": "say-00001", "text": 7}',
        b'{"id": "say-00001", "text": "Kun mine egne ord om Karin", "more": 1}',
        b'{"id": "say-00001", "text": "\xff"}',
    ],
)
def test_a_request_that_does_not_fit_is_refused_without_repeating_it(
    house: House, body: bytes
) -> None:
    refused = house.client.post(
        "/demo/phones/mette/say", content=body, headers={"content-type": "application/json"}
    )
    assert refused.status_code in (400, 422)
    assert SECRET not in refused.text
    assert len(house.messages("mette")) == 1


@pytest.mark.parametrize("path", ["say", "press", "curve.svg", "sheet.pdf", "export.json"])
def test_a_phone_that_is_not_there_is_not_found(house: House, path: str) -> None:
    asked = {"id": "say-00001", "text": "hej", "token": "x:0:y"}
    body = {key: asked[key] for key in ("id", "text" if path == "say" else "token")}
    url = f"/demo/phones/birgit/{path}"
    found = house.client.post(url, json=body) if path in ("say", "press") else house.client.get(url)
    assert found.status_code == 404


def test_pressing_the_other_phones_button_changes_nothing_there(house: House) -> None:
    house.press("mette", token_of(house, "mette", "Dansk"))
    before = house.state()["phones"]["mette"]["messages"]
    stolen = before[-1]["choices"][0]["token"]
    assert house.press("karin", stolen).status_code == 202
    after = house.state()["phones"]
    assert after["mette"]["messages"] == before
    assert [one["from"] for one in after["karin"]["messages"]] == ["bot"]
    assert spoken(after["karin"]["messages"][0]).startswith("Jeg er her")


def test_a_made_up_button_is_answered_and_never_an_error(house: House) -> None:
    for token in ("", "::", "x" * 64, "abc:1:da", "æøå:0:da"):
        assert house.press("mette", token).status_code == 202
    assert house.messages("mette")[0]["settled"] is None


def test_the_clock_goes_to_the_next_thing_to_monday_a_day_and_an_hour_on(house: House) -> None:
    seen = []
    for to in ("next", "hour", "day", "monday"):
        clock_moves(house, to)
        seen.append(house.state()["now"][:16])
    assert seen == [
        "2026-11-23T09:05",
        "2026-11-23T10:05",
        "2026-11-24T10:05",
        "2026-11-30T09:05",
    ]
    assert house.client.post("/demo/clock", json={"to": "yesterday"}).status_code == 422


def test_the_next_thing_is_always_one_that_the_page_can_show(house: House) -> None:
    for _ in range(3):
        due = house.state()["planned"][0]
        before = {phone: len(house.messages(phone)) for phone in ("mette", "karin")}
        clock_moves(house, "next")
        assert len(house.messages(due["who"].lower())) > before[due["who"].lower()]


def test_each_phone_speaks_its_own_language(house: House) -> None:
    house.speak("en", "mette")
    people = house.state()["people"]
    assert (people["mette"]["language"], people["karin"]["language"]) == ("en", "da")
    assert house.messages("mette")[-1]["language"] == "en"


def test_the_pages_language_is_that_of_a_story_that_nobody_has_touched(house: House) -> None:
    house.speak("en")
    state = house.state()
    assert {one["language"] for one in state["people"].values()} == {"en"}
    [greeting] = state["phones"]["mette"]["messages"]
    assert spoken(greeting).startswith("Hello")
    assert '<html lang="en">' in house.client.get("/demo").text


def test_changing_the_pages_language_midway_keeps_the_conversation(house: House) -> None:
    house.press("mette", token_of(house, "mette", "Dansk"))
    before = house.messages("mette")
    house.speak("en")
    after = house.messages("mette")
    assert after[: len(before)] == before
    assert after[-1]["language"] == "en"
    house.speak("da", "mette")
    house.speak("en")  # the page, once more
    assert house.state()["people"]["mette"]["language"] == "da"


def test_starting_over_clears_both_phones_and_sets_the_clock_back(house: House) -> None:
    house.press("mette", token_of(house, "mette", "Dansk"))
    clock_moves(house, "monday")
    house.start_over()
    state = house.state()
    assert len(state["phones"]["mette"]["messages"]) == 1
    assert state["phones"]["karin"]["messages"] == []
    assert state["now"].startswith("2026-11-23T08:50")


def test_erasing_oneself_leaves_an_empty_phone_and_nothing_to_fetch(house: House) -> None:
    house.say("mette", "slet mine data")
    house.press("mette", token_of(house, "mette", "Ja, slet alt"))
    state = house.state()
    assert state["people"]["mette"] == {"here": False, "language": None}
    assert state["phones"]["mette"] == {"messages": [], "hints": {}}
    assert all(plan["who"] != "Mette" for plan in state["planned"])
    assert house.client.get("/demo/phones/mette/export.json").status_code == 410
    assert house.say("mette", "hej").status_code == 410
    assert house.say("karin", "hjælp").status_code == 202


def test_the_papers_are_what_they_say_they_are(house: House) -> None:
    papers = {
        "curve.svg": ("image/svg+xml", b"<svg"),
        "courses.svg": ("image/svg+xml", b"<svg"),
        "days.svg": ("image/svg+xml", b"<svg"),
        "sheet.pdf": ("application/pdf", b"%PDF"),
        "dialogue.ics": ("text/calendar", b"BEGIN:VCALENDAR"),
    }
    for name, (kind, begins) in papers.items():
        paper = house.client.get(f"/demo/phones/mette/{name}")
        assert paper.headers["content-type"].startswith(kind)
        assert paper.content.lstrip().startswith(begins)
        assert paper.headers["cache-control"] == "no-store"
    assert b"Karin" in house.client.get("/demo/phones/mette/dialogue.ics").content


def test_the_export_holds_ones_own_words_and_nobody_elses(house: House) -> None:
    house.say("mette", SECRET)
    mine = house.client.get("/demo/phones/mette/export.json")
    assert SECRET in mine.text
    assert mine.json()["person"]["language"] == "da"
    assert SECRET not in house.client.get("/demo/phones/karin/export.json").text


def test_every_answer_says_what_a_browser_may_do_with_it(house: House) -> None:
    for path in ("/demo", "/demo/state", "/static/main.js", "/nothing-here", "/healthz"):
        headers = house.client.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] in ("no-store", "no-cache")


def test_another_sites_page_cannot_start_the_story_over(house: House) -> None:
    house.press("mette", token_of(house, "mette", "Dansk"))
    refused = house.client.post("/demo/restart", headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert len(house.messages("mette")) > 1


def test_the_pages_ask_for_nothing_from_elsewhere(house: House) -> None:
    served = [house.client.get("/demo").text]
    served += [file.read_text("utf-8") for file in sorted(STATIC.glob("static/*"))]
    served += [file.read_text("utf-8") for file in sorted(STATIC.glob("templates/**/*.html"))]
    found = [url for text in served for url in ELSEWHERE.findall(text)]
    assert [url for url in found if not url.startswith(NAME_OF_A_FORMAT)] == []


def test_a_page_that_is_not_there_says_so_in_the_readers_language(house: House) -> None:
    for language, words in (("da-DK,en;q=0.8", "Den side findes ikke"), ("en", "does not exist")):
        wanted = {"accept": "text/html", "accept-language": language}
        page = house.client.get("/nothing-here", headers=wanted)
        assert page.status_code == 404
        assert words in page.text


def test_health_and_figures_tell_nothing_of_anybody(house: House) -> None:
    house.say("mette", SECRET)
    assert house.client.get("/healthz").text == "ok"
    ready = house.client.get("/readyz")
    assert ready.json()["database"] == "ok"
    assert ready.json()["channels"] == {"web": "ok", "colleagues": "ok"}
    figures = house.client.get("/metrics").text
    assert re.search(r'^tillidsrum_outbox_rows\{state="sent"\} [1-9]', figures, re.MULTILINE)
    for private in (SECRET, "Mette", "mette", "Karin", "example.org"):
        assert private not in figures
        assert private not in ready.text


def test_there_are_no_generated_pages_about_the_server(house: House) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert house.client.get(path).status_code == 404


def test_the_front_door_leads_to_the_try_out(house: House) -> None:
    home = house.client.get("/")
    assert (home.status_code, home.headers["location"]) == (307, "/demo")


def test_a_page_in_either_language_is_complete(house: House) -> None:
    for language in ("da", "en"):
        page = house.client.get("/demo", params={"lang": language}).text
        texts = json.loads(re.search(r"data-texts='([^']*)'", page).group(1))
        assert all(texts.values())
        assert f'<html lang="{language}">' in page
    assert house.client.get("/demo", params={"lang": "de"}).status_code == 422
