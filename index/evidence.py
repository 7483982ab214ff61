"""What speaks for and against answering with a hit, in features that do not depend on the size of the corpus."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

from index.demands.somebody import proper_words
from index.documents import Document
from index.features import Hit
from index.query import Group, Query
from index.senses import sense_term
from index.tokens import has_hangul, normalise
from index.wordings import Compared
from index.words import words_of
from knowledge.models import Entity

OF_THE_DOMAIN = frozenset(("k-pop", "south-korea"))
"""The entities that all of the knowledge is about: that a text names them says nothing, and it may leave them out."""

SOMEBODY = frozenset(
    ("person", "soloist", "group", "character", "company", "label", "organization", "broadcaster", "school", "fandom")
)
"""The kinds of entities that "who" may ask for."""

RANKS = frozenset(("top-spot", "first", "second", "oldest", "youngest", "fastest", "lowest", "longest"))
"""Glossary entries that ask for one of many by its rank: a text without it is about another one."""

FUTURE = frozenset(map(sense_term, ("future", "predict")))
"""What a text holds that speaks of what is to come."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against answering a question with one hit; all in 0..1 but `contrast`, in -1..1.

    `dense`, `beyond` and `pairs` are the hit's; `precision` is that of the sentence with most of the question, 0 for a
    hit that was compared by meaning. `lead` is how far its score stands above the mean of the others': where many texts
    are as good, none is meant. `nearest` is the largest cosine of a sentence of any hit, and for one that was compared
    by words alone the largest share of the question in any hit: whether the knowledge is about such things at all.
    `mass` is how much of the question is in the text, its title or its asks (idf mass), names too but not
    `OF_THE_DOMAIN`, in logarithms: one common word that is found is little to go by. Then what the question asks for
    and the text lacks: 1 for a missing name (`names`; of a server's note none of a term), an unmet demand (`demands`),
    a number or rank that was named (`numbers`), the word for what is asked for (`focus`), and anybody but those asked
    about where "who" asks (`somebody`); as shares of what is no name `words` of the glossary (a known relation that is
    absent) and `other` words, which may just be another way to say it.
    Last, `contrast` is how much nearer the question is to near misses of the pack than to the ways to ask for the text:
    in meaning, or in words where the model cannot read the question; `UNTOLD` for a text that is not the pack's, or
    where either cannot be compared.
    """

    dense: float
    beyond: float
    pairs: float
    precision: float
    names: float
    demands: float
    numbers: float
    focus: float
    somebody: float
    words: float
    other: float
    mass: float
    lead: float
    nearest: float
    contrast: float


FEATURES = tuple(field.name for field in fields(Evidence))


FULL_MASS = 30.0
"""The idf mass from which on there is no more to want: some five words that few texts hold."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a hit is weighed against: the idf of each group of the question (`weights`), the sum of the scores of
    all `count` hits, the largest cosine of a sentence among them (`nearest`) and the largest share of the question in
    a whole text (`covered`), and how near the question is to the near misses of the pack in meaning (`missed`) or to
    all known questions in words (`compared`), None where that tells nothing."""

    weights: Mapping[Group, float]
    total: float
    count: int
    nearest: float
    covered: float
    missed: float | None
    compared: Compared | None

    def others(self, hit: Hit) -> float:
        """The mean score of the other hits."""
        return (self.total - hit.score) / max(1, self.count - 1)


def weigh(query: Query, hit: Hit, around: Surroundings, entities: Mapping[str, Entity]) -> Evidence:
    """The evidence of a hit."""
    weights = around.weights
    asked = [group for group in query.groups if OF_THE_DOMAIN.isdisjoint(group.entities)]
    lacking = [group for group in query.groups if hit.document.held.isdisjoint(group.terms)]
    words = [group for group in query.groups if not group.entities]
    of_words = sum(weights[group] for group in words) or 1.0
    missing = [group for group in lacking if not group.entities and not _is_number(group)]
    return Evidence(
        dense=hit.scores.dense,
        beyond=hit.beyond,
        pairs=hit.scores.pairs,
        precision=0.0 if hit.is_embedded else _precision(hit),
        names=float(any(group in asked and _is_told_by_name(group, hit.document, entities) for group in lacking)),
        demands=float(_is_unmet(query, hit.document)),
        numbers=float(any(_is_number(group) or group.sense in RANKS for group in lacking)),
        focus=float(query.focus != "" and query.focus not in hit.document.held),
        somebody=float(query.demands.somebody and not _names_others(query, hit.document, entities)),
        words=sum(weights[group] for group in missing if group.sense) / of_words,
        other=sum(weights[group] for group in missing if not group.sense) / of_words,
        mass=_fullness(sum(weights[group] for group in asked if group not in lacking)),
        lead=max(0.0, hit.score - around.others(hit)),
        nearest=around.nearest if hit.is_embedded else around.covered,
        contrast=_contrast(hit, around),
    )


def _precision(hit: Hit) -> float:
    """That of the sentence which holds most of the question: a heading of one word of it says little else, too."""
    best = max(hit.sentences, key=lambda sentence: (sentence.coverage, sentence.precision), default=None)
    return best.precision if best else 0.0


FAR = 0.2
"""The difference of cosines from which on there is no more to want of `contrast`."""

FAR_IN_WORDS = 0.5
"""The same for cosines of words: from 0.3 to 0.7 the golden questions for tuning are told apart as well."""

UNTOLD = 0.5
"""What `contrast` is where near misses tell nothing: such texts are declined about as often as before there were any
(docs/experiments.md)."""


def _contrast(hit: Hit, around: Surroundings) -> float:
    if hit.document.is_of_server:
        return UNTOLD
    if around.compared:
        nearer = around.compared.contrast(filter(has_hangul, hit.document.revision.snippet.asks))
        return UNTOLD if nearer is None else _within(nearer / FAR_IN_WORDS)
    if around.missed is None or hit.nearness is None:
        return UNTOLD
    return _within((around.missed - hit.nearness) / FAR)


def _within(share: float) -> float:
    return max(-1.0, min(1.0, share))


def _fullness(mass: float) -> float:
    return min(1.0, math.log1p(mass) / math.log1p(FULL_MASS))


def _is_told_by_name(group: Group, document: Document, entities: Mapping[str, Entity]) -> bool:
    """Whether a text about what a group names would have the name. A server's note says a term ("trainee") in any
    words, and nobody has linked it with what it means."""
    kinds = {entities[entity].kind for entity in group.entities if entity in entities}
    return bool(group.entities) and not (document.is_of_server and kinds == {"term"})


def _is_unmet(query: Query, document: Document) -> bool:
    """Whether a text lacks what the question demands."""
    demands = query.demands.of_members if document.is_of_server else query.demands
    return not demands.are_met_by(document.text, document.revision.snippet.asks) or (
        demands.future and document.held.isdisjoint(FUTURE)
    )


def _names_others(query: Query, document: Document, entities: Mapping[str, Entity]) -> bool:
    """Whether a text names somebody whom the question does not. One about whoever was asked for by name ("who is …")
    need not; in one without links, and in a server's, whose people the registry seldom knows, a name is what English
    writes as one."""
    if not any(not group.entities for group in query.groups):
        return True
    linked = [entities[entity] for entity in document.revision.snippet.entities if entity in entities]
    if any(entity.kind in SOMEBODY and entity.id not in query.entities for entity in linked):
        return True
    if linked and not document.is_of_server:
        return False
    said = {word.text for word in words_of(query.normalised)}
    of_things = {word.text for entity in linked for word in words_of(normalise(entity.name))}
    return document.language == "ko" or not proper_words(document.text) <= said | of_things


def _is_number(group: Group) -> bool:
    return len(group.terms[0]) > 1 and group.terms[0].isdigit()
