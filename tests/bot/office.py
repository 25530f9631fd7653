"""An office for tests: a real database with Mette and her nearest leader Karin, and of Mette's a
row in every table. Each text that somebody wrote has its own mark."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.note import note_message
from flows.cadence import Cadence as Rule
from flows.conversation import Answer, Conversation, Place
from flows.load import shipped_catalogue
from storage import (
    agreements,
    audit,
    cadences,
    conversations,
    notes,
    outbox,
    pairs,
    people,
    points,
    pulses,
    reminders,
    shares,
    transcript,
)
from storage import tables_course as course
from storage.columns import Row
from storage.database import Database, Unit
from storage.encryption import Vault, new_secret_key, parse_secret_key
from storage.erasures import EraseLog
from storage.ids import SeededIds
from storage.pairs import Pair
from storage.people import Profile
from storage.start import start
from storage.tables import Link, table
from tests.empty_store import put_empty_store

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
METTE, KARIN = "mette@example.org", "karin@example.org"
MINE = {
    "answer": "answer-mark <script>alert(1)</script> & æøå",
    "point": "point-mark",
    "agreement": "agreement-mark",
    "ours": "ours-mark",
    "note": "note-mark",
    "action": "action-mark",
    "given": "given-mark",
    "given-back": "given-back-mark",
    "said": "said-mark",
}
THEIRS = {"received": "received-mark"}
NOT_MINE = {"taken-back": "taken-back-mark", "their-note": "karins-own-jotting"}


@dataclass(frozen=True)
class Office:
    folder: Path
    key: str

    @property
    def file(self) -> Path:
        return self.folder / "var" / "tillidsrum.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    @property
    def log(self) -> EraseLog:
        return EraseLog.beside(self.file)

    @property
    def environment(self) -> dict[str, str | None]:
        """For a command in English, whatever the machine speaks."""
        return {
            "TILLIDSRUM_DATABASE_URL": self.url,
            "TILLIDSRUM_SECRET_KEY": self.key,
            **ENGLISH,
        }

    def open(self) -> Database:
        return start(self.url, vault=Vault(parse_secret_key(self.key)), log=self.log)


ENGLISH = {"LC_ALL": "en_US.UTF-8", "LANGUAGE": ""}
DANISH = {"LC_ALL": "da_DK.UTF-8", "LANGUAGE": ""}


def furnish(folder: Path) -> Office:
    office = Office(folder, new_secret_key())
    put_empty_store(office.file)
    database = office.open()
    with database.write() as unit:
        _Furnishing(unit).all()
    database.close()
    return office


class _Furnishing:
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.ids = SeededIds(7)
        self.mette = self.person("Mette Holm", METTE)
        self.karin = self.person("Karin Lund", KARIN)
        self.pair = pairs.begin_pair(unit, self.ids, NOW, self.mette.id, self.karin.id)

    def person(self, name: str, email: str) -> Profile:
        person = people.add_person(self.unit, self.ids, NOW, name=name, email=email)
        people.add_address(self.unit, self.ids, person.id, "web", name.split()[0].lower())
        return person

    def all(self) -> None:
        pairs.begin_pair(self.unit, self.ids, NOW, self.karin.id, self.mette.id)
        people.add_leave(self.unit, self.ids, self.mette.id, date(2026, 7, 1), date(2026, 7, 21))
        self.conversation()
        self.own_things()
        self.shared_things()
        self.series()
        self.messages()
        self.link()
        self.course()
        audit.note(self.unit, NOW, "export asked for", self.mette.id)
        audit.note(self.unit, NOW, "invited", self.karin.id, by=self.mette.id)

    def link(self) -> None:
        row = {
            "id": self.ids(),
            "person_id": self.mette.id,
            "token_index": b"blind",
            "channel": "slack",
            "made_at": NOW,
            "expires_at": NOW,
            "tries": 0,
        }
        self.unit.connection.execute(insert(table(Link)), row)

    def course(self) -> None:
        """A row in each table of the course, as bare as it can be."""
        at, mette = {"began_at": NOW, "expires_at": NOW}, {"person_id": self.mette.id}
        body = self.mette.key.seal(
            "action", "body_sealed", "a", json.dumps({"plan": MINE["action"]})
        )
        value = self.mette.key.seal("rating", "value_sealed", "r", "4")
        opened = {**mette, "token_index": b"blind", "page": "me", "expires_at": NOW}
        rows: list[tuple[type[Row], dict[str, Any]]] = [
            (course.Group, {"id": "g", "kind": "trio", "name": "G", "created_at": NOW}),
            (
                course.Membership,
                {**mette, "id": "m", "group_id": "g", "role": "leader", "joined_at": NOW},
            ),
            (course.Cohort, {"id": "k", "programme": "p", "name": "K", "created_at": NOW}),
            (course.Participant, {**mette, "cohort_id": "k", "joined_at": NOW}),
            (
                course.Meeting,
                {"id": "t", "group_id": "g", "convener_ref": self.mette.id, "created_at": NOW},
            ),
            (
                course.MeetingTime,
                {"id": "i", "meeting_id": "t", "starts_at": NOW, "proposed_by_ref": self.mette.id},
            ),
            (course.MeetingVote, {**mette, "time_id": "i", "fits": True}),
            (
                course.Action,
                {
                    **mette,
                    "id": "a",
                    "body_sealed": body,
                    "created_at": NOW,
                    "changed_at": NOW,
                    "conversation_id": "c",
                    "step": "plan",
                },
            ),
            (
                course.Rating,
                {
                    **mette,
                    "id": "r",
                    "subject": "k",
                    "phase": "after",
                    "item": "usability",
                    "value_sealed": value,
                    "on_date": TODAY,
                    "conversation_id": "c",
                },
            ),
            (
                course.Rule,
                {
                    **mette,
                    "id": "u",
                    "level": "person",
                    "scope": self.mette.id,
                    "kind": "digest",
                    "body": "{}",
                    "changed_at": NOW,
                },
            ),
            (course.Preference, {**mette, "key": "insights", "value": "off"}),
            (course.PageLink, opened),
            (course.Visit, {**opened, **at}),
            (course.Feed, {**mette, "token_index": b"blind", "made_at": NOW}),
            (
                course.Release,
                {
                    "viewer_id": self.mette.id,
                    "id": "f",
                    "figure": "pulse",
                    "period": "2026-1",
                    "body": "{}",
                    "released_at": NOW,
                },
            ),
        ]
        for model, row in rows:
            self.unit.connection.execute(insert(table(model)), row)

    def conversation(self) -> None:
        conversation = Conversation(
            id="conversation-1",
            dialogue="interview-guide",
            version=1,
            answers=(
                Answer(step="version", value="short", turn=0),
                Answer(step="goals", value=MINE["answer"], turn=1),
                Answer(step="matters", value=None, turn=2),
                Answer(step="no-longer-there", value=["a", "b"], turn=3),
            ),
            facts={"my_leaders": [{"text": NOT_MINE["taken-back"]}]},
        )
        conversations.begin(self.unit, self.mette, conversation, '{"pair":"x"}', NOW)

    def own_things(self) -> None:
        unit, ids, mette = self.unit, self.ids, self.mette
        points.keep_point(unit, ids, NOW, mette, "c", Place("point"), MINE["point"])
        for mark, pair in (("agreement", None), ("ours", self.pair.id)):
            made = agreements.make_agreement(
                unit, ids, NOW, mette, "c", Place(mark), "other", agreements.Body(MINE[mark]), pair
            )
            agreements.record_check(unit, ids, mette, made, TODAY, "partly")
        for week, value in enumerate((2, 4)):
            day = TODAY + timedelta(weeks=2 * week)
            pulses.record_pulse(unit, ids, mette, f"c{week}", day, "krydspres", value)
        for whose, mark in ((mette, MINE["note"]), (self.karin, NOT_MINE["their-note"])):
            place = Place(f"goals-{whose.first_name}")
            notes.save_note(unit, ids, NOW, whose, "c", "interview-guide", place, mark)

    def shared_things(self) -> None:
        self.share(self.mette, self.karin, "point", "a", MINE["given"])
        self.share(self.mette, self.karin, "point", "b", MINE["given-back"])
        self.share(self.karin, self.mette, "own-point", "c", THEIRS["received"])
        self.share(self.karin, self.mette, "own-point", "d", NOT_MINE["taken-back"])
        for author, step in ((self.mette, "b"), (self.karin, "d")):
            shares.withdraw_at(self.unit, NOW, author, "c", Place(step))

    def share(self, author: Profile, to: Profile, kind: str, step: str, text: str) -> None:
        pair = Pair(self.pair.id, self.mette.id, self.karin.id)
        content = shares.Content(text)
        shares.share(self.unit, self.ids, NOW, author, to.id, pair, kind, "c", Place(step), content)

    def series(self) -> None:
        rule = Rule(anchor=date(2026, 1, 7), every_weeks=2, at=time(10))
        cadence = cadences.begin_cadence(
            self.unit, self.ids, self.mette.id, rule, pair=self.pair.id
        )
        cadences.note_occurrence(self.unit, cadence.id, date(2026, 1, 7), outcome="yes")
        row = (self.mette.id, "prepare", cadence.id, date(2026, 1, 21), 1, NOW)
        reminders.plan(self.unit, self.ids, [row])

    def messages(self) -> None:
        said = note_message(shipped_catalogue(), "da", "nothing-open").model_dump_json()
        repeats = said.replace("hjælp", NOT_MINE["taken-back"])
        outbox.queue(self.unit, NOW, self.mette, [(None, repeats)], "web:1")
        spoken = f'{{"name": "round", "spans": [["{NOT_MINE["taken-back"]}", ""]]}}'
        heard = f'{{"text": "{MINE["said"]}"}}'
        transcript.append(self.unit, self.mette, "web:1:0", "out", spoken, NOW)
        transcript.append(self.unit, self.mette, "in:web:2", "in", heard, NOW)
