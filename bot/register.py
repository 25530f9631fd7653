"""Who is who on a channel whose workspace vouches for people's e-mail addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.outbound import Writes
from bot.parts import Parts
from bot.talk import Talk
from flows.model import Language
from storage import addresses, audit, inbox, people
from storage.database import Unit


class Place(NamedTuple):
    """Where somebody is reached."""

    channel: str
    external_id: str


class Register:
    """`welcomed` is told when there is a welcome to deliver."""

    def __init__(
        self, write: Writes, parts: Parts, welcomed: Callable[[], None] = lambda: None
    ) -> None:
        self._write = write
        self._parts = parts
        self._on_welcome = welcomed

    async def language(self, channel: str, external_id: str) -> Language | None:
        """Of whoever the address is, None if it is nobody's."""

        def look(unit: Unit) -> Language | None:
            found = people.find_by_address(unit, channel, external_id)
            return found.language if found else None

        return await self._write(look)

    async def by_email(self, channel: str, external_id: str, email: str, key: str) -> bool:
        """Makes the address that of the person with this e-mail, and welcomes them, which is the
        answer to the event of that key. False when there is nobody to welcome, or when they are
        reached elsewhere: then they link it themselves, for whoever runs a workspace can give an
        account any e-mail."""

        def recognise(unit: Unit) -> bool:
            return self._by_email(unit, Place(channel, external_id), email, key)

        welcomed = await self._write(recognise)
        if welcomed:
            self._on_welcome()
        return welcomed

    def _by_email(self, unit: Unit, place: Place, email: str, key: str) -> bool:
        if addresses.address_at(unit, *place) is not None:
            return False
        found = people.find_by_email(unit, email)
        if found is None or found.status != "active" or _is_reached(unit, found.id, place.channel):
            return False
        now = self._parts.clock()
        if not inbox.receive(unit, place.channel, key, now):
            return False
        for former in addresses.addresses_of(unit, found.id):
            if former.channel == place.channel:
                addresses.remove(unit, former.id)
        addresses.add_preferred(unit, self._parts.ids, found.id, *place)
        audit.note(unit, now, f"recognised on {place.channel}", found.id)
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
        """The account was closed: nothing is sent there as long as it is."""
        await self._write(lambda unit: self._left(unit, Place(channel, external_id)))

    def _left(self, unit: Unit, place: Place) -> None:
        gone = addresses.address_at(unit, *place)
        if gone is None or gone.state == people.CLOSED:
            return
        addresses.close(unit, gone.id)
        others = addresses.addresses_of(unit, gone.person)
        if elsewhere := next((one for one in others if not one.is_closed), None):
            addresses.prefer(unit, gone.person, elsewhere.id)
        audit.note(unit, self._parts.clock(), f"left {place.channel}", gone.person)

    async def changed(self, channel: str, external_id: str, email: str) -> None:
        """The account is another than before: open again, or with another e-mail. One that has the
        e-mail of somebody else among us is no longer who it was."""
        await self._write(lambda unit: self._changed(unit, Place(channel, external_id), email))

    def _changed(self, unit: Unit, place: Place, email: str) -> None:
        held = addresses.address_at(unit, *place)
        if held is None:
            return
        owner = people.find_by_email(unit, email) if email else None
        now = self._parts.clock()
        if owner is not None and owner.id != held.person:
            addresses.remove(unit, held.id)
            audit.note(unit, now, f"no longer theirs on {place.channel}", held.person)
        elif held.state == people.CLOSED:
            addresses.heard_from(unit, held)
            audit.note(unit, now, f"back on {place.channel}", held.person)


def _is_reached(unit: Unit, person: str, channel: str) -> bool:
    """Whether anywhere but at a closed account on this very channel."""
    theirs = addresses.addresses_of(unit, person)
    return any(one.channel != channel or not one.is_closed for one in theirs)
