"""Lists for those who run it: on both databases, in pages, and opening no more than a page."""

from datetime import timedelta

import pytest

from storage import addresses, directory, group_lists, groups, health, outbox, pages, pairs, people
from storage.database import Database
from storage.directory import Place
from storage.groups import Kind, Member
from storage.ids import SeededIds
from storage.people import Profile
from tests.storage.rows import NOW

MANY = 130


@pytest.fixture
def everybody(database: Database, ids: SeededIds) -> list[str]:
    """Their ids, in the order in which they were added: all at once."""
    given = [
        {
            "name": f"Person {one:03} Æble", "email": f"p{one}@example.org", "language": "da",
            "zone": "Europe/Copenhagen", "roles": "leader,hr" if one % 50 == 3 else "leader",
        }
        for one in range(MANY)
    ]  # fmt: skip
    with database.write() as unit:
        return people.add_people(unit, ids, NOW, given)


def test_pages_hold_everybody_once_in_the_order_they_came(
    database: Database, everybody: list[str]
) -> None:
    seen: list[str] = []
    with database.read() as unit:
        page = directory.list_people(unit)
        assert (page.before, page.after) == (False, True)
        while True:
            seen += [one.id for one in page.people]
            if not page.after:
                break
            last = page.people[-1]
            page = directory.list_people(unit, after=Place(last.created_at, last.id))
        assert seen == everybody
        back = directory.list_people(unit, before=Place(page.people[0].created_at, seen[100]))
        assert [one.id for one in back.people] == everybody[50:100]
        assert (back.before, back.after) == (True, True)


def test_a_name_is_found_from_where_the_last_page_ended(
    database: Database, everybody: list[str]
) -> None:
    with database.read() as unit:
        found = directory.search_people(unit, "æBLE person", size=100)
        assert [one.id for one in found.people] == everybody[:100]
        last = found.people[-1]
        rest = directory.search_people(
            unit, "person", after=Place(last.created_at, last.id), size=100
        )
        assert [one.id for one in rest.people] == everybody[100:]
        assert not rest.after
        [one] = directory.search_people(unit, "077").people
        assert directory.find_by_email(unit, " P77@example.org") == one
        assert directory.search_people(unit, "078", "runs").people == []


def test_a_page_leaves_the_keys_in_memory_alone(database: Database, everybody: list[str]) -> None:
    """A walk through everybody would else push out the keys of those who talk just now."""
    vault = database.vault
    assert vault is not None
    for person in everybody:
        vault.forget(person)
    with database.read() as unit:
        directory.list_people(unit)
        directory.search_people(unit, "nobody")
    assert len(vault._keys) == 0


def test_what_stands_beside_people_takes_two_queries_and_is_right(
    database: Database, ids: SeededIds, everybody: list[str]
) -> None:
    first, second, third = everybody[:3]
    with database.write() as unit:
        pairs.begin_pairs(unit, ids, NOW, [(second, first), (third, first)])
        pairs.end_pair(unit, NOW, third)
        addresses.add_preferred(unit, ids, second, "slack", "T1:U1")
        addresses.add_preferred(unit, ids, second, "telegram", "7")
    with database.read() as unit:
        page = directory.list_people(unit)
        around = directory.around(unit, page.people)
        assert {one: found.id for one, found in around.nearest.items()} == {second: first}
        assert around.channels == {second: ["telegram", "slack"]}
        assert [one.id for one in directory.led_by(unit, first)] == [second]
        counts = directory.counts(unit)
        assert counts == (MANY, MANY - 1, MANY - 1, 0)
        assert [one.id for one in directory.those_who_run_it(unit)] == everybody[3::50]


def test_groups_come_in_pages_by_name_with_who_is_in_them(
    database: Database, ids: SeededIds, everybody: list[str]
) -> None:
    kinds: list[tuple[Kind, str]] = [("trio", f"Sted {one:02}") for one in range(60)]
    with database.write() as unit:
        made = groups.make_groups(unit, ids, NOW, kinds)
        one = made["trio", "Sted 07"].id
        groups.join(unit, ids, NOW, [
            Member(one, everybody[0], "leader"), Member(one, everybody[1], "tr"),
            Member(one, everybody[2], "amr", substitute=True),
        ])  # fmt: skip
    with database.read() as unit:
        page = group_lists.list_groups(unit, "trio")
        assert page.more
        assert page.groups[7].members == 3
        assert page.groups[7].roles == {"leader", "tr"}
        rest = group_lists.list_groups(unit, "trio", after=page.groups[-1].group.name)
        assert [one.group.name for one in rest.groups] == [f"Sted {one}" for one in range(50, 60)]
        found = group_lists.list_groups(unit, "trio", words="STED 5%")
        assert found.groups == []
        assert group_lists.counts(unit) == {"trio": 60}
        assert group_lists.incomplete_trios(unit) == 60


def test_delivery_is_counted_by_channel_state_and_reason(
    database: Database, ids: SeededIds
) -> None:
    with database.write() as unit:
        mette = people.add_person(unit, ids, NOW, name="Mette")
        addresses.add_preferred(unit, ids, mette.id, "slack", "T1:U1")
        nobody = people.add_person(unit, ids, NOW, name="Nina")
        for slot, whose in (("a", mette), ("b", mette), ("c", nobody)):
            outbox.queue(unit, NOW, whose, [(None, "x")], slot)
        outbox.queue(unit, NOW - timedelta(days=9), mette, [(None, "x")], "long-ago")
        outbox.drop(unit, outbox.claim(unit, "w", NOW, timedelta(minutes=3), 1)[0].id, "in doubt")
    with database.read() as unit:
        found = health.health(unit, NOW - timedelta(days=7))
    told = [(one.channel, one.state, one.reason, one.messages) for one in found.tallies]
    assert ("", "planned", "", 1) in told
    assert sum(count for *_, count in told) == 3
    assert found.since == NOW


def test_a_calendars_address_is_one_at_a_time(database: Database, ids: SeededIds) -> None:
    with database.write() as unit:
        mette: Profile = people.add_person(unit, ids, NOW, name="Mette")
        pages.make_feed(unit, NOW, mette.id, "First")
        pages.make_feed(unit, NOW, mette.id, "Second")
        assert pages.whose_feed(unit, "First") is None
        assert pages.whose_feed(unit, "second") is None
        assert pages.whose_feed(unit, "Second") == mette.id
        assert pages.feed_since(unit, mette.id) == NOW
        pages.drop_feed(unit, mette.id)
        assert pages.whose_feed(unit, "Second") is None
