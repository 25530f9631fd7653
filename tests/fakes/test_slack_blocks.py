"""What Block Kit refuses, in Slack's words, with the place."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models import blocks as sdk

from tests.fakes.slack import FakeSlack, Limits
from tests.fakes.slack.blocks import check_message, check_view, rich_words, words
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.sample import home, modal, yes_no
from tests.fakes.slack.shapes import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    return {"type": "section", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": [*elements]}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Ja"), **more}


def options(count: int) -> list[Json]:
    return [{"text": plain(f"Valg {n}"), "value": str(n)} for n in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", **more}


def asked(**more: Any) -> Json:
    return {
        "type": "input",
        "label": plain("Felt"),
        "element": {"type": "plain_text_input"},
        **more,
    }


REFUSED: list[tuple[list[Any], str, str]] = [
    ([{"type": "divider"}] * 51, "no more than 50 items allowed", "/blocks"),
    ([actions(*[button()] * 26)], "no more than 25 items allowed", "/blocks/0/elements"),
    ([actions()], "must provide at least 1 items", "/blocks/0/elements"),
    (
        [{"type": "context", "elements": [mrkdwn("a")] * 11}],
        "no more than 10 items allowed",
        "/blocks/0/elements",
    ),
    (
        [section(text=mrkdwn("a" * 3001))],
        "must be less than 3001 characters",
        "/blocks/0/text/text",
    ),
    ([section(text=mrkdwn(""))], "must be more than 0 characters", "/blocks/0/text/text"),
    ([section(text={"text": "a"})], "failed to match all allowed schemas", "/blocks/0/text"),
    ([section(text="a")], "must provide an object", "/blocks/0/text"),
    ([section()], "must provide at least one of: text, fields", "/blocks/0"),
    (
        [section(fields=[plain("a" * 2001)])],
        "must be less than 2001 characters",
        "/blocks/0/fields/0/text",
    ),
    (
        [{"type": "header", "text": plain("a" * 151)}],
        "must be less than 151 characters",
        "/blocks/0/text/text",
    ),
    ([{"type": "header", "text": mrkdwn("a")}], "failed to match", "/blocks/0/text"),
    ([section(text=plain("a"), style="x")], "invalid additional property: style", "/blocks/0"),
    ([section(text=plain("a") | {"bold": True})], "additional property: bold", "/blocks/0/text"),
    ([{"type": "data_visualization"}], "unsupported type: data_visualization", "/blocks/0/type"),
    ([{"text": plain("a")}], "missing required field: type", "/blocks/0/type"),
    (["a"], "must provide an object", "/blocks/0"),
    (
        [actions(button(text=plain("a" * 76)))],
        "must be less than 76 characters",
        "/blocks/0/elements/0/text/text",
    ),
    (
        [actions(button(value="a" * 2001))],
        "must be less than 2001 characters",
        "/blocks/0/elements/0/value",
    ),
    ([actions(button(value=1))], "must provide a string", "/blocks/0/elements/0/value"),
    ([actions(button(style="big"))], "must be one of: primary", "/blocks/0/elements/0/style"),
    ([actions(button(url="ftp://a"))], "must match regex", "/blocks/0/elements/0/url"),
    (
        [actions(button(accessibility_label="a" * 76))],
        "must be less than 76",
        "/blocks/0/elements/0/accessibility_label",
    ),
    (
        [actions(button(confirm={"title": plain("a")}))],
        "missing required field: text",
        "/blocks/0/elements/0/confirm/text",
    ),
    (
        [actions(button(action_id="a"), button(action_id="a"))],
        '`action_id` "a" already exists',
        "/blocks/0/elements/1/action_id",
    ),
    (
        [{"type": "divider", "block_id": "a"}] * 2,
        '`block_id` "a" already exists',
        "/blocks/1/block_id",
    ),
    (
        [actions({"type": "plain_text_input"})],
        "unsupported type: plain_text_input",
        "/blocks/0/elements/0/type",
    ),
    (
        [actions(select(options=options(101)))],
        "no more than 100 items allowed",
        "/blocks/0/elements/0/options",
    ),
    ([actions(select())], "exactly one of: options", "/blocks/0/elements/0"),
    (
        [actions(select(options=options(1), initial_option=options(2)[1]))],
        "one of the provided options",
        "/blocks/0/elements/0/initial_option",
    ),
    (
        [actions({"type": "radio_buttons", "options": options(11)})],
        "no more than 10 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        [actions({"type": "overflow", "options": options(6)})],
        "no more than 5 items allowed",
        "/blocks/0/elements/0/options",
    ),
    (
        [actions(select(options=[{"text": plain("a"), "value": "a" * 151}]))],
        "must be less than 151 characters",
        "/blocks/0/elements/0/options/0/value",
    ),
    ([{"type": "input", "label": plain("a")}], "missing required field: element", "/element"),
    ([asked(element=button())], "unsupported type: button", "/blocks/0/element/type"),
    ([asked(optional="no")], "must provide a boolean", "/blocks/0/optional"),
    (
        [asked(element={"type": "plain_text_input", "max_length": 3001})],
        "must be between 1 and 3000",
        "/blocks/0/element/max_length",
    ),
    (
        [{"type": "image", "image_url": "https://a.example/b.png"}],
        "missing required field: alt_text",
        "/blocks/0/alt_text",
    ),
    ([{"type": "image", "alt_text": "a"}], "exactly one of: image_url", "/blocks/0"),
    (
        [{"type": "image", "alt_text": "a", "slack_file": {"id": "f"}}],
        "input must match regex pattern: ^[F][A-Z0-9]{8,}$",
        "/blocks/0/slack_file/id",
    ),
    (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{}]}]}],
        "missing required field: type",
        "/blocks/0/elements/0/elements/0/type",
    ),
]


@pytest.mark.parametrize(("blocks", "complaint", "pointer"), REFUSED)
def test_a_message_that_slack_refuses(blocks, complaint, pointer):
    with pytest.raises(Refusal) as refused:
        check_message(blocks, Limits())
    said = refused.value.body()
    assert said["error"] == "invalid_blocks"
    assert any(complaint in e and f"{pointer}]" in e for e in said["errors"]), said["errors"]
    assert said["response_metadata"]["messages"][0] == f"[ERROR] {said['errors'][0]}"


def test_all_text_together_has_its_measure():
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_message([section(text=plain("a" * 2900))] * 5, Limits())


def test_slack_sdk_has_its_say():
    """Its models know that a date picker starts with a date that there is."""
    blocks = [actions({"type": "datepicker", "initial_date": "2026-99-99"})]
    check_message([actions({"type": "datepicker", "initial_date": "2026-02-01"})], Limits())
    with pytest.raises(Refusal, match="failed to match all allowed schemas"):
        check_message(blocks, Limits())


@pytest.mark.parametrize(
    ("view", "kind", "complaint", "pointer"),
    [
        (modal(blocks=[{"type": "divider"}] * 101), "modal", "no more than 100", "/view/blocks"),
        (modal(title=plain("a" * 25)), "modal", "less than 25", "/view/title/text"),
        (modal(private_metadata="a" * 3001), "modal", "less than 3001", "/view/private_metadata"),
        (modal(submit_disabled=True), "modal", "property: submit_disabled", "/view"),
        (modal(), "home", "unsupported type: modal", "/view/type"),
        (home(), "modal", "unsupported type: home", "/view/type"),
        (home() | {"title": plain("a")}, "home", "property: title", "/view"),
        (modal(blocks=[{"type": "markdown", "text": "a"}]), "modal", "unsupported", "/0/type"),
        (None, "modal", "must provide an object", "/view"),
        (
            {name: value for name, value in modal().items() if name != "submit"},
            "modal",
            "must define `submit` to use an `input` block in modals",
            "/view/blocks/0/input",
        ),
        (
            modal(blocks=[asked(element={"type": "plain_text_input", "focus_on_load": True})] * 2),
            "modal",
            "only one element may have `focus_on_load`",
            "/view/blocks",
        ),
    ],
)
def test_a_view_that_slack_refuses(view, kind, complaint, pointer):
    with pytest.raises(Refusal) as refused:
        check_view(view, Limits(), kind)
    assert refused.value.error == "invalid_arguments"
    assert any(complaint in c and f"{pointer}]" in c for c in refused.value.complaints)


def test_a_view_has_its_weight():
    blocks = [section(text=plain("æ" * 2900)) for _ in range(90)]
    with pytest.raises(Refusal, match="view_too_large"):
        check_view(modal(blocks=blocks), Limits(), "modal")


def test_what_is_right_passes_and_gets_its_ids():
    kept = check_message([*yes_no(), {"type": "divider"}, asked()], Limits())
    assert kept[1]["block_id"] == "ready"
    ids = [block["block_id"] for block in kept]
    assert len({*ids}) == len(ids)
    assert kept[3]["element"]["action_id"]


def test_what_slack_sdk_builds_passes():
    built = [
        sdk.HeaderBlock(text="Ugens to linjer"),
        sdk.SectionBlock(text="*Hej*", accessory=sdk.ButtonElement(text="Åbn", action_id="a")),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="Kun dig")]),
        sdk.ActionsBlock(
            elements=[
                sdk.StaticSelectElement(
                    action_id="b", options=[sdk.Option(text="Rolig", value="1")]
                ),
                sdk.TimePickerElement(action_id="c", initial_time="08:30"),
            ]
        ),
        sdk.ImageBlock(image_url="https://a.example/b.png", alt_text="Kurven"),
    ]
    kept = check_message([block.to_dict() for block in built], Limits())
    assert words(kept) == "Ugens to linjer\n*Hej*\nKun dig\nKurven"


def test_a_rich_text_is_understood():
    def part(kind: str, **more: Any) -> Json:
        return {"type": kind, **more}

    line = [
        part("text", text="Hej ", style={"bold": True}),
        part("user", user_id="U1"),
        part("link", url="https://a.example", text=" se"),
        part("emoji", name="wave"),
        part("broadcast", range="here"),
    ]
    spoken = part("rich_text_section", elements=line)
    points = part("rich_text_list", style="bullet", elements=[spoken, spoken])
    block = part("rich_text", elements=[spoken, points, part("rich_text_quote", elements=line)])
    check_message([block], Limits())
    assert rich_words(block).splitlines() == ["Hej <@U1> se:wave:<!here>"] * 4


async def test_the_answer_looks_like_slacks():
    async with FakeSlack() as fake:
        fake.person("U1", "Anna")
        said = fake.client().chat_postMessage(channel="U1", text="a", blocks=[section()])
        with pytest.raises(
            Exception, match=r"\[ERROR\] must provide at least one of.*json-pointer"
        ):
            await said
        assert fake.mistakes[0].error == "invalid_blocks"
