"""Nobody is contacted when they are off; what waited is dropped rather than piled up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.planning import replan_person
from flows.calendar import PersonCalendar, may_contact
from storage import organisation, people
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import ZONE, House, Resident
from tests.acceptance.platform import Heard
from tests.acceptance.verbs import looks, makes_agreements, prepares, talked


def goes_on_leave(
    house: House, who: Resident, first: date, last: date, *, told: bool = True
) -> None:
    """`told`: the plans are made anew, as they are when it is said in the chat."""

    def leave(unit: object) -> None:
        people.add_leave(unit, house.wired.parts.ids, who.id, first, last)
        if told:
            replan_person(unit, house.wired.parts, who.id)

    house.reads(leave)


def outside_of_work(house: House, who: Resident) -> list[Heard]:
    """Contacts that the person's own calendar forbids."""
    profile = who.profile

    def calendar(unit: object) -> PersonCalendar:
        holidays = house.wired.parts.holidays
        return people.calendar_of(unit, profile, holidays, date(2020, 1, 1))

    hours = house.reads(calendar)
    return [one for one in house.first_words(who) if not may_contact(hours, one.at)]


def weeks_of(contacts: list[Heard]) -> dict[tuple[int, int], int]:
    counted: dict[tuple[int, int], int] = {}
    for one in contacts:
        week = one.at.astimezone(ZoneInfo(ZONE)).isocalendar()[:2]
        counted[week] = counted.get(week, 0) + 1
    return counted


@pytest.mark.parametrize("begins", [date(2026, 10, 12), date(2027, 3, 15)], ids=str)
async def test_nobody_is_contacted_outside_of_their_hours_in_half_a_year_over_holidays_and_dst(
    make_house: MakeHouse, begins: date
) -> None:
    house = make_house(at=datetime.combine(begins, time(8, 50), ZoneInfo(ZONE)))
    house.pairs_up(first=begins + timedelta(days=2), weeks=1)
    house.pairs_up("karin", "henrik", first=begins + timedelta(days=4), at=time(7, 30))
    await makes_agreements(house.mette, "Ingen mails efter 18", "En gåtur hver dag", "Frokost i ro")
    goes_on_leave(house, house.mette, date(2026, 12, 7), date(2026, 12, 18))
    await house.travel(weeks=14)
    for who in house.residents.values():
        assert outside_of_work(house, who) == []
        assert all(count <= 4 for count in weeks_of(house.first_words(who)).values())
    assert len(house.first_words(house.mette)) > 10
    clocks = {one.at.astimezone(ZoneInfo(ZONE)) for one in house.first_words(house.mette)}
    assert {f"{clock:%H:%M}" for clock in clocks} <= {"09:05", "11:00"}


async def test_two_reminders_and_then_silence(house: House) -> None:
    await house.until("wed 10:30")
    assert [one.name for one in house.first_words(house.mette)] == ["invite", "invite"]
    await house.until("sun 23:59")
    assert [one.name for one in house.first_words(house.mette)] == ["invite", "invite", "talked"]


async def test_an_answered_invitation_is_not_repeated(house: House) -> None:
    await house.until("mon 09:05")
    await prepares(house.mette)
    await house.until("wed 10:30")
    assert [one.name for one in house.first_words(house.mette)] == ["invite"]


async def test_whoever_prepares_unprompted_is_not_reminded(house: House) -> None:
    await prepares(house.mette, "Vagtplanen")
    await house.until("wed 10:30")
    assert house.first_words(house.mette) == []


async def test_the_weekly_budget_holds_and_leaves_room_for_the_dialogue(house: House) -> None:
    await makes_agreements(house.mette, "Et", "To", "Tre")
    await house.travel(weeks=6)
    contacts = house.first_words(house.mette)
    assert all(count <= 4 for count in weeks_of(contacts).values())
    assert [one.name for one in contacts].count("talked") >= 3
    assert [one.name for one in contacts].count("invite") >= 3


async def test_a_week_with_a_dialogue_has_room_for_an_agreement(house: House) -> None:
    await makes_agreements(house.mette, "Ingen mails efter kl. 18")
    friday = house.clock().replace(hour=9) + timedelta(days=4)
    due = int(friday.timestamp() * 1_000_000)
    house.does(f"UPDATE reminder SET due_at = {due} WHERE kind = 'agreement'")
    await prepares(house.mette, "Vagtplanen")
    await house.until("wed 11:05")
    await talked(house.mette, "no")
    house.does("UPDATE person SET budget_per_week = 3")
    await house.until("fri 12:00")
    assert [one.name for one in house.first_words(house.mette)] == ["talked", "how"]


async def test_one_gentle_contact_a_day_is_enough(house: House) -> None:
    """Both are due on the same morning; the second comes on the next working one, which is not the
    Friday: that is a day off."""
    await makes_agreements(house.mette, "Ingen mails efter kl. 18", "Frokost hver dag")
    house.does("UPDATE person SET working_days = '1234'")
    thursday = house.clock().replace(hour=9) + timedelta(days=3)
    due = int(thursday.timestamp() * 1_000_000)
    house.does(f"UPDATE reminder SET due_at = {due} WHERE kind = 'agreement'")
    house.does("UPDATE reminder SET state = 'dropped' WHERE kind <> 'agreement'")
    await house.on(date(2026, 11, 30), "12:00")
    came = [f"{one.at:%a}" for one in house.first_words(house.mette)]
    assert came == ["Thu", "Mon"]


async def test_the_dialogue_comes_before_what_is_gentle(house: House) -> None:
    await makes_agreements(house.mette, "Ingen mails efter kl. 18")
    due = "(SELECT due_at FROM reminder WHERE kind = 'prepare')"
    house.does(f"UPDATE reminder SET id = '0', due_at = {due} WHERE kind = 'agreement'")
    await house.until("tue 08:59")
    assert [one.name for one in house.first_words(house.mette)] == ["invite"]


async def test_a_digest_that_became_due_at_night_waits_for_the_morning(house: House) -> None:
    """The platform is away all Tuesday: Karin hears on Wednesday morning, and not at night."""
    house.does("UPDATE reminder SET due_at = due_at + 12 * 3600000000 WHERE kind = 'nearest'")
    await house.until("wed 07:59")
    assert house.karin.messages == []
    await house.until("wed 08:00")
    assert house.karin.heard[0] == "what-you-see"


async def test_a_send_that_fails_until_after_closing_time_waits_for_the_next_opening(
    house: House,
) -> None:
    house.platform.has("refused", retry_after=8 * 3600)
    await house.until("mon 09:05")
    assert house.mette.messages == []
    await house.until("mon 23:59")
    assert house.mette.messages == []
    await house.until("tue 08:30")
    assert house.mette.heard == ["invite"]
    assert house.mette.last.at.astimezone(ZoneInfo(ZONE)).hour == 8


async def test_what_was_decided_in_the_meantime_holds_when_the_platform_is_back(
    house: House,
) -> None:
    """Mette prepared while her invitation could not be delivered: it is not sent any more."""
    house.platform.has("refused", retry_after=3 * 3600)
    await house.until("mon 09:05")
    await prepares(house.mette, "Vagtplanen")
    await house.until("wed 09:59")
    assert [one.name for one in house.first_words(house.mette)] == []


async def test_what_was_taken_back_while_the_digest_could_not_be_delivered_is_not_in_it(
    house: House,
) -> None:
    await prepares(house.mette, "Vagtplanen", "Ferien")
    house.platform.has("refused", retry_after=3600)
    await house.until("tue 09:05")
    await house.mette.writes("hvem kan se det")
    await house.mette.presses_all("yes", "withdraw", "keep")
    await house.until("tue 12:00")
    assert not house.karin.ever_saw("Vagtplanen")
    assert house.karin.ever_saw("Ferien")
    assert [one.name for one in house.karin.messages] == ["what-you-see", "leader#0", "own#0"]


async def test_what_is_typed_while_an_invitation_is_on_its_way_is_not_taken_for_its_answer(
    house: House,
) -> None:
    house.platform.has("refused", retry_after=3600)
    await house.until("mon 09:05")
    await house.mette.writes("Er du der?")
    assert house.mette.heard == ["[nothing-open]"]


async def test_the_parts_of_a_digest_do_not_drip_into_the_evening(house: House) -> None:
    """The second message of the digest fails until after closing: the rest waits together."""
    await prepares(house.mette, "Vagtplanen")
    await house.until("tue 09:04")
    house.does("UPDATE person SET hours_to = '09:30'")
    house.platform.lets_through_then("refused", after=1, retry_after=3600)
    await house.until("tue 09:05")
    assert house.karin.heard == ["what-you-see"]
    await house.until("tue 23:59")
    assert house.karin.heard == []
    await house.until("wed 08:00")
    assert house.karin.heard == ["leader#0", "own#0"]


async def test_answers_to_what_one_does_oneself_come_at_any_hour(house: House) -> None:
    await house.until("sat 23:30")
    await house.mette.writes("forbered")
    assert house.mette.heard == ["pulse", "krydspres"]


async def test_a_reply_is_not_held_back_by_a_contact_that_waits_for_the_morning(
    house: House,
) -> None:
    """Both are queued when the platform comes back at night; only the reply goes."""
    house.does("UPDATE reminder SET due_at = due_at + 11 * 3600000000 WHERE kind = 'prepare'")
    await house.until("mon 20:04")
    house.clock.move_to(house.clock() + timedelta(minutes=2))
    await house.wired.outbound.fire()
    await house.takes_in_from("mette", text="hjælp", deliver=False)
    house.does("UPDATE outbox SET not_before = not_before - 1 WHERE kind = 'contact'")
    await house.wired.beat.beat()
    assert house.mette.heard == ["words", "menu"]
    await house.until("tue 08:00")
    assert house.mette.heard == ["invite"]


@pytest.mark.parametrize("told", [True, False], ids=["told-in-the-chat", "entered-by-somebody"])
async def test_nothing_piles_up_in_three_weeks_of_leave(house: House, told: bool) -> None:
    await makes_agreements(house.mette, "Ingen mails efter 18")
    first, last = date(2026, 11, 26), date(2026, 12, 16)
    await house.until("wed 12:00")
    goes_on_leave(house, house.mette, first, last, told=told)
    await house.on(last, "23:59")
    begun = datetime(2026, 11, 26, tzinfo=ZoneInfo(ZONE))
    assert [one.name for one in house.mette.messages if one.at >= begun] == []
    await house.on(date(2026, 12, 18), "23:59")
    assert sorted(house.mette.heard) == ["how", "invite", "talked"]
    await house.travel(weeks=4)
    assert "invite" in house.mette.heard


async def test_no_reminder_reaches_a_person_who_pauses_and_the_next_comes_after(
    house: House,
) -> None:
    await house.mette.writes("pause")
    await house.mette.presses("2-weeks")
    assert house.mette.heard == ["quiet-a-while"]
    await house.on(date(2026, 12, 6), "23:59")
    assert house.first_words(house.mette) == []
    await house.on(date(2026, 12, 10), "23:59")
    assert house.first_words(house.mette)[0].name == "invite"


async def test_a_closed_workplace_is_left_in_peace(house: House) -> None:
    first, last = date(2026, 11, 23), date(2026, 11, 29)
    house.reads(lambda unit: organisation.close(unit, house.wired.parts.ids, first, last))
    await house.on(last, "23:59")
    assert house.mette.messages == []
    assert house.karin.messages == []


async def test_a_dialogue_on_a_holiday_moves_with_its_reminders(make_house: MakeHouse) -> None:
    """24 December 2026 is a Thursday off, as are the days after it: the dialogue is after them."""
    house = make_house(at=datetime(2026, 12, 14, 8, 50, tzinfo=ZoneInfo(ZONE)))
    house.pairs_up(first=date(2026, 12, 24))
    await house.on(date(2027, 1, 6), "23:59")
    assert outside_of_work(house, house.mette) == []
    told = [one for one in house.first_words(house.mette) if one.name == "invite"]
    assert "28. december" in told[0].text


async def test_the_gate_is_asked_anew_after_an_outage_of_a_week(house: House) -> None:
    """The machine was off: what is older than four days is let go, and the series goes on."""
    house.clock.move_to(house.clock() + timedelta(days=9))
    await house.wired.beat.beat()
    assert "invite" not in house.mette.heard
    await house.travel(weeks=2)
    assert "invite" in [one.name for one in house.first_words(house.mette)]
    assert outside_of_work(house, house.mette) == []
    assert "Mette" in await looks(house.karin)


async def test_karin_hears_of_all_whom_she_talks_with_that_day_in_one_digest(house: House) -> None:
    for name in ("anna", "bo", "carl", "dorte"):
        house.moves_in(name)
        await house.travel(seconds=1)
        house.pairs_up(name, "karin")
        await prepares(house.residents[name], f"Sagen fra {name}")
    await prepares(house.mette, "Vagtplanen")
    house.platform.has("refused", retry_after=60)
    await house.until("tue 09:10")
    assert [one.name for one in house.first_words(house.karin)] == ["what-you-see"]
    seen = house.karin.said_to
    while "go-on" in house.karin.last.choices:
        await house.karin.presses("go-on")
        seen += house.karin.said_to
    assert all(f"Sagen fra {name}" in seen for name in ("anna", "bo", "carl", "dorte"))
    assert "Vagtplanen" in seen
    await house.until("wed 09:59")
    assert house.karin.heard == []
