"""conversations.*: opening a direct message, looking into one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Json

if TYPE_CHECKING:
    from tests.fakes.slack.channels import Channel
    from tests.fakes.slack.messages import Message
    from tests.fakes.slack.world import World


def open_one(world: World, params: Json) -> Json:
    """With one person. Group messages are not built."""
    world.need("im:write")
    if "channel" in params:
        channel = world.channel(params["channel"])
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    users = [user for user in params.get("users", "").split(",") if user]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > world.limits.open_users:
        raise Refusal("too_many_users")
    people = [world.person(user) for user in users]
    if any(person.deleted for person in people):
        raise Refusal("user_disabled")
    if len(people) > 1:
        raise Refusal("not_built_in_the_fake", status=501)
    channel = world.direct(people[0])
    return {"channel": channel.as_json() if params.get("return_im") else {"id": channel.id}}


def info(world: World, params: Json) -> Json:
    channel = world.channel(params["channel"])
    world.need(f"{channel.scope}:read")
    said = channel.as_json()
    if params.get("include_num_members"):
        said["num_members"] = len(channel.members)
    return {"channel": said}


def history(world: World, params: Json) -> Json:
    """The newest first, page by page; ephemeral messages are not in it."""
    channel = world.channel(params["channel"])
    world.need(f"{channel.scope}:history")
    if not channel.bot_in:
        raise Refusal("not_in_channel")
    limit = params.get("limit") or 100
    if limit > world.limits.history_page:
        raise Refusal("invalid_limit")
    span = (_moment(params, "oldest", 0.0), _moment(params, "latest", float("inf")))
    inclusive = params.get("inclusive", False)
    messages = [m for m in _found(world, channel) if _within(m, span, inclusive=inclusive)]
    messages.sort(key=lambda message: float(message.ts), reverse=True)
    start = _start(params.get("cursor", ""))
    page, rest = messages[start : start + limit], messages[start + limit :]
    with_metadata = params.get("include_all_metadata", False)
    said: Json = {
        "messages": [m.as_json(with_metadata=with_metadata) for m in page],
        "has_more": bool(rest),
        "pin_count": 0,
    }
    cursor = f"next:{start + limit}" if rest else ""
    return said | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _found(world: World, channel: Channel) -> Iterator[Message]:
    for message in channel.messages.values():
        age = (world.clock() - message.at).total_seconds()
        if not message.only_for and age >= world.history_lag:
            yield message


def _within(message: Message, span: tuple[float, float], *, inclusive: bool) -> bool:
    ts, (oldest, latest) = float(message.ts), span
    return oldest <= ts <= latest if inclusive else oldest < ts < latest


def _moment(params: Json, name: str, usual: float) -> float:
    try:
        return float(params.get(name) or usual)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _start(cursor: str) -> int:
    number = cursor.removeprefix("next:")
    if cursor and not number.isdigit():
        raise Refusal("invalid_cursor")
    return int(number or 0)
