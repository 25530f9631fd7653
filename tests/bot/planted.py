"""Programs with one bug each, for the simulation to find: parts made otherwise, nothing patched."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, time

from sqlalchemy import text

from bot.channels.base import Channel
from bot.contacts.case import reminder_in
from bot.inbound import Incoming, Outcome
from bot.outbound import Became, Outbound, Ready
from bot.parts import Parts
from bot.simulation.office import Office, Premises
from bot.simulation.platform import SimulatedChannel
from flows.calendar import PersonCalendar
from flows.figures import Band, Given
from storage import outbox, releases
from storage.database import Unit
from storage.outbox import Outgoing
from storage.people import Profile, Reached
from storage.releases import Released

EVERY_DAY = frozenset(range(1, 8))
MIDNIGHT, LATE = time(0), time(23, 59)
LATER = datetime(2026, 3, 4, tzinfo=UTC)


def sql(unit: Unit, statement: str) -> None:
    unit.connection.execute(text(statement))


class AlwaysOpen(Parts):
    """The gate is gone: everybody seems to work day and night, all year."""

    def calendar(self, unit: Unit, profile: Profile, now: datetime) -> PersonCalendar:
        return PersonCalendar(
            zone=profile.zone, working_days=EVERY_DAY, hours_from=MIDNIGHT, hours_to=LATE
        )


class WithoutGate(Office):
    def make_parts(self) -> Parts:
        sound = super().make_parts()
        return AlwaysOpen(**{field.name: getattr(sound, field.name) for field in fields(sound)})


class Spendthrift(Outbound):
    """Nobody's weekly budget is what they were promised."""

    def _open(self, unit: Unit, row: Outgoing) -> Outgoing | None:
        sql(unit, "UPDATE person SET budget_per_week = 99 WHERE budget_per_week < 99")
        return super()._open(unit, row)


class WithoutBudget(Office):
    def make_outbound(self) -> Outbound:
        return Spendthrift(self.commits, self.parts, self.premises.channels, self.premises.ids())


DAY = 86_400_000_000
"""In the microseconds that SQLite's moments are kept in."""


class Repeating(Outbound):
    """What a course asks and an invitation says comes again the next day."""

    def _open(self, unit: Unit, row: Outgoing) -> Outgoing | None:
        opened = super()._open(unit, row)
        if opened and row.kind == "contact":
            sql(unit, f"UPDATE reminder SET state = 'planned', due_at = due_at + {DAY} WHERE "
                      f"id = '{reminder_in(row.slot_key)}' "
                      "AND kind IN ('nudge', 'meeting-invite')")  # fmt: skip
        return opened


class WithoutMemory(Office):
    def make_outbound(self) -> Outbound:
        return Repeating(self.commits, self.parts, self.premises.channels, self.premises.ids())


class Forgetting(Outbound):
    """One participant of each course is not thought of."""

    def _open(self, unit: Unit, row: Outgoing) -> Outgoing | None:
        sql(unit, "DELETE FROM reminder WHERE kind = 'nudge' AND person_id IN "
                  "(SELECT min(person_id) FROM participant GROUP BY cohort_id)")  # fmt: skip
        return super()._open(unit, row)


class ForgettingSomebody(Office):
    def make_outbound(self) -> Outbound:
        return Forgetting(self.commits, self.parts, self.premises.channels, self.premises.ids())


class Restless(Outbound):
    """No course rests, nobody has left, and no week is quiet."""

    def _open(self, unit: Unit, row: Outgoing) -> Outgoing | None:
        for statement in (
            "UPDATE cohort SET state = 'running'", "UPDATE participant SET left_at = NULL",
            "UPDATE membership SET left_at = NULL", "UPDATE person SET status = 'active'",
            "UPDATE rule SET body = '{}' WHERE body LIKE '%quiet%'",
            "UPDATE reminder SET state = 'planned' WHERE kind = 'nudge' AND state = 'dropped'",
        ):  # fmt: skip
            sql(unit, statement)
        return super()._open(unit, row)


class WithoutRest(Office):
    def make_outbound(self) -> Outbound:
        return Restless(self.commits, self.parts, self.premises.channels, self.premises.ids())


class Muddled(Outbound):
    """What a nearest leader is to see now and then goes to whoever was written to before."""

    before: Reached | None = None

    async def _send(self, ready: Ready) -> Became:
        wrong = self.before
        self.before = ready.reached
        swaps = ready.row.kind == "part" and wrong and wrong.channel == ready.reached.channel
        return await super()._send(ready._replace(reached=wrong) if swaps and wrong else ready)


class WithRecipientsSwapped(Office):
    def make_outbound(self) -> Outbound:
        return Muddled(self.commits, self.parts, self.premises.channels, self.premises.ids())


class WithoutWithdrawal(Office):
    """What was taken back is shared again at once."""

    def taking_in(self, incoming: Incoming) -> Callable[[Unit], Outcome]:
        sound = super().taking_in(incoming)

        def work(unit: Unit) -> Outcome:
            outcome = sound(unit)
            sql(unit, "UPDATE share SET state = 'shared' WHERE state = 'withdrawn'")
            return outcome

        return work


class WithoutInbox(Office):
    """An event that is delivered again looks like a new one."""

    deliveries = itertools.count()

    def taking_in(self, incoming: Incoming) -> Callable[[Unit], Outcome]:
        return super().taking_in(replace(incoming, key=f"{incoming.key}~{next(self.deliveries)}"))


class Careless(Outbound):
    """Marks as sent, then sends."""

    async def _send(self, ready: Ready) -> Became:
        now = self.parts.clock()
        await self.write(lambda unit: outbox.mark_sent(unit, ready.row.id, now, None))
        became = await super()._send(ready)
        return Became(became.note if became.again is None else _forget)


def _forget(unit: Unit) -> None:
    """What failed is believed to be sent."""


class MarkingFirst(Office):
    def make_outbound(self) -> Outbound:
        return Careless(self.commits, self.parts, self.premises.channels, self.premises.ids())


class Forgetful(SimulatedChannel):
    """Answers "it did not arrive" to whatever it is asked."""

    async def find(self, external_id: str, key: str) -> bool | None:
        return False


class SendingBlindly(Office):
    def __init__(self, premises: Premises) -> None:
        super().__init__(replace(premises, channels=_forgetful(premises.channels)))


def _forgetful(channels: Mapping[str, Channel]) -> dict[str, Channel]:
    return {
        name: Forgetful(name, channel.history, can_look_up=True)
        for name, channel in channels.items()
        if isinstance(channel, SimulatedChannel)
    }


class LosingAnswers(Office):
    """A conversation is thrown away after the turn in which something was written."""

    def taking_in(self, incoming: Incoming) -> Callable[[Unit], Outcome]:
        sound = super().taking_in(incoming)

        def work(unit: Unit) -> Outcome:
            outcome = sound(unit)
            if incoming.text is not None and "km" in incoming.text:
                sql(unit, "DELETE FROM conversation WHERE touched_at = "
                          "(SELECT max(touched_at) FROM conversation)")  # fmt: skip
            return outcome

        return work


class Telling(Office):
    """HR is given what its ledger should not hold; `figures`: who is behind each, and the band."""

    figures: tuple[tuple[str, Band], ...] = ()

    def taking_in(self, incoming: Incoming) -> Callable[[Unit], Outcome]:
        sound = super().taking_in(incoming)

        def work(unit: Unit) -> Outcome:
            outcome = sound(unit)
            self.give(unit)
            return outcome

        return work

    def give(self, unit: Unit) -> None:
        query = text("SELECT id FROM person WHERE roles = 'hr'")
        viewer = str(unit.connection.execute(query).scalar())
        known = releases.released(unit, "cohort:")
        there = {one.period for one in known if one.viewer == viewer}
        for at, (people, band) in enumerate(self.figures, start=1):
            given = Given(frozenset(f"{ord(one):04x}" for one in people), band)
            released = Released(viewer, "cohort:after:focus:all", f"2026-{at:02}-01", given)
            if released.period not in there:
                now = self.parts.clock()
                releases.put_release(unit, self.parts.ids, now, released)


class GivingFewAway(Telling):
    figures = (("abc", "high"),)


class GivingOneAway(Telling):
    """Seven are middle, and with one more they are high: that one is high."""

    figures = (("abcdefg", "middle"), ("abcdefgh", "high"))


class Recomputing(Telling):
    """What was given is worked out again, and is another now."""

    figures = (("abcde", "high"),)

    def give(self, unit: Unit) -> None:
        super().give(unit)
        if self.parts.clock() > LATER:
            sql(unit, "UPDATE release SET body = '\"low\"'")
