"""A body as Slack delivers it, as what somebody did. Pure.

Only what is used is read; whatever has another shape says nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.channels.slack import rhythm
from bot.channels.slack.blocks import Json
from bot.channels.slack.choices import Chosen, NoneChosen, Wanted, Window, Words, read_press
from bot.channels.slack.modal import CALLBACK, KEEP_CALLBACK, Asked, read_kept, read_window
from bot.channels.slack.rhythm_texts import RHYTHM
from bot.channels.slack.text import clean, written
from bot.channels.slack.workspaces import NAME
from bot.inbound import Incoming
from bot.rhythm_desk import Entered
from flows.model import Language

PREPARE = "prepare"
"""The global shortcut, and what it is the same as writing."""
SHORTCUTS = {PREPARE: "forbered"}
TAKE_UP = "take-up"
"""The shortcut on a message, and the dialogue that keeps what comes of it."""
HELP = "hjælp"
READ = (None, "file_share")
"""The subtypes of a message that hold somebody's words."""


class Who(NamedTuple):
    team: str
    user: str

    @property
    def external_id(self) -> str:
        return f"{self.team}:{self.user}"


class Shown(NamedTuple):
    """A message of ours, as it stands on the screen."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]


class Heard(NamedTuple):
    """Something was written. `at_home`: on the app's home, which may say something else now.
    `channel`: our conversation with them, if it was written there."""

    who: Who
    incoming: Incoming
    channel: str = ""
    at_home: bool = False
    elsewhere: bool = False
    """It was said in another conversation than ours."""


class Pressed(NamedTuple):
    who: Who
    incoming: Incoming
    label: str
    shown: Shown


class Wrote(NamedTuple):
    """In the window. `asked`: the message of ours that it was opened from, if it was. `instead`:
    the language of a window that has no field, so that what is wrong stands in its place."""

    who: Who
    incoming: Incoming
    asked: Asked | None
    instead: Language | None = None


class Opens(NamedTuple):
    """A window to write in is wanted; Slack takes the trigger for three seconds."""

    who: Who
    trigger: str
    wanted: Wanted
    shown: Shown


class TakesUp(NamedTuple):
    """Somebody wants to take up what a message says, whoever wrote it: nothing of it is kept before
    they have seen it in the window."""

    who: Who
    trigger: str
    text: str


class OpensRhythm(NamedTuple):
    """The window about rhythm is wanted. `incoming`: what it is the same as writing."""

    who: Who
    trigger: str
    incoming: Incoming
    asked: Asked | None


class FillsRhythm(NamedTuple):
    """It was filled in; nothing of it is kept before it was shown what would come of it."""

    who: Who
    view: Json
    kept: rhythm.Kept
    entered: Entered


class ChangesRhythm(NamedTuple):
    """Back from what would come of it to the window in which it is filled in."""

    who: Who
    view: Json
    kept: rhythm.Kept


class Unchosen(NamedTuple):
    who: Who
    channel: str
    language: str


class Outside(NamedTuple):
    """Somebody spoke to the app among others."""

    who: Who
    channel: str


class AtHome(NamedTuple):
    who: Who


class Account(NamedTuple):
    """Something about somebody's account is another than before. `email`: as the workspace vouches
    for it now, or empty."""

    who: Who
    closed: bool
    email: str


Event = (
    Heard | Pressed | Wrote | Opens | TakesUp | OpensRhythm | FillsRhythm | ChangesRhythm | Unchosen
    | Outside | AtHome | Account
)  # fmt: skip


def receive(body: Json) -> Event | None:
    """What somebody did, if it is anything of ours."""
    try:
        return _read(body)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _read(body: Json) -> Event | None:
    if "command" in body:
        return _command(body)
    if body["type"] == "event_callback":
        return _event(body, body["event"])
    who = Who(body["team"]["id"], body["user"]["id"])
    if body["type"] == "block_actions":
        return _action(body, who, body["actions"][0])
    if body["type"] == "view_submission":
        return _window(body["view"], who)
    if body["type"] == "message_action" and body["callback_id"] == TAKE_UP:
        return TakesUp(who, body["trigger_id"], written(body["message"].get("text") or ""))
    if body["type"] == "shortcut" and body["callback_id"] in SHORTCUTS:
        return _said(who, f"shortcut:{body['trigger_id']}", SHORTCUTS[body["callback_id"]])
    return None


def _said(who: Who, key: str, text: str) -> Heard:
    return Heard(who, Incoming(NAME, who.external_id, key, text=text))


def _command(body: Json) -> Heard | OpensRhythm:
    who = Who(body["team_id"], body["user_id"])
    text = written(str(body.get("text") or "")).strip() or HELP
    heard = _said(who, f"command:{body['trigger_id']}", text)
    if text.casefold() in RHYTHM.values():
        return OpensRhythm(who, body["trigger_id"], heard.incoming, None)
    return heard._replace(elsewhere=not _direct(body["channel_id"]))


def _event(body: Json, event: Json) -> Event | None:
    kind = event["type"]
    if kind == "user_change":
        return _account(event["user"])
    if event.get("bot_id") or "user" not in event:
        return None
    who = Who(body["team_id"], event["user"])
    if kind == "app_home_opened":
        return AtHome(who) if event["tab"] == "home" else None
    if kind == "app_mention":
        return Outside(who, event["channel"])
    return _message(body, who, event) if kind == "message" else None


def _account(user: Json) -> Account:
    who = Who(user["team_id"], user["id"])
    return Account(who, bool(user.get("deleted")), vouched_email(user, who))


def vouched_email(user: Json, who: Who) -> str:
    """Only of a person of this very workspace: a guest of another company's brings an address that
    nobody here has seen to."""
    stranger = user.get("deleted") or user.get("is_bot") or user.get("is_stranger")
    unconfirmed = user.get("is_email_confirmed") is False
    if user.get("team_id") != who.team or stranger or unconfirmed:
        return ""
    return str(user.get("profile", {}).get("email") or "")


def _message(body: Json, who: Who, event: Json) -> Heard | None:
    """Answers in a thread, and what was edited, are not heard: nothing would show that they are."""
    if event["channel_type"] != "im" or event.get("subtype") not in READ:
        return None
    if event.get("thread_ts", event["ts"]) != event["ts"]:
        return None
    heard = _said(who, body["event_id"], written(event.get("text") or ""))
    return heard._replace(channel=event["channel"])


def _action(body: Json, who: Who, action: Json) -> Event | None:
    meaning = read_press(action, body.get("state") or {})
    key = f"press:{who.external_id}:{action['action_ts']}"
    if isinstance(meaning, Words):
        return _said(who, key, meaning.text)._replace(at_home=True)
    if isinstance(meaning, Window) and "view" in body:
        return _in_view(body, who, key, meaning)
    channel = body["channel"]["id"]
    if not _direct(channel):
        return Outside(who, channel)
    if isinstance(meaning, NoneChosen):
        return Unchosen(who, channel, meaning.language)
    message = body["message"]
    shown = Shown(channel, message["ts"], message.get("text") or "", message.get("blocks") or [])
    if isinstance(meaning, Window):
        asked = Asked(channel, shown.ts, meaning.language)
        return _opens(body, who, key, meaning)._replace(asked=asked)
    if isinstance(meaning, Wanted):
        return Opens(who, body["trigger_id"], meaning, shown)
    return _pressed(who, key, meaning, shown) if meaning else None


def _in_view(body: Json, who: Who, key: str, window: Window) -> OpensRhythm | ChangesRhythm:
    """On one's own page, or in the window itself."""
    if window.again:
        return ChangesRhythm(who, body["view"], rhythm.read_kept(body["view"]))
    return _opens(body, who, key, window)


def _opens(body: Json, who: Who, key: str, window: Window) -> OpensRhythm:
    said = _said(who, key, RHYTHM[window.language])
    return OpensRhythm(who, body["trigger_id"], said.incoming, None)


def _pressed(who: Who, key: str, chosen: Chosen, shown: Shown) -> Pressed:
    incoming = Incoming(NAME, who.external_id, key, token=chosen.token, also=chosen.also)
    return Pressed(who, incoming, chosen.label, shown)


def _window(view: Json, who: Who) -> Wrote | FillsRhythm | None:
    # What is filled in comes as it was written, without escapes.
    key = f"window:{view['id']}"
    if view["callback_id"] == rhythm.FILL_CALLBACK:
        return FillsRhythm(who, view, *rhythm.read_filled(view))
    if view["callback_id"] == rhythm.SAVE_CALLBACK:
        return _saved(view, who, key)
    if view["callback_id"] == CALLBACK:
        asked, text = read_window(view)
        incoming = Incoming(
            NAME, who.external_id, key, text=clean(text), replies_to=asked.ts, at_hand=True
        )
        return Wrote(who, incoming, asked)
    if view["callback_id"] == KEEP_CALLBACK:
        text = clean(read_kept(view))
        incoming = Incoming(NAME, who.external_id, key, text=text, answers=TAKE_UP, at_hand=True)
        return Wrote(who, incoming, None)
    return None


def _saved(view: Json, who: Who, key: str) -> Wrote | None:
    kept = rhythm.read_kept(view)
    if kept.entered is None:
        return None
    filled = kept.entered.filled
    incoming = Incoming(NAME, who.external_id, key, rhythm=filled, at_hand=True)
    return Wrote(who, incoming, kept.asked, instead=kept.language)


def _direct(channel: str) -> bool:
    return channel.startswith("D")
