"""How somebody comes to be known on another channel.

A token (128 bits, once, for a short while) is opened in a private chat there, and a code confirms
that it is the same person: it is shown where they are known already, or given with an invitation.
Whoever has only one of the two is told nothing of anybody.
"""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import NamedTuple

from bot.note import note_message
from bot.parts import Parts
from bot.talk import Talk
from flows.model import Language
from storage import addresses, audit, links, people
from storage.database import Unit
from storage.ids import Ids
from storage.links import Link
from storage.people import Profile

LASTS, INVITED = timedelta(minutes=10), timedelta(hours=72)
TRIES = 5
DIGITS = 6
NAMES = {"telegram": "Telegram", "slack": "Slack", "web": "Tillidsrum"}
BEGINS = {"telegram": "own-messages"}
"""Channel -> what there is to say of it to somebody who is known elsewhere already."""
_WRITTEN = re.compile(r"/?(?:start|link|tilknyt)\s+([A-Za-z0-9_-]{22,64})", re.IGNORECASE)


class Invitation(NamedTuple):
    """`code` is None where the person is known already: it is shown to them there."""

    token: str
    code: str | None


class Answer(NamedTuple):
    """A note to an address that is nobody's (yet). `person`: who it has just become the address
    of; then the answer is queued already."""

    note: str
    language: Language
    person: str = ""


def token_in(text: str) -> str | None:
    """The token of a link that was written out instead of opened."""
    found = _WRITTEN.fullmatch(text.strip())
    return found[1] if found else None


# --- making one


def ask_for_link(talk: Talk, channel: str) -> None:
    """Somebody who is known wants to be known on that channel too."""
    way = talk.parts.ways.get(channel)
    if way is None:
        talk.note(talk.profile.language, "link-no-channel", channel=NAMES[channel])
        return
    token = _make(talk.unit, talk.parts, talk.profile, channel, LASTS)
    address = way(token)
    name, slots = ("link-open", {"address": address}) if address else ("link-write", {})
    slots |= {"channel": NAMES[channel], "token": token}
    message = note_message(talk.parts.catalogue, talk.profile.language, name, slots)
    # The address is ours: a channel that takes the life out of people's own links leaves it alone.
    spans = tuple(span.model_copy(update={"theirs": False}) for span in message.spans)
    talk.said.append((None, message.model_copy(update={"spans": spans})))


def invite(unit: Unit, parts: Parts, profile: Profile, channel: str) -> Invitation:
    """A link that an administrator passes on. It makes nobody of somebody who is known already:
    their code is shown to them and to no one else."""
    token = _make(unit, parts, profile, channel, INVITED)
    if people.reached_at(unit, profile.id) is not None:
        return Invitation(token, None)
    link = links.find_link(unit, token)
    code = _new_code(parts.ids)
    if link is not None:
        links.set_code(unit, link.id, code)
    return Invitation(token, code)


def _make(unit: Unit, parts: Parts, profile: Profile, channel: str, lasts: timedelta) -> str:
    now, token = parts.clock(), parts.ids() + parts.ids()
    links.make_link(unit, parts.ids, now, profile.id, channel, lasts, token)
    audit.note(unit, now, f"link to {channel} made", profile.id)
    return token


def _new_code(ids: Ids) -> str:
    drawn = int.from_bytes(base64.urlsafe_b64decode(f"{ids()}="))
    return f"{drawn % 10**DIGITS:0{DIGITS}}"


# --- opening one, from an address that is nobody's


def open_link(unit: Unit, parts: Parts, channel: str, external_id: str, token: str) -> Answer:
    link = links.find_link(unit, token)
    if link is None or link.channel != channel or not _is_open(parts, link, external_id):
        return Answer("link-closed", parts.language)
    profile = people.get_person(unit, link.person)
    if link.external_id is None:
        links.bind(unit, link, external_id)
        if link.code_index is None:
            _show_code(unit, parts, profile, link)
    return Answer("link-code-wanted", profile.language)


def _is_open(parts: Parts, link: Link, external_id: str) -> bool:
    return parts.clock() < link.expires_at and link.external_id in (None, external_id)


def _show_code(unit: Unit, parts: Parts, profile: Profile, link: Link) -> None:
    code = _new_code(parts.ids)
    links.set_code(unit, link.id, code)
    talk = Talk(unit, parts, profile)
    talk.note(profile.language, "link-code", code=code, channel=NAMES[link.channel])
    talk.flush(f"link:{parts.ids()}")


# --- the code, from the same address


def try_code(unit: Unit, parts: Parts, channel: str, external_id: str, text: str) -> Answer | None:
    """None where no link was opened from."""
    link = links.opened_from(unit, channel, external_id)
    if link is None:
        return None
    profile = people.get_person(unit, link.person)
    if parts.clock() >= link.expires_at:
        links.drop_link(unit, link.id)
        return Answer("link-closed", parts.language)
    code = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
        return Answer("link-code-wanted", profile.language)
    tries = links.count_try(unit, link.id)
    if tries <= TRIES and links.code_fits(unit, link, code):
        return _settle(unit, parts, profile, link, external_id)
    if tries < TRIES:
        return Answer("link-wrong-code", profile.language)
    links.drop_link(unit, link.id)
    audit.note(unit, parts.clock(), f"link to {channel} closed after wrong codes", link.person)
    return Answer("link-dead", profile.language)


def _settle(unit: Unit, parts: Parts, profile: Profile, link: Link, external_id: str) -> Answer:
    """From now on they are written to there, and no more where they were on the same channel; told
    at the old address too, lest it was another."""
    channel, before = link.channel, people.reached_at(unit, profile.id)
    replaced = addresses.replace(unit, profile.id, channel)
    addresses.add_preferred(unit, parts.ids, profile.id, channel, external_id)
    links.drop_link(unit, link.id)
    audit.note(unit, parts.clock(), f"linked on {channel}", profile.id)
    talk, slot = Talk(unit, parts, profile), f"link:{parts.ids()}"
    if before is None:
        talk.begin("welcome")
        talk.flush(slot)
        return Answer("", profile.language, profile.id)
    talk.note(profile.language, "link-moved" if replaced else "link-done", channel=NAMES[channel])
    if channel in BEGINS and not replaced:
        talk.begin(BEGINS[channel])
    talk.flush(slot)
    for old in dict.fromkeys((*replaced, before.id)):
        farewell = "link-farewell" if old in replaced else "link-told"
        talk.note(profile.language, farewell, channel=NAMES[channel])
        talk.flush(f"{slot}:{old}", address=old)
    return Answer("", profile.language, profile.id)


# --- choosing between those there are


def prefer(talk: Talk, channel: str) -> None:
    """Messages go to the address on that channel from now on."""
    profile, name = talk.profile, NAMES[channel]
    known = addresses.addresses_of(talk.unit, profile.id)
    there = next((one for one in known if one.channel == channel), None)
    if there is None:
        talk.note(profile.language, "link-none-there", channel=name)
        return
    addresses.prefer(talk.unit, profile.id, there.id)
    audit.note(talk.unit, talk.now, f"{channel} preferred", profile.id)
    talk.note(profile.language, "link-using", channel=name)
