"""Settings from the environment, `.env`, or files named by `*_FILE`; read here and nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv.parser import parse_stream
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from flows.model import Language

PREFIX = "TILLIDSRUM_"
IN_A_FILE = "_file"
LOOPBACK = ("127.0.0.1", "::1", "localhost")

Wrong = Literal[
    "unknown", "twice", "unreadable-file", "empty-file", "unreadable-dotenv", "no-line",
    "no-zone", "no-address", "no-port", "no-days", "no-language", "no-value", "no-key",
    "half-login", "open-login", "no-issuer",
]  # fmt: skip
EXPLAINED: dict[Wrong, str] = {
    "unknown": "is no setting. Check its spelling against deploy/env.example.",
    "twice": "is given both by itself and as a file. Keep one of the two.",
    "unreadable-file": "names a file that cannot be read. Check the path and who may read it.",
    "empty-file": "names a file with nothing in it. Put the value in the file.",
    "unreadable-dotenv": "cannot be read. See who may read it, and save it as UTF-8.",
    "no-line": "is not NAME=value. Mend the line, or put # before it.",
    "no-zone": "is no IANA time zone. Write one such as Europe/Copenhagen.",
    "no-address": "is no web address. Write one such as https://tillidsrum.example.org/.",
    "no-port": "is no port. Write a whole number from 1 to 65535.",
    "no-days": "is no number of days that we keep texts. Write a whole number from 30 to 365.",
    "no-language": "is no language of ours. Write da or en.",
    "no-value": "cannot be used. See deploy/env.example for what it takes.",
    "no-key": "is not set. Make one with `tillidsrum doctor --new-key`, keep it apart from the "
    "database's backups, and set it here.",
    "half-login": "is not set, and a login with OpenID Connect takes it too. Set it, or take out "
    "every setting that begins with TILLIDSRUM_OIDC_.",
    "open-login": "has to begin with https:// before anybody logs in with OpenID Connect; http:// "
    "is for trying it out on this very machine. Set up a certificate in the proxy.",
    "no-issuer": "is no issuer. Copy its address from the provider: with https, no ? and no #.",
}


class Fault(NamedTuple):
    """`name`: the variable, or the line of `.env`; never what was in it."""

    name: str
    wrong: Wrong

    def __str__(self) -> str:
        return f"{self.name} {EXPLAINED[self.wrong]}"


class SettingsError(ValueError):
    """A setting that cannot be used: the message names it and the mend, never its value."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> SettingsError:
        return cls("\n".join(map(str, faults)), faults)


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    # Not shown: with PostgreSQL there may be a password in it.
    database_url: str = Field(default="sqlite:///var/tillidsrum.db", repr=False)
    secret_key: SecretStr | None = None
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    time_zone: str = "Europe/Copenhagen"
    language: Language = "da"
    organisation: str = "Tillidsrum"
    retention_days: int = Field(default=180, ge=30, le=365)
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    telegram_bot_token: SecretStr | None = None
    telegram_webhook_secret: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str | None = None

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise PydanticCustomError("no-zone", "no zone")
        return ZoneInfo(zone).key

    @field_validator("public_url", "slack_api_url", "telegram_api_url", "oidc_issuer")
    @classmethod
    def _web_address(cls, address: str) -> str:
        if not is_web_address(address):
            raise PydanticCustomError("no-address", "no address")
        return address

    @property
    def slack_bot_tokens(self) -> tuple[str, ...]:
        """One for each workspace: commas between them, or white space."""
        given = self.slack_bot_token
        return tuple(re.findall(r"[^\s,]+", given.get_secret_value())) if given else ()

    @property
    def wants_login(self) -> bool:
        """Whether anything of OpenID Connect is set, be it only half."""
        ours = (name for name in type(self).model_fields if name.startswith("oidc_"))
        return any(getattr(self, name) is not None for name in ours)

    @property
    def address(self) -> str:
        """What the pages' addresses begin with."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


def is_overheard(address: str) -> bool:
    """Whether others can read what goes there on its way."""
    parts = urlsplit(address)
    return parts.scheme != "https" and parts.hostname not in LOOPBACK


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def read_settings(
    environment: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")
) -> Settings:
    """Reads every setting once; the environment goes before `.env`. Raises SettingsError that
    lists all that is wrong."""
    faults: list[Fault] = []
    written = _dotenv(dotenv, faults) if dotenv is not None and dotenv.is_file() else {}
    given = os.environ if environment is None else environment
    chosen = {**_ours(written, faults), **_ours(given, faults)}
    values = dict(_values(chosen, faults))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        faults += _wrong_values(error, chosen)
    else:
        if not faults:
            return settings
    raise SettingsError.of(list(dict.fromkeys(faults))) from None


def _dotenv(file: Path, faults: list[Fault]) -> dict[str, str]:
    """The names and values of the file. A line that is neither is a fault, not a silence."""
    found: dict[str, str] = {}
    try:
        # utf-8-sig: some editors put a mark first, which would become part of the first name.
        with file.open(encoding="utf-8-sig") as stream:
            for line in parse_stream(stream):
                if line.error or (line.key is not None and line.value is None):
                    faults.append(Fault(f"{file.name}:{line.original.line}", "no-line"))
                elif line.key is not None:
                    found[line.key] = line.value or ""
    except (OSError, UnicodeDecodeError):
        faults.append(Fault(str(file), "unreadable-dotenv"))
    return found


def _ours(given: Mapping[str, str], faults: list[Fault]) -> dict[str, tuple[str, str]]:
    """Setting -> the variable that gives it, and what it holds. Empty is the same as not set."""
    chosen: dict[str, tuple[str, str]] = {}
    for variable, value in given.items():
        if not variable.startswith(PREFIX) or not value.strip():
            continue
        name = variable.removeprefix(PREFIX).lower()
        setting = name if name in Settings.model_fields else name.removesuffix(IN_A_FILE)
        if setting not in Settings.model_fields:
            faults.append(Fault(variable, "unknown"))
        elif setting in chosen:
            faults.append(Fault(f"{PREFIX}{setting.upper()}", "twice"))
        else:
            chosen[setting] = variable, value
    return chosen


def _values(
    chosen: Mapping[str, tuple[str, str]], faults: list[Fault]
) -> Iterator[tuple[str, str]]:
    for setting, (variable, value) in chosen.items():
        if variable.lower() == f"{PREFIX}{setting}".lower():
            yield setting, value
        elif (content := _in_file(variable, value, faults)) is not None:
            yield setting, content


def _in_file(variable: str, path: str, faults: list[Fault]) -> str | None:
    try:
        content = Path(path).read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        faults.append(Fault(variable, "unreadable-file"))
        return None
    if not content:
        faults.append(Fault(variable, "empty-file"))
    return content or None


KNOWN_TYPES: dict[str, Wrong] = {"no-zone": "no-zone", "no-address": "no-address"}
KNOWN_FIELDS: dict[str, Wrong] = {
    "port": "no-port",
    "retention_days": "no-days",
    "language": "no-language",
}


def _wrong_values(error: ValidationError, chosen: Mapping[str, tuple[str, str]]) -> Iterable[Fault]:
    for fault in error.errors(include_input=False, include_url=False):
        setting = str(fault["loc"][0])
        wrong = KNOWN_TYPES.get(fault["type"]) or KNOWN_FIELDS.get(setting, "no-value")
        yield Fault(chosen[setting][0], wrong)
