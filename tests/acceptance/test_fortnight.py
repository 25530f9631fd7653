"""The fortnight, as Mette and Karin live it: in both languages, across restarts."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House
from tests.acceptance.verbs import (
    SKIPPED_PULSE,
    looks,
    opens_what_is_shared,
    prepares,
    raises,
    takes_back,
    talked,
    taps_the_pulse,
)

ROSTER = "Hvad er mit at beslutte, når **vagtplanen** ændrer sig?"
BUDGET = "Budgettet for <b>foråret</b> & resten"
SECRET = "Jeg overvejer at søge væk"
BOTH_LANGUAGES = [("da", True), ("en", False)]


@pytest.fixture(params=BOTH_LANGUAGES, ids=["da-restarted-all-the-time", "en"])
def home(request: pytest.FixtureRequest, make_house: MakeHouse) -> House:
    language, restless = request.param
    house = make_house(language=language, restless=restless)
    house.pairs_up()
    return house


async def test_mette_prepares_in_a_few_taps_and_karin_sees_what_was_shared_and_no_more(
    home: House,
) -> None:
    mette, karin = home.mette, home.karin
    await home.until("mon 09:05")
    assert mette.heard == ["invite"]

    await mette.presses("now")
    assert mette.heard == ["pulse", "krydspres"]
    await taps_the_pulse(mette)
    assert mette.heard == ["curve", "point"]
    assert mette.news[0].shows == "curve"

    await mette.writes(ROSTER)
    assert mette.heard == ["point-share"]
    assert f"”{ROSTER}”" in mette.said_to or f"“{ROSTER}”" in mette.said_to
    await mette.presses("share")
    assert mette.heard == ["[shared]", "another"]

    await mette.presses("yes")
    await raises(mette, SECRET, "keep")
    assert mette.heard == ["points#0"]
    await mette.presses("more")
    await mette.writes("Budgettet")
    await mette.presses("edit")
    assert mette.heard == ["further-point#1"]
    await mette.writes(BUDGET)
    assert BUDGET in mette.said_to
    await mette.presses("share")
    assert mette.heard[:2] == ["[shared]", "closing"]
    assert karin.messages == []

    await home.until("tue 09:05")
    assert karin.heard == ["what-you-see", "leader#0", "own#0"]
    assert ROSTER in karin.said_to
    assert BUDGET in karin.said_to
    assert not karin.ever_saw(SECRET)
    assert mette.heard == []

    await home.until("wed 11:00")
    assert mette.heard == ["talked"]
    await mette.presses("yes")
    assert mette.heard == ["covered#0"]
    await mette.presses_all("yes", "no", "no")
    assert mette.heard == ["remember"]
    await mette.presses("yes")
    await mette.writes("Vi ser på vagtplanen sammen")
    await mette.writes("om to uger" if home.language == "da" else "in two weeks")
    await mette.presses_all("share", "enough", "as-planned")
    assert mette.heard == ["closing"]

    seen = await looks(karin)
    assert ROSTER not in seen
    assert BUDGET in seen
    assert "Vi ser på vagtplanen sammen" in seen
    assert SECRET not in seen


async def test_what_was_not_talked_through_comes_along_to_the_next_fortnight(home: House) -> None:
    mette = home.mette
    await prepares(mette, ROSTER, SECRET, decision="keep")
    await home.until("wed 11:00")
    await talked(mette, "no", "yes")
    await home.until("mon 09:05")
    await home.until("mon 09:05")
    assert mette.heard == ["invite"]

    await mette.presses_all("now", *SKIPPED_PULSE)
    assert mette.heard == ["carry#0"]
    assert ROSTER in mette.said_to
    await mette.presses("take")
    assert mette.heard == ["carried-share#0"]
    await mette.presses("share")
    assert mette.heard == ["[shared]", "point"]
    assert ROSTER in await looks(home.karin)
    assert not home.karin.ever_saw(SECRET)


async def test_no_curve_is_shown_to_somebody_who_skipped_it_all(house: House) -> None:
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    assert house.mette.heard == ["point"]


async def test_karin_gets_one_digest_even_when_nothing_was_shared(house: House) -> None:
    await house.until("wed 09:59")
    assert [one.name for one in house.first_words(house.karin)] == ["what-you-see"]
    assert house.karin.shown("leader#0").text.count("Mette") == 1


async def test_what_is_withdrawn_before_karin_reads_it_never_reaches_her(home: House) -> None:
    await prepares(home.mette, ROSTER)
    await takes_back(home.mette)
    assert home.mette.heard == ["[withdrawn]"]
    await home.until("wed 09:59")
    assert "leader#0" in [one.name for one in home.karin.messages]
    assert not home.karin.ever_saw(ROSTER)


async def test_what_is_withdrawn_after_karin_has_read_it_cannot_be_opened_again(
    home: House,
) -> None:
    await prepares(home.mette, ROSTER)
    await home.until("tue 09:05")
    assert home.karin.ever_saw(ROSTER)
    await takes_back(home.mette)
    assert home.mette.heard == ["[withdrawn]"]
    assert ROSTER not in await looks(home.karin)
    for words in ("where am i", "back", "continue", "edit"):
        await home.karin.writes(words)
        assert ROSTER not in home.karin.said_to


async def test_withdrawing_twice_is_told_and_harmless(house: House) -> None:
    await prepares(house.mette, ROSTER)
    receipt = house.mette.shown("[shared]")
    for expected in ("[withdrawn]", "[already-withdrawn]"):
        await takes_back(house.mette, receipt)
        assert house.mette.heard == [expected]


async def test_a_carried_point_that_is_shared_anew_takes_the_place_of_the_old_share(
    house: House,
) -> None:
    mette = house.mette
    await prepares(mette, "Vagtplanen")
    await mette.writes("forbered")
    await taps_the_pulse(mette, SKIPPED_PULSE)
    await mette.presses("rewrite")
    await mette.writes("Vagtplanen om natten")
    await mette.presses("share")
    seen = await looks(house.karin)
    assert seen.count("Vagtplanen") == 1
    assert "Vagtplanen om natten" in seen


async def test_an_old_receipt_takes_back_the_point_however_it_was_shared_since(
    house: House,
) -> None:
    mette = house.mette
    await prepares(mette, ROSTER)
    receipt = mette.shown("[shared]")
    await mette.writes("forbered")
    await taps_the_pulse(mette, SKIPPED_PULSE)
    await mette.presses_all("take", "share", "skip")
    await takes_back(mette, receipt)
    assert mette.heard == ["[withdrawn]"]
    assert ROSTER not in await looks(house.karin)


async def test_not_sharing_a_carried_point_again_takes_the_earlier_share_back(
    house: House,
) -> None:
    mette = house.mette
    await prepares(mette, ROSTER)
    await mette.writes("forbered")
    await taps_the_pulse(mette, SKIPPED_PULSE)
    await mette.presses_all("take", "keep")
    assert "[withdrawn]" in mette.heard
    assert ROSTER not in await looks(house.karin)


@pytest.mark.parametrize("through", ["before", "after"])
async def test_a_solved_point_vanishes_from_what_karin_sees(house: House, through: str) -> None:
    mette = house.mette
    await prepares(mette, ROSTER)
    assert ROSTER in await looks(house.karin)
    if through == "before":
        await mette.writes("forbered")
        await taps_the_pulse(mette, SKIPPED_PULSE)
        await mette.presses("solved")
    else:
        await house.until("wed 11:00")
        await talked(mette, "yes")
    assert ROSTER not in await looks(house.karin)


async def test_withdrawing_while_karin_reads_about_somebody_else_keeps_it_from_her(
    house: House,
) -> None:
    """Karin leads two: what the second takes back meanwhile is not in the next message."""
    house.moves_in("peter")
    await house.travel(minutes=1)
    house.pairs_up("peter", "karin")
    peter, karin = house.residents["peter"], house.karin
    await prepares(house.mette, ROSTER)
    await prepares(peter, SECRET)
    await opens_what_is_shared(karin)
    assert ROSTER in karin.said_to
    await takes_back(peter)
    await karin.presses("go-on")
    assert "leader#1" in karin.heard
    assert not karin.ever_saw(SECRET)


async def test_karins_own_fortnight_with_henrik_never_mixes_with_mettes(house: House) -> None:
    house.pairs_up("karin", "henrik")
    await prepares(house.mette, ROSTER)
    await prepares(house.karin, BUDGET)
    assert ROSTER in await looks(house.karin)
    seen = await looks(house.henrik)
    assert BUDGET in seen
    assert not house.henrik.ever_saw(ROSTER)
    assert not house.mette.ever_saw(BUDGET)


async def test_who_sees_what_lists_each_share_and_takes_it_back(home: House) -> None:
    mette = home.mette
    await prepares(mette, ROSTER, BUDGET)
    await mette.writes("hvem kan se det")
    await mette.presses("yes")
    assert ROSTER in mette.said_to
    await mette.presses("withdraw")
    assert BUDGET in mette.said_to
    await mette.presses("keep")
    assert mette.heard == ["all-seen"]
    seen = await looks(home.karin)
    assert ROSTER not in seen
    assert BUDGET in seen


async def test_what_karin_wants_to_raise_reaches_mette_in_karins_words(home: House) -> None:
    mette, karin = home.mette, home.karin
    await opens_what_is_shared(karin)
    await karin.presses("add-own")
    await karin.writes(BUDGET)
    assert BUDGET in karin.said_to
    await karin.presses("share")
    assert "[shared]" in karin.heard
    assert mette.heard == []
    await home.until("tue 09:05")
    assert "from-nearest" in [one.name for one in mette.messages]
    assert mette.ever_saw(BUDGET)
    await mette.writes("delt med mig")
    assert BUDGET in mette.said_to
    await takes_back(karin)
    await mette.writes("delt med mig")
    assert mette.heard[0] == "nothing"


async def test_what_karin_takes_back_in_time_is_never_heard_of_by_mette(house: House) -> None:
    await opens_what_is_shared(house.karin)
    await house.karin.presses("add-own")
    await house.karin.writes(BUDGET)
    await house.karin.presses("share")
    await takes_back(house.karin)
    await house.until("wed 09:59")
    assert [one.name for one in house.first_words(house.mette)] == ["invite", "invite"]
    assert not house.mette.ever_saw(BUDGET)


async def test_what_is_taken_back_while_the_platform_is_away_is_not_delivered_after(
    house: House,
) -> None:
    await prepares(house.mette, ROSTER)
    house.platform.has("refused", retry_after=600)
    await house.karin.writes("delt med mig")
    assert house.karin.heard == []
    await takes_back(house.mette)
    await house.travel(minutes=14)
    assert not house.karin.ever_saw(ROSTER)
    assert ROSTER not in await looks(house.karin)
    assert house.karin.heard != []
