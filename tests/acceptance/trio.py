"""A TRIO in the house: Mette leads, Karin is TR and Henrik AMR; and what they do about a meeting."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.papers.invitation import make_invitation
from bot.papers.own import invitation_of
from bot.parts import About
from bot.talk import Talk
from storage import groups, meetings, people
from storage.database import Unit
from storage.groups import Kind, Member, Role
from storage.meetings import Meeting
from tests.acceptance.house import ZONE, House, Resident

THURSDAY = datetime(2026, 12, 3, 10, tzinfo=ZoneInfo(ZONE))
FRIDAY = datetime(2026, 12, 4, 13, tzinfo=ZoneInfo(ZONE))


def sits_down(
    house: House, *seats: tuple[str, Role], kind: Kind = "trio", name: str = "Rosengården"
) -> str:
    """A group with these people in these roles; a role that ends in a star is a substitute's."""

    def make(unit: Unit) -> str:
        ids, now = house.wired.parts.ids, house.clock()
        (group,) = groups.make_groups(unit, ids, now, [(kind, name)]).values()
        places = [
            Member(group.id, house.residents[who].id, role.rstrip("*"), role.endswith("*"))
            for who, role in seats
        ]
        for at, place in enumerate(places):
            groups.join(unit, ids, now + timedelta(microseconds=at), [place])
        return group.id

    return house.reads(make)


def trio(house: House, *more: tuple[str, Role]) -> str:
    return sits_down(house, ("mette", "leader"), ("karin", "tr"), ("henrik", "amr"), *more)


async def is_asked_to_call(
    house: House, who: Resident, group: str, dialogue: str = "trio-meeting", **about: str
) -> None:
    """As a course's nudge does."""

    def begin(unit: Unit) -> None:
        talk = Talk(unit, house.wired.parts, people.get_person(unit, who.id))
        talk.begin(dialogue, About(group=group, **about))
        talk.flush(f"asked:{who.name}:{group}:{house.clock():%d%H%M}")

    house._before_anything()
    house.reads(begin)
    await house.wired.beat.beat()


async def proposes(who: Resident, *times: tuple[str, str]) -> None:
    """From the question whether there is a time, to the last word of it."""
    await who.presses("propose")
    for day, clock in times:
        await who.writes(day)
        await who.writes(clock)
    if len(times) < 3:
        await who.presses("skip")
    await who.presses("save")


async def sets(who: Resident, day: str = "3/12", clock: str = "10") -> None:
    await who.presses("set")
    await who.writes(day)
    await who.writes(clock)


def the_meeting(house: House, group: str) -> Meeting:
    return house.reads(lambda unit: meetings.meetings_of(unit, group))[-1]


def meetings_there_are(house: House, group: str) -> int:
    return len(house.reads(lambda unit: meetings.meetings_of(unit, group)))


async def votes(who: Resident, *choices: str) -> None:
    await who.presses(*choices)


def calendar_of(house: House, who: Resident) -> str:
    """As the file that a channel hands over, its long lines put together again."""

    def paper(unit: object) -> bytes:
        profile = people.get_person(unit, who.id)
        return make_invitation(invitation_of(unit, house.wired.parts, profile), "da")

    return house.reads(paper).decode().replace("\r\n ", "")


def sequence(calendar: str) -> int:
    (line,) = [one for one in calendar.splitlines() if one.startswith("SEQUENCE:")]
    return int(line.removeprefix("SEQUENCE:"))
