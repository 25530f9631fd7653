from __future__ import annotations

from pathlib import Path

from bot import logs
from bot.commands.listen import listen
from bot.demo.run import HOST, run_demo


def run(port: int, no_browser: bool, database: Path | None) -> int:
    listen(HOST, port, "--port").close()
    with logs.without_secrets():
        run_demo(port, not no_browser, database)
    return 0
