from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from pydantic import ValidationError

from bot.papers.curve import SHOWN, THEMES, Curve, Theme, curve_png, describe_curve, draw_curve
from bot.papers.days import Language

SVG = "{http://www.w3.org/2000/svg}"


def curve_of(count: int, **values: tuple[int | None, ...]) -> Curve:
    days = tuple(date(2025, 11, 3) + timedelta(days=14 * number) for number in range(count))
    given: dict[Theme, tuple[int | None, ...]] = {
        theme: values.get(theme, (3,) * count) for theme in THEMES
    }
    return Curve(days=days, values=given)


def drawn(curve: Curve, language: Language = "da") -> ElementTree.Element:
    return ElementTree.fromstring(draw_curve(curve, language))


def texts(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("count", [0, 1, 2, SHOWN])
def test_the_picture_tells_a_screen_reader_what_it_shows(count: int, language: Language) -> None:
    picture = drawn(curve_of(count), language)
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert picture.get("role") == "img"
    assert picture.get("lang") == language
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text == describe_curve(curve_of(count), language)
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_the_description_gives_every_number_and_its_day() -> None:
    curve = Curve(
        days=(date(2026, 1, 12), date(2026, 1, 26)),
        values=dict.fromkeys(THEMES, (4, None)),
    )
    danish, english = describe_curve(curve, "da"), describe_curve(curve, "en")
    assert "Krydspres: 4 den 12. januar, sprunget over den 26. januar." in danish
    assert "Cross-pressure: 4 on 12 January, skipped on 26 January." in english


def test_the_year_is_said_where_a_curve_crosses_it() -> None:
    assert "den 3. november 2025" in describe_curve(curve_of(6), "da")
    assert {"2025", "2026"} <= set(texts(drawn(curve_of(6))))


def test_all_five_themes_have_a_row_in_their_fixed_order() -> None:
    shown = texts(drawn(curve_of(2)))
    names = ["Krydspres", "Indflydelse", "Støtte", "Tryghed", "Restitution"]
    assert [text for text in shown if text in names] == names


def test_high_krydspres_is_said_to_mean_more_pressure() -> None:
    assert "Ved krydspres betyder et højt tal mere pres." in texts(drawn(curve_of(2)))
    assert "For cross-pressure, high means more pressure." in texts(drawn(curve_of(2), "en"))


def test_a_higher_number_stands_higher() -> None:
    picture = drawn(curve_of(2, krydspres=(1, 5)))
    low, high = list(picture.iter(f"{SVG}circle"))[:2]
    assert float(low.get("cy", "")) > float(high.get("cy", ""))


def test_the_line_has_a_gap_where_a_question_was_skipped() -> None:
    picture = drawn(curve_of(5, support=(2, 3, None, 4, 4)))
    lines = [line.get("points", "").split() for line in picture.iter(f"{SVG}polyline")]
    assert sorted(len(points) for points in lines) == [2, 2, 5, 5, 5, 5]
    assert len(list(picture.iter(f"{SVG}circle"))) == 4 * 5 + 4


def test_a_long_pause_is_a_long_way() -> None:
    days = (date(2026, 1, 1), date(2026, 1, 15), date(2026, 4, 23))
    picture = drawn(Curve(days=days, values=dict.fromkeys(THEMES, (3, 3, 3))))
    first, second, third = (
        float(dot.get("cx", "")) for dot in list(picture.iter(f"{SVG}circle"))[:3]
    )
    assert (third - second) / (second - first) == pytest.approx(7, rel=0.05)


def test_one_check_in_is_a_dot_with_its_number_and_no_line() -> None:
    picture = drawn(curve_of(1, krydspres=(4,), restitution=(None,)))
    assert len(list(picture.iter(f"{SVG}circle"))) == 4
    assert not list(picture.iter(f"{SVG}polyline"))
    assert "Her begynder din kurve." in texts(picture)
    assert "4" in texts(picture)


def test_no_check_in_gives_a_kind_picture_without_numbers() -> None:
    picture = drawn(curve_of(0))
    assert "Din kurve begynder, første gang du svarer." in texts(picture)
    assert not list(picture.iter(f"{SVG}circle"))


def test_only_the_latest_half_year_is_drawn() -> None:
    picture = drawn(curve_of(SHOWN + 4))
    assert len(list(picture.iter(f"{SVG}circle"))) == 5 * SHOWN
    assert "29. dec." in texts(picture)


def test_every_row_looks_the_same_whatever_the_numbers() -> None:
    picture = drawn(curve_of(3, krydspres=(5, 5, 5), safety=(1, 1, 1)))
    assert len({dot.get("fill") for dot in picture.iter(f"{SVG}circle")}) == 1
    assert len({line.get("stroke") for line in picture.iter(f"{SVG}polyline")}) == 1


def test_the_picture_has_its_own_paper_in_light_and_in_dark() -> None:
    picture = drawn(curve_of(2))
    paper, style = picture.find(f"{SVG}rect"), picture.find(f"{SVG}style")
    assert paper is not None
    assert (paper.get("width"), paper.get("height")) == (
        picture.get("width"),
        picture.get("height"),
    )
    assert style is not None
    assert "prefers-color-scheme: dark" in (style.text or "")
    drawn_classes = {element.get("class") for element in picture.iter() if element.get("class")}
    assert all(f".{name}{{" in (style.text or "") for name in drawn_classes)


@pytest.mark.parametrize("count", [0, 1, SHOWN])
def test_the_png_is_three_times_as_wide_and_always_the_same(count: int) -> None:
    picture = curve_png(curve_of(count), "da")
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 960
    assert picture == curve_png(curve_of(count), "da")


def test_the_png_shows_the_numbers() -> None:
    assert curve_png(curve_of(3), "da") != curve_png(curve_of(3, safety=(3, 3, 4)), "da")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({theme: (3,) for theme in THEMES if theme != "safety"}, "safety"),
        ({theme: (3, 3) if theme == "support" else (3,) for theme in THEMES}, "support"),
        ({theme: (6,) if theme == "influence" else (3,) for theme in THEMES}, "outside 1-5"),
        (dict.fromkeys(THEMES, (0,)), "krydspres"),
    ],
)
def test_values_that_do_not_fit_are_refused_by_name(values: object, named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        Curve.model_validate({"days": (date(2026, 1, 12),), "values": values})


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(ValidationError, match="oldest first"):
        Curve(days=(date(2026, 1, 26), date(2026, 1, 12)), values=dict.fromkeys(THEMES, (1, 1)))
