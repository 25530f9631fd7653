"""APScheduler ticks; our tables are the schedule."""

from __future__ import annotations

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.beat import Beat

# The library's own defaults drop what is due together after a second's delay; these run late
# rather than never, and never twice at once.
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


def make_scheduler(beat: Beat, *, every_seconds: int = 15) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(job_defaults=JOB_DEFAULTS, timezone="UTC")
    scheduler.add_job(beat.beat, IntervalTrigger(seconds=every_seconds), id="beat")
    scheduler.add_job(beat.reconcile, IntervalTrigger(minutes=1), id="reconcile")
    scheduler.add_job(beat.tidy, IntervalTrigger(hours=1), id="tidy")
    return scheduler
