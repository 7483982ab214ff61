"""A question as the retriever sees it: language, weighted groups of terms, names, and perhaps a vector."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.documents import entity_term
from index.entities import EntityMatcher, Mention
from index.tokens import Token, has_hangul, is_stop_word, normalise, stem, tokens
from knowledge.models import Language

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that mean the same thing in a question; a text has it when it has any of them.

    `weight` scales its share of the question (below 1 for Korean endings). `name` is the entity it is part of.
    """

    terms: tuple[str, ...]
    weight: float
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A cleaned question. `groups` hold its content; a question of stop words alone has none."""

    text: str
    language: Language
    groups: tuple[Group, ...]
    mentions: tuple[Mention, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """Terms that stand next to each other in the question, stop words included."""

    @property
    def entities(self) -> tuple[str, ...]:
        """Every entity that a name in the question may mean, in order."""
        return tuple(dict.fromkeys(entity for mention in self.mentions for entity in mention.entities))


def clean(question: str) -> str:
    """The question without control, bidi and zero-width characters and lone surrogates, white space folded."""
    visible = question.encode("utf-8", "replace").decode()
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") else " " for c in _UNSEEN.sub("", visible))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()


def understand(question: str, matcher: EntityMatcher, known: Callable[[str], bool]) -> Query:
    """Reads a question. `known` tells whether an index term is in use anywhere, so that only strange words are
    taken for misspelt names."""
    text = clean(question)
    normalised = normalise(text)
    named = matcher.mentions_in(normalised)
    guessed = matcher.misspelt(normalised, lambda word: any(known(t.term) for t in tokens(word)) or known(stem(word)))
    mentions = tuple(sorted([*named, *guessed], key=lambda m: m.start))
    found = tokens(normalised)
    return Query(
        text=text,
        language="ko" if has_hangul(text) else "en",
        groups=_groups(normalised, found, mentions),
        mentions=mentions,
        pairs=tuple(dict.fromkeys(pairwise(token.term for token in found))),
    )


def _groups(normalised: str, found: Sequence[Token], mentions: Sequence[Mention]) -> tuple[Group, ...]:
    groups: dict[tuple[str, ...], Group] = {}
    for token in found:
        mention = next((m for m in mentions if m.start <= token.start and token.end <= m.end), None)
        if mention is None and (is_stop_word(token, normalised) or _trails(token, mentions)):
            continue
        group = _group(token, mention)
        groups.setdefault(group.terms, group)
    return tuple(groups.values())


def _trails(token: Token, mentions: Sequence[Mention]) -> bool:
    """Whether a bigram is the last syllable of a name and the particle after it."""
    return any(m.start <= token.start < m.end < token.end or token.start == m.end and token.weight < 1 for m in mentions)


def _group(token: Token, mention: Mention | None) -> Group:
    if mention is None:
        return Group((token.term,), token.weight)
    return Group((token.term, *map(entity_term, mention.entities)), 1.0, mention.entities)
