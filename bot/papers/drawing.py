"""What our pictures are drawn with: the same paper, ink and type, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from flows.model import Language

# Light colours stand on the elements themselves, so that a page which allows no inline style
# still shows a readable picture; the style adds the dark ones.
PAPER, INK, QUIET, MARK, GUIDE, SOFT = (
    "#fbf8f2", "#1b3a45", "#56666b", "#1f4e5f", "#e6dcca", "#dcebee",
)  # fmt: skip
DARK = """\
@media (prefers-color-scheme: dark) {
.on-paper{fill:#15252c}.on-ink{fill:#f1ece2}.on-quiet{fill:#b9c4c4}.on-mark{fill:#a5d0db}
.on-line{stroke:#a5d0db}.on-guide{stroke:#30454d}.on-hollow{stroke:#15252c}
.on-cell{fill:#30454d}.on-soft{fill:#24424c}
}"""
SCREEN = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PRESS = "Libertinus Serif"
"""A face for the page that shows it, and the one that is inside the typesetter."""


def picture(
    name: str, size: tuple[int, int], title: str, described: str, language: Language, face: str,
    parts: Iterable[str],
) -> str:  # fmt: skip
    """An SVG on its own paper that describes itself to screen readers. `name`: for its ids."""
    width, height = size
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'font-family="{face}" aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-desc">{escape(described)}</desc>',
            f"<style>{DARK}</style>",
            rect(0, 0, width, height, look="paper", fill=PAPER),
            *parts,
            "</svg>",
        )
    )


def text(
    across: float, down: float, words: str, *, size: float = 13, weight: int = 400,
    quiet: bool = False, anchor: str = "start",
) -> str:  # fmt: skip
    look, fill = ("quiet", QUIET) if quiet else ("ink", INK)
    return (
        f'<text class="on-{look}" x="{across}" y="{down}" font-size="{size}" '
        f'font-weight="{weight}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
    )


def rect(
    across: float, down: float, width: float, height: float, *, look: str, fill: str,
    round: float = 0,
) -> str:  # fmt: skip
    corner = f' rx="{round}"' if round else ""
    return (
        f'<rect class="on-{look}" x="{across}" y="{down}" width="{width}" height="{height}"'
        f'{corner} fill="{fill}"/>'
    )


def guide(x1: float, x2: float, y1: float, y2: float, width: float = 1) -> str:
    return (
        f'<line class="on-guide" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" stroke="{GUIDE}" '
        f'stroke-width="{width}"/>'
    )


def within(words: str, most: int) -> str:
    """Cut to so many characters."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
