"""What is on file already that a new text repeats or contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.judging import Judged
from index.pipeline import Pipeline
from knowledge.models import LANGUAGES, Entity, Language, Revision, Scope, Snippet
from knowledge.quantities import quantities

ALIKE_FROM = 0.85
"""Cosine from which two texts probably say the same. The bundled notes are held to 0.92 (`near_duplicates`); here a
person looks at what is found."""

NEAR_FROM = 0.65
"""Cosine from which two texts that share a name speak of the same matter, so that other numbers or names in them are
worth a look."""

WORDS_FROM = 0.8
"""The share of its words that must stand in another text for a Korean one to say the same: the bundled model knows no
Hangul."""

NEAR_WORDS_FROM = 0.55

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Similar:
    """A revision that is like a new text, and whether the two disagree in a number, a date or a name."""

    revision: Revision
    disagrees: bool


def similar(pipeline: Pipeline, snippet: Snippet, scope: Scope) -> tuple[Similar, ...]:
    """The revisions in a scope that a snippet repeats or seems to contradict, the likest first; what has its id is left
    out. To be called in the engine's thread."""
    found: dict[int, Similar] = {}
    for language in LANGUAGES:
        text = snippet.text_in(language)
        if not text:
            continue
        reading = pipeline.read(text, scope)
        (vectors,) = pipeline.encode([reading])
        for judged in pipeline.judged(reading, vectors):
            revision = judged.hit.document.revision
            if revision.snippet.id != snippet.id and (like := _compared(snippet, judged, language, reading.entities)):
                found.setdefault(revision.id, like)
    return tuple(found.values())[:SHOWN]


def disagree(one: Snippet, other: Snippet, entities: Mapping[str, Entity]) -> bool:
    """Whether each states a number, a date or somebody of the same kind that the other lacks."""
    for language in LANGUAGES:
        texts = one.text_in(language), other.text_in(language)
        if texts[0] and texts[1]:
            here, there = (quantities(text, language) for text in texts if text)
            if _differ(here.numbers, there.numbers) or _differ(here.days, there.days):
                return True
    only = [frozenset(a.entities) - frozenset(b.entities) for a, b in ((one, other), (other, one))]
    kinds = [{entities[e].kind for e in ids if e in entities} for ids in only]
    return bool(kinds[0] & kinds[1])


def _compared(snippet: Snippet, judged: Judged, language: Language, entities: Mapping[str, Entity]) -> Similar | None:
    revision = judged.hit.document.revision
    alike, near = _alike(judged, language)
    disagrees = disagree(snippet, revision.snippet, entities)
    shared = bool(set(snippet.entities) & set(revision.snippet.entities))
    if alike or (near and shared and disagrees):
        return Similar(revision, disagrees)
    return None


def _alike(judged: Judged, language: Language) -> tuple[bool, bool]:
    scores = judged.hit.scores
    if language == "ko":
        return scores.coverage >= WORDS_FROM, scores.coverage >= NEAR_WORDS_FROM
    return scores.dense >= ALIKE_FROM, scores.dense >= NEAR_FROM


def _differ(here: frozenset[object], there: frozenset[object]) -> bool:
    return bool(here - there and there - here)
