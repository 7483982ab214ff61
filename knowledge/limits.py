"""How long the parts of a snippet may be."""

from __future__ import annotations

LONGEST_TEXT = 600
"""Characters: room for three sentences, and for three such texts on one Discord card."""

MOST_ASKS = 50
"""Bundled notes have 32 at most, so that there is room for those of moderators."""

LONGEST_ASKS = 4000
"""Characters of all together, a line each: what a field of a form holds (Discord's documentation of text inputs)."""

LONGEST_ASK = 200

LONGEST_FIELD = 500
"""Characters of what has no limit of its own, such as a title, in forms and files alike. The longest title of the pack
has 190."""
