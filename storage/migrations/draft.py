"""For developers: prints the migration that leads from the last one to `storage/tables.py`.

    python -m storage.migrations.draft

Read what it prints, correct it, and save it under `versions/`; a released file is never edited.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlmodel import AutoString

from storage.columns import Instant, Serial
from storage.database import open_database
from storage.migrate import upgrade
from storage.schema import metadata


def draft() -> str:
    """The body of `upgrade()`; `pass` when the tables have not changed."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'draft.db'}")
        upgrade(database)
        with database.read() as unit:
            options = {"target_metadata": metadata}
            history = MigrationContext.configure(unit.connection, opts=options)
            operations = produce_migrations(history, metadata).upgrade_ops
            assert operations is not None
            return render_python_code(
                operations, render_as_batch=True, render_item=_spelling, migration_context=history
            )


def _spelling(kind: str, thing: Any, writer: Any) -> str | Literal[False]:
    if kind != "type":
        return False
    if isinstance(thing, Instant):
        return "MOMENT"
    if isinstance(thing, AutoString):
        return "sa.String()"
    return "SERIAL" if repr(thing) == repr(Serial) else False


if __name__ == "__main__":
    sys.stdout.write(draft() + "\n")
