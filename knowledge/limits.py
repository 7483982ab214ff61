"""How long the parts of a snippet may be."""

from __future__ import annotations

LONGEST_TEXT = 600
"""Characters: room for three sentences, and for three such texts on one Discord card."""

MOST_ASKS = 20
"""Bundled notes have twelve at most, so that there is room for those of moderators."""

LONGEST_ASK = 200
