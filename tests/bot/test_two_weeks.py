"""A nearest leader's coming two weeks: names on their days, and nothing that anybody wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from bot.digest_facts import Ahead
from bot.papers.two_weeks import (
    SHOWN,
    WIDTH,
    TwoWeeks,
    describe_two_weeks,
    draw_two_weeks,
    two_weeks_png,
)
from flows.model import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2026, 11, 23)


def talk(day: int, name: str, hour: int = 9, month: int = 11) -> Ahead:
    """`hour` in UTC, an hour before that of Copenhagen."""
    return Ahead(datetime(2026, month, day, hour, tzinfo=UTC), name)


SOME = (talk(23, "Mette"), talk(24, "Jens"), talk(24, "Bo", 12), talk(3, "Søren", month=12))


def weeks(
    *talks: Ahead, today: date = MONDAY, language: Language = "da", zone: str = "Europe/Copenhagen"
) -> TwoWeeks:
    return TwoWeeks(talks, today, zone, language)


def drawn(wanted: TwoWeeks) -> ElementTree.Element:
    return ElementTree.fromstring(draw_two_weeks(wanted))


def texts(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("talks", [SOME, ()], ids=["some", "none"])
def test_the_picture_tells_a_screen_reader_all_of_it(
    talks: tuple[Ahead, ...], language: Language
) -> None:
    picture = drawn(weeks(*talks, language=language))
    said = picture.findtext(f"{SVG}desc")
    assert said == describe_two_weeks(weeks(*talks, language=language))
    assert said
    assert all(one.name in said for one in talks)


def test_a_name_stands_under_its_day_at_the_nearest_leaders_own_time() -> None:
    picture = drawn(weeks(*SOME))
    across = {one.text: one.get("x") for one in picture.iter(f"{SVG}text")}
    assert across["Jens"] == across["Bo"] == across["24. nov."]
    assert across["Mette"] == across["23. nov."]
    assert {"10.00", "13.00"} <= set(texts(picture))
    assert "09.00" in texts(drawn(weeks(*SOME, zone="Europe/London")))


def test_two_weeks_are_shown_and_a_third_where_somebody_talks_in_it() -> None:
    def numbers(wanted: TwoWeeks) -> list[str]:
        return [one for one in texts(drawn(wanted)) if one.startswith("Uge ")]

    assert numbers(weeks(*SOME)) == ["Uge 48", "Uge 49"]
    third = weeks(talk(7, "Ida", month=12), today=date(2026, 11, 25))
    assert numbers(third) == ["Uge 48", "Uge 49", "Uge 50"]


def test_a_weekend_is_there_only_where_somebody_talks_in_it() -> None:
    assert "28. nov." not in texts(drawn(weeks(*SOME)))
    assert "28. nov." in texts(drawn(weeks(*SOME, talk(28, "Ida"))))


def test_a_full_day_says_how_many_more_and_tells_them_in_words() -> None:
    many = [talk(23, f"Leder{number}", 7 + number) for number in range(SHOWN + 2)]
    shown = texts(drawn(weeks(*many)))
    assert sum(one.startswith("Leder") for one in shown) == SHOWN
    assert all(one.name in describe_two_weeks(weeks(*many)) for one in many)


def test_a_long_name_stays_in_its_day() -> None:
    for name in ("Annemarie", "Christoffer", "Maximiliane-Josefine"):
        [found] = [
            one for one in drawn(weeks(talk(23, name))).iter(f"{SVG}text")
            if (one.text or "").startswith(name[:5])
        ]  # fmt: skip
        letters, size = len(found.text or ""), float(found.get("font-size", ""))
        assert letters * size * 0.58 < 64


def test_all_that_is_drawn_has_its_dark_colour() -> None:
    picture = drawn(weeks(*SOME))
    style = picture.findtext(f"{SVG}style") or ""
    classes = {name for one in picture.iter() for name in (one.get("class") or "").split()}
    assert all(f".{name}{{" in style for name in classes)


def test_the_png_is_three_times_as_wide_and_always_the_same() -> None:
    picture = two_weeks_png(weeks(*SOME))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 3 * WIDTH
    assert picture == two_weeks_png(weeks(*SOME))
