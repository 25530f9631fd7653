"""views.*: modals, one on the other, and everybody's home."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import blocks as kit
from tests.fakes.slack import fields
from tests.fakes.slack.messages import Button, buttons, unescaped
from tests.fakes.slack.refusal import Refusal, invalid
from tests.fakes.slack.shapes import Json

if TYPE_CHECKING:
    from tests.fakes.slack.people import Person
    from tests.fakes.slack.world import World


@dataclass
class View:
    """An open modal or a home, as its person has it before them. `values`: what is filled in, by
    block and action; `errors`: what stands in red, by label."""

    id: str
    json: Json
    hash: str
    values: dict[tuple[str, str], Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    root: str = ""
    previous: str = ""

    @property
    def blocks(self) -> list[Json]:
        return list(self.json["blocks"])

    @property
    def title(self) -> str:
        return str(self.json.get("title", {}).get("text", ""))

    @property
    def text(self) -> str:
        return unescaped(kit.words(self.blocks))

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(buttons(self.blocks))

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def inputs(self) -> list[str]:
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    def state(self) -> Json:
        return fields.state(self.blocks, self.values)


def open_one(world: World, params: Json) -> Json:
    """What was open before is gone."""
    json = _checked(world, params["view"], "modal")
    person = world.use_trigger(_trigger(params))
    view = _new(world, json)
    person.views[:] = [view]
    return {"view": as_json(world, view)}


def push(world: World, params: Json) -> Json:
    if params["view"].get("type") != "modal":
        complaint = "must match the `type` of the root view whose stack we're pushing onto"
        raise invalid(complaint, "/view/type")
    json = _checked(world, params["view"], "modal")
    person = world.use_trigger(_trigger(params))
    view = _put_on_top(world, person, json)
    return {"view": as_json(world, view)}


def update(world: World, params: Json) -> Json:
    """A view that is closed is not found."""
    view = _find(world, params)
    kind = view.json["type"]
    json = _checked(world, params["view"], kind, keeps=view)
    if params.get("hash", view.hash) != view.hash:
        raise Refusal("hash_conflict")
    _replace(world, view, json)
    return {"view": as_json(world, view)}


def publish(world: World, params: Json) -> Json:
    if not world.manifest.home:
        raise Refusal("not_enabled")
    person = world.person(params["user_id"])
    json = _checked(world, params["view"], "home", keeps=person.home)
    if person.home is None:
        person.home = _new(world, json)
    else:
        if params.get("hash", person.home.hash) != person.home.hash:
            raise Refusal("hash_conflict")
        _replace(world, person.home, json)
    return {"view": as_json(world, person.home)}


def answered(world: World, person: Person, view: View, body: Any) -> None:
    """What an app answers to a submission: nothing closes the view. Raises Refusal."""
    action = body.get("response_action") if isinstance(body, dict) else None
    if action == "errors":
        _show_errors(view, body.get("errors"))
    elif action == "clear":
        person.views.clear()
    elif action == "update":
        json = _checked(world, body.get("view"), "modal", keeps=view)
        _replace(world, view, json)
    elif action == "push":
        _put_on_top(world, person, _checked(world, body.get("view"), "modal"))
    elif body not in (None, "", {}):
        raise Refusal("invalid_response", f"no answer to a submission: {body!r}")
    elif view in person.views:
        person.views.remove(view)


def as_json(world: World, view: View) -> Json:
    """As the app gets it."""
    usual: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "close": None,
        "submit": None,
        "title": None,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    own: Json = {
        "id": view.id,
        "team_id": world.team,
        "app_id": world.app_id,
        "bot_id": world.bot_id,
        "app_installed_team_id": world.team,
        "hash": view.hash,
        "root_view_id": view.root or view.id,
        "previous_view_id": view.previous or None,
        "state": {"values": view.state()},
    }
    return usual | view.json | own


def _show_errors(view: View, errors: Any) -> None:
    inputs = {b["block_id"]: b["label"]["text"] for b in view.blocks if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise Refusal("invalid_response", "errors must be an object with block ids")
    for block_id, said in errors.items():
        if block_id not in inputs or not isinstance(said, str) or not said:
            raise Refusal("invalid_response", f"no input block has the block_id {block_id!r}")
    view.errors = {inputs[block_id]: said for block_id, said in errors.items()}


def _trigger(params: Json) -> str:
    if (trigger := params.get("trigger_id")) is None:
        raise invalid("missing required field: trigger_id")
    return str(trigger)


def _checked(world: World, json: Any, kind: str, keeps: View | None = None) -> Json:
    """`keeps`: the view that may have this external id already."""
    checked = kit.check_view(json, world.limits, kind)
    external = checked.get("external_id")
    for view in _all(world):
        if external and view is not keeps and view.json.get("external_id") == external:
            raise Refusal("duplicate_external_id")
    return checked


def _find(world: World, params: Json) -> View:
    if not params.keys() & {"view_id", "external_id"}:
        raise invalid("missing required field: view_id")
    for view in _all(world):
        if view.id == params.get("view_id"):
            return view
        if "external_id" in params and view.json.get("external_id") == params["external_id"]:
            return view
    raise Refusal("not_found")


def _all(world: World) -> list[View]:
    found = [view for person in world.people.values() for view in person.views]
    return found + [person.home for person in world.people.values() if person.home]


def _new(world: World, json: Json) -> View:
    return View(f"V{world.next_id():08X}", json, _hash(world))


def _put_on_top(world: World, person: Person, json: Json) -> View:
    if not person.views:
        raise Refusal("not_found")
    if len(person.views) >= world.limits.view_stack:
        raise Refusal("push_limit_reached")
    view = _new(world, json)
    view.root = person.views[0].id
    view.previous = person.views[-1].id
    person.views.append(view)
    return view


def _replace(world: World, view: View, json: Json) -> None:
    """What was filled in stays where block and action are the same."""
    view.json, view.hash, view.errors = json, _hash(world), {}
    kept = {(b["block_id"], e["action_id"]) for b in json["blocks"] for _, e in kit.elements(b)}
    view.values = {place: value for place, value in view.values.items() if place in kept}


def _hash(world: World) -> str:
    return f"{int(world.clock().timestamp())}.{world.next_id():08x}"
