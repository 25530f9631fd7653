"""The program as a process of its own: how fast it answers, how it runs, how it stops."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from storage.encryption import new_secret_key
from tests.bot.office import ENGLISH

TILLIDSRUM = [sys.executable, "-m", "bot.cli"]
HEAVY = ("pydantic", "sqlmodel", "sqlalchemy", "fastapi", "uvicorn", "cryptography", "typst")
ROOT = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if "TILLIDSRUM" not in name}
    return {**inherited, **ENGLISH, "PYTHONPATH": str(ROOT), **more}


def seconds(*command: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment())
    return time.perf_counter() - began


@pytest.mark.parametrize("args", [["--help"], ["run", "--help"], ["db", "restore", "--help"]])
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    look = (
        "import sys\n"
        "from bot.cli import main\n"
        f"main({args!r}, standalone_mode=False)\n"
        f"print([one for one in {HEAVY!r} if one in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], check=True, capture_output=True, text=True, env=environment()
    )
    assert done.stderr == "[]\n"


def test_help_takes_no_longer_than_importing_the_tables_library() -> None:
    ours = min(seconds("-m", "bot.cli", "--help") for _ in range(3))
    assert ours <= min(seconds("-c", "import sqlmodel") for _ in range(2))


def test_a_refusal_is_a_line_on_stderr_and_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [*TILLIDSRUM, "run"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(TILLIDSRUM_TIME_ZONE="Mars/Olympus"),
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "Error: TILLIDSRUM_TIME_ZONE is no IANA time zone. Write one such as Europe/Copenhagen.\n"
    )


def test_it_runs_says_what_is_missing_and_stops_when_asked(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = str(held.getsockname()[1])
    settings = environment(
        TILLIDSRUM_SECRET_KEY=new_secret_key(), TILLIDSRUM_PORT=port, PYTHONUNBUFFERED="1"
    )
    running = subprocess.Popen(
        [*TILLIDSRUM, "run"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=settings,
    )
    assert running.stdout is not None
    greeting = [running.stdout.readline() for _ in range(3)]
    # The socket is bound before the greeting, so the request waits until it is taken up.
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as health:
        assert health.read() == b"ok"
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err
    assert out == "Tillidsrum has stopped.\n"
    assert "Traceback" not in err
    assert greeting[0].startswith(f"Tillidsrum runs at http://127.0.0.1:{port}")
    assert greeting[1].startswith("Slack: not configured. Set TILLIDSRUM_SLACK_BOT_TOKEN and")
    assert greeting[2].startswith("Telegram: not configured. Set TILLIDSRUM_TELEGRAM_BOT_TOKEN")
    left = {file.name for file in (tmp_path / "var").iterdir()}
    assert left == {"tillidsrum.db"}  # no write-ahead log: the store was closed
