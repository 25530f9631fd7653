"""The rich_text block: what a client makes of what a person writes; a bot may send it too."""

from __future__ import annotations

from tests.fakes.slack.shapes import (
    Check,
    Shape,
    array,
    boolean,
    choice,
    number,
    record,
    string,
    typed,
)

_STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))


def _part(needed: Shape, **allowed: Check) -> Check:
    return record(needed, {"style": _STYLE} | allowed)


_INLINE = typed(
    {
        "text": _part({"text": string(40_000)}),
        "link": _part({"url": string(3000)}, text=string(3000), unsafe=boolean),
        "emoji": _part({"name": string(255)}, unicode=string(255), skin_tone=number(1, 6)),
        "user": _part({"user_id": string(255)}),
        "usergroup": _part({"usergroup_id": string(255)}),
        "channel": _part({"channel_id": string(255)}),
        "team": _part({"team_id": string(255)}),
        "broadcast": _part({"range": choice("here", "channel", "everyone")}),
        "color": _part({"value": string(20)}),
        "date": _part(
            {"timestamp": number(0, 9_999_999_999), "format": string(255)},
            url=string(3000),
            fallback=string(3000),
        ),
    }
)
_PARTS: Shape = {"elements": array(_INLINE, 1000, least=0)}
_BORDER = number(0, 1)
_SECTION = record(_PARTS)

RICH_TEXT = typed(
    {
        "rich_text_section": _SECTION,
        "rich_text_preformatted": record(_PARTS, {"border": _BORDER, "language": string(50)}),
        "rich_text_quote": record(_PARTS, {"border": _BORDER}),
        "rich_text_list": record(
            {
                "style": choice("bullet", "ordered"),
                "elements": array(typed({"rich_text_section": _SECTION}), 500),
            },
            {"indent": number(0, 8), "offset": number(0, 10_000), "border": _BORDER},
        ),
    }
)
