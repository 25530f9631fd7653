"""Who is who: users.*, team.info, auth.test, dnd.info."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Json

if TYPE_CHECKING:
    from tests.fakes.slack.world import World


def user_info(world: World, params: Json) -> Json:
    person = world.person(params["user"])
    return {"user": person.as_json(with_locale=params.get("include_locale", False))}


def user_by_email(world: World, params: Json) -> Json:
    """Somebody deactivated is not found."""
    for person in world.people.values():
        if person.email.lower() == params["email"].lower() and not person.deleted:
            return {"user": person.as_json()}
    raise Refusal("users_not_found")


def user_list(world: World, params: Json) -> Json:
    people = list(world.people.values())
    cursor = params.get("cursor", "")
    start = cursor.removeprefix("user:")
    if cursor and not start.isdigit():
        raise Refusal("invalid_cursor")
    first, limit = int(start or 0), params.get("limit") or len(people)
    page, rest = people[first : first + limit], people[first + limit :]
    with_locale = params.get("include_locale", False)
    return {
        "members": [person.as_json(with_locale=with_locale) for person in page],
        "cache_ts": int(world.clock().timestamp()),
        "response_metadata": {"next_cursor": f"user:{first + limit}" if rest else ""},
    }


def auth_test(world: World, params: Json) -> Json:
    return {
        "url": f"{world.url}/",
        "team": "Virksomheden",
        "user": "tillidsrum",
        "team_id": world.team,
        "user_id": world.bot_user,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def team_info(world: World, params: Json) -> Json:
    if params.get("team", world.team) != world.team:
        raise Refusal("team_not_found")
    named = {"name": "Virksomheden", "domain": "virksomheden", "email_domain": ""}
    return {"team": {"id": world.team} | named}


def dnd_info(world: World, params: Json) -> Json:
    """Of somebody else: only the hours, never that they pressed «pause»."""
    return world.person(params.get("user", "")).dnd_json()
