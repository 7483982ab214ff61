"""What is searched: one live revision in one language, with its index terms and the texts to embed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from index.embedding.embedder import text_key
from index.relations import senses_of, senses_of_kind
from index.senses import sense_term
from index.tokens import has_hangul
from index.vocabulary import Content
from knowledge.models import LANGUAGES, Entity, Language, Revision
from knowledge.sentences import Span, sentence_spans


def entity_term(entity: str) -> str:
    """The index term that stands for an entity, however its name is spelt."""
    return f"§{entity}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its span in the text, its terms, and the keys of its vectors (its own, and that of
    the sentence in the same place of the other language)."""

    span: Span
    terms: frozenset[str]
    counted: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of one revision that are embedded, in every language: by key, and which key is what."""

    texts: Mapping[str, str]
    whole: tuple[str, ...]
    sentences: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A revision in one language, ready to be indexed.

    `serves` are the languages of questions that it may answer: a text that was written in one language only
    serves both. `title_terms` are those of the topic's title, the publishers, the asks, the kinds of its
    entities and, for a structured fact, of its relation. `held` are all of its terms.
    """

    revision: Revision
    language: Language
    serves: frozenset[Language]
    text: str
    terms: tuple[str, ...]
    title_terms: tuple[str, ...]
    held: frozenset[str]
    sentences: tuple[Sentence, ...]
    passages: Passages


Read = Callable[[str], Content]
"""Tells what is in a text."""


def documents_of(
    revision: Revision, titles: Mapping[Language, str], entities: Mapping[str, Entity], read: Read
) -> Iterator[Document]:
    """One document for each language that the revision is written in. `titles` are those of its topic, `entities`
    those that the scope knows, by id."""
    snippet = revision.snippet
    written = {language: text for language in LANGUAGES if (text := snippet.text_in(language))}
    spans = {language: sentence_spans(text) for language, text in written.items()}
    keys = {g: [text_key(written[g][a:b]) for a, b in spans[g]] for g in written}
    aligned = len({len(k) for k in keys.values()}) == 1
    passages = _passages(written.values(), [written[g][a:b] for g in written for a, b in spans[g]], snippet.asks)
    for language, text in written.items():
        serves = frozenset(LANGUAGES) if len(written) == 1 else frozenset({language})
        asks = [ask for ask in snippet.asks if len(serves) > 1 or has_hangul(ask) == (language == "ko")]
        around = (titles.get(language, ""), *dict.fromkeys(source.publisher for source in snippet.sources), *asks)
        whole = read(text)
        terms = (*whole.terms, *map(entity_term, snippet.entities or whole.entities))
        title_terms = (
            *_answers_to(revision, entities),
            *chain.from_iterable(read(piece).terms for piece in around),
        )
        yield Document(
            revision=revision,
            language=language,
            serves=serves,
            text=text,
            terms=terms,
            title_terms=title_terms,
            held=frozenset({*terms, *title_terms}),
            sentences=tuple(
                _sentence(text, span, read, [k[at] for k in keys.values()] if aligned else [keys[language][at]])
                for at, span in enumerate(spans[language])
            ),
            passages=passages,
        )


def _answers_to(revision: Revision, known: Mapping[str, Entity]) -> list[str]:
    """The terms of the fact's relation and of the kinds of the linked entities."""
    statement = revision.snippet.statement
    kinds = dict.fromkeys(known[entity].kind for entity in revision.snippet.entities if entity in known)
    senses = [sense for kind in kinds for sense in senses_of_kind(kind)]
    return [sense_term(sense) for sense in (*(senses_of(statement.relation) if statement else ()), *senses)]


def _passages(texts: Iterable[str], sentences: Iterable[str], asks: Iterable[str]) -> Passages:
    kinds = [{text_key(piece): piece for piece in pieces} for pieces in (texts, sentences, asks)]
    return Passages({k: t for kind in kinds for k, t in kind.items()}, *(tuple(kind) for kind in kinds))


def _sentence(text: str, span: Span, read: Read, keys: Iterable[str]) -> Sentence:
    content = read(text[slice(*span)])
    counted = (*content.terms, *map(entity_term, content.entities))
    return Sentence(span, frozenset(counted), counted, tuple(keys))
