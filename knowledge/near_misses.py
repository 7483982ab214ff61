"""Near misses: questions about what the notes of the pack are about that none of them answers, in
`knowledge/near_misses.json`, by the id of the note that each lies near to. They show where the pack's knowledge ends.

    {"golden-76-days-spotify": ["how many days was Golden No. 1 on Apple Music"]}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from knowledge.files import PACKAGE

FILE = "near_misses.json"


def load_near_misses() -> Mapping[str, Sequence[str]]:
    """The near misses of each note that has some."""
    found: dict[str, list[str]] = json.loads((PACKAGE / FILE).read_text(encoding="utf-8"))
    return found
