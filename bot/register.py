"""Who is who on a channel whose workspace vouches for people's e-mail addresses."""

from __future__ import annotations

from bot.outbound import Writes
from bot.parts import Parts
from bot.talk import Talk
from storage import addresses, audit, people
from storage.database import Unit


class Register:
    def __init__(self, write: Writes, parts: Parts) -> None:
        self._write = write
        self._parts = parts

    async def known(self, channel: str, external_id: str) -> bool:
        """Whether the address is somebody's."""

        def look(unit: Unit) -> bool:
            return addresses.address_at(unit, channel, external_id) is not None

        return await self._write(look)

    async def by_email(self, channel: str, external_id: str, email: str) -> bool:
        """Makes the address that of the person with this e-mail, and welcomes them. False when
        there is none, or when they are known elsewhere: then they link it themselves, for whoever
        runs a workspace can give an account any e-mail."""
        return await self._write(lambda unit: self._by_email(unit, channel, external_id, email))

    def _by_email(self, unit: Unit, channel: str, external_id: str, email: str) -> bool:
        if addresses.address_at(unit, channel, external_id) is not None:
            return True
        found = people.find_by_email(unit, email)
        if found is None or found.status != "active" or people.reached_at(unit, found.id):
            return False
        addresses.add_preferred(unit, self._parts.ids, found.id, channel, external_id)
        audit.note(unit, self._parts.clock(), f"recognised on {channel}", found.id)
        talk = Talk(unit, self._parts, found)
        talk.begin("welcome")
        talk.flush(f"recognised:{self._parts.ids()}")
        return True

    async def stays(self, channel: str, external_id: str, here: bool) -> None:
        """Whether somebody wants to hear from us there: they took the bot up again, or blocked
        it."""
        await self._write(lambda unit: self._stays(unit, channel, external_id, here))

    def _stays(self, unit: Unit, channel: str, external_id: str, here: bool) -> None:
        held = addresses.address_at(unit, channel, external_id)
        if held is None:
            return
        if here:
            addresses.heard_from(unit, held)
        else:
            addresses.close(unit, held.id)

    async def left(self, channel: str, external_id: str) -> None:
        """The account was closed: nothing is sent there any more."""
        await self._write(lambda unit: self._left(unit, channel, external_id))

    def _left(self, unit: Unit, channel: str, external_id: str) -> None:
        gone = addresses.address_at(unit, channel, external_id)
        if gone is not None:
            addresses.remove(unit, gone.id)
            audit.note(unit, self._parts.clock(), f"left {channel}", gone.person)
