"""The other side of figure 4: APScheduler with a job of its own for each person."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import Engine, create_engine, event, insert

from storage.sqlite import PRAGMAS

Run = Callable[[Coroutine[Any, Any, object]], object]


class Count:
    """How many jobs have run, and the moment when all have."""

    def __init__(self) -> None:
        self.ran = 0
        self.wanted = 0
        self.all_ran = asyncio.Event()

    def expect(self, wanted: int) -> None:
        self.ran, self.wanted = 0, wanted
        self.all_ran.clear()

    def one_more(self) -> None:
        self.ran += 1
        if self.ran == self.wanted:
            self.all_ran.set()


count = Count()  # a job finds what it needs by name


async def remind(person: str) -> None:
    """What a job does: nothing but being counted."""
    count.one_more()


def acts(
    folder: Path, run: Run, people: int, due: int, rounds: int, *, tuned: bool
) -> Iterator[Callable[[], object]]:
    """Each act runs all that is due. `tuned`: with our own pragmas instead of SQLite's usual."""
    folder.mkdir(parents=True)
    for number in range(rounds):
        engine = _engine(folder / f"jobs{number}.db", tuned)
        scheduler = run(_filled(engine, people, due))
        count.expect(due)
        yield lambda scheduler=scheduler: run(_until_done(scheduler))  # type: ignore[misc]
        engine.dispose()


def _engine(file: Path, tuned: bool) -> Engine:
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, record: object) -> None:
        for pragma in ("PRAGMA journal_mode=WAL", *PRAGMAS) if tuned else ():
            driver.execute(pragma)
        driver.execute("PRAGMA synchronous=FULL")

    return engine


async def _filled(engine: Engine, people: int, due: int) -> AsyncIOScheduler:
    """A scheduler at rest, with a job per person in its store."""
    store = SQLAlchemyJobStore(engine=engine)
    scheduler = AsyncIOScheduler(
        jobstores={"default": store}, executors={"default": AsyncIOExecutor()}, timezone=UTC,
        job_defaults={"misfire_grace_time": None},
    )  # fmt: skip
    scheduler.start(paused=True)
    now = datetime.now(UTC)
    rows = [_row(scheduler, number, now, number < due) for number in range(people)]
    with engine.begin() as connection:
        connection.execute(insert(store.jobs_t), rows)
    return scheduler


def _row(scheduler: AsyncIOScheduler, number: int, now: datetime, due: bool) -> dict[str, Any]:
    """As the store itself writes a job, all in one commit and not one by one."""
    at = now if due else now + timedelta(days=1)
    job = Job(
        scheduler, id=f"person{number}", func=remind, args=(f"person{number}",), kwargs={},
        name="remind", trigger=DateTrigger(at), executor="default", misfire_grace_time=None,
        coalesce=True, max_instances=1, next_run_time=at,
    )  # fmt: skip
    state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
    return {"id": job.id, "next_run_time": at.timestamp(), "job_state": state}


async def _until_done(scheduler: AsyncIOScheduler) -> None:
    scheduler.resume()
    await count.all_ran.wait()
    scheduler.shutdown(wait=False)
