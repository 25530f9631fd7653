"""The console at /admin: people, groups, courses and how they go, delivery, the log, settings.

It can show nothing that a leader wrote: nothing it reads holds a person's key, and import-linter
keeps it from whatever does (`pyproject.toml`).
"""

from fastapi import APIRouter

from bot.web import door
from bot.web.console import (
    cadences,
    courses,
    delivery,
    figures,
    groups,
    importing,
    log,
    overview,
    people,
    person,
    settings,
    starting,
)

router = APIRouter()
for one in (
    overview, importing, people, person, groups, starting, courses, figures, cadences, delivery,
    log, settings,
):  # fmt: skip
    router.include_router(one.router, prefix="/admin")
router.include_router(door.router("admin"))
