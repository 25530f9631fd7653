"""A leader's own page with something on it."""

from __future__ import annotations

from datetime import date, datetime

from bot.papers.curve import THEMES
from bot.parts import Parts
from flows.conversation import Conversation, Place
from storage import agreements, cohorts, conversations, groups, meetings, pairs, pulses, shares
from storage.agreements import Body
from storage.database import Unit
from storage.groups import Member
from storage.people import Profile
from storage.shares import Content
from tests.web.house import House

OWN = "I leave the phone in the hall after six"
MEETING = datetime.fromisoformat("2026-12-03T09:00:00+00:00")
CHECKED = date(2026, 11, 20)
START_DAY, MODULE_DAY = date(2026, 12, 2), date(2026, 12, 9)
"""Of the workshop that the whole TRIO comes to, and of a module for the leader alone."""


class Home:
    """Mette has an agreement, has shared a point with Karin and got one back; she is in a TRIO
    that takes a course and has a meeting."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.agreement = house.does(self._agree)
        house.does(lambda unit: self.shares(unit, house.mette, house.karin, "point", "My point"))
        house.does(
            lambda unit: self.shares(unit, house.karin, house.mette, "own-point", "Karin's point")
        )
        self.group = house.does(self._meets)

    @property
    def parts(self) -> Parts:
        return self.house.wired.parts

    def talks(self, unit: Unit, who: Profile, dialogue: str) -> str:
        """The id of a conversation, for what was written in one."""
        one = Conversation(id=self.parts.ids(), dialogue=dialogue, version=1)
        conversations.begin(unit, who, one, "{}", self.house.clock())
        return one.id

    def shares(self, unit: Unit, author: Profile, to: Profile, kind: str, text: str) -> None:
        pair = pairs.pair_of(unit, self.house.mette.id)
        assert pair is not None
        shares.share(
            unit, self.parts.ids, self.house.clock(), author, to.id, pair, kind,
            self.talks(unit, author, "fortnight"), Place("share"), Content(text),
        )  # fmt: skip

    def _agree(self, unit: Unit) -> str:
        mette, parts = self.house.mette, self.parts
        talk = self.talks(unit, mette, "contract")
        body = Body(OWN, "My partner asks", None, "weekly")
        made = agreements.make_agreement(
            unit, parts.ids, self.house.clock(), mette, talk, Place("agreement-text", 0),
            "restitution", body,
        )  # fmt: skip
        agreements.record_check(unit, parts.ids, mette, made, CHECKED, "partly")
        for day, values in (("2026-11-06", (4, 2, 3, 4, 2)), ("2026-11-20", (3, 3, 3, 4, 3))):
            talk = self.talks(unit, mette, "fortnight")
            for theme, value in zip(THEMES, values, strict=True):
                on = date.fromisoformat(day)
                pulses.record_pulse(unit, parts.ids, mette, talk, on, theme, value)
        return made

    def _meets(self, unit: Unit) -> str:
        parts, now = self.parts, self.house.clock()
        made = groups.make_groups(unit, parts.ids, now, [("trio", "Rosengården")])
        group = made["trio", "Rosengården"].id
        house = self.house
        places = [
            Member(group, house.mette.id, "leader"), Member(group, house.henrik.id, "tr"),
            Member(group, house.anna.id, "amr"),
        ]  # fmt: skip
        groups.join(unit, parts.ids, now, places)
        days = {"start": START_DAY, "module-1": MODULE_DAY}
        cohort = cohorts.begin_cohort(unit, parts.ids, now, "municipal-course", "Nyborg", days)
        cohorts.join(unit, now, cohort.id, [house.mette.id])
        cohorts.add_groups(unit, cohort.id, [group])
        meeting = meetings.open_meeting(unit, parts.ids, now, group, None, "", house.mette.id)
        meetings.change_meeting(unit, meeting.id, state="set", starts_at=MEETING)
        return group
