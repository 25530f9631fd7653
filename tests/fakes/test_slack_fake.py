"""The fake against the real slack_sdk: every refusal of the Web API, rates, bad days."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, Person, StandingClock
from tests.fakes.slack.fake import METHODS, SCOPES, SOCKET
from tests.fakes.slack.reduce import BUILT
from tests.fakes.slack.sample import home, modal, yes_no

NOTE = {"event_type": "tillidsrum", "event_payload": {"key": "k1"}}


@pytest.fixture
async def fake(clock: StandingClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock) as fake:
        fake.world.echo = False
        yield fake


@pytest.fixture
def client(fake: FakeSlack) -> AsyncWebClient:
    return fake.client()


@pytest.fixture
def anna(fake: FakeSlack) -> Person:
    return fake.person("U1", "Anna Holm", "anna@firma.example")


def refused(error: str, complaint: str = ""):
    """The refusal with this word, and with this among what is complained about."""
    return pytest.raises(SlackApiError, match=f"'error': '{error}'.*{re.escape(complaint)}")


def test_every_published_method_of_the_list_is_built():
    assert {*METHODS, SOCKET} == set(BUILT)


async def test_the_app_knows_itself(client):
    said = await client.auth_test()
    assert (said["team_id"], said["user_id"], said["bot_id"]) == ("T1", "U0BOT", "B0BOT")
    assert "chat:write" in said.headers["x-oauth-scopes"]


async def test_the_token_comes_in_the_header_and_is_of_the_right_kind(fake: FakeSlack):
    for token, error in (
        ("", "not_authed"),
        ("xoxb-other", "invalid_auth"),
        (fake.app_token, "not_allowed_token_type"),
    ):
        with refused(error):
            await fake.client(token).auth_test()
    with refused("not_allowed_token_type"):
        await fake.client().apps_connections_open(app_token=fake.bot_token)
    async with aiohttp.ClientSession() as http:
        address = f"{fake.base_url}auth.test?token={fake.bot_token}"
        async with http.get(address) as answer:
            assert (await answer.json())["error"] == "not_authed"
    assert len(fake.mistakes) == 5


async def test_methods_and_arguments_are_checked_by_the_published_list(fake, client):
    with refused("unknown_method"):
        await client.api_call("chat.sendLove")
    with refused("not_built_in_the_fake"):
        await client.api_call("reactions.add")
    with refused("invalid_arguments", "unexpected argument: mood"):
        await client.api_call("auth.test", json={"mood": "b"})
    with refused("invalid_arguments", "missing required field: channel"):
        await client.api_call("chat.postMessage", json={"text": "a"})
    with refused("invalid_arguments", "must provide a string: text"):
        await client.api_call("chat.postMessage", json={"channel": "U1", "text": 1})
    with refused("invalid_arguments", "must provide a boolean: unfurl_links"):
        await client.api_call("chat.postMessage", json={"channel": "U1", "unfurl_links": "no"})
    with refused("invalid_arguments", "must provide a number: limit"):
        await client.users_list(limit=-1)
    with refused("invalid_post_type"):
        await client.api_call("users.info", json={"user": "U1"})
    with refused("invalid_blocks_format"):
        await client.api_call("chat.postMessage", params={"channel": "U1", "blocks": "["})
    assert fake.calls == []


async def test_broken_bodies_are_refused(fake: FakeSlack):
    headers = {
        "Authorization": f"Bearer {fake.bot_token}",
        "Content-Type": "application/json",
    }
    async with aiohttp.ClientSession(fake.base_url, headers=headers) as http:
        for body, error in (("{", "invalid_json"), ("[]", "json_not_object")):
            async with http.post("chat.postMessage", data=body) as answer:
                assert (await answer.json())["error"] == error


async def test_a_missing_scope_is_named(clock):
    async with FakeSlack(clock, scopes=SCOPES - {"users:read.email", "im:history"}) as fake:
        anna, client = fake.person("U1", "Anna"), fake.client()
        with pytest.raises(SlackApiError) as refusal:
            await client.users_lookupByEmail(email=anna.email)
        assert refusal.value.response["needed"] == "users:read.email"
        assert "chat:write" in refusal.value.response["provided"]
        await client.conversations_open(users="U1")
        with refused("missing_scope", "im:history"):
            await client.conversations_history(channel=anna.dm_id)
        with refused("missing_scope", "chat:write.customize"):
            await client.chat_postMessage(channel="U1", text="a", username="Chef")
        assert "email" not in (await client.users_info(user="U1"))["user"]["profile"]


async def test_a_message_is_posted_changed_and_deleted(fake, client, anna):
    posted = await client.chat_postMessage(
        channel="U1", text="Klar?", blocks=yes_no(), metadata=NOTE
    )
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    assert anna.buttons == ["Ja", "Nej"]
    await client.chat_update(**place, text="Tak")
    assert (anna.buttons, anna.sees[0].text, anna.sees[0].edited) == ([], "Tak", True)
    await client.chat_update(**place, text="Klar?", blocks=yes_no())
    await client.chat_update(**place, blocks=yes_no()[:1], text="Tak")
    assert (anna.sees[0].text, anna.sees[0].notice) == ("*Klar?*", "Tak")
    await client.chat_delete(**place)
    assert anna.sees == []
    assert [call.method for call in fake.calls[-2:]] == ["chat.update", "chat.delete"]
    assert fake.refusals == []


async def test_what_no_message_may_be(client, anna, fake):
    with refused("channel_not_found"):
        await client.chat_postMessage(channel="U9", text="a")
    with refused("no_text"):
        await client.api_call("chat.postMessage", json={"channel": "U1", "text": ""})
    with refused("markdown_text_conflict"):
        await client.chat_postMessage(channel="U1", text="a", markdown_text="b")
    with refused("invalid_metadata_format"):
        await client.chat_postMessage(channel="U1", text="a", metadata={"event_type": "b"})
    with refused("metadata_too_large"):
        big = NOTE | {"event_payload": {"key": "k" * 9_000}}
        await client.chat_postMessage(channel="U1", text="a", metadata=big)
    with refused("invalid_attachments"):
        await client.chat_postMessage(channel="U1", text="a", attachments=[{"text": "b"}])
    with refused("thread_not_found"):
        await client.chat_postMessage(channel="U1", text="a", thread_ts="1.000001")
    fake.channel("C1", "uden", anna, bot=False)
    with refused("not_in_channel"):
        await client.chat_postMessage(channel="C1", text="a")
    fake.channel("C2", "gemt", anna).archived = True
    with refused("is_archived"):
        await client.chat_postMessage(channel="C2", text="a")
    await client.chat_postMessage(channel="U1", text="a" * 40_001)
    assert len(anna.sees[0].text) == 40_000


async def test_what_may_not_be_changed(client, anna):
    own = await client.chat_postMessage(channel="U1", text="a")
    hers, channel = anna.writes("b"), own["channel"]
    hidden = await client.chat_postEphemeral(channel=channel, user="U1", text="c")
    with refused("msg_too_long"):
        await client.chat_update(channel=channel, ts=own["ts"], text="a" * 4_001)
    with refused("no_text"):
        nothing = {"channel": channel, "ts": own["ts"], "blocks": []}
        await client.api_call("chat.update", json=nothing)
    with refused("cant_update_message"):
        await client.chat_update(channel=channel, ts=hers.ts, text="a")
    with refused("cant_delete_message"):
        await client.chat_delete(channel=channel, ts=hers.ts)
    with refused("channel_not_found"):
        await client.chat_update(channel="U1", ts=own["ts"], text="a")
    for ts in ("1.000001", hidden["message_ts"]):
        with refused("message_not_found"):
            await client.chat_update(channel=channel, ts=ts, text="a")
    with refused("user_not_in_channel"):
        await client.chat_postEphemeral(channel=channel, user="U2", text="c")


async def test_history_finds_what_was_sent_by_its_metadata(fake, client, anna, clock):
    for number in range(3):
        clock.advance(1)
        await client.chat_postMessage(channel="U1", text=str(number), metadata=NOTE)
    place = {"channel": anna.dm_id}
    await client.chat_postEphemeral(**place, user="U1", text="skjult")
    said = await client.conversations_history(**place, include_all_metadata=True, limit=2)
    assert [m["text"] for m in said["messages"]] == ["2", "1"]
    assert said["messages"][0]["metadata"] == NOTE
    rest = await client.conversations_history(
        **place, cursor=said["response_metadata"]["next_cursor"], limit=2
    )
    assert [m["text"] for m in rest["messages"]] == ["0"]
    assert "metadata" not in rest["messages"][0]
    oldest = said["messages"][1]["ts"]
    for inclusive, found in ((False, ["2"]), (True, ["2", "1"])):
        later = await client.conversations_history(**place, oldest=oldest, inclusive=inclusive)
        assert [m["text"] for m in later["messages"]] == found
    fake.world.history_lag = 1
    lagging = await client.conversations_history(**place)
    assert [m["text"] for m in lagging["messages"]] == ["1", "0"]


async def test_a_conversation_that_nobody_opened_has_no_history(client, anna):
    assert anna.sees == []
    with refused("channel_not_found"):
        await client.conversations_history(channel=anna.dm_id)


async def test_history_may_be_refused_or_away(fake, client, anna):
    channel = (await client.conversations_open(users="U1"))["channel"]["id"]
    for asked, error in (
        ({"cursor": "x"}, "invalid_cursor"),
        ({"oldest": "x"}, "invalid_ts_oldest"),
        ({"limit": 1000}, "invalid_limit"),
    ):
        with refused(error):
            await client.conversations_history(channel=channel, **asked)
    fake.fail_next("conversations.history", "server-error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as away:
            await client.conversations_history(channel=channel)
        assert away.value.response.status_code == 503
    assert (await client.conversations_history(channel=channel))["messages"] == []


async def test_conversations_are_opened_and_described(fake, client, anna):
    opened = await client.conversations_open(users=["U1"], return_im=True)
    assert opened["channel"]["user"] == "U1"
    said = await client.conversations_info(channel=opened["channel"]["id"])
    assert said["channel"]["is_im"] is True
    bo = fake.person("U2", "Bo")
    bo.leaves()
    for users, error in (
        ("", "users_list_not_supplied"),
        ("U9", "user_not_found"),
        ("U2", "user_disabled"),
        (",".join(["U1"] * 9), "too_many_users"),
    ):
        with refused(error):
            await client.conversations_open(users=users)


async def test_people_are_found_while_they_are_there(fake, client, anna, clock):
    said = (await client.users_info(user="U1", include_locale=True))["user"]
    assert (said["tz"], said["tz_offset"], said["locale"]) == ("Europe/Copenhagen", 3600, "da-DK")
    assert (await client.users_lookupByEmail(email="ANNA@firma.example"))["user"]["id"] == "U1"
    fake.person("U2", "Bo")
    first = await client.users_list(limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    assert (await client.users_list(limit=1, cursor=cursor))["members"][0]["id"] == "U2"
    anna.leaves()
    with refused("users_not_found"):
        await client.users_lookupByEmail(email="anna@firma.example")
    assert (await client.users_info(user="U1"))["user"]["deleted"] is True
    await client.chat_postMessage(channel="U1", text="Taget imod, aldrig læst")
    with refused("user_not_found"):
        await client.users_info(user="U9")
    assert (await client.team_info())["team"]["id"] == "T1"
    with refused("team_not_found"):
        await client.team_info(team="T9")


async def test_somebody_who_wants_no_noise_is_seen_to(client, anna, clock):
    assert (await client.dnd_info(user="U1"))["dnd_enabled"] is False
    anna.dnd(clock().replace(hour=12))
    said = await client.dnd_info(user="U1")
    assert said["next_dnd_end_ts"] == clock().replace(hour=12).timestamp()


async def test_a_trigger_opens_one_modal_within_three_seconds(fake, client, anna, clock):
    trigger = fake.world.trigger(anna)
    await client.views_open(trigger_id=trigger, view=modal())
    with refused("exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=modal())
    late = fake.world.trigger(anna)
    clock.advance(3.1)
    with refused("expired_trigger_id"):
        await client.views_open(trigger_id=late, view=modal())
    with refused("invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.3", view=modal())
    with refused("invalid_arguments", "trigger_id"):
        await client.api_call("views.open", json={"view": modal()})


async def test_a_view_is_changed_only_as_it_was_seen(fake, client, anna):
    trigger, named = fake.world.trigger(anna), modal(external_id="e1")
    view = (await client.views_open(trigger_id=trigger, view=named))["view"]
    await client.views_update(external_id="e1", view=named, hash=view["hash"])
    with refused("hash_conflict"):
        await client.views_update(view_id=view["id"], view=named, hash=view["hash"])
    with refused("invalid_arguments", "view_id"):
        await client.api_call("views.update", json={"view": modal()})
    with refused("duplicate_external_id"):
        await client.views_push(trigger_id=fake.world.trigger(anna), view=named)
    anna.closes()
    with refused("not_found"):
        await client.views_update(view_id=view["id"], view=modal())
    shown = (await client.views_publish(user_id="U1", view=home()))["view"]
    await client.views_publish(user_id="U1", view=home())
    with refused("hash_conflict"):
        await client.views_publish(user_id="U1", view=home(), hash=shown["hash"])
    with refused("user_not_found"):
        await client.views_publish(user_id="U9", view=home())


async def test_three_modals_lie_on_each_other(fake, client, anna):
    with refused("not_found"):
        await client.views_push(trigger_id=fake.world.trigger(anna), view=modal())
    await client.views_open(trigger_id=fake.world.trigger(anna), view=modal())
    for _ in range(2):
        await client.views_push(trigger_id=fake.world.trigger(anna), view=modal())
    with refused("push_limit_reached"):
        await client.views_push(trigger_id=fake.world.trigger(anna), view=modal())
    with refused("invalid_arguments", "must match the `type` of the root view"):
        await client.views_push(trigger_id=fake.world.trigger(anna), view=home())
    assert anna.view.previous == anna.views[1].id
    anna.closes(all_of_them=True)
    assert anna.views == []
