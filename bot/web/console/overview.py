"""The first page: how many there are, what somebody could look at, how delivery goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.console.delivery import Summary, summary_of
from bot.web.console.room import Here
from storage import directory, group_lists, organisation
from storage.database import Unit
from storage.organisation import HelpRoutes

router = APIRouter()
CHECKED_WITHIN = timedelta(days=182)
"""After half a year somebody might call the numbers again."""
WEEK = timedelta(days=7)


class Overview(NamedTuple):
    people: directory.Counts
    groups: dict[str, int]
    incomplete: int
    routes: HelpRoutes
    delivery: Summary

    def to_do(self, today: date) -> list[tuple[str, int, str]]:
        """(what, how many, where): only what can be done something about."""
        checked = self.routes.checked
        routes_old = checked is None or today - checked > CHECKED_WITHIN
        some = [
            ("nobody", int(self.people.here <= 1), "/admin/people/import"),
            ("not_yet", self.people.not_yet, "/admin/people?show=not-yet"),
            ("without", self.people.without, "/admin/people?show=without"),
            ("trios", self.incomplete, "/admin/groups?kind=trio"),
            ("refused", self.delivery.closed, "/admin/delivery"),
            ("routes", int(routes_old), "/admin/settings#routes"),
        ]
        return [(what, count, where) for what, count, where in some if count]


@router.get("")
async def overview(room: Here) -> Response:
    since = room.now - WEEK

    def look(unit: Unit) -> Overview:
        return Overview(
            directory.counts(unit), group_lists.counts(unit), group_lists.incomplete_trios(unit),
            organisation.all_help_routes(unit), summary_of(unit, since),
        )  # fmt: skip

    found = await room.read(look)
    return room.show("overview", "overview", found=found, to_do=found.to_do(room.today))
