"""What people here do again and again, as verbs."""

from __future__ import annotations

from datetime import timedelta

from tests.acceptance.house import House, Resident
from tests.acceptance.platform import Heard

PULSE = ("3", "4", "2", "5", "1")
SKIPPED_PULSE = ("skip",) * 5


async def taps_the_pulse(who: Resident, taps: tuple[str, ...] = PULSE) -> None:
    await who.presses_all(*taps)


async def prepares(who: Resident, *points: str, decision: str = "share") -> None:
    """From "forbered" to the closing words, with at most one point."""
    await who.writes("prepare")
    await taps_the_pulse(who)
    while "carry" in who.heard[-1]:
        await who.presses("skip")
    if not points:
        await who.presses("skip")
        return
    await raises(who, points[0], decision)
    for point in points[1:]:
        await who.presses("yes" if "yes" in who.last.choices else "more")
        await raises(who, point, decision)
    if len(points) < 3:
        await who.presses("no" if len(points) == 1 else "enough")


async def raises(who: Resident, point: str, decision: str = "share") -> None:
    await who.writes(point)
    await who.presses(decision)


async def takes_back(who: Resident, receipt: Heard | None = None) -> None:
    """Presses the button of a receipt, the newest one if none is given."""
    receipt = receipt or who.shown("[shared]")
    await who.presses_on(receipt, next(iter(receipt.choices)))


async def opens_what_is_shared(karin: Resident) -> str:
    """Up to the first of her leaders."""
    await karin.writes("shared with me")
    words = karin.said_to
    if "nearest-leader" in karin.last.choices:
        await karin.presses("nearest-leader")
        words += karin.said_to
    return words


async def looks(karin: Resident) -> str:
    """What somebody's nearest leader can see just now, in words."""
    words = await opens_what_is_shared(karin)
    while "go-on" in karin.last.choices:
        await karin.presses("go-on")
        words += karin.said_to
    return words


async def talked(who: Resident, *covered: str) -> None:
    """After the dialogue: yes, these points are (yes) or are not (no) through; nothing agreed."""
    await who.presses("yes")
    await who.presses_all(*covered)
    await who.presses("no")
    await who.presses("as-planned")


async def agrees(who: Resident, text: str, kind: str = "boundary", rhythm: str = "weekly") -> None:
    """One agreement with oneself, up to the question whether there is another."""
    await who.presses(kind)
    await who.writes(text)
    await who.presses("skip")
    await who.presses(rhythm)


async def makes_agreements(who: Resident, *texts: str, rhythm: str = "weekly") -> None:
    """From "mine aftaler" to saved."""
    await who.writes("my agreements")
    while "keep" in who.last.choices:
        await who.presses("keep")
    await who.presses("yes")
    for number, text in enumerate(texts, start=1):
        await agrees(who, text, rhythm=rhythm)
        if "more" in who.last.choices:
            await who.presses("more" if number < len(texts) else "enough")
    await who.presses("save")


async def lets_weeks_pass(house: House, weeks: int) -> None:
    await house.reach(house.clock() + timedelta(weeks=weeks))
