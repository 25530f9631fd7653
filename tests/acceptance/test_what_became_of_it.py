"""Invitations that are put off, dialogues that move, and what became of them."""

from __future__ import annotations

from datetime import date

from bot.planning import next_occasion, replan_cadence, replan_person
from storage import cadences, people
from storage.database import Unit
from tests.acceptance.house import House
from tests.acceptance.verbs import looks, prepares, takes_back, talked


def invitations(house: House) -> list[str]:
    return [f"{one.at:%d.%m.}" for one in house.first_words(house.mette) if one.name == "invite"]


async def test_later_today_comes_back_the_same_day_and_then_rests(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("later-today")
    assert house.mette.heard == ["snoozed"]
    await house.until("mon 12:04")
    assert house.mette.heard == []
    await house.until("mon 12:05")
    assert house.mette.heard == ["invite"]
    await house.until("wed 10:30")
    assert house.mette.heard == []


async def test_tomorrow_morning_comes_tomorrow_morning_and_only_once(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("tomorrow-morning")
    await house.until("wed 10:30")
    assert invitations(house) == ["23.11.", "24.11."]


async def test_putting_off_is_kept_whatever_else_was_said_that_week(house: House) -> None:
    """Somebody who puts off what was put off is still asked when they said."""
    await house.until("mon 09:05")
    await house.mette.presses("later-today")
    await house.until("mon 12:05")
    await house.mette.presses("tomorrow-morning")
    await house.until("tue 08:15")
    assert house.mette.heard == ["invite"]
    await house.mette.presses("later-today")
    await house.until("tue 11:15")
    assert house.mette.heard == ["invite"]
    await house.mette.presses("now")
    assert house.mette.heard == ["pulse", "krydspres"]


def hours_change(house: House, **columns: object) -> None:
    """Mette's hours or days are others from now on, and her series is planned anew."""

    def change(unit: Unit) -> None:
        people.change_person(unit, house.mette.id, **columns)
        replan_person(unit, house.wired.parts, house.mette.id)

    house.reads(change)


async def test_what_was_put_off_stays_put_off_when_the_series_is_planned_anew(
    house: House,
) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("tomorrow-morning")
    hours_change(house, hours_from="07:00")
    await house.until("tue 08:00")
    assert invitations(house) == ["23.11."]
    await house.until("wed 09:59")
    assert invitations(house) == ["23.11.", "24.11."]


async def test_what_was_put_off_moves_into_hours_that_have_changed(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("later-today")
    hours_change(house, hours_to="10:00")
    await house.until("mon 17:00")
    assert invitations(house) == ["23.11."]
    await house.until("tue 08:00")
    assert invitations(house) == ["23.11.", "24.11."]


async def test_what_was_put_off_is_let_go_when_it_would_come_after_the_dialogue(
    house: House,
) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("tomorrow-morning")
    hours_change(house, working_days="345", hours_from="11:00")  # the dialogue is at ten
    await house.until("sun 12:00")
    assert invitations(house) == ["23.11."]


async def test_not_yet_is_kept_when_the_next_dialogue_is_moved(house: House) -> None:
    await house.until("wed 11:00")
    await house.mette.presses("not-yet")

    def move_next(unit: Unit) -> None:
        occasion = next_occasion(
            unit, house.wired.parts, people.get_person(unit, house.mette.id), house.now
        )
        assert occasion is not None
        cadences.note_occurrence(
            unit, occasion.cadence.id, occasion.slot.nominal, moved_to=date(2026, 12, 10)
        )
        replan_cadence(unit, house.wired.parts, occasion.cadence)

    house.reads(move_next)
    await house.until("thu 09:05")
    assert house.mette.heard == ["talked"]


async def test_the_one_more_reminder_stays_when_the_hours_change(house: House) -> None:
    await house.until("mon 09:05")
    hours_change(house, hours_from="09:30")
    await house.until("wed 09:59")
    assert invitations(house) == ["23.11.", "24.11."]


async def test_not_this_time_is_the_last_word_for_this_time(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("not-this-time")
    assert house.mette.heard == ["left-alone"]
    await house.until("wed 10:30")
    assert invitations(house) == ["23.11."]
    await house.on(date(2026, 12, 7), "09:05")
    assert invitations(house) == ["23.11.", "07.12."]


async def test_not_this_time_can_be_taken_up_again_by_writing_prepare(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.presses("not-this-time")
    await prepares(house.mette, "Vagtplanen")
    assert "Vagtplanen" in await looks(house.karin)


async def test_an_old_invitation_is_not_pressed_into_the_wrong_dialogue(house: House) -> None:
    await house.until("mon 09:05")
    invited = house.mette.last
    await house.until("tue 09:05")
    assert house.mette.heard == ["invite"]
    await house.mette.presses_on(invited, "now")
    assert house.mette.heard == ["pulse", "krydspres"]


async def test_not_yet_is_asked_once_more_and_only_once(house: House) -> None:
    await house.until("wed 11:00")
    await house.mette.presses("not-yet")
    assert house.mette.heard == ["ask-again"]
    await house.until("thu 09:05")
    assert house.mette.heard == ["talked"]
    await house.mette.presses("not-yet")
    assert house.mette.heard == ["ask-again"]
    await house.until("sun 23:59")
    assert house.mette.heard == []
    await house.on(date(2026, 12, 7), "09:05")
    assert house.mette.heard == ["invite"]


async def test_a_moved_dialogue_is_prepared_and_followed_up_on_its_new_day(house: House) -> None:
    await prepares(house.mette, "Vagtplanen")
    await house.until("wed 11:00")
    await house.mette.presses("moved")
    await house.mette.writes("tirsdag 1/12")
    assert house.mette.heard == ["moved-to"]
    await house.until("mon 09:05")
    assert house.karin.heard == ["what-you-see", "leader#0", "own#0"]
    assert "Vagtplanen" in house.karin.said_to
    assert "1. december" in house.karin.said_to
    await house.until("tue 11:00")
    assert house.mette.heard[-1] == "talked"
    await talked(house.mette, "yes")
    await house.until("mon 09:05")
    assert house.mette.heard == ["invite"]
    assert "9. december" in house.mette.said_to


async def test_a_dialogue_moved_without_a_day_leaves_everything_ready(house: House) -> None:
    await prepares(house.mette, "Vagtplanen")
    await house.until("wed 11:00")
    await house.mette.presses_all("moved", "skip")
    assert house.mette.heard == ["no-day-yet"]
    assert "Vagtplanen" in await looks(house.karin)
    await house.until("fri 13:00")
    await house.mette.writes("vi har talt sammen")
    assert house.mette.heard == ["talked"]
    await talked(house.mette, "yes")
    assert "Vagtplanen" not in await looks(house.karin)


async def test_what_came_to_nothing_is_carried_to_the_next_time(house: House) -> None:
    await prepares(house.mette, "Vagtplanen", decision="keep")
    await house.until("wed 11:00")
    await house.mette.presses_all("came-to-nothing", "as-planned")
    assert house.mette.heard == ["until-then"]
    await house.on(date(2026, 12, 7), "09:05")
    await house.mette.presses_all("now", *["skip"] * 5)
    assert house.mette.heard == ["carry#0"]
    assert "Vagtplanen" in house.mette.said_to


async def test_what_came_to_nothing_may_get_another_day_and_is_asked_about_there(
    house: House,
) -> None:
    await house.until("wed 11:00")
    await house.mette.presses_all("came-to-nothing", "new-day", "in-1-week")
    assert house.mette.heard == ["moved-to"]
    await house.on(date(2026, 12, 2), "11:00")
    assert house.mette.heard == ["invite", "invite", "talked"]


async def test_talking_earlier_than_planned_is_told_unprompted_and_the_series_goes_on(
    house: House,
) -> None:
    await prepares(house.mette, "Vagtplanen")
    await house.until("mon 13:00")
    await house.mette.writes("vi har talt sammen")
    await talked(house.mette, "yes")
    await house.until("sun 23:59")
    assert house.mette.heard == []
    assert house.karin.messages == []
    await house.on(date(2026, 12, 7), "09:05")
    assert house.mette.heard == ["invite"]


async def test_telling_late_that_one_has_talked_is_about_the_last_dialogue(house: House) -> None:
    await house.on(date(2026, 11, 30), "10:00")
    await house.mette.writes("vi har talt sammen")
    await talked(house.mette)
    await house.on(date(2026, 12, 7), "09:05")
    assert house.mette.heard == ["invite"]


async def test_the_next_dialogue_may_be_moved_while_telling_of_this_one(house: House) -> None:
    await house.until("wed 11:00")
    await house.mette.presses_all("yes", "no", "another-day")
    await house.mette.writes("11/12")
    await house.on(date(2026, 12, 9), "09:05")
    assert house.mette.heard == ["invite"]
    assert "11. december" in house.mette.said_to
    await house.on(date(2026, 12, 11), "11:00")
    assert house.mette.heard == ["invite", "talked"]
    await house.on(date(2026, 12, 21), "09:05")
    assert house.mette.heard[-1] == "invite"
    assert "23. december" in house.mette.said_to


async def test_an_agreement_of_the_two_is_karins_only_when_shared_and_until_taken_back(
    house: House,
) -> None:
    await house.until("wed 11:00")
    await house.mette.presses_all("yes", "yes")
    await house.mette.writes("Karin taler med direktionen")
    await house.mette.presses_all("in-2-weeks", "share", "more")
    await house.mette.writes("Jeg siger til i tide")
    await house.mette.presses_all("skip", "keep", "enough", "as-planned")
    seen = await looks(house.karin)
    assert "Karin taler med direktionen" in seen
    assert "9. december" in seen
    assert "Jeg siger til" not in seen
    await takes_back(house.mette)
    assert "direktionen" not in await looks(house.karin)


async def test_after_a_double_answer_on_two_days_the_series_still_goes_on(house: House) -> None:
    await house.until("wed 11:00")
    await talked(house.mette)
    await house.until("thu 11:00")
    await house.mette.writes("vi har talt sammen")
    await talked(house.mette)
    await house.on(date(2026, 12, 7), "09:05")
    assert house.mette.heard == ["invite"]
