"""Seeing, taking along and deleting what is kept about one."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

from pydantic import JsonValue

from bot.facts import FACTS, gather
from bot.parts import About
from storage import pairs, people
from storage.database import Unit
from storage.erasures import EraseLog
from storage.quotes import GONE, OTHERS_WORDS
from tests.acceptance.house import House, Resident
from tests.acceptance.test_consent import bytes_of
from tests.acceptance.verbs import (
    looks,
    makes_agreements,
    opens_what_is_shared,
    prepares,
    takes_back,
)

ROSTER = "Vagtplanen og hvem der bestemmer"
OWN = "Hvad jeg selv gerne vil spørge om"


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


async def writes_beside_what_mette_shared(house: House) -> None:
    """Karin reads what Mette shared, quotes it in a point of her own and keeps another one."""
    house.pairs_up("henrik", "karin")
    await prepares(house.mette, ROSTER)
    await opens_what_is_shared(house.karin)
    await house.karin.presses("add-own")
    await house.karin.writes(f"{OWN}: {ROSTER}")
    await house.karin.presses("share")
    assert house.karin.heard[-1] == "own#1"


def kept_of(house: House, who: Resident) -> str:
    """All that is kept of somebody's conversations and messages, opened."""

    def read(unit: Unit) -> str:
        rows = unit.connection.exec_driver_sql(
            f"SELECT id, body_sealed FROM conversation WHERE person_id = '{who.id}'"
        ).all()
        sent = unit.connection.exec_driver_sql(
            f"SELECT slot_key, body_sealed FROM outbox WHERE person_id = '{who.id}'"
        ).all()
        key = people.get_person(unit, who.id).key
        opened = [key.open("conversation", "body_sealed", *row) for row in rows]
        return "\n".join([*opened, *(key.open("outbox", "body_sealed", *row) for row in sent)])

    return house.reads(read)


async def test_of_an_erased_authors_words_nothing_is_kept_and_the_readers_own_stay(
    house: House,
) -> None:
    await writes_beside_what_mette_shared(house)
    before = house.rows(f"SELECT id FROM conversation WHERE person_id = '{house.karin.id}'")
    assert ROSTER in kept_of(house, house.karin)
    await deletes_herself(house)
    assert ROSTER not in kept_of(house, house.karin)
    assert OWN in kept_of(house, house.karin)
    after = house.rows(f"SELECT id FROM conversation WHERE person_id = '{house.karin.id}'")
    assert after == before


async def test_the_readers_conversation_goes_on_when_an_author_is_erased(house: House) -> None:
    await writes_beside_what_mette_shared(house)
    receipt = house.karin.shown("[shared]")
    await deletes_herself(house)
    await house.karin.writes("tilbage")
    assert house.karin.heard == ["own-share#0"]
    assert GONE in house.karin.said_to
    await house.karin.presses("keep")
    assert house.karin.heard[-1] == "own#1"
    await house.karin.presses_on(receipt, next(iter(receipt.choices)))
    assert house.karin.heard == ["[already-withdrawn]"]
    await house.karin.presses("go-on")
    assert house.karin.heard == ["closing"]
    assert "Henrik" in await looks(house.karin)
    assert ROSTER not in house.karin.said_to


async def test_what_was_taken_back_is_not_kept_by_whoever_has_read_it(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await opens_what_is_shared(house.karin)
    assert ROSTER in kept_of(house, house.karin)
    await takes_back(house.mette)
    assert ROSTER not in kept_of(house, house.karin)
    await house.karin.presses("go-on")
    assert house.karin.heard == ["closing"]


async def test_what_a_nearest_leader_has_taken_back_is_not_kept_either(house: House) -> None:
    await opens_what_is_shared(house.karin)
    await house.karin.presses("add-own")
    await house.karin.writes(OWN)
    await house.karin.presses("share")
    await house.mette.writes("shared with me")
    assert OWN in house.mette.said_to
    await takes_back(house.karin)
    assert OWN not in kept_of(house, house.mette)
    await house.mette.presses("fine")
    await house.mette.writes("shared with me")
    assert house.mette.heard[0] == "nothing"


async def test_every_fact_that_holds_somebody_elses_words_is_known_to_the_erasure(
    house: House,
) -> None:
    """Of what a dialogue may know at its start."""
    await prepares(house.mette, f"{ROSTER} 1")
    await opens_what_is_shared(house.karin)
    await house.karin.presses("add-own")
    await house.karin.writes(f"{ROSTER} 2")
    await house.karin.presses("share")

    def gathered(unit: Unit, who: Resident) -> dict[str, JsonValue]:
        pair = pairs.pair_of(unit, house.mette.id)
        about = About(pair=pair.id if pair else None)
        return gather(unit, house.wired.parts, people.get_person(unit, who.id), FACTS, about)

    for reader, text in ((house.karin, f"{ROSTER} 1"), (house.mette, f"{ROSTER} 2")):
        facts = house.reads(partial(gathered, who=reader))
        holding = {name for name, value in facts.items() if text in json.dumps(value)}
        assert holding
        assert holding <= set(OTHERS_WORDS)


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
