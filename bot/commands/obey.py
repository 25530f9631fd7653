"""Calls a command, and words what it refuses in a line or two with the mend, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from bot.commands.explain import explain
from bot.commands.refused import Refused
from bot.settings import SettingsError
from flows.load import Broken
from storage.errors import StorageError

REFUSED = 1


def obey(module: str, given: Mapping[str, Any]) -> int:
    """The exit code of the command of that module."""
    work = import_module(f"bot.commands.{module}")
    try:
        code: int = work.run(**given)
    except (Refused, SettingsError, StorageError, Broken) as error:
        message = explain(error)
        if given.get("as_json"):
            tell({"ok": False, "error": message})
        raise click.ClickException(message) from None
    return code


def tell(answer: Mapping[str, Any]) -> None:
    """One JSON object, for programs to read."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
