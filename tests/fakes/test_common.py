"""What the fakes of all companies stand on, where no company's own tests would notice."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.common.errands import Errands


async def test_an_errand_that_broke_is_not_passed_over_at_the_end():
    async def breaks() -> None:
        raise LookupError

    errands = Errands()
    errands.start(breaks())
    with pytest.raises(LookupError):
        await errands.finish()
    with pytest.raises(LookupError):
        await errands.stop()


async def test_an_errand_that_never_ends_is_given_up_at_the_end():
    errands = Errands()
    errands.start(asyncio.Event().wait())
    await errands.stop()
    await errands.finish()


async def test_errands_that_others_begin_are_waited_for_too():
    done: list[str] = []
    errands = Errands()

    async def second() -> None:
        done.append("second")

    async def first() -> None:
        errands.start(second())
        done.append("first")

    errands.start(first())
    await errands.finish()
    assert done == ["first", "second"]
