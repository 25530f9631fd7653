"""The contract with oneself: made, reviewed, changed, rested and let go, and nobody counts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House
from tests.acceptance.verbs import agrees, looks, makes_agreements

MAILS = "Jeg læser ikke mails efter kl. 18"
WALK = "En gåtur hver dag"
LUNCH = "Frokost uden telefon"


@pytest.fixture
def alone(make_house: MakeHouse) -> House:
    """Mette without any dialogue, so that what is heard is about her agreements."""
    return make_house()


def checks(house: House) -> list[str]:
    return [f"{one.at:%d.%m.}" for one in house.first_words(house.mette) if one.name == "how"]


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        ("weekly", ["01.12.", "08.12.", "15.12.", "22.12."]),
        ("every-2-weeks", ["08.12.", "22.12."]),
        ("every-4-weeks", ["22.12."]),
        ("never", []),
    ],
)
async def test_an_agreement_is_asked_about_in_its_own_rhythm(
    alone: House, rhythm: str, days: list[str]
) -> None:
    await makes_agreements(alone.mette, MAILS, rhythm=rhythm)
    assert alone.mette.heard == ["saved"]
    await alone.on(date(2026, 12, 23), "23:59")
    assert checks(alone) == days


async def test_three_agreements_are_reviewed_and_one_is_changed_before_they_are_saved(
    alone: House,
) -> None:
    mette = alone.mette
    await mette.writes("mine aftaler")
    await mette.presses("yes")
    for number, text in enumerate((MAILS, WALK, LUNCH)):
        await agrees(mette, text)
        if number < 2:
            await mette.presses("more")
    assert mette.heard == ["agreed"]
    assert all(text in mette.said_to for text in (MAILS, WALK, LUNCH))
    await mette.presses("change")
    assert mette.heard == ["[which-answer]"]
    which = next(
        one
        for one, label in zip(mette.last.choices, mette.last.labels, strict=True)
        if WALK in label
    )
    await mette.presses(which)
    assert mette.heard == ["agreement-text#1"]
    await mette.writes("En gåtur til frokost")
    assert mette.heard == ["[changed]", "agreed"]
    assert WALK not in mette.said_to
    assert checks(alone) == []
    await mette.presses("save")
    await mette.writes("mine aftaler")
    shown = mette.said_to
    for _ in range(3):
        await mette.presses("keep")
        shown += mette.said_to
    assert mette.heard == ["full"]
    assert all(text in shown for text in (MAILS, "En gåtur til frokost", LUNCH))
    assert WALK not in shown


async def test_nothing_is_kept_of_agreements_that_were_never_saved(alone: House) -> None:
    await alone.mette.writes("mine aftaler")
    await alone.mette.presses("yes")
    await agrees(alone.mette, MAILS)
    await alone.travel(weeks=3)
    assert checks(alone) == []


async def test_a_round_that_was_dropped_in_the_review_is_not_saved(alone: House) -> None:
    mette = alone.mette
    await mette.writes("mine aftaler")
    await mette.presses("yes")
    await agrees(mette, MAILS)
    await mette.presses("more")
    await agrees(mette, WALK)
    await mette.presses("enough")
    await mette.writes("ret")
    offered = dict(zip(mette.last.choices, mette.last.labels, strict=True))
    which = next(one for one, label in offered.items() if "Ja, en til" in label)
    await mette.presses(which)
    await mette.presses("enough")
    await mette.presses("save")
    await mette.writes("mine aftaler")
    assert MAILS in mette.said_to
    await mette.presses("keep")
    assert not [one for one in mette.news if WALK in one.text]


async def test_holding_is_met_with_a_word_and_no_more(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.on(date(2026, 12, 1), "09:05")
    assert alone.mette.heard == ["how"]
    assert MAILS in alone.mette.said_to
    await alone.mette.presses("holds")
    assert alone.mette.heard == ["it-holds"]
    await alone.on(date(2026, 12, 8), "09:05")
    assert alone.mette.heard == ["how"]


async def test_partly_may_get_a_note_that_stays_with_oneself(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.on(date(2026, 12, 1), "09:05")
    await alone.mette.presses("partly")
    await alone.mette.writes("Når telefonen ligger i bilen")
    assert alone.mette.heard == ["thanks"]


async def test_not_now_is_met_kindly_and_rest_means_rest(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.on(date(2026, 12, 1), "09:05")
    await alone.mette.presses("not-now")
    assert alone.mette.heard == ["not-now-is-fine", "adjust"]
    await alone.mette.presses("rest")
    assert alone.mette.heard == ["adjusted"]
    await alone.travel(weeks=5)
    assert checks(alone) == ["01.12."]


async def test_a_resting_agreement_is_taken_up_again_with_its_rhythm(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.on(date(2026, 12, 1), "09:05")
    await alone.mette.presses_all("not-now", "rest")
    await alone.mette.writes("mine aftaler")
    assert "what-then#0" in alone.mette.heard
    await alone.mette.presses("wake")
    await alone.on(date(2026, 12, 9), "09:05")
    assert checks(alone) == ["01.12.", "09.12."]


async def test_a_change_of_words_and_rhythm_is_what_is_asked_about_next(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.on(date(2026, 12, 1), "09:05")
    await alone.mette.presses("change")
    await alone.mette.presses("change")
    await alone.mette.writes("Jeg læser ikke mails i weekenden")
    await alone.mette.presses("every-2-weeks")
    assert alone.mette.heard == ["adjusted"]
    await alone.on(date(2026, 12, 15), "23:59")
    assert "Jeg læser ikke mails i weekenden" not in alone.mette.said_to
    await alone.on(date(2026, 12, 16), "09:05")
    assert alone.mette.heard == ["how"]
    assert "Jeg læser ikke mails i weekenden" in alone.mette.said_to


async def test_an_agreement_let_go_is_never_heard_of_again(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.mette.writes("mine aftaler")
    await alone.mette.presses("end")
    await alone.travel(weeks=5)
    assert checks(alone) == []
    await alone.mette.writes("mine aftaler")
    assert MAILS not in alone.mette.said_to


async def test_rest_that_is_corrected_to_keep_was_no_rest(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS)
    await alone.mette.writes("mine aftaler")
    await alone.mette.presses("rest")
    await alone.mette.writes("tilbage")
    await alone.mette.presses("keep")
    await alone.on(date(2026, 12, 1), "23:59")
    assert checks(alone) == ["01.12."]


async def test_an_agreement_can_be_edited_after_it_was_saved(alone: House) -> None:
    mette = alone.mette
    await makes_agreements(mette, MAILS)
    await mette.presses_on(mette.shown("agreement-rhythm#0"), "never")
    assert mette.heard == ["[further-on]"]
    change = next(iter(mette.last.choices))
    await mette.presses(change)
    assert mette.heard == ["agreement-rhythm#0"]
    await mette.presses("never")
    assert mette.heard[0] == "[changed]"
    await alone.travel(weeks=3)
    assert checks(alone) == []


async def test_editing_one_saved_agreement_does_not_wake_another_that_rests(alone: House) -> None:
    mette = alone.mette
    await makes_agreements(mette, MAILS, WALK)
    rhythm = mette.shown("agreement-rhythm#1")
    await mette.writes("mine aftaler")
    await mette.presses_all("rest", "keep", "not-now")
    await mette.presses_on(rhythm, "every-4-weeks")
    await mette.presses(next(iter(mette.last.choices)))
    await mette.presses("every-4-weeks")
    await alone.on(date(2026, 12, 20), "23:59")
    assert checks(alone) == []


async def test_with_three_agreements_there_is_no_room_for_a_fourth(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS, WALK)
    await alone.mette.writes("mine aftaler")
    await alone.mette.presses_all("keep", "keep", "yes")
    await agrees(alone.mette, LUNCH)
    assert alone.mette.heard == ["agreed"]


async def test_an_unanswered_check_is_never_repeated_before_its_next_turn(alone: House) -> None:
    await makes_agreements(alone.mette, MAILS, rhythm="every-4-weeks")
    await alone.on(date(2027, 1, 18), "23:59")
    assert checks(alone) == ["22.12."]


async def test_agreements_with_oneself_are_nobody_elses(house: House) -> None:
    await makes_agreements(house.mette, MAILS)
    await house.on(date(2026, 12, 1), "09:05")
    await house.mette.presses("not-now")
    assert MAILS not in await looks(house.karin)
    await house.until("wed 09:59")
    assert not house.karin.ever_saw(MAILS)
