"""People at their Slack, and a real Bolt app behind it, over HTTP and over Socket Mode alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.fakes.slack import FakeSlack, Person, StandingClock
from tests.fakes.slack.fake import SCOPES
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.sample import home, modal, over_http, over_socket, sample_app, yes_no
from tests.fakes.slack.shapes import Json


@pytest.fixture
async def fake(clock: StandingClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock) as fake:
        yield fake


@pytest.fixture
def anna(fake: FakeSlack) -> Person:
    return fake.person("U1", "Anna Holm")


@pytest.fixture(params=[over_http, over_socket], ids=["http", "socket"])
async def heard(request: pytest.FixtureRequest, fake: FakeSlack) -> AsyncIterator[list[Json]]:
    """What reached the app's listeners."""
    heard: list[Json] = []
    async with request.param(fake, sample_app(fake, heard)):
        yield heard


def kinds(heard: list[Json]) -> list[str]:
    return [b.get("command") or b.get("event", b)["type"] for b in heard]


async def test_a_message_is_answered_and_the_question_becomes_the_answer(fake, anna, heard):
    anna.writes("Hej <3")
    await fake.until(lambda: anna.buttons == ["Ja", "Nej"])
    assert [(s.text, s.notice, s.mine) for s in anna.sees] == [
        ("Hej <3", "Hej <3", True),
        ("*Klar?*", "Klar?", False),
    ]
    anna.presses("Ja")
    await fake.until(lambda: anna.sees[-1].text == "Tak")
    assert anna.buttons == []
    event, press = heard[0]["event"], next(b for b in heard if b["type"] == "block_actions")
    assert (event["text"], event["channel_type"], event["user"]) == ("Hej &lt;3", "im", "U1")
    assert press["actions"][0]["value"] == "y"
    assert press["actions"][0]["block_id"] == "ready"
    assert fake.refusals == []


async def test_a_command_opens_a_modal_that_is_filled_in_and_closed(fake, anna, heard):
    anna.runs("/tillidsrum", "noter")
    await fake.until(lambda: anna.view)
    assert (anna.view.title, anna.view.inputs) == ("To linjer", ["Hvad fyldte?"])
    anna.submits({"Hvad fyldte?": "nej"})
    await fake.until(lambda: anna.view.errors)
    assert anna.view.errors == {"Hvad fyldte?": "Skriv lidt mere"}
    anna.submits({"Hvad fyldte?": "Et svært møde"})
    await fake.until(lambda: anna.view is None)
    assert kinds(heard) == ["/tillidsrum", "view_submission", "view_submission"]
    assert (heard[0]["text"], anna.sees, anna.troubles) == ("noter", [], [])


async def test_shortcuts_open_a_modal(fake, anna, heard):
    anna.shortcut("write")
    await fake.until(lambda: anna.view)
    anna.closes()
    message = anna.writes("Gem det her")
    await fake.until(lambda: anna.buttons)
    anna.message_shortcut("keep", message)
    await fake.until(lambda: anna.view)
    assert heard[-1]["message"]["text"] == "Gem det her"


async def test_a_home_is_published_and_pressed(fake, anna, heard):
    anna.opens_home()
    await fake.until(lambda: anna.home)
    assert anna.home.labels == ["Ja", "Nej"]
    anna.presses("Nej")
    await fake.until(lambda: heard[-1]["type"] == "block_actions")
    assert heard[-1]["container"] == {"type": "view", "view_id": anna.home.id}


async def test_changes_of_a_person_are_told(fake, anna, heard, clock):
    anna.dnd(clock() + timedelta(hours=2))
    anna.moves("Europe/Stockholm")
    anna.leaves()
    await fake.until(lambda: len(heard) == 3)
    assert kinds(heard) == ["dnd_updated_user", "user_change", "user_change"]
    assert [b["event"]["user"]["deleted"] for b in heard[1:]] == [False, True]
    with pytest.raises(AssertionError, match="deactivated"):
        anna.writes("Hej")


async def test_an_edit_and_a_deletion_are_told(fake, anna, heard):
    message = anna.writes("Hje")
    anna.edits(message, "Hej")
    anna.deletes(message)
    await fake.until(lambda: len(anna.sees) == 1)
    await fake.deliver()
    told = [b["event"].get("subtype") for b in heard if not b["event"].get("bot_id")]
    assert "message_changed" in told
    assert "message_deleted" in told


async def test_the_app_hears_itself_if_it_does_not_close_its_ears(fake, anna):
    """Bolt does close them; what reaches it is seen on the socket."""
    async with over_socket(fake, sample_app(fake, [])):
        anna.writes("Hej")
        await fake.until(lambda: anna.buttons)
        await fake.deliver()
        carried = fake.sockets.open[0].carried
    events = [envelope["payload"]["event"] for envelope in carried]
    assert [event.get("bot_id") for event in events] == [None, "B0BOT"]


async def test_events_come_only_if_the_manifest_asks_for_them(clock):
    wanted = frozenset({"message.im"})
    commands = frozenset({"/tillidsrum"})
    asked = Manifest(scopes=SCOPES, events=wanted, commands=commands)
    async with FakeSlack(clock, manifest=asked) as fake:
        anna = fake.person("U1", "Anna")
        anna.opens_home()
        assert fake.outbox.waiting == []
        anna.writes("Hej")
        assert len(fake.outbox.waiting) == 1
        with pytest.raises(AssertionError, match="not a valid command"):
            anna.runs("/andet")


async def test_an_event_needs_its_scope(clock):
    async with FakeSlack(clock, scopes=frozenset({"chat:write"})) as fake:
        fake.person("U1", "Anna").writes("Hej")
        assert fake.outbox.waiting == []


async def test_what_the_client_does_not_take_is_an_assertion(fake, anna):
    client = fake.client()
    with pytest.raises(AssertionError, match="no button 'Ja'"):
        anna.presses("Ja")
    field = {"type": "plain_text_input", "min_length": 3, "max_length": 5, "action_id": "a"}
    view = modal()
    view["blocks"][0]["element"] = field
    await client.views_open(trigger_id=fake.world.trigger(anna), view=view)
    for answers, complaint in (
        ({}, "wants 'Hvad fyldte\\?' to be filled in"),
        ({"Andet": "x"}, "no field 'Andet'"),
        ({"Hvad fyldte?": "alt for langt"}, "takes 3 to 5 characters"),
    ):
        with pytest.raises(AssertionError, match=complaint):
            anna.submits(answers)


async def test_choices_are_made_by_their_labels(fake, anna):
    def option(label: str) -> Json:
        return {"text": {"type": "plain_text", "text": label}, "value": label.lower()}

    options = [option("Rolig"), option("Travl")]
    elements = [
        {"type": "radio_buttons", "options": options},
        {"type": "checkboxes", "options": options, "initial_options": [options[0]]},
        {"type": "datepicker", "initial_date": "2026-01-05"},
        {"type": "number_input", "is_decimal_allowed": False},
    ]
    blocks = [
        {
            "type": "input",
            "block_id": f"b{number}",
            "optional": True,
            "label": {"type": "plain_text", "text": f"Felt {number}"},
            "element": element | {"action_id": "a"},
        }
        for number, element in enumerate(elements)
    ]
    view = modal(blocks=blocks)
    await fake.client().views_open(trigger_id=fake.world.trigger(anna), view=view)
    anna.submits({"Felt 0": "Travl", "Felt 3": "7"})
    values = fake.outbox.waiting[0].payload["view"]["state"]["values"]
    answers = {block_id: answer["a"] for block_id, answer in values.items()}
    assert answers["b0"]["selected_option"]["value"] == "travl"
    assert [o["value"] for o in answers["b1"]["selected_options"]] == ["rolig"]
    assert (answers["b2"]["selected_date"], answers["b3"]["value"]) == ("2026-01-05", "7")


async def test_a_modal_may_tell_that_it_was_given_up(fake, anna):
    view = modal(notify_on_close=True)
    await fake.client().views_open(trigger_id=fake.world.trigger(anna), view=view)
    anna.closes()
    assert anna.view is None
    assert fake.outbox.waiting[0].payload["type"] == "view_closed"


async def test_somebody_else_sees_no_ephemeral_message(fake, anna):
    bo = fake.person("U2", "Bo")
    fake.channel("C1", "ledere", anna, bo)
    client = fake.client()
    await client.chat_postMessage(channel="C1", text="Hej alle")
    await client.chat_postEphemeral(channel="C1", user="U2", text="Det er ikke til dig")
    assert [s.text for s in anna.sees_in("C1")] == ["Hej alle"]
    assert [s.ephemeral for s in bo.sees_in("C1")] == [False, True]


async def test_live_mentions_and_links_are_seen(fake, anna):
    client = fake.client()
    loose = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "<!here> <https://x.example|a>"}}
    ]
    tight = [{"type": "section", "text": {"type": "plain_text", "text": "<!here> &lt;b&gt;"}}]
    await client.chat_postMessage(channel="U1", text="Nyt", blocks=loose)
    await client.chat_postMessage(channel="U1", text="Nyt", blocks=tight)
    assert [s.mentions for s in anna.sees] == [("<!here>", "<https://x.example|a>"), ()]
    assert anna.sees[1].text == "<!here> <b>"


async def test_a_link_button_is_opened_and_told(fake, anna):
    blocks = yes_no()
    blocks[1]["elements"][0]["url"] = "https://tillidsrum.example/me"
    await fake.client().chat_postMessage(channel="U1", text="Klar?", blocks=blocks)
    fake.outbox.waiting.clear()
    anna.presses("y")
    assert anna.opened == ["https://tillidsrum.example/me"]
    assert len(fake.outbox.waiting) == 1


async def test_home_keeps_its_hash(fake, anna):
    client = fake.client()
    first = await client.views_publish(user_id="U1", view=home())
    second = await client.views_publish(user_id="U1", view=home(), hash=first["view"]["hash"])
    assert first["view"]["id"] == second["view"]["id"]
    assert first["view"]["hash"] != second["view"]["hash"]
