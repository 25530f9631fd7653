"""A person at their Slack: what they do reaches the app, what the app does shows on the screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.fakes.slack import chat, events, fields, payloads, views
from tests.fakes.slack.messages import Button, Message, Sight, buttons, escaped
from tests.fakes.slack.outbox import Kind, Parcel
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Json
from tests.fakes.slack.views import View

if TYPE_CHECKING:
    from tests.fakes.slack.world import World


class Person:
    """`views`: open modals, the topmost last; `home`: the app's home; `troubles`: what Slack told
    them because the app did not answer, or answered nonsense; `opened`: links that were pressed."""

    def __init__(
        self, world: World, user: str, name: str, email: str, tz: str, locale: str
    ) -> None:
        self.world = world
        self.id = user
        self.name = name
        self.email = email
        self.tz = tz
        self.locale = locale
        self.deleted = False
        self.views: list[View] = []
        self.home: View | None = None
        self.troubles: list[str] = []
        self.opened: list[str] = []
        self.snoozed_until: datetime | None = None

    @property
    def handle(self) -> str:
        return self.email.split("@")[0]

    @property
    def dm_id(self) -> str:
        return f"D{self.id[1:]}"

    @property
    def sees(self) -> list[Sight]:
        """The direct message with the app as it is now; empty as long as nobody opened it."""
        return self.sees_in(self.dm_id) if self.dm_id in self.world.channels else []

    @property
    def buttons(self) -> list[str]:
        """All labels in the direct message, top to bottom."""
        return [label for sight in self.sees for label in sight.labels]

    @property
    def view(self) -> View | None:
        """The modal that is on top."""
        return self.views[-1] if self.views else None

    def sees_in(self, channel: str) -> list[Sight]:
        return self.world.channels[channel].sees(self.id)

    def writes(self, text: str, channel: str = "", thread: str = "") -> Message:
        """In the direct message, or in a channel they are in."""
        self._is_here()
        assert channel or self.world.manifest.messages, "nothing can be written to the app"
        place = self.world.channels[channel] if channel else self.world.direct(self)
        assert self.id in place.members, f"{self.name} is not in {channel}"
        part = {"type": "text", "text": text}
        lines = {"type": "rich_text_section", "elements": [part]}
        block = {"type": "rich_text", "block_id": "rich", "elements": [lines]}
        message = self.world.add(place, self.id, text=escaped(text), blocks=[block], thread=thread)
        events.written(self.world, message, self)
        return message

    def edits(self, message: Message, text: str) -> None:
        previous = message.as_json()
        message.text, message.blocks = escaped(text), []
        message.edited = self.world.stamp()
        events.changed(self.world, message, previous)

    def deletes(self, message: Message) -> None:
        del self.world.channels[message.channel].messages[message.ts]
        events.deleted(self.world, message)

    def presses(self, what: str, on: Sight | View | None = None) -> None:
        """A button, or an option of a menu or of radio buttons, by its label, value or action_id.

        In the open modal, if there is one; else in the newest message that has it, then at home.
        """
        self._is_here()
        for holder in self._places(on):
            for button in buttons(holder.blocks):
                if what in _names(button):
                    return self._press(holder, button)
        raise AssertionError(f"no button {what!r}; there are {self._offered(on)}")

    def submits(self, answers: dict[str, Any] | None = None) -> None:
        """Fills in by label, block_id or action_id, and presses the modal's submit."""
        self._is_here()
        assert self.view, f"{self.name} has no modal open"
        assert "submit" in self.view.json, f"{self.view.title!r} has nothing to submit"
        view = self.view
        fields.fill(view.blocks, view.values, answers or {})
        view.errors = {}
        payload = payloads.submitted(self.world, self, view)
        self._send("interactive", payload, lambda body: self._answered(view, body))

    def closes(self, *, all_of_them: bool = False) -> None:
        """Gives up the modal on top; with `all_of_them`, the whole stack."""
        assert self.view, f"{self.name} has no modal open"
        gone = self.views[:] if all_of_them or self.view.json.get("clear_on_close") else [self.view]
        for view in reversed(gone):
            self.views.remove(view)
            if view.json.get("notify_on_close"):
                payload = payloads.closed(self.world, self, view, cleared=len(gone) > 1)
                self._send("interactive", payload)

    def opens_home(self, tab: str = "home") -> None:
        """`tab`: home or messages."""
        self._is_here()
        assert tab != "home" or self.world.manifest.home, "the app has no home"
        view = views.as_json(self.world, self.home) if self.home else None
        events.home_opened(self.world, self, tab, view if tab == "home" else None)

    def runs(self, command: str, text: str = "", channel: str = "") -> None:
        self._is_here()
        known = self.world.manifest.commands
        assert known is None or command in known, f"{command} is not a valid command"
        place = channel or self.world.direct(self).id
        payload = payloads.command(self.world, self, command, text, place)
        self._send("commands", payload, lambda body: self._told(place, body))

    def shortcut(self, callback_id: str) -> None:
        """The global one."""
        self._may_use(callback_id, "global")
        self._send("interactive", payloads.shortcut(self.world, self, callback_id))

    def message_shortcut(self, callback_id: str, message: Sight | Message) -> None:
        self._may_use(callback_id, "message")
        kept = self._holding(message.ts)
        self._send("interactive", payloads.message_shortcut(self.world, self, callback_id, kept))

    def leaves(self) -> None:
        """The account is deactivated."""
        self.deleted = True
        events.user_changed(self.world, self)

    def returns(self) -> None:
        self.deleted = False
        events.user_changed(self.world, self)

    def moves(self, tz: str) -> None:
        self.tz = tz
        events.user_changed(self.world, self)

    def dnd(self, until: datetime | None) -> None:
        """No notifications until then; None: again."""
        self.snoozed_until = until
        events.dnd_changed(self.world, self)

    def as_json(self, *, with_locale: bool = False) -> Json:
        profile: Json = {"real_name": self.name, "display_name": self.name, "team": self.world.team}
        if "users:read.email" in self.world.scopes:
            profile["email"] = self.email
        said: Json = {
            "id": self.id,
            "team_id": self.world.team,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": False,
            "is_app_user": False,
            "updated": int(self.world.clock().timestamp()),
        }
        if not self.deleted:
            said |= {"real_name": self.name, "tz": self.tz, "tz_label": self.tz}
            said["tz_offset"] = int(self._offset().total_seconds())
        return said | ({"locale": self.locale} if with_locale else {})

    def dnd_json(self) -> Json:
        now, until = self.world.clock(), self.snoozed_until
        if until is None or until <= now:
            return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
        return {
            "dnd_enabled": True,
            "next_dnd_start_ts": int(now.timestamp()),
            "next_dnd_end_ts": int(until.timestamp()),
        }

    def _offset(self) -> timedelta:
        return self.world.clock().astimezone(ZoneInfo(self.tz)).utcoffset() or timedelta()

    def _may_use(self, callback_id: str, kind: str) -> None:
        self._is_here()
        known = self.world.manifest.shortcuts
        listed = known is None or known.get(callback_id) == kind
        assert listed, f"the app has no {kind} shortcut {callback_id}"

    def _is_here(self) -> None:
        assert not self.deleted, f"{self.name}'s account is deactivated"

    def _places(self, on: Sight | View | None) -> list[Message | View]:
        if isinstance(on, View):
            return [on]
        if isinstance(on, Sight):
            return [self._holding(on.ts)]
        if self.view:
            return [self.view]
        shown = [self._holding(sight.ts) for sight in reversed(self.sees)]
        return [*shown, self.home] if self.home else [*shown]

    def _offered(self, on: Sight | View | None) -> list[str]:
        return [b.label for holder in self._places(on) for b in buttons(holder.blocks)]

    def _holding(self, ts: str) -> Message:
        for channel in self.world.channels.values():
            if self.id in channel.members and ts in channel.messages:
                return channel.messages[ts]
        raise AssertionError(f"{self.name} sees no message {ts}")

    def _press(self, holder: Message | View, button: Button) -> None:
        if url := button.element.get("url"):
            self.opened.append(url)
        self._remember(holder, button)
        action = payloads.action(self.world, holder.values, button)
        if isinstance(holder, Message):
            payload = payloads.pressed_in_message(self.world, self, holder, action)
        else:
            payload = payloads.pressed_in_view(self.world, self, holder, action)
        self._send("interactive", payload)

    def _remember(self, holder: Message | View, button: Button) -> None:
        """A tick is put where there is none, and taken away where there is one."""
        if not button.option or button.element["type"] == "overflow":
            return
        place, chosen = (button.block_id, button.action_id), button.option["value"]
        if button.element["type"] not in ("checkboxes", "multi_static_select"):
            holder.values[place] = fields.answered(button.element, chosen)
            return
        before = holder.values.get(place, {}).get("selected_options", [])
        ticked = [option["value"] for option in before]
        after = [one for one in ticked if one != chosen] if chosen in ticked else [*ticked, chosen]
        holder.values[place] = fields.answered(button.element, after)

    def _answered(self, view: View, body: Any) -> None:
        try:
            views.answered(self.world, self, view, body)
        except Refusal as refusal:
            self.world.refuse("view_submission", {}, refusal)
            self.troubles.append(refusal.error)

    def _told(self, channel: str, body: Any) -> None:
        """What the app answers to a command, shown to this person alone if not said otherwise."""
        if body in (None, "", {}):
            return
        said = body if isinstance(body, dict) else {"text": body}
        url = self.world.response_url(self, channel)
        try:
            chat.respond(self.world, url.rsplit("/", 1)[1], said)
        except Refusal as refusal:
            self.world.refuse("slash_command", said, refusal)
            self.troubles.append(refusal.error)

    def _send(self, kind: Kind, payload: Json, answered: Any = lambda body: None) -> None:
        usable = kind != "interactive" or self.world.manifest.interactive
        assert usable, "the app takes no presses, windows or shortcuts"
        parcel = Parcel(kind, payload, self.id, answered, self.troubles.append)
        self.world.send(parcel)


def _names(button: Button) -> tuple[Any, ...]:
    if button.option:
        return (button.label, button.option["value"])
    return (button.label, button.action_id, button.element.get("value"))
