"""The one place where the real parts are put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

from bot.beat import Beat
from bot.channels.base import Channel
from bot.channels.web.send import NAME as WEB
from bot.channels.web.send import WebChannel
from bot.clock import Clock, system_clock
from bot.connected import PLATFORMS, Connected, Given
from bot.crossing import through
from bot.danish_holidays import danish_holidays
from bot.intake import Intake
from bot.openid.login import Login
from bot.outbound import Outbound, Writes
from bot.papers.desk import Desk
from bot.parts import Parts, Way
from bot.postman import Doorway, Postman
from bot.register import Register
from bot.settings import Settings, SettingsError
from bot.watch import Watched, running
from bot.web.chat import StoredChat
from flows.load import Catalogue, shipped_catalogue
from storage.database import Database
from storage.encryption import Vault, new_secret_key, parse_secret_key
from storage.erasures import EraseLog
from storage.group_commit import Writer
from storage.ids import Ids, RandomIds
from storage.start import start

YEARS_BACK, YEARS_AHEAD = 1, 12


@dataclass(frozen=True)
class Wired:
    """Everything that runs. Close it when done."""

    settings: Settings
    database: Database
    writer: Writer
    write: Writes
    parts: Parts
    chat: StoredChat
    channels: Mapping[str, Channel]
    outbound: Outbound
    beat: Beat
    intake: Intake
    postman: Postman
    connected: Mapping[str, Connected]
    edges: Mapping[str, Watched]
    login: Login | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listens to the platforms and delivers promptly for as long as it is entered."""
        try:
            async with running([self.postman.run(), *(one.run() for one in self.edges.values())]):
                yield
        finally:
            for one in self.connected.values():
                await one.stop()
            if self.login is not None:
                await self.login.stop()

    def close(self) -> None:
        self.writer.close()
        self.database.close()


def build(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    ids: Ids | None = None,
    catalogue: Catalogue | None = None,
    with_web: bool = False,
    more_channels: Mapping[str, Channel] | None = None,
) -> Wired:
    """Opens the store, replays erasures, and wires what the settings name. Raises
    SettingsError or StorageError with the mend."""
    database = _opened(settings)
    writer = Writer(database)
    write = through(writer)
    ways: dict[str, Way] = {}
    parts = _parts(settings, clock, ids or RandomIds(), catalogue or shipped_catalogue(), ways)
    chat = StoredChat(write, clock)
    channels: dict[str, Channel] = {WEB: WebChannel(chat)} if with_web else {}
    channels.update(more_channels or {})
    outbound = Outbound(write, parts, channels, worker=RandomIds()())
    beat = Beat(write, parts, outbound)
    intake = Intake(write, parts, database, channels)
    postman = Postman(outbound)
    hear, register = Doorway(intake, postman).hear, Register(write, parts, postman.ask)
    try:
        connected = connect(Given(settings, hear, Desk(database, parts), register, database, parts))
        login = find_login(settings, clock)
    except SettingsError:
        writer.close()
        database.close()
        raise
    channels.update({name: one.channel for name, one in connected.items()})
    ways.update({name: one.way for name, one in connected.items()})
    return Wired(
        settings, database, writer, write, parts, chat, channels, outbound, beat, intake,
        postman, connected, {name: Watched(name, one.edge) for name, one in connected.items()},
        login,
    )  # fmt: skip


def _opened(settings: Settings) -> Database:
    if settings.secret_key is None:
        raise SettingsError(
            "TILLIDSRUM_SECRET_KEY is not set. Make one with `tillidsrum doctor --new-key`, "
            "keep it outside of the database's backups, and set it here."
        )
    vault = Vault(parse_secret_key(settings.secret_key.get_secret_value()))
    log = EraseLog(erase_log_path(settings))
    return start(settings.database_url, vault=vault, log=log)


def _parts(
    settings: Settings, clock: Clock, ids: Ids, catalogue: Catalogue, ways: Mapping[str, Way]
) -> Parts:
    return Parts(
        catalogue=catalogue,
        clock=clock,
        ids=ids,
        holidays=holidays_around(clock),
        erase_log=EraseLog(erase_log_path(settings)),
        organisation=settings.organisation,
        language=settings.language,
        retention=timedelta(days=settings.retention_days),
        address=settings.address,
        address_opens=settings.public_url is not None,
        ways=ways,
    )


def connect(given: Given) -> dict[str, Connected]:
    """The platforms that the settings name. Raises SettingsError."""
    found: dict[str, Connected] = {}
    for platform in PLATFORMS:
        if platform.is_set_up(given.settings):
            one: Connected = import_module(platform.module).connect(given)
            found[one.channel.name] = one
    return found


def find_login(settings: Settings, clock: Clock) -> Login | None:
    """Imported only where something of it is set. Raises SettingsError for half of it."""
    if not settings.wants_login:
        return None
    login: Login = import_module("bot.wiring_openid").connect(settings, clock)
    return login


def holidays_around(clock: Clock) -> frozenset[date]:
    year = clock().year
    return danish_holidays(range(year - YEARS_BACK, year + YEARS_AHEAD))


def erase_log_path(settings: Settings) -> Path:
    """Beside the database's file; with PostgreSQL in var/."""
    if settings.database_url.startswith("sqlite:///"):
        return EraseLog.beside(Path(settings.database_url.removeprefix("sqlite:///"))).path
    return Path("var/tillidsrum.erased")


def stored_key(folder: Path) -> str:
    """The key that a try-out makes for itself the first time."""
    file = folder / "secret.key"
    if file.is_file():
        return file.read_text("ascii").strip()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = new_secret_key()
    file.touch(mode=0o600)
    file.write_text(key, "ascii")
    return key
