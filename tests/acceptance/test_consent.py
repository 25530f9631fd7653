"""What a leader writes is theirs: a mark is put into every free text there is, and looked for in
other people's messages, in logs, in errors, and in the bytes of the database."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StorageError
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.curious import Curious, free_texts, mark
from tests.acceptance.house import House
from tests.acceptance.platform import Heard
from tests.acceptance.verbs import looks, makes_agreements, prepares

OURS = ("bot", "flows", "storage", "sqlalchemy", "httpx", "httpcore", "asyncio", "apscheduler")
CANARY = "KANARIE"
BROKEN = (SQLAlchemyError, StorageError, sqlite3.Error)


@pytest.fixture
def every_log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


async def writes_everywhere(house: House, *, shares: bool = False) -> Curious:
    """Mette goes through every dialogue until she has answered every free text there is."""
    curious = Curious(house, house.mette, shares=shares)
    await makes_agreements(house.mette, f"{CANARY}AFTALE", f"{CANARY}AFTALETO")
    for dialogue in sorted(curious.catalogue.dialogues):
        for _ in range(8):
            if not curious.left(dialogue):
                break
            await curious.goes_through(dialogue)
    await house.on(house.now.date().replace(month=12, day=1), "09:04")
    for way in ("partly", "change"):
        await house.mette.presses_on(await next_check(house), way)
        await curious.goes_on("contract-check")
    return curious


async def next_check(house: House) -> Heard:
    """The next question how an agreement is going, on whatever morning it comes."""
    before = len(house.first_words(house.mette))
    for _ in range(21):
        await house.travel(days=1)
        fresh = house.first_words(house.mette)[before:]
        if found := [one for one in fresh if "partly" in one.choices]:
            return found[-1]
    raise AssertionError("nothing was asked in three weeks")


def bytes_of(house: House) -> bytes:
    """All that the store has on the disk, the write-ahead log and the erase log as well."""
    file = Path(house.settings.database_url.removeprefix("sqlite:///"))
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.stem}*"))


def spellings(text: str) -> list[bytes]:
    return [text.encode(), text.encode("utf-16-le"), text.lower().encode()]


async def test_nothing_unshared_reaches_anybody_any_log_or_the_disk(
    house: House, every_log: pytest.LogCaptureFixture
) -> None:
    house.pairs_up("karin", "henrik")
    curious = await writes_everywhere(house)
    left_out = {one: curious.left(one) for one in curious.catalogue.dialogues if curious.left(one)}
    assert left_out == {
        "fortnight": {"own-point"}, "nearest-leader": {"own-point"},
        "rhythm": {"which-course", "which-group", "which-person"},
    }  # fmt: skip
    for who, dialogue in ((house.henrik, "fortnight"), (house.karin, "nearest-leader")):
        theirs = Curious(house, who)
        await theirs.goes_through(dialogue)
        assert "own-point" in theirs.wrote[dialogue]
    await looks(house.karin)
    await house.travel(weeks=3)
    assert house.rows("SELECT count(*) FROM share") == [(0,)]
    assert house.mette.ever_saw(mark("fortnight", "point"))
    for who, others in (
        (house.mette, ("nearestleaderownpoint",)),
        (house.karin, ("fortnight", "contract", "guide", "relation", "afterdialogue", "aftale")),
        (house.henrik, ("contract", "guide", "relation", "afterdialogue", "nearest", "aftale")),
    ):
        assert not [one for one in others if who.ever_saw(f"{CANARY}{one.upper()}")]
    assert CANARY not in every_log.text
    for spelt in spellings(CANARY):
        assert spelt not in bytes_of(house)


async def test_with_everything_shared_karin_sees_the_shareable_and_the_disk_still_nothing(
    house: House,
) -> None:
    curious = await writes_everywhere(house, shares=True)
    seen = await looks(house.karin)
    assert mark("fortnight", "point") in seen or mark("after-dialogue", "agreed-text") in seen
    shareable = {
        mark(dialogue.id, source)
        for dialogue in curious.catalogue.dialogues.values()
        for step in dialogue.every_step.values()
        if step.kind == "share"
        for source in step.of
    }
    unshareable = {
        mark(dialogue.id, step)
        for dialogue in curious.catalogue.dialogues.values()
        for step in free_texts(dialogue)
    } - shareable
    assert not [one for one in unshareable if house.karin.ever_saw(one)]
    assert not house.henrik.ever_saw(CANARY)
    assert CANARY.encode() not in bytes_of(house)


@pytest.mark.parametrize("table", ["note", "point", "outbox", "conversation"])
async def test_an_error_of_the_store_says_nothing_of_what_was_written(
    house: House, every_log: pytest.LogCaptureFixture, table: str
) -> None:
    await house.mette.writes("svær relation" if table == "note" else "forbered")
    await house.mette.presses_all(*(["both"] if table == "note" else ["skip"] * 5))
    house.does(f"ALTER TABLE {table} RENAME TO {table}_away")
    with pytest.raises(BROKEN) as raised:
        await house.mette.writes(f"{CANARY}FEJL")
    told = "".join(traceback.format_exception(raised.value))
    assert CANARY not in told
    assert CANARY not in str(raised.value)
    assert CANARY not in every_log.text


async def test_after_an_error_the_same_event_is_taken_in_when_it_is_delivered_again(
    house: House,
) -> None:
    await house.mette.writes("forbered")
    await house.mette.presses_all(*["skip"] * 5)
    house.does("ALTER TABLE point RENAME TO point_away")
    with pytest.raises(BROKEN):
        await house.takes_in(house.mette, text="Vagtplanen", key="again")
    house.does("ALTER TABLE point_away RENAME TO point")
    assert await house.takes_in(house.mette, text="Vagtplanen", key="again") == "taken"
    assert house.mette.heard == ["point-share"]


async def test_a_delivery_that_fails_logs_nothing_of_its_words(
    house: House, every_log: pytest.LogCaptureFixture
) -> None:
    house.platform.has("refused", 3)
    await prepares_in_the_dark(house)
    assert "failed" in every_log.text
    assert CANARY not in every_log.text


async def prepares_in_the_dark(house: House) -> None:
    for text in ("forbered", *["spring over"] * 5, f"{CANARY}PUNKT"):
        await house.mette.writes(text)
    await house.travel(minutes=10)
    assert house.mette.heard[-1] == "point-share"


async def test_every_question_says_who_sees_the_answer(house: House) -> None:
    for dialogue in ("fortnight", "contract", "welcome", "after-dialogue", "difficult-relation"):
        await Curious(house, house.mette).goes_through(dialogue)
    dialogues = house.wired.parts.catalogue.dialogues.values()
    sees = {step.id: step.sees for one in dialogues for step in one.every_step.values()}
    for heard in house.mette.messages:
        if sees.get(heard.name.split("#")[0]):
            assert heard.sight, heard.name


async def test_mettes_curve_stays_hers(make_house: MakeHouse) -> None:
    house = make_house()
    house.pairs_up()
    await prepares(house.mette, "Vagtplanen")
    await looks(house.karin)
    assert all(one.shows != "curve" for one in house.karin.messages)
    assert any(one.shows == "curve" for one in house.mette.messages)
