"""Figure 13: what a nearest leader's digest asks of the database, with 12 leaders and a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.clock import SetClock
from bot.digest_facts import lines_for
from bot.settings import Settings
from bot.wiring import Wired, build
from flows.cadence import Cadence as Rule
from flows.conversation import Place
from storage import cadences, pairs, people, shares
from storage.database import Unit
from storage.pairs import Pair
from storage.people import Profile
from storage.sqlite import driver_of
from tests.benchmarks.ours import KEY
from tests.benchmarks.rounds import Figure

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LEADERS, FORTNIGHTS, SHARED = 12, 26, 3
MOST = 3


def measure(folder: Path) -> list[Figure]:
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for fortnights in (1, FORTNIGHTS):
        file = folder / f"digest{fortnights}.db"
        settings = Settings(database_url=f"sqlite:///{file}", secret_key=SecretStr(KEY))
        wired = build(settings, clock=SetClock(NOW))
        karin = _fill(wired, fortnights)
        counts[fortnights] = _statements(wired, karin)
        wired.close()
    asked, lines = counts[FORTNIGHTS]
    what = (
        f"database round trips for a digest of {LEADERS} leaders after a year ({lines} lines; "
        f"{counts[1][0]} after a fortnight)"
    )
    return [Figure("13", what, str(asked), f"at most {MOST}", asked <= MOST)]


def _fill(wired: Wired, fortnights: int) -> Profile:
    with wired.database.write() as unit:
        ids = wired.parts.ids
        karin = people.add_person(unit, ids, NOW, name="Karin Lund")
        for number in range(LEADERS):
            leader = people.add_person(unit, ids, NOW, name=f"Leder {number}")
            pair = pairs.begin_pair(unit, ids, NOW, leader.id, karin.id)
            rule = Rule(anchor=date(2026, 1, 7), every_weeks=2, at=time(10))
            cadences.begin_cadence(unit, ids, leader.id, rule, pair=pair.id)
            people.add_leave(unit, ids, leader.id, date(2026, 12, 21), date(2026, 12, 31))
            for back in range(fortnights):
                _share(unit, wired, leader, pair, NOW - timedelta(weeks=2 * back, days=1))
        return karin


def _share(unit: Unit, wired: Wired, leader: Profile, pair: Pair, at: datetime) -> None:
    for number in range(SHARED):
        content = shares.Content(f"Punkt {number} fra {at:%d.%m.%Y}")
        place = Place("point", number)
        to, conversation = pair.nearest_leader, f"{leader.id}:{at:%Y%m%d}"
        shares.share(
            unit, wired.parts.ids, at, leader, to, pair, "point", conversation, place, content
        )


def _statements(wired: Wired, karin: Profile) -> tuple[int, int]:
    """Statements that reach SQLite itself, whichever way they take; and the lines of the digest."""
    with wired.database.read() as unit:
        people.get_person(unit, karin.id)  # the transaction has begun
        said: list[str] = []
        driver_of(unit.connection).set_trace_callback(said.append)
        lines = lines_for(unit, wired.parts, karin, NOW)
        driver_of(unit.connection).set_trace_callback(None)
    return len(said), len(lines)
