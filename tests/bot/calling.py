"""Calling a command as somebody at a terminal would, and reading what it answers."""

import json
import os
import socket
from typing import Any

from click.testing import CliRunner, Result

from bot.cli import main
from tests.bot.office import ENGLISH, Office


def call(
    *args: str, office: Office | None = None, says: str | None = None, **environment: str
) -> Result:
    ours = {name: None for name in os.environ if name.startswith("TILLIDSRUM_")}
    given = {**ours, **(office.environment if office else ENGLISH), **environment}
    # What a command does not catch must fail the test, not become an exit code.
    result = CliRunner().invoke(main, list(args), input=says, env=given)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def answer(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return str(held.getsockname()[1])
