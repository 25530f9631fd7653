"""PostgreSQL: the same store behind another URL."""

import psycopg
from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event

from storage.errors import CannotConnect, DatabaseLocked, DiskFull, StorageError

NOW = "SELECT clock_timestamp()"
DRIVER = "postgresql+psycopg"


def make_engine(url: URL, *, wait_seconds: float) -> Engine:
    """An engine whose sessions never wait for ever for a lock."""
    milliseconds = int(wait_seconds * 1000)
    options = f"-c lock_timeout={milliseconds}"
    engine = create_engine(
        url.set(drivername=DRIVER),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": max(2, int(wait_seconds))},
    )
    event.listen(engine, "handle_error", leave_out_the_row)
    return engine


def leave_out_the_row(error: ExceptionContext) -> None:
    """PostgreSQL's DETAIL repeats the values of the row that failed; only its first line stays."""
    original = error.original_exception
    if isinstance(original, psycopg.Error) and original.diag.message_primary:
        original.args = (original.diag.message_primary,)
        if error.sqlalchemy_exception is not None:
            name = type(original).__name__
            error.sqlalchemy_exception.args = (f"({name}) {original.diag.message_primary}",)


def clear_error(error: BaseException | None, where: str) -> StorageError | None:
    """What an error of the driver means for whoever runs the program; None: nothing we know."""
    if isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
        return DatabaseLocked(f"Another process holds a lock in {where}. Try again.")
    if isinstance(error, psycopg.errors.DiskFull):
        return DiskFull(f"The disk of {where} is full. Make room; nothing was half saved.")
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return CannotConnect(
            f"{where} does not answer or does not let us in. Check that the server runs, and the "
            "host, name, user and password in TILLIDSRUM_DATABASE_URL."
        )
    return None
