"""Somebody leaves the organisation: nothing is sent to them any more, and nothing goes on in
their name. Their own words stay theirs until they are old, or erased."""

from __future__ import annotations

from bot.course import planning
from bot.course.meeting_leaving import go_on_without
from bot.pairing import close_pair
from bot.parts import Parts
from bot.telling import tell
from storage import audit, groups, outbox, pairs, people
from storage.database import Unit
from storage.people import Profile


def leave(unit: Unit, parts: Parts, profile: Profile, *, by: str | None = None) -> None:
    """Whoever had them as nearest leader is told that the pair is closed. `by`: who noted it."""
    now = parts.clock()
    planning.leave_all(unit, parts, profile.id)
    close_pair(unit, now, profile.id)
    for pair in pairs.pairs_led_by(unit, profile.id):
        close_pair(unit, now, pair.leader)
        led = people.get_person(unit, pair.leader)
        tell(unit, parts, led, "nearest-leader-left", name=profile.name)
    members = [member for _, member in groups.memberships_of(unit, profile.id)]
    go_on_without(unit, parts, profile.id)
    groups.leave(unit, now, members)
    people.change_person(unit, profile.id, status="left")
    outbox.drop_planned(unit, profile.id, "no longer wanted")
    planning.groups_changed(unit, parts, [one.group for one in members])
    audit.note(unit, now, "left the organisation", profile.id, by=by)
