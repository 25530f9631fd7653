import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from pydantic import ValidationError
from pypdf import PageObject, PdfReader

from bot.papers.days import Language
from bot.papers.sheet import Agreed, Sheet, make_sheet

METTE = Sheet(
    name="Mette Østergård",
    nearest_leader="Karin Kjær Sørensen",
    on=date(2026, 2, 24),
    goals=("En rolig overgang inden sommer", "Et budget på 1.250.000 kr., der holder"),
    matters=("Tid til at tænke to formiddage om ugen", "Aftener, der er mine"),
    my_agreements=(Agreed(text="Ingen mails efter kl. 18", followed_up="Hver anden fredag"),),
    to_align=("Hvilke projekter kan vente til efter påske?",),
    our_agreements=(Agreed(text="Ådalen sættes på pause", followed_up="Vi ser på det i marts"),),
)
EMPTY = Sheet(name="", nearest_leader=None, on=date(2026, 2, 24))


def pages_of(sheet: Sheet, language: Language = "da") -> list[PageObject]:
    return list(PdfReader(BytesIO(make_sheet(sheet, language))).pages)


def text_of(sheet: Sheet, language: Language = "da") -> str:
    return plain(texts_of(pages_of(sheet, language)))


def texts_of(pages: Iterable[PageObject]) -> list[str]:
    return [page.extract_text() for page in pages]


def plain(texts: Iterable[str]) -> str:
    """One line, without the marks that only steer where a line may break."""
    return " ".join(" ".join(texts).replace("\u200b", "").split())


def numbered(count: int) -> str:
    return " ".join(f"ord{number}" for number in range(count))


def test_an_ordinary_sheet_is_one_page_with_danish_letters() -> None:
    assert len(pages_of(METTE)) == 1
    text = text_of(METTE)
    for words in (
        "Aftale med mig selv og med min nærmeste leder",
        "Mette Østergård",
        "Karin Kjær Sørensen",
        "24. februar 2026",
        "1.250.000 kr., der holder",
        "Ådalen sættes på pause",
        "Opfølgning: Hver anden fredag",
        "Jeg bestemmer selv, hvem der ser det.",
    ):
        assert words in text


def test_the_same_sheet_is_complete_in_english() -> None:
    text = text_of(METTE, "en")
    for words in (
        "My agreement with myself and with my nearest leader",
        "24 February 2026",
        "What matters for me",
        "Follow-up: Hver anden fredag",
        "I decide who sees it.",
    ):
        assert words in text
    assert "Opfølgning" not in text


def test_the_five_boxes_are_read_in_the_order_of_the_source() -> None:
    text = text_of(METTE)
    boxes = ["Mine mål", "Det er vigtigt", "Mine aftaler", "Det vil jeg afstemme", "Vores aftaler"]
    places = [text.index(box) for box in boxes]
    assert places == sorted(places)


def test_an_empty_sheet_is_one_page_with_lines_to_write_on() -> None:
    (empty,), (filled,) = pages_of(EMPTY), pages_of(METTE)
    assert strokes(empty) > strokes(filled) + 25
    assert "Opfølgning" in empty.extract_text()


def strokes(page: PageObject) -> int:
    contents = page.get_contents()
    assert contents is not None
    return len(re.findall(rb"\sl\s", contents.get_data()))


def test_an_agreement_without_a_follow_up_leaves_a_line_for_it() -> None:
    open_end = EMPTY.model_copy(update={"my_agreements": (Agreed(text="Gå hjem kl. 15"),)})
    assert "Gå hjem kl. 15 Opfølgning" in text_of(open_end)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pdf_names_itself_its_language_and_its_structure(language: Language) -> None:
    reader = PdfReader(BytesIO(make_sheet(METTE, language)))
    root: Any = reader.root_object
    assert reader.metadata is not None
    assert (reader.metadata.title or "untitled") in text_of(METTE, language)
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


HOSTILE = (
    '#read("/etc/passwd") #panic("x")',
    "$x^2$ \\ *fed* _skrå_ <mærke> @ref",
    "= ikke en overskrift",
    "] } ) // note /* note #eval(1)",
    "\\u{0041} `kode` ~ -- ...",
)


def test_markup_in_a_persons_words_is_only_characters() -> None:
    agreed = tuple(Agreed(text=words, followed_up=words) for words in HOSTILE)
    sheet = METTE.model_copy(
        update={"name": HOSTILE[0], "nearest_leader": HOSTILE[1]}
        | {"goals": HOSTILE, "matters": HOSTILE, "to_align": HOSTILE}
        | {"my_agreements": agreed, "our_agreements": agreed}
    )
    text = text_of(sheet)
    for words in HOSTILE:
        assert text.count(words) >= 7


def test_line_breaks_stay_and_control_characters_go() -> None:
    sheet = EMPTY.model_copy(update={"goals": ("første\r\nanden\x00\x07\u2028tredje", " \n\t ")})
    (page,) = pages_of(sheet)
    lines = [line.strip() for line in page.extract_text().splitlines()]
    assert lines[lines.index("• første") :][:3] == ["• første", "anden", "tredje"]
    assert page.extract_text().count("•") == 1


def test_other_scripts_and_emoji_do_not_stop_the_sheet() -> None:
    sheet = METTE.model_copy(
        update={"goals": ("😀🌱👩‍👧", "مرحبا שלום", "日本語", "\u202eabc", "\ue000")}
    )
    assert "Aftener, der er mine" in text_of(sheet)


@pytest.mark.parametrize("words", [60, 200, 450, 900, 4000])
@pytest.mark.parametrize("box", ["goals", "my_agreements", "our_agreements"])
def test_no_word_is_lost_or_off_the_page_however_long_the_text(box: str, words: int) -> None:
    long = numbered(words)
    value = (Agreed(text=long, followed_up=long),) if box.endswith("agreements") else (long,)
    pages = pages_of(METTE.model_copy(update={box: value}))
    for page in pages:
        assert_inside(page)
    printed = re.findall(r"ord\d+", plain(texts_of(pages)))
    assert printed == long.split() * (2 if box.endswith("agreements") else 1)


def assert_inside(page: PageObject) -> None:
    """Nothing lower than the footer, which hangs 5 mm into a margin of 17 mm; no endless line."""
    heights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            heights.append(cm[3] * tm[5] + cm[5])

    lines = page.extract_text(visitor_text=note).splitlines()
    assert min(heights) > 25
    assert max(heights) < float(page.mediabox.height)
    assert max(map(len, lines)) < 130


@pytest.mark.parametrize("tie", ["\u00a0", "\u202f", " 1. maj ", " kl. 18 ", " 4 % "])
def test_words_that_are_tied_together_still_break_into_lines(tie: str) -> None:
    sheet = METTE.model_copy(update={"goals": (tie.join(["ord"] * 300),)})
    for page in pages_of(sheet):
        assert_inside(page)
    assert text_of(sheet).count("ord") >= 300


def test_a_long_sheet_says_how_many_pages_it_has() -> None:
    sheet = METTE.model_copy(update={"matters": (numbered(2500),)})
    assert len(pages_of(sheet)) == 4
    assert "1 af 4" in text_of(sheet)
    assert "4 of 4" in text_of(sheet, "en")


def test_a_word_wider_than_its_box_is_broken_rather_than_cut() -> None:
    sheet = EMPTY.model_copy(update={"matters": ("W" * 300,), "name": "N" * 300})
    text = text_of(sheet).replace(" ", "")
    assert "W" * 300 in text
    assert "N" * 300 in text


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert make_sheet(METTE, "da") == make_sheet(METTE, "da")


def test_sheets_can_be_made_side_by_side() -> None:
    made: list[bytes] = []
    threads = [Thread(target=lambda: made.append(make_sheet(METTE, "da"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [make_sheet(METTE, "da")] * 4


def test_an_error_never_repeats_a_persons_words() -> None:
    with pytest.raises(ValidationError) as caught:
        Sheet.model_validate({"name": ["hemmelig"], "nearest_leader": None, "on": "2026-02-24"})
    assert "name" in str(caught.value)
    assert "hemmelig" not in str(caught.value)
