"""How long to wait before a further session is begun, after some that were short."""

from __future__ import annotations

GAP = 5.0
"""Seconds between two IDENTIFYs of a bot that may send one at a time (`max_concurrency` 1):
https://docs.discord.com/developers/events/gateway#rate-limiting."""

LONGEST = 900.0
"""Seconds. At this pace a bot that always fails begins 96 sessions a day, of the 1,000 that Discord allows."""

HEALTHY = 600.0
"""Seconds after which a session has proved itself, and those before it no longer count. A bot that fails right after
it begins 144 sessions a day."""

FORGOTTEN = 86_400.0
"""Seconds after which Discord has forgotten earlier sessions, and so may the bot."""


def patience(short: int) -> float:
    """Seconds from the start of the last session to that of the next one, after so many short ones in a row."""
    if short <= 0:
        return 0.0
    return float(min(LONGEST, GAP * 2 ** min(short - 1, 20)))
