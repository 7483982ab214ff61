"""From a question to quotes that should be shown: understanding, retrieval, decision and choice of sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.answerer import Chosen, choose
from index.embedding.embedder import Embedder, Vectors
from index.evidence import Confidence, Evidence, weigh
from index.knowledge_index import KnowledgeIndex
from index.query import Query, understand
from index.results import Choice, NoAnswer, WhichOne
from index.retriever import Hit, Retriever
from knowledge.kinds import kind_in
from knowledge.models import Entity, Language, Quote, Scope, Topic

GENERIC_KINDS = frozenset({"genre"})
"""Entities of these kinds are what the whole pack is about: a text that does not name one may still answer."""

HITS = 10
CLOSEST = 3
CHOICES = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """Quotes that answer the question if they are still live, best first."""

    language: Language
    quotes: tuple[Quote, ...]
    receipt: dict[str, Any]


Drafted = Draft | NoAnswer | WhichOne


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood in its scope, before its vector is known."""

    scope: Scope
    query: Query
    retriever: Retriever

    @property
    def to_embed(self) -> str:
        """The text whose vector is searched for: the question, mended, or its gloss in English. May be empty."""
        return self.query.gloss or self.query.mended or self.query.text


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit, what speaks for and against it, and how sure that makes us (0..1)."""

    hit: Hit
    evidence: Evidence
    confidence: float


class Pipeline:
    """Pure but for the index it reads; called from one thread at a time."""

    def __init__(self, index: KnowledgeIndex, embedder: Embedder, confidence: Mapping[Language, Confidence]) -> None:
        self._index = index
        self._embedder = embedder
        self._confidence = confidence

    def read(self, question: str, scope: Scope, meant: str | None = None) -> Reading:
        """Understands a question with the names and words of its scope; a shared name stands for `meant` alone."""
        retriever = self._index.retriever(scope)
        return Reading(scope, understand(question, self._index.vocabulary(scope), retriever.knows, meant), retriever)

    def embeds(self, reading: Reading) -> bool:
        """Whether the model has something to say about this question."""
        return bool(reading.to_embed) and self._embedder.knows(reading.to_embed)

    def draft(self, reading: Reading, vector: Vectors | None) -> Drafted:
        """What to answer. `vector` is that of `reading.to_embed`, None where `embeds` says no."""
        query = reading.query
        judged = self.judged(reading, vector)
        receipt = self._receipt(query, judged)
        if not judged or judged[0].confidence < self._confidence[query.language].threshold:
            return NoAnswer(query.language, self._closest(judged), receipt)
        if choices := self._choices(reading, judged):
            return WhichOne(query.language, choices, receipt)
        threshold = self._confidence[query.language].threshold
        chosen = choose([j.hit for j in judged if j.confidence >= threshold])
        return Draft(query.language, tuple(c.quote for c in chosen), {**receipt, "shown": _shown(chosen)})

    def vector_of(self, reading: Reading) -> Vectors | None:
        """The vector of one question, where it is not encoded together with others."""
        return self._embedder.encode([reading.to_embed])[0] if self.embeds(reading) else None

    def judged(self, reading: Reading, vector: Vectors | None) -> list[Judged]:
        """The hits for a question, best first."""
        hits = reading.retriever.search(reading.query, vector, HITS)
        query, model = reading.query, self._confidence[reading.query.language]
        weights = {group: reading.retriever.idf(group) for group in query.groups}
        names = self._index.vocabulary(reading.scope).names.entities
        generic = frozenset(e for e in query.entities if names[e].kind in GENERIC_KINDS)
        evidence = [weigh(query, hit, weights, generic) for hit in hits]
        return [Judged(hit, e, model(e)) for hit, e in zip(hits, evidence, strict=True)]

    def _choices(self, reading: Reading, judged: Sequence[Judged]) -> tuple[Choice, ...]:
        """The meanings of a shared name that have an answer each, unless one text is about all of them."""
        query = reading.query
        threshold = self._confidence[query.language].threshold
        names = self._index.vocabulary(reading.scope).names.entities
        for mention in query.mentions:
            answering = [
                entity
                for entity in mention.entities
                if any(entity in j.hit.document.revision.snippet.entities for j in judged if j.confidence >= threshold)
            ]
            if len(answering) > 1 and not self._together(answering, judged[0].hit):
                return _labelled([names[e] for e in answering[:CHOICES]], query.language)
        return ()

    @staticmethod
    def _together(entities: Sequence[str], hit: Hit) -> bool:
        return set(entities) <= set(hit.document.revision.snippet.entities)

    def _closest(self, judged: Sequence[Judged]) -> tuple[Topic, ...]:
        topics = dict.fromkeys(j.hit.document.revision.snippet.topic for j in judged if j.hit.coverage > 0)
        return tuple(self._index.topics[t] for t in topics if t in self._index.topics)[:CLOSEST]

    def _receipt(self, query: Query, judged: Sequence[Judged]) -> dict[str, Any]:
        model = self._confidence[query.language]
        return {
            "language": query.language,
            "question": {
                "understood": query.text,
                "corrected": [m.corrected for m in query.mentions if m.corrected],
                "words": [" / ".join(group.terms) for group in query.groups],
                "gloss": query.gloss,
                "mended": query.mended,
            },
            "names": list(query.entities),
            "threshold": model.threshold,
            "candidates": [
                {
                    "snippet": j.hit.document.revision.snippet.id,
                    "revision": j.hit.document.revision.id,
                    "score": round(j.hit.score, 3),
                    "confidence": round(j.confidence, 3),
                    **{name: round(value, 3) for name, value in asdict(j.evidence).items()},
                }
                for j in judged[:5]
            ],
            "model": self._embedder.fingerprint,
        }


def _labelled(entities: Sequence[Entity], language: Language) -> tuple[Choice, ...]:
    """Choices by name, with the kind beside it where that tells namesakes apart."""
    names = [entity.name_in(language) for entity in entities]
    return tuple(
        Choice(f"{name} ({kind_in(entity.kind, language)})" if names.count(name) > 1 else name, entity.id)
        for name, entity in zip(names, entities, strict=True)
    )


def _shown(chosen: Sequence[Chosen]) -> list[int]:
    return [c.quote.revision for c in chosen]
