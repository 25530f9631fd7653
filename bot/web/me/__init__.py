"""One's own page at /me: what is kept about one, and what one may change about it; and the calendar
subscription at /calendar/.

Everything here opens with the visitor's own key. Of others there is nothing but their names, when
one meets them, and what they have shared with the visitor.
"""

from fastapi import APIRouter

from bot.web import door
from bot.web.me import agreements, data, feed, groups, overview, papers, shared, times, write

router = APIRouter()
for one in (overview, write, agreements, shared, papers, groups, times, data):
    router.include_router(one.router, prefix="/me")
router.include_router(door.router("me"))
router.include_router(feed.router)
