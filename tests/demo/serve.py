"""The try-out as the command starts it, on a day of the test's choosing.

python -m tests.demo.serve PORT DATABASE LANGUAGE SECONDS_AHEAD
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import system_clock
from bot.demo.run import run_demo
from flows.model import Language


def serve(port: int, database: Path, language: Language, ahead: timedelta) -> None:
    def clock() -> datetime:
        return system_clock() + ahead

    run_demo(port, False, database, language, clock)


if __name__ == "__main__":
    _, port, database, language, seconds = sys.argv
    serve(
        int(port),
        Path(database),
        "en" if language == "en" else "da",
        timedelta(seconds=float(seconds)),
    )
