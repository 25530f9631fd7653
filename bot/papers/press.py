"""The one place that calls the typesetter.

`typst.Compiler` refuses a second thread ("Already borrowed"), so every call compiles by itself and
only the fonts are shared. They are read on first use.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from functools import cache

import typst


@cache
def _own_fonts() -> typst.Fonts:
    """Only the fonts inside the wheel: the same picture on every machine."""
    return typst.Fonts(include_system_fonts=False)


@cache
def _all_fonts() -> typst.Fonts:
    """The machine's fonts too, so that an emoji or another script finds one if there is one."""
    return typst.Fonts()


def press_pdf(template: bytes, content: Mapping[str, object], on: date) -> bytes:
    """A tagged PDF of `template`, which reads `content` as JSON from `sys.inputs.content`.

    PDF/UA-1 where every character has a font. A character without one (an emoji on a bare server)
    forbids the standard, not the paper: then it is the same tagged PDF without the claim.
    """
    inputs = {"content": json.dumps(content)}
    with suppress(typst.TypstError):
        return _compile_pdf(template, inputs, on, claim=True)
    return _compile_pdf(template, inputs, on, claim=False)


def _compile_pdf(template: bytes, inputs: dict[str, str], on: date, *, claim: bool) -> bytes:
    return typst.compile(
        template,
        font_paths=_all_fonts(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["ua-1"] if claim else [],
        timestamp=datetime.combine(on, time(), UTC),
    )


_PICTURE = b"""\
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


def press_png(svg: str, width: int, scale: float) -> bytes:
    """A PNG of `svg`, `width * scale` pixels wide."""
    return typst.compile(
        _PICTURE,
        font_paths=_own_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=72 * scale,
        sys_inputs={"svg": svg, "width": str(width)},
    )
