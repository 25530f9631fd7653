"""A house for each test, on a database file of its own in memory where the machine has such."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.database import open_database
from storage.encryption import new_secret_key
from storage.migrate import upgrade
from tests.acceptance.house import House

IN_MEMORY = Path("/dev/shm")
KEY = new_secret_key()
MakeHouse = Callable[..., House]


@pytest.fixture(scope="session")
def empty_store() -> Iterator[Path]:
    """An upgraded database that nobody lives in, to be copied."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        file = Path(folder) / "empty.db"
        database = open_database(f"sqlite:///{file}")
        upgrade(database)
        database.checkpoint()
        database.close()
        yield file


@pytest.fixture
def make_house(empty_store: Path) -> Iterator[MakeHouse]:
    houses: list[House] = []
    with tempfile.TemporaryDirectory(dir=empty_store.parent) as folder:

        def make(**how: object) -> House:
            file = Path(folder) / f"house-{len(houses)}.db"
            shutil.copy(empty_store, file)
            house = House(f"sqlite:///{file}", KEY, **how)
            houses.append(house)
            return house

        yield make
        for house in houses:
            house.close()


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    """Mette talks with Karin on Wednesday at ten, and every fortnight after."""
    house = make_house()
    house.pairs_up()
    return house
