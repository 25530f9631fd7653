"""The fortnight, whoever of the two is on Slack and whoever on Telegram, in either language."""

from __future__ import annotations

import pytest

from flows.model import LANGUAGES, Language
from tests.platforms.evidence import (
    came_in_order,
    everything_came_once,
    logged,
    no_mistakes,
    nobody_was_disturbed,
    others_see,
)
from tests.platforms.fortnight import SHARED, TAKEN_BACK, UNSHARED, WRITTEN, Fortnight
from tests.platforms.house import House

WHERE = [(one, other) for one in ("slack", "telegram") for other in ("slack", "telegram")]
CASES = [
    *((where, (language, language)) for where in WHERE for language in LANGUAGES),
    (("slack", "telegram"), ("en", "da")),
]


def named(case: object) -> str:
    return "-".join(map(str, case)) if isinstance(case, tuple) else ""


@pytest.mark.parametrize(("where", "languages"), CASES, ids=named)
async def test_the_fortnight_from_the_invitation_to_the_deletion(
    house: House,
    where: tuple[str, str],
    languages: tuple[Language, Language],
    caplog: pytest.LogCaptureFixture,
) -> None:
    mette = house.moves_in("mette", where[0], languages[0])
    karin = house.moves_in("karin", where[1], languages[1])
    henrik = house.moves_in("henrik", where[1], languages[1])
    house.pairs_up(mette, karin)
    house.slack.fail_next("chat.postMessage", "too-many", times=3, retry_after=2)
    house.telegram.fail_next("sendMessage", "too-many", times=3, retry_after=2)
    fortnight = Fortnight(house, mette, karin, *languages)
    await fortnight.all_of_it()
    for who in (mette, karin):
        everything_came_once(house, who)
        came_in_order(house, who)
    nobody_was_disturbed(house)
    await fortnight.mette_deletes_herself()

    seen = others_see(house, mette)
    assert [text for text in (*UNSHARED, TAKEN_BACK) if text.split()[0] in seen] == []
    assert SHARED.split()[0] in seen, "what is looked through does not hold what was shared"
    assert henrik.messages == []
    said = logged(caplog.records)
    assert "failed" in said, "nothing was logged: what follows would check nothing"
    assert [text for text in WRITTEN if text.split()[0] in said] == []
    no_mistakes(house)
