"""Whose words go: the author's, from all that others keep of them. The readers' own stay."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import JsonValue

from flows.conversation import Answer, Conversation, Place
from flows.wording import Message, Span
from storage import conversations, outbox, pairs, people, points, retention, shares, transcript
from storage.database import Database, Unit
from storage.erase import erase_person
from storage.erasures import EraseLog
from storage.ids import SeededIds
from storage.pairs import Pair
from storage.people import Profile
from storage.quotes import GONE
from storage.shares import Content
from tests.storage.rows import NOW

ROSTER = 'Hvem bestemmer over vagtplanen,\nnår "noget" ændrer sig?'
SHORT, OWN = "Ferie", "Mit eget om ferie"
PLACE = Place("own-point", 0)


class Rooms:
    """Mette has shared two texts with Karin, who has read them, answered and quoted one."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ids = SeededIds(7)
        with database.write() as unit:
            self.mette, self.karin, self.henrik = (
                people.add_person(unit, self.ids, NOW, name=name)
                for name in ("Mette Holm", "Karin Lund", "Henrik Dahl")
            )
            self.pair = pairs.begin_pair(unit, self.ids, NOW, self.mette.id, self.karin.id)
            self.above = pairs.begin_pair(unit, self.ids, NOW, self.karin.id, self.henrik.id)
            for number, text in enumerate((ROSTER, SHORT)):
                self.share(unit, self.mette, self.pair, text, number)
            self.karin_reads(unit)

    def share(self, unit: Unit, author: Profile, pair: Pair, text: str, item: int = 0) -> None:
        other = pair.nearest_leader if author.id == pair.leader else pair.leader
        place, where = Place("point-share", item), f"of-{author.first_name}"
        shares.share(
            unit, self.ids, NOW, author, other, pair, "point", where, place, Content(text)
        )  # fmt: skip

    def karin_reads(self, unit: Unit) -> None:
        shown: list[JsonValue] = [{"text": ROSTER}, {"text": SHORT}]
        entry: dict[str, JsonValue] = {
            "pair_id": self.pair.id, "name": "Mette", "shared": shown, "agreed": "Intet endnu",
            "own": [{"text": SHORT}], "has_shared": True,
        }  # fmt: skip
        quoted = f"Tal om: {ROSTER}"
        answers = [
            Answer(step="own-point", item=0, value=quoted, turn=1),
            Answer(step="own-share", item=0, turn=2, value={"decision": "share", "text": quoted}),
            Answer(step="own-point", item=1, value=SHORT, turn=3),
        ]
        conversation = Conversation(
            id="c-nearest", dialogue="nearest-leader", version=1, turn=4, answers=tuple(answers),
            facts={"my_leaders": [entry], "carried": [{"text": SHORT}, {"text": OWN}]},
        )  # fmt: skip
        conversations.begin(unit, self.karin, conversation, None, NOW)
        listed = f"· {ROSTER}\n· {SHORT}"
        leader = Message(name="leader#0", spans=(_said("Delt med dig\n"), _theirs(listed)))
        preview = Message(name="own-share#0", spans=(_theirs(quoted), _theirs(SHORT)))
        said: list[tuple[str | None, str]] = [
            (conversation.id, one.model_dump_json(exclude_defaults=True))
            for one in (leader, preview)
        ]
        outbox.queue(unit, NOW, self.karin, said, "event:1")
        page = {"name": "leader#0", "spans": [["", ""], [listed, "bold"]]}
        transcript.append(unit, self.karin, "event:1:0", "out", _written(page), NOW)
        transcript.append(unit, self.karin, "in:1", "in", _written({"text": quoted}), NOW)
        points.keep_point(unit, self.ids, NOW, self.karin, "c-nearest", PLACE, quoted)
        self.share(unit, self.karin, self.above, quoted)

    def kept(self, person: Profile) -> dict[str, Any]:
        """What is kept of somebody's, opened."""
        with self.database.write() as unit:
            found = conversations.load(unit, person, "c-nearest")
            rows = outbox.claim(unit, "test", NOW, retention.DELIVERY_KEPT, 50)
            return {
                "conversation": found.conversation if found else None,
                "messages": [row.body(person) for row in rows if row.person == person.id],
                "chat": [one.body for one in transcript.lines_after(unit, person, 0)],
                "points": [one.text for one in points.open_points(unit, person)],
                "given": [one.text for one in shares.shared_by(unit, person)],
            }


def _written(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)


def _said(text: str) -> Span:
    return Span(text=text)


def _theirs(text: str) -> Span:
    return Span(text=text, theirs=True)


@pytest.fixture
def rooms(database: Database) -> Rooms:
    return Rooms(database)


def test_an_erased_authors_words_are_nowhere_and_the_readers_own_all_there(
    rooms: Rooms, log: EraseLog
) -> None:
    erase_person(rooms.database, log, rooms.mette.id)
    kept = rooms.kept(rooms.karin)
    conversation = kept["conversation"]
    for text in (ROSTER, json.dumps(ROSTER, ensure_ascii=False)[1:-1]):
        assert text not in conversation.model_dump_json()
        assert text not in "".join(kept["messages"] + kept["chat"] + kept["points"])
    [leader] = conversation.facts["my_leaders"]
    assert leader["shared"] == [{"text": GONE}, {"text": GONE}]
    assert leader["own"] == [{"text": SHORT}]
    assert conversation.facts["carried"] == [{"text": SHORT}, {"text": OWN}]
    values = [answer.value for answer in conversation.answers]
    assert values[0] == f"Tal om: {GONE}"
    assert values[1] == {"decision": "share", "text": f"Tal om: {GONE}"}
    assert values[2] == SHORT
    assert kept["points"] == kept["given"] == [f"Tal om: {GONE}"]


def test_what_was_on_its_way_is_not_sent_and_what_was_sent_is_kept_without_the_words(
    rooms: Rooms, log: EraseLog
) -> None:
    erase_person(rooms.database, log, rooms.mette.id)
    kept = rooms.kept(rooms.karin)
    assert kept["messages"] == []
    shown, written = (json.loads(body) for body in kept["chat"])
    assert shown["spans"] == [["", ""], [f"· {GONE}\n· {GONE}", "bold"]]
    assert written == {"text": f"Tal om: {GONE}"}


def test_taking_back_one_text_takes_that_text_alone(rooms: Rooms) -> None:
    with rooms.database.write() as unit:
        place = Place("point-share", 1)
        assert shares.withdraw_at(unit, NOW, rooms.mette, "of-Mette", place)
    kept = rooms.kept(rooms.karin)
    [leader] = kept["conversation"].facts["my_leaders"]
    assert leader["shared"] == [{"text": ROSTER}, {"text": GONE}]
    assert json.loads(kept["chat"][0])["spans"][1][0] == f"· {ROSTER}\n· {GONE}"
    # What the reader has written stays hers, also where it quotes.
    assert kept["points"] == [f"Tal om: {ROSTER}"]


def test_what_is_shared_anew_in_the_same_words_stays_where_it_was_shown(rooms: Rooms) -> None:
    with rooms.database.write() as unit:
        rooms.share(unit, rooms.mette, rooms.pair, ROSTER, 0)
    [leader] = rooms.kept(rooms.karin)["conversation"].facts["my_leaders"]
    assert leader["shared"] == [{"text": ROSTER}, {"text": SHORT}]


def test_words_that_give_way_to_others_are_not_kept_as_shown(rooms: Rooms) -> None:
    with rooms.database.write() as unit:
        rooms.share(unit, rooms.mette, rooms.pair, "Noget helt andet", 0)
    [leader] = rooms.kept(rooms.karin)["conversation"].facts["my_leaders"]
    assert leader["shared"] == [{"text": GONE}, {"text": SHORT}]


def test_a_turn_that_was_begun_before_the_words_went_is_not_saved_over_it(
    rooms: Rooms, log: EraseLog
) -> None:
    with rooms.database.read() as unit:
        read = conversations.load(unit, rooms.karin, "c-nearest")
    assert read is not None
    erase_person(rooms.database, log, rooms.mette.id)
    with rooms.database.write() as unit, pytest.raises(conversations.Overtaken):
        conversations.save(unit, rooms.karin, read, read.conversation, NOW)


def test_a_text_passed_on_goes_from_those_who_got_it_from_the_reader(
    rooms: Rooms, log: EraseLog
) -> None:
    with rooms.database.write() as unit:
        shown = [{"text": f"Tal om: {ROSTER}"}]
        facts: dict[str, JsonValue] = {"from_nearest": shown}  # type: ignore[dict-item]
        theirs = Conversation(id="c-above", dialogue="help", version=1, facts=facts)
        conversations.begin(unit, rooms.henrik, theirs, None, NOW)
    erase_person(rooms.database, log, rooms.mette.id)
    with rooms.database.read() as unit:
        found = conversations.load(unit, rooms.henrik, "c-above")
    assert found is not None
    assert found.conversation.facts == {"from_nearest": [{"text": f"Tal om: {GONE}"}]}
