from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from pydantic import ValidationError

from bot.papers.invitation import Invitation, PlannedDialogue, make_invitation

MADE = datetime(2026, 2, 24, 8, tzinfo=UTC)
WINTER = datetime(2026, 3, 25, 8, tzinfo=UTC)
SUMMER = datetime(2026, 4, 8, 7, tzinfo=UTC)


def dialogue(**changes: Any) -> PlannedDialogue:
    usual: dict[str, Any] = {
        "uid": "pair-7-3@tillidsrum",
        "starts_at": WINTER,
        "minutes": 30,
        "with_name": "Karin",
    }
    return PlannedDialogue(**(usual | changes))


def invitation(*events: PlannedDialogue, zone: str = "Europe/Copenhagen") -> Invitation:
    return Invitation(events=events, zone=zone, made_at=MADE)


def read(asked: Invitation, language: Any = "da") -> Calendar:
    calendar = Calendar.from_ical(make_invitation(asked, language))
    assert isinstance(calendar, Calendar)
    return calendar


def only_event(asked: Invitation, language: Any = "da") -> Event:
    (event,) = read(asked, language).events
    return event


def test_a_dialogue_stands_at_the_persons_own_time() -> None:
    event = only_event(invitation(dialogue()))
    assert event["uid"] == "pair-7-3@tillidsrum"
    assert event["summary"] == "Dialog med Karin"
    assert event.start == datetime(2026, 3, 25, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert event.end - event.start == timedelta(minutes=30)
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"


def test_the_same_local_time_stays_across_the_clock_change() -> None:
    winter, summer = read(invitation(dialogue(), dialogue(uid="next", starts_at=SUMMER))).events
    assert [f"{event.start:%H:%M}" for event in (winter, summer)] == ["09:00", "09:00"]


def test_english_says_dialogue_with() -> None:
    assert only_event(invitation(dialogue()), "en")["summary"] == "Dialogue with Karin"


def test_without_a_name_the_summary_stays_neutral() -> None:
    assert only_event(invitation(dialogue(with_name=" ")))["summary"] == "Dialog"


def test_the_calendar_is_published_and_says_nothing_private() -> None:
    calendar = read(invitation(dialogue()))
    (event,) = calendar.events
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert calendar["prodid"]
    assert event["class"] == "PRIVATE"
    told = {
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "SEQUENCE",
        "CLASS",
        "STATUS",
        "TRANSP",
    }
    assert set(event) == told


def test_a_moved_dialogue_keeps_its_uid_with_a_higher_sequence() -> None:
    before = only_event(invitation(dialogue()))
    after = only_event(invitation(dialogue(starts_at=SUMMER, sequence=1)))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_skipped_dialogue_is_cancelled_and_blocks_no_time() -> None:
    kept, skipped = read(invitation(dialogue(), dialogue(uid="next", cancelled=True))).events
    assert (kept["status"], kept["transp"]) == ("CONFIRMED", "OPAQUE")
    assert (skipped["status"], skipped["transp"]) == ("CANCELLED", "TRANSPARENT")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ('Karin, Kjær; \\ "K"', 'Karin, Kjær; \\ "K"'),
        ("Karin\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x", None),
        ("Karin\nATTACH:http://x\rDESCRIPTION:y", "Karin ATTACH:http://x DESCRIPTION:y"),
        ("Karin\u2028BEGIN:VALARM\u0085\x0b\x0cEND:VALARM\x00", "Karin BEGIN:VALARM END:VALARM"),
        ("\\nBEGIN:VEVENT\\,", "\\nBEGIN:VEVENT\\,"),
        ("Ø" * 200, "Ø" * 200),
    ],
)
def test_a_name_is_never_more_than_a_name(name: str, said: str | None) -> None:
    asked = invitation(dialogue(with_name=name))
    event = only_event(asked)
    assert event["summary"] == f"Dialog med {said or 'Karin END:VEVENT BEGIN:VEVENT SUMMARY:x'}"
    assert set(event) == set(only_event(invitation(dialogue())))
    assert not event.subcomponents
    assert all(len(line) <= 75 for line in make_invitation(asked, "da").split(b"\r\n"))


@pytest.mark.parametrize("uid", ["", "a b", "a\r\nSUMMARY:x", "a\n", "ø@t", "x" * 251])
def test_a_uid_that_could_be_read_in_two_ways_is_refused(uid: str) -> None:
    with pytest.raises(ValidationError, match="uid"):
        dialogue(uid=uid)


def test_the_same_uid_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="stands twice"):
        invitation(dialogue(), dialogue(starts_at=SUMMER))


def test_an_unknown_zone_is_refused_with_an_example() -> None:
    with pytest.raises(ValidationError, match="Europe/Copenhagen"):
        invitation(dialogue(), zone="Danmark")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="starts_at"):
        dialogue(starts_at=datetime(2026, 3, 25, 8))


@pytest.mark.parametrize(
    "zone",
    ["Europe/Copenhagen", "America/Nuuk", "Africa/Casablanca", "Asia/Tokyo", "Atlantic/Faroe"],
)
def test_the_zone_in_the_file_agrees_with_the_clock_every_hour_of_the_year(zone: str) -> None:
    (described,) = read(invitation(dialogue(), zone=zone)).timezones
    written, real = described.to_tz(lookup_tzid=False), ZoneInfo(zone)
    for hour in range(24 * 365):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        local = moment.astimezone(real)
        if local.fold == 0:
            assert local.replace(tzinfo=written).utcoffset() == local.utcoffset(), local


def test_in_the_hour_that_comes_twice_the_time_is_given_in_utc() -> None:
    night = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    event = only_event(invitation(dialogue(starts_at=night)))
    assert event.start == night
    assert event.end == night + timedelta(minutes=30)


def test_no_dialogues_is_an_empty_calendar() -> None:
    calendar = read(invitation())
    assert not calendar.subcomponents
    assert calendar["x-wr-calname"] == "Dialoger"


def test_the_same_invitation_gives_the_same_bytes() -> None:
    assert make_invitation(invitation(dialogue()), "da") == make_invitation(
        invitation(dialogue()), "da"
    )


def test_a_groups_meeting_is_told_by_its_kind_and_name() -> None:
    meeting = dialogue(kind="trio", with_name="Rosengården", sequence=3)
    event = only_event(invitation(meeting))
    assert (event["summary"], event["sequence"]) == ("TRIO-møde: Rosengården", 3)
    network = invitation(dialogue(kind="network", with_name="Midt"))
    assert only_event(network, "en")["summary"] == "Network meeting: Midt"


def test_a_meeting_of_a_group_without_a_name_is_a_meeting_all_the_same() -> None:
    assert only_event(invitation(dialogue(kind="trio", with_name="")))["summary"] == "TRIO-møde"
