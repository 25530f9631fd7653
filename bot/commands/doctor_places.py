"""Who else can open our files, and whether we can be reached."""

from __future__ import annotations

import os
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from bot.commands.finding import Finding, found
from bot.commands.listen import listen
from bot.commands.refused import Refused
from bot.settings import Settings, is_overheard
from bot.wiring import erase_log_path
from storage.database import database_file
from storage.errors import StorageError

NOT_OURS = 0o027
"""Others may do nothing, the group may read: a backup program may belong to it."""
DOTENV = Path(".env")
PATIENCE = 5
HEALTH = "healthz"
DIRECT = build_opener(ProxyHandler({}))
"""A proxy would be asked for this very machine."""
ANY = ("0.0.0.0", "::", "")  # noqa: S104 -- compared, not listened at


def examine_folders(settings: Settings) -> Iterator[Finding]:
    wrong = [*_wrong_places(settings)]
    yield from wrong or [found("folders", "folders")]


def _wrong_places(settings: Settings) -> Iterator[Finding]:
    for place in _places(settings):
        if not place.exists():
            continue
        if place != DOTENV and not os.access(place, os.W_OK):
            yield found("folders", "folders.shut", ok=False, path=place)
        elif os.name != "nt" and place.stat().st_mode & NOT_OURS:
            mode = "700" if place.is_dir() else "600"
            yield found("folders", "folders.open", ok=False, path=place, mode=mode)


def _places(settings: Settings) -> list[Path]:
    log = erase_log_path(settings)
    places = [log.parent, log, DOTENV]
    try:
        file = database_file(settings.database_url)
    except StorageError:
        return places  # told with the database
    return [*places, file] if file else places


def runs_here(settings: Settings) -> bool:
    return _answers(_here(settings))


def _here(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ANY else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"


def examine_address(settings: Settings) -> Iterator[Finding]:
    """Whether it runs here, and then whether it is seen at the public address too: that is told,
    and no fault, for many a network lets nobody in from inside."""
    yield from _public(settings)
    here = _here(settings)
    if _answers(here):
        url = settings.public_url or here
        yield found("address", "address.runs" if _answers(url) else "address.silent", url=url)
        return
    try:
        listen(settings.host, settings.port, "TILLIDSRUM_PORT").close()
    except Refused as refused:
        yield Finding("address", False, str(refused))
    else:
        yield found("address", "address.free", host=settings.host, port=settings.port)


def _public(settings: Settings) -> Iterator[Finding]:
    url = settings.public_url
    if url is None:
        return
    parts = urlsplit(url)
    if is_overheard(url):
        yield found("address", "address.plain", ok=False)
    else:
        yield found("address", "address.public", url=f"{parts.scheme}://{parts.netloc}")


def _answers(url: str) -> bool:
    """Whether Tillidsrum, and not somebody else, is there."""
    address = url.rstrip("/") + "/" + HEALTH
    try:
        with DIRECT.open(address, timeout=PATIENCE) as answer:
            return bool(answer.status == 200 and answer.read(16).strip() == b"ok")
    except (OSError, HTTPException, ValueError):
        return False
