from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.house import House
from tests.web.me.desk import Desk, sits_down
from tests.web.me.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    house = House(tmp_path)
    yield Home(house)
    house.close()


@pytest.fixture
async def desk(house: House) -> Desk:
    return await sits_down(house, house.mette)
