import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import IntegrityError

from storage.database import Database, Unit
from storage.errors import DiskFull
from storage.group_commit import TOGETHER, Closed, Writer, run_together
from storage.tables import Audit, Setting, table
from tests.storage.rows import NOW

setting, audit = table(Setting), table(Audit)


class OurError(Exception):
    pass


def keep(key: str) -> Callable[[Unit], str]:
    def work(unit: Unit) -> str:
        unit.connection.execute(insert(setting), {"key": key, "value": "kept"})
        return key

    return work


def keep_and_fail(key: str) -> Callable[[Unit], str]:
    def work(unit: Unit) -> str:
        keep(key)(unit)
        raise OurError(key)

    return work


def kept(database: Database) -> set[str]:
    with database.read() as unit:
        mine = select(setting.c.key).where(setting.c.value == "kept")
        return set(unit.connection.execute(mine).scalars())


@pytest.fixture
def commits(database: Database) -> Iterator[list[str]]:
    counted: list[str] = []

    def count(connection: object) -> None:
        counted.append("commit")

    event.listen(database.engine, "commit", count)
    yield counted
    event.remove(database.engine, "commit", count)


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    made = Writer(database)
    yield made
    made.close()


class Gate:
    """A work that holds the writer until it is opened, so that the next ones have to wait."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self, unit: Unit) -> None:
        self.reached.set()
        assert self.opened.wait(timeout=10)


def test_works_that_go_together_share_one_commit(database: Database, commits: list[str]) -> None:
    assert run_together(database, [keep(f"k{n}") for n in range(20)]) == [
        f"k{n}" for n in range(20)
    ]
    assert commits == ["commit"]
    assert len(kept(database)) == 20


def test_a_work_that_fails_is_undone_alone(database: Database) -> None:
    first, second, third = run_together(
        database, [keep("first"), keep_and_fail("second"), keep("third")]
    )
    assert (first, third) == ("first", "third")
    assert isinstance(second, OurError)
    assert kept(database) == {"first", "third"}


def test_a_work_that_the_database_refuses_is_undone_alone(database: Database) -> None:
    results = run_together(database, [keep("same"), keep("same"), keep("other")])
    assert [type(result) for result in results] == [str, IntegrityError, str]
    assert kept(database) == {"same", "other"}


def test_a_work_may_hold_savepoints_of_its_own(database: Database) -> None:
    def careful(unit: Unit) -> str:
        with pytest.raises(OurError), unit.connection.begin_nested():
            keep_and_fail("inner")(unit)
        return keep("outer")(unit)

    assert run_together(database, [careful, keep("next")]) == ["outer", "next"]
    assert kept(database) == {"outer", "next"}


def test_nothing_stands_when_the_commit_fails(database: Database) -> None:
    def refuse(connection: object) -> None:
        raise OurError

    event.listen(database.engine, "commit", refuse)
    with pytest.raises(OurError):
        run_together(database, [keep("first"), keep("second")])
    event.remove(database.engine, "commit", refuse)
    assert kept(database) == set()


def test_a_full_disk_undoes_all_and_says_so(sqlite_database: Database) -> None:
    def too_much(unit: Unit) -> None:
        pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        unit.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        unit.connection.execute(insert(audit), {"at": NOW, "what": "x" * 600_000})

    works: list[Callable[[Unit], object]] = [keep("first"), too_much, keep("third")]
    results: list[object] = []
    with pytest.raises(DiskFull):
        results = list(run_together(sqlite_database, works))
    assert (results, kept(sqlite_database)) == ([], set())


def test_the_writer_commits_together_what_waited_together(
    database: Database, writer: Writer, commits: list[str]
) -> None:
    gate = Gate()
    writer.submit(gate)
    assert gate.reached.wait(timeout=10)
    waiting = [writer.submit(keep(f"k{n}")) for n in range(TOGETHER)]
    gate.opened.set()
    assert [future.result(timeout=10) for future in waiting] == [f"k{n}" for n in range(TOGETHER)]
    assert len(commits) == 2  # the gate's own, and one for all who waited


def test_no_commit_holds_more_works_than_the_bound(
    database: Database, writer: Writer, commits: list[str]
) -> None:
    gate = Gate()
    writer.submit(gate)
    assert gate.reached.wait(timeout=10)
    waiting = [writer.submit(keep(f"k{n}")) for n in range(TOGETHER + 1)]
    gate.opened.set()
    waiting[-1].result(timeout=10)
    assert len(commits) == 3


def test_nobody_hears_of_success_before_it_is_on_disk(database: Database, writer: Writer) -> None:
    seen_at_commit: list[bool] = []
    futures: list[Future[str]] = []

    def look(connection: object) -> None:
        seen_at_commit.extend(future.done() for future in futures)

    gate = Gate()
    writer.submit(gate)
    assert gate.reached.wait(timeout=10)
    futures.extend(writer.submit(keep(f"k{n}")) for n in range(3))
    event.listen(database.engine, "commit", look)
    gate.opened.set()
    assert futures[-1].result(timeout=10) == "k2"
    event.remove(database.engine, "commit", look)
    assert len(seen_at_commit) >= 3
    assert not any(seen_at_commit)


def test_a_failing_work_fails_its_own_future_only(database: Database, writer: Writer) -> None:
    futures = [
        writer.submit(keep("a")),
        writer.submit(keep_and_fail("b")),
        writer.submit(keep("c")),
    ]
    with pytest.raises(OurError):
        futures[1].result(timeout=10)
    assert (futures[0].result(timeout=10), futures[2].result(timeout=10)) == ("a", "c")
    assert kept(database) == {"a", "c"}


def test_the_writer_lives_on_after_a_commit_that_failed(database: Database, writer: Writer) -> None:
    def refuse(connection: object) -> None:
        raise OurError

    event.listen(database.engine, "commit", refuse)
    with pytest.raises(OurError):
        writer.submit(keep("lost")).result(timeout=10)
    event.remove(database.engine, "commit", refuse)
    assert writer.submit(keep("next")).result(timeout=10) == "next"
    assert kept(database) == {"next"}


def test_a_work_that_was_cancelled_in_time_is_not_done(database: Database, writer: Writer) -> None:
    gate = Gate()
    writer.submit(gate)
    assert gate.reached.wait(timeout=10)
    regretted, wanted = writer.submit(keep("regretted")), writer.submit(keep("wanted"))
    assert regretted.cancel()
    gate.opened.set()
    assert wanted.result(timeout=10) == "wanted"
    assert kept(database) == {"wanted"}


def test_closing_does_what_was_handed_in_and_takes_no_more(database: Database) -> None:
    writer = Writer(database)
    futures = [writer.submit(keep(f"k{n}")) for n in range(100)]
    writer.close()
    writer.close()
    assert all(future.done() for future in futures)
    assert len(kept(database)) == 100
    with pytest.raises(Closed):
        writer.submit(keep("late"))


def test_many_threads_may_hand_in_work_at_once(database: Database, writer: Writer) -> None:
    def hand_in(name: int) -> None:
        for number in range(20):
            writer.submit(keep(f"{name}-{number}")).result(timeout=20)

    threads = [threading.Thread(target=hand_in, args=(name,)) for name in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with database.read() as unit:
        mine = select(func.count()).where(setting.c.value == "kept")
        assert unit.connection.execute(mine).scalar_one() == 100
