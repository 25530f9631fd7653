"""The numbers, and where they come from. A test may hand in smaller ones to be quick.

What a single block may hold stands in kit.py, next to the block.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Slack's documentation and slack-api-ref, except where a comment says otherwise."""

    message_blocks: int = 50
    view_blocks: int = 100
    text: int = 40_000  # the rest is silently cut off
    update_text: int = 4_000
    markdown_text: int = 12_000
    blocks_text: int = 13_200  # undocumented: seen in bolt-js issues 2509 and 2867
    metadata_bytes: int = 8_000
    view_bytes: int = 250_000
    view_stack: int = 3
    trigger_seconds: int = 3
    response_uses: int = 5
    response_minutes: int = 30
    open_users: int = 8
    alt_text: int = 1_000
    file_bytes: int = 1 << 24  # chosen, Slack's own is a gigabyte
    sockets: int = 10
    history_page: int = 999
    # seconds from a failed try to the next: at once, after a minute, after five
    retries: tuple[int, ...] = (0, 60, 300)


@dataclass(frozen=True)
class Rates:
    """Calls of one method a minute, by tier («1+», «20+», «50+», «100+»: the least is what counts
    here); chat.postMessage one a second in a channel. The length of a burst, the «several hundred
    a minute» in a workspace and the special tier are not published: chosen."""

    tier1: int = 1
    tier2: int = 20
    tier3: int = 50
    tier4: int = 100
    special: int = 600
    channel_per_second: float = 1.0
    channel_burst: int = 3
    workspace_per_minute: int = 300

    def of(self, tier: str) -> int:
        named = {"t1": self.tier1, "t2": self.tier2, "t3": self.tier3, "t4": self.tier4}
        return named.get(tier, self.special)
