"""Accounts come and go: nothing is sent to one that is closed, nor to one that changed hands."""

from __future__ import annotations

from tests.channels.slack.house import House
from tests.fakes.slack import Person


def addresses(house: House) -> list[tuple[str, str]]:
    rows = house.rows("SELECT external_id, state FROM address ORDER BY external_id")
    return [(row.external_id, row.state) for row in rows]


async def the_company_tells(house: House) -> None:
    await house.fake.deliver()


async def test_who_left_the_workspace_gets_nothing_though_a_reminder_is_due(house: House) -> None:
    house.pairs_up()
    async with house.running():
        house.mette.leaves()
        await the_company_tells(house)
        await house.reaches(24, "12:00")
    assert addresses(house) == [("T1:U101", "closed"), ("T1:U102", "open")]
    assert house.mette.sees == []
    assert house.fake.mistakes == []


async def test_what_waited_to_be_sent_when_they_left_is_dropped(house: House) -> None:
    async with house.running():
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)
        await house.fake.deliver()
        before = len(house.fake.calls_of("chat.postMessage"))
        house.fake.fail_next("chat.postMessage", "too-many", retry_after=600)
        house.mette.writes("mine data")
        await house.fake.deliver()
        house.mette.leaves()
        await the_company_tells(house)
        await house.reaches(23, "12:00")
    states = {row.state for row in house.rows("SELECT state FROM outbox")}
    assert states == {"sent", "dropped"}
    assert len(house.fake.calls_of("chat.postMessage")) == before


async def test_whose_account_is_open_again_is_reminded_again_without_a_word_before(
    house: House,
) -> None:
    house.pairs_up()
    async with house.running():
        house.mette.leaves()
        await the_company_tells(house)
        house.mette.returns()
        await the_company_tells(house)
        assert house.mette.sees == []
        await house.reaches(23, "12:00")
    assert len(house.mette.sees) == 1
    assert addresses(house)[0] == ("T1:U101", "open")


async def test_who_comes_back_unnoticed_is_known_when_they_write(house: House) -> None:
    async with house.running():
        house.mette.leaves()
        await the_company_tells(house)
        house.mette.deleted = False
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)
    assert house.outcomes == ["taken"]
    assert addresses(house)[0] == ("T1:U101", "open")


async def test_a_new_account_after_the_old_one_takes_its_place(house: House) -> None:
    async with house.running():
        house.mette.leaves()
        await the_company_tells(house)
        again = house.fake.person("U201", "Mette Holm", house.mette.email)
        again.writes("hej")
        await house.fake.until(lambda: again.buttons)
    assert addresses(house) == [("T1:U102", "open"), ("T1:U201", "open")]


async def test_a_second_account_with_the_same_address_is_not_taken_for_them(house: House) -> None:
    """Whoever runs a workspace can give an account any address."""
    async with house.running():
        other = house.fake.person("U201", "En Anden", house.mette.email)
        other.writes("hej")
        await house.fake.until(lambda: len(other.sees) > 1)
    assert house.outcomes == ["unknown-person"]


async def change_email(house: House, who: Person, email: str) -> None:
    who.email = email
    who.moves("Europe/Copenhagen")
    await the_company_tells(house)


async def test_another_email_changes_nothing_for_who_they_are(house: House) -> None:
    async with house.running():
        await change_email(house, house.mette, "mette.gift@virksomheden.example")
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)
    assert house.outcomes == ["taken"]
    assert len(house.fake.calls_of("users.info")) == 0


async def test_an_account_that_was_handed_to_somebody_else_among_us_is_theirs_no_more(
    house: House,
) -> None:
    house.pairs_up()
    berit = "berit@virksomheden.example"
    house.does(lambda unit: house.invite(unit, "Berit Dahl", berit))
    async with house.running():
        await change_email(house, house.mette, berit)
        assert addresses(house) == [("T1:U102", "open")]
        await house.reaches(24, "12:00")
        assert house.mette.sees == [], "what is Mette's is not told to Berit"
        house.mette.writes("hej")
        await house.fake.until(lambda: house.mette.buttons)
    (row,) = house.rows("SELECT person_id FROM address WHERE external_id = 'T1:U101'")
    assert row.person_id != house.ids["Mette"]


async def test_what_strangers_change_about_their_accounts_is_nothing_to_us(house: House) -> None:
    stranger = house.fake.person("U104", "Jens Fremmed")
    async with house.running():
        stranger.moves("Europe/London")
        stranger.leaves()
        await the_company_tells(house)
    assert len(addresses(house)) == 2
    assert house.rows("SELECT count(*) FROM audit") == [(0,)]


async def test_a_newcomers_first_word_that_comes_five_times_is_one_welcome(house: House) -> None:
    berit = house.fake.person("U103", "Berit Dahl")
    house.does(lambda unit: house.invite(unit, "Berit Dahl", berit.email))
    house.fake.fail_next("events", "duplicate", times=4)
    async with house.running():
        berit.writes("hej")
        await house.fake.until(lambda: berit.buttons)
        await house.fake.deliver()
    assert set(house.outcomes) <= {"before"}
    assert house.rows("SELECT count(*) FROM conversation") == [(1,)]
    assert len(berit.sees) == 2
