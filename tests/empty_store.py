"""An upgraded database that nobody is in: made once by each process, and copied for each test."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import open_database
from storage.migrate import upgrade

_SHARED_MEMORY = Path("/dev/shm")
IN_MEMORY = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
"""Where files are quickest, for a temporary folder; None where the machine has no such place."""


def put_empty_store(file: Path) -> str:
    """Its URL. No key has been used on it yet, so that any will do."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_bytes(_empty_store())
    return f"sqlite:///{file}"


@cache
def _empty_store() -> bytes:
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        file = Path(folder) / "empty.db"
        database = open_database(f"sqlite:///{file}")
        upgrade(database)
        database.checkpoint()
        database.close()
        return file.read_bytes()
