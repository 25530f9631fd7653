"""`tillidsrum run`: the web server, with everything that is to happen at its time."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import click
import uvicorn

from bot import logs
from bot.commands.channels import CHANNELS, channel_line
from bot.commands.listen import listen
from bot.commands.refused import Refused
from bot.commands.store import vault_of
from bot.commands.texts import say
from bot.crossing import share_evenly
from bot.effects import EFFECTS
from bot.facts import FACTS
from bot.settings import Settings, read_settings
from bot.web.app import make_app
from bot.wiring import Wired, build
from flows.check import check

GRACE = 5
"""Seconds that open pages get when the program is asked to stop."""


def run() -> int:
    settings = read_settings()
    vault_of(settings)
    with (
        logs.without_secrets(settings),
        closing(listen(settings.host, settings.port, "TILLIDSRUM_PORT")) as listening,
        closing(build(settings, with_web=True)) as wired,
    ):
        _refuse_problems(wired)
        logging.basicConfig(level=logging.INFO, format=logs.FORMAT)
        for line in _greeting(settings):
            click.echo(line)
        started = _serve(wired, listening)
    click.echo(say("run.stopped"))
    return 0 if started else 1


def _refuse_problems(wired: Wired) -> None:
    found = check(wired.parts.catalogue, effects=frozenset(EFFECTS), facts=frozenset(FACTS))
    if found:
        raise Refused(say("run.dialogues", count=len(found)))


def _greeting(settings: Settings) -> list[str]:
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    channels = (channel_line(channel, settings) for channel in CHANNELS)
    return [say("run.at", address=address), *channels]


def _serve(wired: Wired, listening: socket.socket) -> bool:
    config = uvicorn.Config(
        make_app(wired),
        log_config=None,
        access_log=False,  # an address may have somebody's token in it
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)
    share_evenly()
    with _signals_end_the_server_alone():
        server.run(sockets=[listening])
    return server.started


@contextmanager
def _signals_end_the_server_alone() -> Iterator[None]:
    """The server stops at a signal and then raises it anew, which would end us before we have
    closed the store."""
    before = {one: signal.signal(one, _ignore) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, was in before.items():
            signal.signal(one, was)


def _ignore(number: int, frame: object) -> None:
    return
