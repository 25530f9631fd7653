"""A fresh, upgraded database for each test, on SQLite and on PostgreSQL alike."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.encryption import Vault
from storage.erasures import EraseLog
from storage.ids import SeededIds
from storage.migrate import upgrade
from tests.empty_store import put_empty_store
from tests.storage.servers import postgresql_server, run_alone, url_of

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
TEMPLATE = "tillidsrum_template"
_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql_server() as url:
        run_alone(url, f"CREATE DATABASE {TEMPLATE}")
        template = open_database(url_of(url, TEMPLATE))
        upgrade(template)
        template.close()
        yield url


def _new_postgresql(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    server = request.getfixturevalue("postgresql_url")
    name = f"tillidsrum_{next(_numbers)}"
    run_alone(
        server,
        f"CREATE DATABASE {name} TEMPLATE {template}",
        f"ALTER DATABASE {name} SET timezone = 'America/New_York'",  # ours to get right
    )
    yield url_of(server, name)
    run_alone(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        yield from _new_postgresql(request, "template1")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an upgraded database that nobody has opened with a key yet."""
    if request.param == "sqlite":
        yield put_empty_store(tmp_path / "store.db")
    else:
        yield from _new_postgresql(request, TEMPLATE)


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def database(database_url: str, vault: Vault) -> Iterator[Database]:
    opened = open_database(database_url, vault=vault, wait_seconds=5)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(tmp_path: Path, vault: Vault) -> Iterator[Database]:
    url = put_empty_store(tmp_path / "lone" / "store.db")
    opened = open_database(url, vault=vault, wait_seconds=5)
    yield opened
    opened.close()


@pytest.fixture
def ids() -> SeededIds:
    return SeededIds(1)


@pytest.fixture
def log(tmp_path: Path) -> EraseLog:
    return EraseLog(tmp_path / "store.erased")
