"""The real program with both platforms, as processes that can be killed.

python -m tests.platforms.serve SOCKET

What is large to import is imported once. Then each connection to the socket gets a process of its
own: its first line holds the settings as JSON, each further one a verb and what time it is. The
clock stands still between them. The first answer is the process's number; then each verb comes
back when it is done.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import sys
from datetime import datetime
from importlib import import_module

from bot import logs
from bot.clock import SetClock
from bot.connected import PLATFORMS
from bot.settings import read_settings
from bot.wiring import Wired, build


def listen(path: str) -> None:
    for platform in PLATFORMS:
        import_module(platform.module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead here
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        print("listening", flush=True)
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                asyncio.run(serve(connection))
                os._exit(0)
            connection.close()


async def serve(connection: socket.socket) -> None:
    told, answers = await asyncio.open_connection(sock=connection)
    given = json.loads(await told.readline())
    _writes_errors_to(given["stderr"])
    answers.write(f"{os.getpid()}\n".encode())
    settings = read_settings(given["settings"], dotenv=None)
    clock = SetClock(datetime.fromisoformat(given["now"]))
    wired = build(settings, clock=clock)
    wired.database.clock = clock
    wired.outbound.later = lambda seconds: None
    with logs.without_secrets(settings):
        logging.basicConfig(level=logging.INFO, format=logs.FORMAT)
        async with wired.running():
            while line := (await told.readline()).decode():
                verb, _, now = line.strip().partition(" ")
                clock.move_to(datetime.fromisoformat(now))
                await _does(wired, verb)
                answers.write(f"{verb}\n".encode())


async def _does(wired: Wired, verb: str) -> None:
    if verb == "beat":
        await wired.beat.beat()
    elif verb == "reconcile":
        await wired.beat.reconcile()
    else:
        assert verb == "here?"


def _writes_errors_to(path: str) -> None:
    with open(path, "ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())


if __name__ == "__main__":
    listen(sys.argv[1])
