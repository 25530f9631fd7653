"""Figures 1 and 2: one turn end to end, against python-telegram-bot and against sqlite3 alone."""

from __future__ import annotations

import asyncio
import shutil
import warnings
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from telegram.warnings import PTBUserWarning

from tests.benchmarks import conversation_handler, ours, same_statements
from tests.benchmarks.rounds import Figure, at_least, interleaved, told

DIALOGUES = 9
MOMENTS = 4
Act = Callable[[], object]
Run = Callable[[Coroutine[Any, Any, object]], object]


def measure(folder: Path) -> list[Figure]:
    with asyncio.Runner() as runner:
        spent = _spent(folder, runner.run)
    turns = ours.PEOPLE * MOMENTS
    a_second = {name: turns / seconds for name, seconds in spent.items()}
    return [*_against_the_library(a_second), *_against_sqlite(a_second)]


def _against_the_library(a_second: dict[str, float]) -> list[Figure]:
    at_once, alone = a_second["ours, at once"], a_second["ours, one by one"]
    kind, usual, synced = (
        a_second[f"library, {how}"] for how in ("one dump", "as it comes", "synced")
    )
    what = "turns a second: 100 people at once, against ConversationHandler + PicklePersistence"
    return [
        at_least("1", f"{what} ({at_once:.0f} against {kind:.0f})", at_once / kind, 6.0),
        told("1a", f"the same, its usual settings: {usual:.0f}", f"{at_once / usual:.2f} times"),
        told(
            "1b",
            f"the same, waiting for the disk as ours does: {synced:.0f}",
            f"{at_once / synced:.2f} times",
        ),
        told("1c", f"one by one, a commit each: {alone:.0f}", f"{alone / kind:.2f} times"),
        told(
            "1d",
            "one by one, where the library waits for the disk too",
            f"{alone / synced:.2f} times",
        ),
    ]


def _against_sqlite(a_second: dict[str, float]) -> list[Figure]:
    figures = []
    for number, how in (("2", "one by one"), ("2a", "at once")):
        our, raw = a_second[f"ours, {how}"], a_second[f"sqlite3, {how}"]
        what = f"turns a second, {how}, against sqlite3 alone ({our:.0f} against {raw:.0f})"
        figures.append(at_least(number, what, our / raw, 0.10))
    return figures


def _spent(folder: Path, run: Run) -> dict[str, float]:
    sides: dict[str, Iterator[Act]] = {}
    for how, act, say in (
        ("at once", ours.at_once, same_statements.say_at_once),
        ("one by one", ours.one_by_one, same_statements.say_one_by_one),
    ):
        sides[f"ours, {how}"] = _our_acts(folder / how, run, act)
        sides[f"sqlite3, {how}"] = _sqlite_acts(folder / f"sqlite3, {how}", run, say)
    for how, settings in conversation_handler.SETTINGS.items():
        sides[f"library, {how}"] = _library_acts(folder / how.replace(" ", "-"), run, settings)
    return interleaved(sides, MOMENTS)


def _our_acts(
    folder: Path, run: Run, act: Callable[..., Coroutine[Any, Any, None]]
) -> Iterator[Act]:
    wired = ours.opened(folder)
    pages = ours.Pages(wired)
    for number in range(DIALOGUES):
        for posts in pages.dialogue(number):
            yield lambda posts=posts: run(act(wired, posts))  # type: ignore[misc]
    wired.close()


def _sqlite_acts(folder: Path, run: Run, say: Callable[..., None]) -> Iterator[Act]:
    """Records while it goes: the program on one copy of the file, `say` on the other."""
    wired = ours.opened(folder)
    wired.database.checkpoint()
    shutil.copy(folder / "ours.db", folder / "again.db")
    recording = same_statements.Recording(wired)
    driver = same_statements.connected(folder / "again.db")
    pages = ours.Pages(wired)
    for number in range(DIALOGUES):
        for posts in pages.dialogue(number):
            recording.take()
            run(ours.at_once(wired, posts))
            yield partial(say, driver, recording.take())
    driver.close()
    wired.close()


def _library_acts(folder: Path, run: Run, settings: conversation_handler.Settings) -> Iterator[Act]:
    folder.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # about a setting that is right as it is
        application: Any = run(conversation_handler.started(folder, settings))
    phones = [conversation_handler.Phone(number) for number in range(1, ours.PEOPLE + 1)]
    for number in range(DIALOGUES):
        answers = ours.pressure(number), ours.text(number)
        for bodies in zip(*(phone.bodies(*answers) for phone in phones), strict=True):
            yield lambda bodies=bodies: run(conversation_handler.take_all(application, bodies))  # type: ignore[misc]
    run(application.shutdown())
