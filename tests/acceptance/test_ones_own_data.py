"""Seeing, taking along and deleting what is kept about one."""

from __future__ import annotations

import shutil
from pathlib import Path

from storage.erasures import EraseLog
from tests.acceptance.house import House
from tests.acceptance.test_consent import bytes_of
from tests.acceptance.verbs import looks, makes_agreements, opens_what_is_shared, prepares

ROSTER = "Vagtplanen og hvem der bestemmer"


async def deletes_herself(house: House) -> str:
    await house.mette.writes("slet mine data")
    assert house.mette.heard == ["what-goes", "shared-too", "sure"]
    return await house.takes_in(house.mette, token=house.mette.last.choices["delete"])


def tables_of(house: House) -> list[str]:
    named = house.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [str(name) for (name,) in named if not str(name).startswith(("sqlite_", "alembic"))]


def mentions(house: House, what: str) -> list[str]:
    """The tables with a row that holds the value."""
    return [
        table
        for table in tables_of(house)
        if any(what in row for row in house.rows(f"SELECT * FROM {table}"))
    ]


async def lives_a_little(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await makes_agreements(house.mette, "Ingen mails efter 18")
    await house.until("wed 11:00")


async def test_deleting_oneself_leaves_no_row_no_key_and_no_id_in_the_files(house: House) -> None:
    await lives_a_little(house)
    wrapped = house.rows(f"SELECT wrapped FROM person_key WHERE person_id = '{house.mette.id}'")
    assert await deletes_herself(house) == "erased"
    assert mentions(house, house.mette.id) == []
    disk = bytes_of(house)
    assert bytes(wrapped[0][0]) not in disk
    assert disk.count(house.mette.id.encode()) == 1
    log = EraseLog.beside(Path(house.settings.database_url.removeprefix("sqlite:///")))
    assert [stone.person_id for stone in log.read()] == [house.mette.id]


async def test_a_farewell_is_said_and_not_kept(house: House) -> None:
    await lives_a_little(house)
    await deletes_herself(house)
    assert house.mette.heard == ["[erased]"]
    assert house.rows(f"SELECT * FROM outbox WHERE person_id = '{house.mette.id}'") == []


async def test_an_erasure_stands_even_when_the_farewell_cannot_be_said(house: House) -> None:
    await house.mette.writes("slet mine data")
    house.platform.has("blocked")
    outcome = await house.takes_in(house.mette, token=house.mette.last.choices["delete"])
    assert outcome == "erased"
    assert mentions(house, house.mette.id) == []


async def test_what_was_shared_is_gone_for_karin_too(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await opens_what_is_shared(house.karin)
    assert ROSTER in house.karin.said_to
    await deletes_herself(house)
    await house.karin.presses("go-on")
    assert ROSTER not in house.karin.said_to
    assert ROSTER not in await looks(house.karin)
    await house.travel(weeks=3)
    assert [one.name for one in house.first_words(house.karin)] == []


async def test_nobody_is_told_that_somebody_erased_themself(house: House) -> None:
    await deletes_herself(house)
    await house.travel(weeks=3)
    assert house.karin.messages == []
    assert house.henrik.messages == []


async def test_whoever_was_erased_is_a_stranger(house: House) -> None:
    await deletes_herself(house)
    await house.mette.writes("hjælp")
    assert house.mette.heard == ["[unknown-person]"]


async def test_changing_ones_mind_at_the_last_moment_keeps_everything(house: House) -> None:
    await lives_a_little(house)
    await house.mette.writes("slet mine data")
    await house.mette.presses("keep")
    assert "all-kept" in house.mette.heard
    assert ROSTER in await looks(house.karin)


async def test_a_restored_backup_is_erased_again_before_anything_is_said(house: House) -> None:
    await lives_a_little(house)
    house.restart()
    house.wired.database.checkpoint()
    file = Path(house.settings.database_url.removeprefix("sqlite:///"))
    backup = file.with_name("kept-aside.db")
    shutil.copy(file, backup)
    await deletes_herself(house)
    house.wired.close()
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    shutil.copy(backup, file)
    backup.unlink()
    house.wired = house._built()
    assert mentions(house, house.mette.id) == []
    await house.travel(weeks=3)
    assert house.mette.heard == []
    assert house.karin.heard == []


async def test_messages_on_their_way_to_somebody_erased_are_not_sent(house: House) -> None:
    await house.mette.writes("slet mine data")
    delete = house.mette.last.choices["delete"]
    await house.takes_in_from("mette", text="hjælp", deliver=False)
    await house.takes_in(house.mette, token=delete)
    assert "words" not in house.mette.heard
    assert house.mette.heard == ["[erased]"]


async def test_a_copy_of_everything_can_be_asked_for_and_that_is_noted(house: House) -> None:
    await lives_a_little(house)
    await house.mette.writes("mine data")
    assert house.mette.heard == ["kept", "how-long", "what"]
    await house.mette.presses("export")
    assert house.mette.last.name == "ready" or "ready" in house.mette.heard
    assert any(one.shows == "export" for one in house.mette.news)
    assert house.rows("SELECT what, person_ref FROM audit") == [
        ("export asked for", house.mette.id)
    ]


async def test_my_data_says_how_much_there_is_and_leads_to_deleting_it(house: House) -> None:
    await lives_a_little(house)
    await house.mette.writes("mine data")
    assert "1 punkt" in house.mette.said_to
    await house.mette.presses("delete")
    await house.mette.presses("delete-my-data")
    assert house.mette.heard[-1] == "sure"
