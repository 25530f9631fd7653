"""Settings from the environment, `.env`, or files named by `*_FILE`; read here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from flows.model import Language

PREFIX = "TILLIDSRUM_"


class SettingsError(ValueError):
    """A setting that cannot be used: the message names it and the mend, never its value."""


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    database_url: str = "sqlite:///var/tillidsrum.db"
    secret_key: SecretStr | None = None
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    time_zone: str = "Europe/Copenhagen"
    language: Language = "da"
    organisation: str = "Tillidsrum"
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    telegram_bot_token: SecretStr | None = None
    telegram_webhook_secret: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("is no IANA time zone; write one such as Europe/Copenhagen")
        return ZoneInfo(zone).key


def read_settings(
    environment: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")
) -> Settings:
    """Reads every setting once. Raises SettingsError that lists all that is wrong."""
    from_file = {} if dotenv is None or not dotenv.is_file() else dotenv_values(dotenv)
    given = {**from_file, **(os.environ if environment is None else environment)}
    named = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in given.items()
        if name.startswith(PREFIX) and value not in (None, "")
    }
    try:
        return Settings.model_validate(_with_files(named))
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _with_files(named: Mapping[str, str | None]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in named.items():
        if name.endswith("_file"):
            values[name.removesuffix("_file")] = _from_file(name, str(value))
        else:
            values.setdefault(name, value)
    return values


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"{PREFIX}{name.upper()} names a file that cannot be read. Check the path and who may read it."
        ) from None


def _explain(error: ValidationError) -> str:
    lines = []
    for fault in error.errors(include_input=False, include_url=False):
        name = f"{PREFIX}{str(fault['loc'][0]).upper()}"
        if fault["type"] == "extra_forbidden":
            lines.append(f"{name} is no setting. Check its spelling against deploy/env.example.")
        else:
            lines.append(f"{name}: {fault['msg']}.")
    return "\n".join(lines)
