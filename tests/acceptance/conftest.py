"""A house for each test, on a database file of its own in memory where the machine has such."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.encryption import new_secret_key
from tests.acceptance.house import House
from tests.empty_store import IN_MEMORY, put_empty_store

KEY = new_secret_key()
MakeHouse = Callable[..., House]


@pytest.fixture
def make_house() -> Iterator[MakeHouse]:
    houses: list[House] = []
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:

        def make(**how: object) -> House:
            url = put_empty_store(Path(folder) / f"house-{len(houses)}.db")
            house = House(url, KEY, **how)
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
