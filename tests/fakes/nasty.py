"""Texts that people really write to bots, for Hypothesis and for tables of examples."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "@everyone",
    "@here",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "<:x:123456789012345678>",
    "<t:1700000000:R>",
    "</ask:123456789012345678>",
    "# heading",
    "-# small",
    "- item",
    "1. item",
    "> quote",
    ">>> quote",
    "**bold**",
    "__under__",
    "~~gone~~",
    "||spoiler||",
    "`code`",
    "```py\ncode\n```",
    "[kryptontoday.com](https://evil.example)",
    "https://evil.example/a(b)",
    "discord.gg/abc",
    ":smile:",
    "\\",
    "\\[",
    "\u202eevil",
    "\u2066x\u2069",
    "a\u200bb",
    "\x00\x1b[31m",
    "\ud800",
    "'; DROP TABLE snippets; --",
    'NEAR("a" b*) OR',
    "<b>html</b>",
    "골든은 며칠 동안 1위였어?",
    "👩‍👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\n",
    "\u2028",
    " ",
)

_short = st.text(st.characters(), max_size=12)

texts = st.one_of(
    _short,
    st.lists(st.sampled_from(PIECES) | _short, max_size=6).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 300)),
)
"""Any text: short ones, pieces beside each other, and long ones."""
