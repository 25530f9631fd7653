"""`tillidsrum digest preview`: how much would be told, and none of the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import digest
from tests.bot.calling import answer, call
from tests.bot.office import KARIN, MINE, Office, furnish


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return furnish(tmp_path)


def test_a_preview_counts_and_says_no_words(office: Office) -> None:
    shown = call("digest", "preview", KARIN, office=office)
    assert shown.exit_code == 0
    assert "Mette Holm" in shown.stdout
    assert not any(mark in shown.output for mark in MINE.values())


def test_a_preview_for_programs(office: Office) -> None:
    [leader] = answer(call("digest", "preview", KARIN, "--json", office=office))["leaders"]
    assert leader["leader"] == "Mette Holm"
    assert set(leader) == {"leader", "next", "points", "agreements"}


def test_a_digest_takes_three_queries_however_long_the_history(tmp_path: Path) -> None:
    [figure] = digest.measure(tmp_path)
    assert figure.holds, figure
