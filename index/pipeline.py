"""From a question to quotes that should be shown: understanding, retrieval, decision and choice of sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from index.answerer import Chosen, choose
from index.choices import labelled
from index.confidence import Calibration, basis_of
from index.documents import Document
from index.embedding.embedder import Embedder, Vectors
from index.evidence import Surroundings, weigh
from index.facts import FactQuestion, Resolved, fact_question, lacks, resolve
from index.facts.graph import FactGraph
from index.features import Hit, QuestionVectors
from index.following import Exchange, go_on, points_back
from index.judging import Judged, in_order, nearly_as_sure
from index.knowledge_index import KnowledgeIndex
from index.query import Query, understand
from index.receipt import receipt_of
from index.results import Choice, NoAnswer, WhichOne
from index.retriever import Retriever
from knowledge.models import Entity, Language, Quote, Scope, Topic

MOST_MISSING = 0.5
"""The largest share of what is asked about the names that a text may lack to be shown beside a false premise; a number
that it lacks may be what is false."""

NAMES_KEPT = 2_000
"""Vectors of names that are kept, of 1.5 KB each."""

HITS = 10
CLOSEST = 3
CHOICES = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """Quotes that answer the question if they are still live, best first.

    Where `answers` is False they do not: the question supposes something that they do not bear out, and they are
    what is on file about it, with `closest` for when they are gone. `about` are the entities that the texts are about.
    """

    language: Language
    quotes: tuple[Quote, ...]
    receipt: dict[str, Any]
    answers: bool = True
    closest: tuple[Topic, ...] = ()
    about: tuple[str, ...] = ()


Drafted = Draft | NoAnswer | WhichOne


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood in its scope, before its vector is known. `asked` is what it asks of the structured facts,
    if it does."""

    scope: Scope
    query: Query
    retriever: Retriever
    entities: Mapping[str, Entity]
    asked: FactQuestion | None = None

    @property
    def to_embed(self) -> tuple[str, str]:
        """The texts whose vectors are searched for, empty where there is none: the question (mended, or its gloss in
        English) and the names in it."""
        return self.query.gloss or self.query.mended or self.query.text, " ".join(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The English names of what the question names, the first meaning of each."""
        return tuple(self.entities[mention.entities[0]].name for mention in self.query.mentions)


class Pipeline:
    """Pure but for the index it reads; called from one thread at a time."""

    def __init__(self, index: KnowledgeIndex, embedder: Embedder, calibration: Calibration) -> None:
        self._index = index
        self._embedder = embedder
        self._calibration = calibration
        self._reads_no_korean = not embedder.knows("한국어")
        self._names: dict[str, Vectors] = {}

    def read(self, question: str, scope: Scope, meant: str | None = None, before: Exchange | None = None) -> Reading:
        """Understands a question with the names and words of its scope; a shared name stands for `meant` alone. What it
        leaves open is taken from the exchange `before`."""
        retriever, vocabulary = self._index.retriever(scope), self._index.vocabulary(scope)

        spelling = cache(retriever.spelling)

        def understood(text: str, meant: str | None) -> Query:
            return understand(text, vocabulary, retriever.knows, meant, spelling)

        query, entities = understood(question, meant), vocabulary.names.entities
        if before and (followed := go_on(query, before, entities, understood)):
            query = understood(followed.text, followed.entity)
        return Reading(scope, query, retriever, entities, fact_question(query, entities))

    def encode(self, readings: Sequence[Reading]) -> list[QuestionVectors]:
        """The vectors of several questions from one forward pass. Names come up again and again: theirs are kept."""
        asked = dict.fromkeys(text for reading in readings for text in reading.to_embed if self._embedder.knows(text))
        wanted = [text for text in asked if text and text not in self._names]
        vectors = dict(zip(wanted, self._embedder.encode(wanted), strict=True)) if wanted else {}
        vectors |= {text: self._names[text] for text in asked if text in self._names}
        if len(self._names) > NAMES_KEPT:
            self._names.clear()
        named = {names for _, names in (reading.to_embed for reading in readings)}
        # A row of a batch would keep all of the batch in memory.
        self._names |= {names: vectors[names].copy() for names in named & vectors.keys() - self._names.keys()}
        return [self._vectors_of(reading, vectors) for reading in readings]

    def _vectors_of(self, reading: Reading, vectors: Mapping[str, Vectors]) -> QuestionVectors:
        question, names = map(vectors.get, reading.to_embed)
        return QuestionVectors(question, names, bool(reading.query.gloss) and self._reads_no_korean)

    def draft(self, reading: Reading, vectors: QuestionVectors) -> Drafted:
        """What to answer. `vectors` are those of `encode`."""
        query, asked = reading.query, reading.asked
        judged = self.judged(reading, vectors)
        receipt = receipt_of(query, judged, self._embedder.fingerprint)
        if asked and (told := resolve(asked, query.language, reading.retriever.parts, reading.entities)):
            return self._told(reading, told, receipt)
        if asked and judged and lacks(judged[0].hit.document, asked, reading.entities):
            return self._declined(query, judged, receipt)  # the name is known, what is asked about it is not
        if points_back(query, reading.entities):  # "when was she born?", of nobody that we know of
            return self._declined(query, judged, receipt)
        if not query.groups:  # "hi": it asks for nothing
            return self._declined(query, judged, receipt)
        sure = [j for j in judged if j.is_sure and j.evidence.names <= judged[0].evidence.names]
        leading = next((j for j in judged if j.is_sure or not j.lacks_demand), None)
        if not sure or sure[0] is not leading:
            return self._declined(query, judged, receipt)
        if choices := self._choices(reading, judged, sure[0].hit):
            return WhichOne(query.language, choices, receipt)
        near = sure if query.asks_list else nearly_as_sure(sure)
        chosen = choose([j.hit for j in near], query.demands, query.asks_list)
        quotes, about = tuple(c.quote for c in chosen), _about([c.hit.document for c in chosen])
        return Draft(query.language, quotes, {**receipt, "shown": _shown(chosen)}, about=about)

    def _told(self, reading: Reading, told: Resolved, receipt: dict[str, Any]) -> Drafted:
        """Facts, each in a line of its own, or the meanings of a name to choose from."""
        query = reading.query
        if told.meanings:
            return WhichOne(query.language, _labelled(told.meanings, reading), receipt)
        quotes = tuple(Quote(f.revision.id, f.language, 0, len(f.text)) for f in told.facts)
        facts = [fact.revision.snippet.id for fact in told.facts]
        told_of = {**receipt, "facts": facts, "facts_on_file": told.count}
        return Draft(query.language, quotes, told_of, about=_about(told.facts))

    def _declined(self, query: Query, judged: Sequence[Judged], receipt: dict[str, Any]) -> Drafted:
        """No answer; for a question that supposes something, with the text that would answer it but for one name or
        number."""
        closest = self._closest(judged)
        if query.supposes:
            for j in judged:
                shared = set(query.entities) & set(j.hit.document.revision.snippet.entities)
                if shared and j.evidence.words + j.evidence.other <= MOST_MISSING and j.would_be_sure:
                    quotes = tuple(c.quote for c in choose([j.hit], query.demands))
                    return Draft(query.language, quotes, receipt, answers=False, closest=closest)
        return NoAnswer(query.language, closest, receipt)

    def hits(self, question: str, scope: Scope, most: int = HITS) -> list[Hit]:
        """What is found for a question, best first, whatever it is worth."""
        reading = self.read(question, scope)
        (vectors,) = self.encode([reading])
        return [judged.hit for judged in self.judged(reading, vectors, most)]

    def judged(self, reading: Reading, vectors: QuestionVectors, most: int = HITS) -> list[Judged]:
        """The hits for a question, best first."""
        hits, near_misses = reading.retriever.search(reading.query, vectors, most), reading.retriever.near_misses
        # None was written for what structured facts tell, and a rough gloss lies near to none (docs/experiments.md).
        of_notes, is_read = reading.asked is None, vectors.question is not None and not reading.query.gloss
        around = Surroundings(
            weights={group: reading.retriever.idf(group) for group in reading.query.groups},
            total=sum(hit.score for hit in hits),
            count=len(hits),
            nearest=max((sentence.cosine for hit in hits for sentence in hit.sentences), default=0.0),
            covered=max((hit.scores.coverage for hit in hits), default=0.0),
            missed=near_misses.nearness(vectors.question) if of_notes and is_read else None,
            compared=near_misses.compare(reading.query.wording) if of_notes and not is_read else None,
        )
        models = self._calibration[language := reading.query.language]
        evidence = [weigh(reading.query, hit, around, reading.entities) for hit in hits]
        return in_order([Judged.by(models[basis_of(h, language)], h, e) for h, e in zip(hits, evidence, strict=True)])

    def _choices(self, reading: Reading, judged: Sequence[Judged], shown: Hit) -> tuple[Choice, ...]:
        """The meanings of a shared name that have an answer each, unless the text to be shown is about all of them."""
        query = reading.query
        for mention in query.mentions:
            answering = [
                entity
                for entity in mention.entities
                if any(entity in j.hit.document.revision.snippet.entities for j in judged if j.is_sure)
            ]
            if len(answering) > 1 and not self._together(answering, shown):
                return _labelled(answering, reading)
        return ()

    @staticmethod
    def _together(entities: Sequence[str], hit: Hit) -> bool:
        return set(entities) <= set(hit.document.revision.snippet.entities)

    def _closest(self, judged: Sequence[Judged]) -> tuple[Topic, ...]:
        topics = dict.fromkeys(j.hit.document.revision.snippet.topic for j in judged if j.hit.scores.coverage > 0)
        return tuple(self._index.topics[t] for t in topics if t in self._index.topics)[:CLOSEST]


def _labelled(meanings: Sequence[str], reading: Reading) -> tuple[Choice, ...]:
    language, entities = reading.query.language, reading.entities
    graph = FactGraph(reading.retriever.parts, language)
    return labelled([entities[e] for e in meanings[:CHOICES]], language, graph, entities)


def _about(documents: Sequence[Document]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity for d in documents for entity in d.revision.snippet.entities))


def _shown(chosen: Sequence[Chosen]) -> list[int]:
    return [c.quote.revision for c in chosen]
