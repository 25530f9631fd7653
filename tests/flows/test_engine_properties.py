"""The engine keeps its promises in random dialogues, whatever anybody does."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from flows.check import check
from flows.load import Catalogue, shipped_catalogue
from flows.model import Dialogue
from flows.testing import read_story
from tests.flows.cases import cases, dialogues, some_moves
from tests.flows.playing import REAL, Case, play
from tests.flows.promises import PROMISES

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.toml"))
Judged = Callable[..., Any]


def random_cases(examples: int) -> Callable[[Judged], Judged]:
    return settings(
        max_examples=examples,
        phases=(Phase.generate,),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@random_cases(300)
@given(case=cases())
def test_every_promise_is_kept(case: Case) -> None:
    played = play(REAL, case)
    for promise in PROMISES:
        promise(REAL, case[0], played)


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
@random_cases(3)
@given(rng=st.randoms(use_true_random=True))
def test_every_promise_is_kept_by_the_shipped_dialogues(
    transcript: Path, catalogue: Catalogue, rng: Random
) -> None:
    story = read_story(transcript)
    case: Case = (catalogue[story.dialogue], story.facts, some_moves(rng) + some_moves(rng))
    played = play(REAL, case)
    for promise in PROMISES:
        promise(REAL, case[0], played)


def test_the_random_cases_come_by_all_that_the_promises_are_about() -> None:
    seen: Counter[str] = Counter()

    @random_cases(150)
    @given(case=cases())
    def count(case: Case) -> None:
        played = play(REAL, case)
        seen["ended"] += played[-1].after.status == "done"
        for one in played:
            seen.update(f"[{told.note}]" for told in one.turn.says if told.note)
            seen.update("undone" if one.undone else one.name for one in one.turn.effects)
            decided = (answer.value for answer in one.after.answers)
            seen.update(str(one["decision"]) for one in decided if isinstance(one, dict))

    count()
    expected = {
        "ended", "undone", "share", "keep", "lapsed", "[further-on]", "[shared]", "[withdrawn]",
        "[changed]", "[which-answer]", "[not-understood]", "[resting]", "finish-preparation",
    }  # fmt: skip
    assert expected <= {name for name, times in seen.items() if times}


@random_cases(10)
@given(dialogue=dialogues())
def test_the_random_dialogues_are_such_as_the_checker_lets_pass(
    known: dict[str, frozenset[str]], dialogue: Dialogue
) -> None:
    words = shipped_catalogue()
    alone = Catalogue(dialogues={"random": dialogue}, common=words.common)
    wrong = [str(one) for one in check(alone, **known) if one.dialogue == "random"]
    assert [one for one in wrong if "is never reached" not in one] == []
