from __future__ import annotations

from pathlib import Path

from bot.commands.language import terminal_language
from bot import logs
from bot.commands.listen import listen
from bot.demo.run import HOST, run_demo


def run(port: int, no_browser: bool, database: Path | None) -> int:
    listen(HOST, port, "--port").close()
    run_demo(port, not no_browser, database, terminal_language())
    return 0
