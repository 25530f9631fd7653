"""Figures 7 and 8: what Slack posts, kept before it is acknowledged, against a listener of Bolt's
that does nothing; and how long Slack waits while a thousand messages are being sent."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

from bot.channels.slack.hook import PATH
from bot.channels.slack.signature import sign
from tests.benchmarks.ours import KEY
from tests.benchmarks.rounds import Figure, at_least, interleaved, told

CLIENTS = 64
POSTS = 1024
ROUNDS = 7
PEOPLE, HALF = 1000, 500
A_SECOND = 30
"""Posts while the messages go out: a thousand leaders who each write every half minute."""
WANTED = 0.300
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
WORD, TURNS = ("tak",), ("forbered", "3", "4", "spring over", "hvem kan se det", "stop")
"""What is kept and answered with a line; and what is a whole turn of a dialogue each time."""


Run = Callable[[Any], Any]


class Server(NamedTuple):
    port: int
    process: subprocess.Popen[str]

    def order(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def measure(folder: Path) -> list[Figure]:
    numbers = count(1)
    with _process("slack_company", str(PEOPLE)) as company, asyncio.Runner() as runner:
        assert company.stdout is not None
        api = company.stdout.readline().strip()
        return [
            *_rate(_spent(folder / "rate", api, numbers, runner.run)),
            *_waits(*_times(folder / "waits", api, numbers, runner.run)),
        ]


def _spent(folder: Path, api: str, numbers: Iterator[int], run: Run) -> dict[str, float]:
    with (
        _server("ours", _given(folder, api, delivers=False)) as ours,
        _server("empty", {"secret": SECRET, "delivers": False}) as empty,
    ):
        return interleaved({
            "ours": _acts(ours, _posts(numbers, WORD), run),
            "turns": _acts(ours, _posts(numbers, TURNS, first=HALF), run),
            "empty": _acts(empty, _posts(numbers, WORD), run),
        })  # fmt: skip


def _times(
    folder: Path, api: str, numbers: Iterator[int], run: Run
) -> tuple[list[float], list[float], float]:
    """Of acknowledgements when nothing else happens, and while all messages are sent, which takes
    so many seconds."""
    with _server("ours", _given(folder, api, delivers=True)) as ours:
        posts = _posts(numbers, TURNS)
        alone = run(_steadily(ours, posts, seconds=6))
        ours.order("send")
        start = time.perf_counter()
        meanwhile = run(_steadily(ours, posts, done=ours))
        return alone, meanwhile, time.perf_counter() - start


def _rate(spent: dict[str, float]) -> Iterator[Figure]:
    kept, turns, dropped = (POSTS / spent[name] for name in ("ours", "turns", "empty"))
    yield at_least(
        "7", f"posts of Slack's a second, {CLIENTS} at once, each kept and answered in SQLite before "
        f"it is acknowledged, against Bolt with an empty listener ({kept:.0f} against {dropped:.0f})",
        kept / dropped, 0.5,
    )  # fmt: skip
    what = f"the same, each a whole turn of a dialogue: {turns:.0f}"
    yield told("7a", what, f"{turns / dropped:.2f} times")


def _waits(alone: list[float], meanwhile: list[float], sending: float) -> Iterator[Figure]:
    last = _late(meanwhile)
    what = (
        f"99 of 100 acknowledgements while {PEOPLE} messages are sent in {sending:.1f} s "
        f"({len(meanwhile) / sending:.0f} posts a second meanwhile)"
    )
    yield Figure("8", what, f"{last * 1e3:.0f} ms", f"under {WANTED * 1e3:.0f} ms", last < WANTED)
    yield told("8a", "the same with nothing being sent", f"{_late(alone) * 1e3:.0f} ms")


def _late(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


# --- the other processes


def _given(folder: Path, api: str, *, delivers: bool) -> dict[str, Any]:
    folder.mkdir(parents=True)
    settings = {
        "TILLIDSRUM_DATABASE_URL": f"sqlite:///{folder}/ours.db",
        "TILLIDSRUM_SECRET_KEY": KEY,
        "TILLIDSRUM_PUBLIC_URL": "https://tillidsrum.example.org",
        "TILLIDSRUM_SLACK_BOT_TOKEN": "xoxb-1-2-tillidsrum",
        "TILLIDSRUM_SLACK_SIGNING_SECRET": SECRET,
        "TILLIDSRUM_SLACK_API_URL": api,
    }
    return {"settings": settings, "people": PEOPLE, "delivers": delivers}


@contextmanager
def _server(which: str, given: dict[str, Any]) -> Iterator[Server]:
    with _process("slack_server", which, json.dumps(given)) as process:
        assert process.stdout is not None
        yield Server(int(process.stdout.readline()), process)


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Its end of input is its end."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        yield one
        assert one.stdin is not None
        one.stdin.close()


# --- what Slack does


def _post(number: int, user: str, text: str) -> bytes:
    """A signed post: somebody has written something."""
    stamp = time.time()
    said = {
        "type": "message", "channel": f"D{user[1:]}", "channel_type": "im", "user": user,
        "ts": f"{stamp:.6f}", "text": text, "team": "T1",
        "client_msg_id": f"00000000-0000-4000-8000-{number:012d}", "event_ts": f"{stamp:.6f}",
    }  # fmt: skip
    body = json.dumps({
        "token": "verification-token", "team_id": "T1", "api_app_id": "A0TILLID", "event": said,
        "type": "event_callback", "event_id": f"Ev{number:08X}", "event_time": int(stamp),
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
    }).encode()  # fmt: skip
    at = str(int(stamp))
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: slack\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {at}\r\n"
        f"X-Slack-Signature: {sign(SECRET, at, body)}\r\n\r\n"
    )
    return head.encode() + body


class Line:
    """A connection that stays open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, server: Server) -> Line:
        return cls(*await asyncio.open_connection("127.0.0.1", server.port))

    async def post(self, post: bytes) -> float:
        """Seconds until it is acknowledged."""
        start = time.perf_counter()
        self._writer.write(post)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        assert head.startswith("http/1.1 200"), head.partition("\r\n")[0]
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        await self._reader.readexactly(int(length or 0))
        return time.perf_counter() - start

    def close(self) -> None:
        self._writer.close()


def _posts(numbers: Iterator[int], texts: Sequence[str], first: int = 0) -> Iterator[bytes]:
    """Of half of the people, one after the other, and then each one's next."""
    for at in count():
        text = texts[at // HALF % len(texts)]
        yield _post(next(numbers), f"U{first + at % HALF}", text)


def _acts(server: Server, posts: Iterator[bytes], run: Run) -> Iterator[Callable[[], object]]:
    for _ in range(ROUNDS):
        some = list(islice(posts, POSTS))
        lines = run(_lines(server))
        yield lambda some=some, lines=lines: run(_at_once(lines, some))  # type: ignore[misc]
        for line in lines:
            line.close()


async def _lines(server: Server) -> list[Line]:
    return [await Line.to(server) for _ in range(CLIENTS)]


async def _at_once(lines: Sequence[Line], posts: Sequence[bytes]) -> None:
    """Each posts the next one as soon as its last one is acknowledged."""

    async def client(at: int, line: Line) -> None:
        for post in posts[at :: len(lines)]:
            await line.post(post)

    await asyncio.gather(*(client(at, line) for at, line in enumerate(lines)))


async def _steadily(
    server: Server, posts: Iterator[bytes], *, seconds: float = 0, done: Server | None = None
) -> list[float]:
    """Posts that come when they come, whether or not the earlier ones are acknowledged; for so
    long, or until `done` has sent everything."""
    lines = await _lines(server)
    free: asyncio.Queue[Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)
    ended = asyncio.create_task(asyncio.to_thread(done.answer) if done else asyncio.sleep(seconds))
    times: list[asyncio.Task[float]] = []
    while not ended.done():
        times.append(asyncio.create_task(_when_free(free, next(posts), time.perf_counter())))
        await asyncio.sleep(1 / A_SECOND)
    found = await asyncio.gather(*times)
    for line in lines:
        line.close()
    return found


async def _when_free(free: asyncio.Queue[Line], post: bytes, came: float) -> float:
    line = await free.get()
    await line.post(post)
    free.put_nowait(line)
    return time.perf_counter() - came
