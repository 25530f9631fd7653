"""A running try-out that can be killed and started again, and what one says to it over HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

BEGINS_BEFORE = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""A Sunday: the story begins the day after, and no holiday is near."""
ROOT = Path(__file__).parents[2]
SOON = 20.0


class House:
    """The server as a process of its own, with its database in `folder`."""

    def __init__(self, folder: Path, language: str = "da") -> None:
        self.database = folder / "demo.db"
        self.language = language
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(base_url=self.url, timeout=SOON)
        self._ahead = (BEGINS_BEFORE - datetime.now(UTC)).total_seconds()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the server listens, which is when it says where."""
        named = [str(self.port), str(self.database), self.language, str(self._ahead)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.demo.serve", *named],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().decode().strip() == f"Tillidsrum: {self.url}/demo"

    def kill(self) -> None:
        """Without a word of warning, as when the power goes."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As when somebody presses Ctrl-C; the exit code."""
        return self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        with self._process as ending:
            code = ending.wait(timeout=SOON)
        self._process = None
        return code

    def close(self) -> None:
        if self._process is not None:
            self.kill()
        self.client.close()

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get("/demo/state").json()
        return found

    def messages(self, phone: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.state()["phones"][phone]["messages"]
        return found

    def start_over(self) -> None:
        assert self.client.post("/demo/restart").status_code == 202

    def speak(self, language: str, phone: str | None = None) -> None:
        """The page's language, or that of one phone."""
        spoken = {"language": language} | ({"phone": phone} if phone else {})
        assert self.client.post("/demo/language", json=spoken).status_code == 202

    def say(self, phone: str, text: str, event: str | None = None) -> httpx.Response:
        posted = {"id": event or uuid4().hex, "text": text}
        return self.client.post(f"/demo/phones/{phone}/say", json=posted)

    def press(self, phone: str, token: str, event: str | None = None) -> httpx.Response:
        posted = {"id": event or uuid4().hex, "token": token}
        return self.client.post(f"/demo/phones/{phone}/press", json=posted)

    def news(self, after: int = 0, act: int = 0) -> News:
        return News(self.client, after, act)


class News:
    """The stream of the page: a context, and in it `until` one of the events has come."""

    def __init__(self, client: httpx.Client, after: int, act: int) -> None:
        asked = {"after": str(after), "act": str(act)}
        self._opening = client.stream("GET", "/demo/events", params=asked)

    def __enter__(self) -> News:
        response = self._opening.__enter__()
        assert response.headers["content-type"].startswith("text/event-stream")
        self._events = _events(response.iter_lines())
        return self

    def __exit__(self, *error: Any) -> None:
        self._opening.__exit__(*error)

    def until(self, name: str, **wanted: Any) -> list[tuple[str, dict[str, Any]]]:
        """What comes up to and with the first event of that name in which `wanted` is so."""
        seen = []
        for event in self._events:
            seen.append(event)
            if event[0] == name and wanted.items() <= event[1].items():
                return seen
        raise AssertionError(f"the stream ended without {name} {wanted}")


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
