"""The coming dialogues as an iCalendar file.

A calendar at work is often open to colleagues, so an event carries a time and a name and nothing
that anybody wrote. A dialogue keeps its uid: moved is the same event with a higher sequence,
skipped is the same event cancelled.
"""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from icalendar import CLASS, STATUS, TRANSP, Calendar, Event
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.papers.zone import describe_zone
from flows.model import Language

_PRODUCT = "-//Tillidsrum//Dialogue calendar//EN"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


Kind = Literal["dialogue", "trio", "network", "leadership"]


class PlannedDialogue(_Frozen):
    """One dialogue, or a group's meeting; `starts_at` is any aware time, `sequence` rises each time
    it moves. `with_name`: of the person, or of the group."""

    # Visible ASCII: what every calendar program compares in the same way.
    uid: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,250}$")]
    starts_at: AwareDatetime
    minutes: Annotated[int, Field(ge=1, le=24 * 60)]
    with_name: str
    kind: Kind = "dialogue"
    sequence: Annotated[int, Field(ge=0)] = 0
    cancelled: bool = False


class Invitation(_Frozen):
    """The dialogues of one person, shown in that person's IANA zone; `made_at` becomes DTSTAMP."""

    events: tuple[PlannedDialogue, ...]
    zone: str
    made_at: AwareDatetime

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("zone: not a known time zone; use a name such as Europe/Copenhagen")
        return zone

    @model_validator(mode="after")
    def _has_each_uid_once(self) -> Self:
        uids = sorted(event.uid for event in self.events)
        twice = [uid for uid, same in groupby(uids) if len(list(same)) > 1]
        if twice:
            raise ValueError(f"events: uid {twice[0]} stands twice; give only its latest version")
        return self


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {"calendar": "Dialoger", "with": "Dialog med", "alone": "Dialog"},
    "en": {"calendar": "Dialogues", "with": "Dialogue with", "alone": "Dialogue"},
}
_MEETINGS: Mapping[Language, Mapping[Kind, str]] = {
    "da": {"trio": "TRIO-møde", "network": "Netværksmøde", "leadership": "Ledergruppemøde"},
    "en": {
        "trio": "TRIO meeting", "network": "Network meeting", "leadership": "Leadership meeting",
    },
}  # fmt: skip


def make_invitation(invitation: Invitation, language: Language) -> bytes:
    """A VCALENDAR (METHOD:PUBLISH) with one VEVENT for each dialogue, for a file or a feed."""
    # Not `Calendar.new`: it gives every calendar a random uid.
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _WORDS[language]["calendar"])
    if invitation.events and invitation.zone != "UTC":
        starts = [event.starts_at for event in invitation.events]
        calendar.add_component(describe_zone(invitation.zone, min(starts), max(starts)))
    for planned in invitation.events:
        calendar.add_component(_event(planned, invitation, language))
    written: bytes = calendar.to_ical()
    return written


def _event(planned: PlannedDialogue, invitation: Invitation, language: Language) -> Event:
    start, end = _local_times(planned, ZoneInfo(invitation.zone))
    return Event.new(
        uid=planned.uid,
        stamp=invitation.made_at.astimezone(UTC),
        start=start,
        end=end,
        summary=_summary(planned, language),
        sequence=planned.sequence,
        classification=CLASS.PRIVATE,
        status=STATUS.CANCELLED if planned.cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if planned.cancelled else TRANSP.OPAQUE,
    )


def _local_times(planned: PlannedDialogue, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end on the person's clock; added up in UTC, so that 30 minutes are 30 minutes."""
    start = planned.starts_at.astimezone(UTC)
    end = start + timedelta(minutes=planned.minutes)
    local = start.astimezone(zone), end.astimezone(zone)
    # iCalendar cannot name the second of two equal hours in autumn; in UTC there is only one.
    return (start, end) if any(moment.fold for moment in local) else local


def _summary(planned: PlannedDialogue, language: Language) -> str:
    """One line: a name with a line break in it stays on the line it is written on."""
    words = _WORDS[language]
    spaced = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in planned.with_name)
    name = " ".join(spaced.split())
    if planned.kind != "dialogue":
        meeting = _MEETINGS[language][planned.kind]
        return f"{meeting}: {name}" if name else meeting
    return f"{words['with']} {name}" if name else words["alone"]
