"""Why it was answered like that, as JSON: what the button Why? and `hallyu ask --why` show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.evidence import FEATURES, UNTOLD, Evidence
from index.features import Hit
from index.judging import Judged
from index.query import Query
from index.ranking import OWN

CANDIDATES = 5


def receipt_of(query: Query, judged: Sequence[Judged], fingerprint: str) -> dict[str, Any]:
    """What was understood, and the best `CANDIDATES` hits with their evidence; of facts and what was shown the pipeline
    adds more. Only "question" repeats words of what was asked; "names" are the ids of the entities named in it."""
    return {
        "language": query.language,
        "question": {
            "understood": query.text,
            "corrected": [m.corrected for m in query.mentions if m.corrected],
            "terms": [" / ".join(group.terms) for group in query.groups],
            "gloss": query.gloss,
            "mended": query.mended,
        },
        "names": list(query.entities),
        "candidates": [
            {
                "snippet": j.hit.document.revision.snippet.id,
                "revision": j.hit.document.revision.id,
                "score": round(j.hit.score, 3),
                "confidence": round(j.confidence, 3),
                "threshold": j.model.threshold,
                **_told(j.evidence),
                **_beside(j.hit),
            }
            for j in judged[:CANDIDATES]
        ],
        "model": fingerprint,
    }


def _told(evidence: Evidence) -> dict[str, float]:
    """The features by name; near misses that tell nothing are left out."""
    told = {name: round(getattr(evidence, name), 3) for name in FEATURES}
    return told if evidence.contrast != UNTOLD else {name: value for name, value in told.items() if name != "contrast"}


def _beside(hit: Hit) -> dict[str, float]:
    """What puts a server's note before others of its score (`own`), and its `morphemes`, where there is an analyser."""
    own = {"own": OWN} if hit.document.is_plain else {}
    return own if hit.scores.morphemes is None else {**own, "morphemes": round(hit.scores.morphemes, 3)}
