"""Links: of the token and the code nothing readable is kept, and both count once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import addresses, links, people
from storage.database import Database
from storage.ids import SeededIds
from storage.people import Profile
from storage.tables import Link, table
from tests.storage.rows import NOW

TOKEN = "ABCdefGHIjkl_-0123456789"
LASTS = timedelta(minutes=10)
_link = table(Link)


@pytest.fixture
def mette(database: Database, ids: SeededIds) -> Profile:
    with database.write() as unit:
        return people.add_person(unit, ids, NOW, name="Mette", email="mette@example.org")


def made(database: Database, ids: SeededIds, person: str, token: str = TOKEN) -> str:
    with database.write() as unit:
        return links.make_link(unit, ids, NOW, person, "telegram", LASTS, token)


def test_a_link_is_found_by_its_token_alone(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    link = made(database, ids, mette.id)
    with database.read() as unit:
        found = links.find_link(unit, TOKEN)
        assert found is not None
        assert (found.id, found.person, found.expires_at) == (link, mette.id, NOW + LASTS)
        assert links.find_link(unit, TOKEN.swapcase()) is None
        assert links.find_link(unit, f" {TOKEN}") is None


def test_neither_token_nor_code_is_in_the_database(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    link = made(database, ids, mette.id)
    with database.write() as unit:
        links.set_code(unit, link, "123456")
    with database.read() as unit:
        row = str(unit.connection.execute(select(_link)).one())
    assert TOKEN not in row
    assert "123456" not in row


def test_a_new_link_ends_the_one_before(database: Database, ids: SeededIds, mette: Profile) -> None:
    made(database, ids, mette.id)
    made(database, ids, mette.id, "another-token-0123456789")
    with database.read() as unit:
        assert links.find_link(unit, TOKEN) is None
        assert links.find_link(unit, "another-token-0123456789") is not None


def test_the_code_of_one_link_does_not_fit_another(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    with database.write() as unit:
        karin = people.add_person(unit, ids, NOW, name="Karin")
    for person, token in ((mette.id, TOKEN), (karin.id, "another-token-0123456789")):
        link = made(database, ids, person, token)
        with database.write() as unit:
            links.set_code(unit, link, f"12345{len(person + token) % 10}")
    with database.read() as unit:
        mine, theirs = (
            links.find_link(unit, TOKEN),
            links.find_link(unit, "another-token-0123456789"),
        )
        assert mine is not None
        assert theirs is not None
        assert mine.code_index != theirs.code_index
        assert links.code_fits(unit, mine, f"12345{len(mette.id + TOKEN) % 10}")
        assert not links.code_fits(unit, mine._replace(code_index=theirs.code_index), "123456")


def test_a_link_without_a_code_opens_with_none(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    made(database, ids, mette.id)
    with database.read() as unit:
        found = links.find_link(unit, TOKEN)
        assert found is not None
        assert not links.code_fits(unit, found, "")


def test_tries_are_counted(database: Database, ids: SeededIds, mette: Profile) -> None:
    link = made(database, ids, mette.id)
    with database.write() as unit:
        assert [links.count_try(unit, link) for _ in range(3)] == [1, 2, 3]


def test_opening_another_link_from_the_same_place_ends_the_first(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    with database.write() as unit:
        karin = people.add_person(unit, ids, NOW, name="Karin")
    for person, token in ((mette.id, TOKEN), (karin.id, "another-token-0123456789")):
        made(database, ids, person, token)
        with database.write() as unit:
            found = links.find_link(unit, token)
            assert found is not None
            links.bind(unit, found, "77")
    with database.read() as unit:
        opened = links.opened_from(unit, "telegram", "77")
        assert opened is not None
        assert opened.person == karin.id
        assert links.find_link(unit, TOKEN) is None


def test_links_are_forgotten_a_week_after_they_ran_out(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    made(database, ids, mette.id)
    for later, left in ((timedelta(days=6), True), (timedelta(days=8), False)):
        with database.write() as unit:
            links.forget_old(unit, NOW + later)
            assert (links.find_link(unit, TOKEN) is not None) is left


def test_the_preferred_address_is_one_alone(
    database: Database, ids: SeededIds, mette: Profile
) -> None:
    with database.write() as unit:
        first = people.add_address(unit, ids, mette.id, "slack", "T1:U1")
        addresses.add_preferred(unit, ids, mette.id, "telegram", "77")
        preferred = people.reached_at(unit, mette.id)
        assert preferred is not None
        assert preferred.channel == "telegram"
        addresses.prefer(unit, mette.id, first)
        assert [one.channel for one in addresses.addresses_of(unit, mette.id)] == [
            "slack",
            "telegram",
        ]
