"""Slack on loopback as a process of its own, with so many people: `... slack_company NUMBER`. It
prints its address, and stops when nobody listens to it any more."""

from __future__ import annotations

import asyncio
import sys

from bot.clock import system_clock
from tests.fakes.slack import FakeSlack


async def main(many: int) -> None:
    async with FakeSlack(system_clock, rates=None) as fake:
        fake.world.echo = False
        for number in range(many):
            fake.person(f"U{number}", f"Leder {number}")
        print(fake.base_url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
