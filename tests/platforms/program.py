"""The program as a process of its own, that can be killed and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path

from bot.clock import SetClock
from bot.outbound import LEASE
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.platforms.house import House, environment
from tests.platforms.screens import SOON

ROOT = Path(__file__).parents[2]
RETRIED = timedelta(seconds=61)
"""When Slack brings again what was not acknowledged twice."""


@contextmanager
def servers() -> Iterator[Path]:
    """Where programs are to be had: a socket."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "socket"
        with subprocess.Popen(
            [sys.executable, "-m", "tests.platforms.serve", str(path)], cwd=ROOT,
            stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == b"listening\n"
            yield path
            process.kill()


class KilledHouse(House):
    """A house whose program is a process. What is wired here only looks into the database."""

    def __init__(
        self, file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock, servers: Path
    ) -> None:
        super().__init__(file, slack, telegram, clock)
        self.file = file
        self.stderr = file.with_name("stderr.txt")
        self._servers = servers
        self._number = 0
        self._answers: asyncio.StreamReader | None = None
        self._told: asyncio.StreamWriter | None = None

    async def start(self) -> None:
        self._answers, self._told = await asyncio.open_unix_connection(self._servers)
        given = {
            "settings": environment(self.file, self.slack.base_url, self.telegram.url),
            "now": self.clock().isoformat(), "stderr": str(self.stderr),
        }  # fmt: skip
        self._told.write(f"{json.dumps(given)}\n".encode())
        self._number = int(await self._answer())
        await self.slack.until(lambda: self.slack.sockets.open, SOON)
        await self.telegram.until(lambda: self.telegram.polling.waits, SOON)

    async def starts_again(self) -> None:
        """Later: when leases have run out, and Slack tries again what it could not bring."""
        await self.slack.until(lambda: not self.slack.sockets.open, SOON)
        self.clock.move_to(self.clock() + LEASE + RETRIED)
        await self.start()
        # It may have tried while nobody was there, just now.
        await self.slack.deliver()
        self.clock.move_to(self.clock() + RETRIED)
        await self.slack.deliver()
        await self.asks("reconcile")

    async def dies(self) -> None:
        """Without a word of warning, as when the power goes."""
        os.kill(self._number, signal.SIGKILL)
        self._number = 0
        while await self._answer():
            pass
        assert self._told is not None
        self._told.close()

    async def close(self) -> None:
        if self._number:
            await self.dies()
        self.wired.close()

    def tells(self, verb: str) -> None:
        """Does not wait until it is done."""
        assert self._told is not None
        self._told.write(f"{verb} {self.clock().isoformat()}\n".encode())

    async def asks(self, verb: str) -> None:
        self.tells(verb)
        assert await self._answer() == verb

    async def _answer(self) -> str:
        """Nothing when there is nobody any more."""
        assert self._answers is not None
        async with asyncio.timeout(SOON):
            try:
                return (await self._answers.readline()).decode().strip()
            except ConnectionError:
                return ""

    async def beats(self) -> None:
        await self.asks("beat")

    async def until_so(self, true: Callable[[], object]) -> None:
        """Asks the program whether it is there until it has come so far."""
        async with asyncio.timeout(SOON):
            while not true():
                await self.asks("here?")

    @asynccontextmanager
    async def nothing_can_be_kept(self) -> AsyncIterator[None]:
        """Somebody else holds the database: what the program takes in cannot be committed."""
        with closing(sqlite3.connect(self.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
