"""Discord's limits for one message of components, and how a card shares them out.

https://docs.discord.com/developers/components/reference: 40 components and 4,000 characters of text in one message,
80 characters on a button, 100 in a `custom_id` and in a choice of a select menu, 25 choices, 5 buttons in a row.
The shares of one card add up to less than `TEXT`; `tests/bot/test_limits.py` holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.rendering.markdown import length

TEXT = 4000
TEXT_BYTES = 10_170
TEXT_BYTES_EACH = 12
"""UTF-8 bytes of all text, and what is added for each text component, past which Discord answers 500: not documented,
measured in https://github.com/discord/discord-api-docs/issues/8554. 3,400 Hangul syllables reach it."""

COMPONENTS = 40
LABEL = 80
CHOICES = 25
BUTTONS_IN_A_ROW = 5

PANEL = 3700
"""For the lines of a page that is one list: snippets, receipt, topics."""

ANSWER = 1600
SOURCES = 1300
QUESTION = 220
WHOLE_QUESTION = 1600
"""A question of 500 characters, all of them escaped: "Which one?" must be able to read all of it back."""


def within(lines: Iterable[str], room: int) -> tuple[list[str], int]:
    """The first `lines` that fit in `room` UTF-16 units, joined by line breaks, and how many were left out."""
    everything = list(lines)
    kept: list[str] = []
    for line in everything:
        room -= length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept, len(everything) - len(kept)
