"""What is searched: one live revision in one language, with its index terms and the texts to embed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeVar

from index.embedding.embedder import text_key
from index.relations import senses_of, senses_of_kind
from index.senses import sense_term
from index.tokens import has_hangul
from index.vocabulary import Content
from knowledge.models import LANGUAGES, PACK, Entity, Language, Revision
from knowledge.sentences import Span, sentence_spans

T = TypeVar("T")

DIGEST = 32
"""Bytes that stand for a text: those that its key writes in hexadecimal."""

SERVES: Mapping[Language | None, frozenset[Language]] = {
    None: frozenset(LANGUAGES),
    **{language: frozenset({language}) for language in LANGUAGES},
}
"""The languages of the questions that a text in one language may answer; None for one that stands alone."""


class Wording(NamedTuple):
    """A text to embed and, for a model that cannot read it, its rough English, empty where there is none."""

    text: str
    gloss: str = ""

    @property
    def key(self) -> str:
        """The key of its vector. Names that are added later change the gloss, and then the key."""
        return text_key("\n".join(filter(None, self)))

    def read_by(self, knows: Callable[[str], bool]) -> str:
        """What a model embeds that `knows` certain texts; empty where it can read neither."""
        return next((said for said in self if said and knows(said)), "")


def entity_term(entity: str) -> str:
    """The index term that stands for an entity, however its name is spelt."""
    return sys.intern(f"§{entity}")


def wording_of(content: Content) -> tuple[str, ...]:
    """The terms of all that is in a text: its words, and what it may name."""
    return (*content.terms, *map(entity_term, content.entities))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its span in the text, the terms of its words in order and of the names in it, and which
    passages stand for it (its own, and that of the sentence in the same place of the other language). Most texts are
    one sentence, and the two have their words in common."""

    span: Span
    words: tuple[str, ...]
    names: tuple[str, ...]
    passages: tuple[int, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        return (*self.words, *self.names)


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of one revision that are embedded, in every language, each once: the digests of all, and the numbers of
    those that are whole texts, sentences or ways to ask, and of those that are `glossed`."""

    digests: bytes
    whole: tuple[int, ...]
    sentences: tuple[int, ...]
    asks: tuple[int, ...]
    glossed: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.digests) // DIGEST

    @property
    def keys(self) -> list[str]:
        """The keys of their vectors, by number."""
        return [self.digests[start : start + DIGEST].hex() for start in range(0, len(self.digests), DIGEST)]


@dataclass(frozen=True, slots=True)
class Document:
    """A revision in one language, ready to be indexed. Tens of thousands of them are in memory, so that nothing is held
    that can be made of the rest for the few that a question finds.

    `serves` are the languages of questions that it may answer: a text that was written in one language only serves
    both. `words` are the terms of its words in order, `names` those of its entities, `title_terms` those of the topic's
    title, the publishers, the asks, the kinds of its entities and, for a structured fact, of its relation, each once.
    `glosses` is the rough English of its Korean, by text, for a revision that has no English: nearly all have some.
    """

    revision: Revision
    language: Language
    serves: frozenset[Language]
    text: str
    words: tuple[str, ...]
    names: tuple[str, ...]
    title_terms: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    passages: Passages
    glosses: Mapping[str, str]

    @property
    def is_of_server(self) -> bool:
        """Whether a server's moderators wrote it, for its members."""
        return self.revision.owner != PACK

    @property
    def is_plain(self) -> bool:
        """Whether it is a server's note without ways to ask, which is found by its own words alone."""
        return self.is_of_server and not self.revision.snippet.asks and self.revision.snippet.statement is None

    @property
    def terms(self) -> tuple[str, ...]:
        return (*self.words, *self.names)

    @property
    def held(self) -> frozenset[str]:
        """All of its terms."""
        return frozenset((*self.words, *self.names, *self.title_terms))

    @property
    def embedded(self) -> Iterator[Wording]:
        """Those texts of the revision's passages that are its own."""
        sentences = (self.text[slice(*sentence.span)] for sentence in self.sentences)
        for text in chain((self.text,), sentences, self.revision.snippet.asks):
            yield Wording(text, self.glosses.get(text, ""))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the texts of one owner: what is in one, and what a Korean one says in rough English (empty where nothing is
    understood)."""

    content: Callable[[str], Content]
    gloss: Callable[[str], str]


NO_GLOSSES: Mapping[str, str] = {}


def documents_of(
    revision: Revision, titles: Mapping[Language, str], entities: Mapping[str, Entity], reader: Reader
) -> Iterator[Document]:
    """One document for each language that the revision is written in. `titles` are those of its topic, `entities`
    those that the scope knows, by id."""
    snippet, read = revision.snippet, reader.content
    written = {language: text for language in LANGUAGES if (text := snippet.text_in(language))}
    spans = {language: sentence_spans(text) for language, text in written.items()}
    pieces = {g: [text[slice(*span)] for span in spans[g]] for g, text in written.items()}
    kinds = [list(written.values()), [piece for own in pieces.values() for piece in own], list(snippet.asks)]
    korean = () if "en" in written else filter(has_hangul, chain(*kinds))
    glosses = {text: reader.gloss(text) for text in korean} or NO_GLOSSES
    passages, numbers = _passages(kinds, glosses)
    aligned = len({len(own) for own in pieces.values()}) == 1
    answers_to = _answers_to(revision, entities)
    for language, text in written.items():
        serves = SERVES[None if len(written) == 1 else language]
        asks = [ask for ask in snippet.asks if len(serves) > 1 or has_hangul(ask) == (language == "ko")]
        around = (titles.get(language, ""), *dict.fromkeys(source.publisher for source in snippet.sources), *asks)
        whole = read(text)
        beside = pieces.values() if aligned else [pieces[language]]
        yield Document(
            revision=revision,
            language=language,
            serves=serves,
            text=text,
            words=whole.terms,
            names=_shared(tuple(map(entity_term, _named(revision, whole)))),
            title_terms=_shared(tuple(dict.fromkeys(chain(answers_to, *(read(piece).terms for piece in around))))),
            sentences=tuple(
                _sentence(span, read(piece), whole, tuple(numbers[own[at]] for own in beside))
                for at, (span, piece) in enumerate(zip(spans[language], pieces[language], strict=True))
            ),
            passages=passages,
            glosses=glosses,
        )


def _answers_to(revision: Revision, known: Mapping[str, Entity]) -> list[str]:
    """The terms of the fact's relation and of the kinds of the linked entities."""
    statement = revision.snippet.statement
    kinds = dict.fromkeys(known[entity].kind for entity in revision.snippet.entities if entity in known)
    senses = [sense for kind in kinds for sense in senses_of_kind(kind)]
    return [sense_term(sense) for sense in (*(senses_of(statement.relation) if statement else ()), *senses)]


def _named(revision: Revision, whole: Content) -> tuple[str, ...]:
    """The entities that a text is linked with, and for a server's, whose moderators link few, those that it names."""
    linked = revision.snippet.entities
    if linked and revision.owner == PACK:
        return linked
    return tuple(dict.fromkeys((*linked, *whole.entities)))


def _passages(kinds: Iterable[Iterable[str]], glosses: Mapping[str, str]) -> tuple[Passages, Mapping[str, int]]:
    """The passages of whole texts, sentences and ways to ask, and the number of each of these."""
    pieces = [list(dict.fromkeys(kind)) for kind in kinds]
    keys = {piece: Wording(piece, glosses.get(piece, "")).key for piece in chain(*pieces)}
    order = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    numbers = {piece: order[key] for piece, key in keys.items()}
    digests = bytes.fromhex("".join(order))
    by_kind = (_shared(tuple(dict.fromkeys(numbers[piece] for piece in kind))) for kind in (*pieces, glosses))
    return Passages(digests, *by_kind), numbers


def _sentence(span: Span, content: Content, whole: Content, passages: tuple[int, ...]) -> Sentence:
    words = whole.terms if content.terms == whole.terms else content.terms
    return Sentence(_shared_span(*span), words, _shared(tuple(map(entity_term, content.entities))), _shared(passages))


@lru_cache(maxsize=4096)
def _shared(values: tuple[T, ...]) -> tuple[T, ...]:
    """The same tuple for equal ones: many texts have a topic, a publisher and a number of passages in common."""
    return values


@lru_cache(maxsize=4096)
def _shared_span(start: int, end: int) -> Span:
    return start, end
