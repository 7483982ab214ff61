"""What is searched: one live revision in one language, with its index terms and the texts to embed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.embedding.embedder import text_key
from index.entities import EntityMatcher
from index.sentences import Span, sentence_spans
from index.tokens import has_hangul, terms
from knowledge.models import LANGUAGES, Language, Revision, Snippet


def entity_term(entity: str) -> str:
    """The index term that stands for an entity, however its name is spelt."""
    return f"§{entity}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its span in the text, its terms, and the key of its vector."""

    span: Span
    terms: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Document:
    """A revision in one language, ready to be indexed.

    `serves` are the languages of questions that it may answer: a text that was written in one language only
    serves both. `keys` are those of the whole text and of each `ask`; `texts` the text behind every key.
    """

    revision: Revision
    language: Language
    serves: frozenset[Language]
    text: str
    terms: tuple[str, ...]
    title_terms: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    text_key: str
    ask_keys: tuple[str, ...]
    texts: Mapping[str, str]


def documents_of(revision: Revision, titles: Mapping[Language, str], matcher: EntityMatcher) -> Iterator[Document]:
    """One document for each language that the revision is written in. `titles` are those of its topic."""
    snippet = revision.snippet
    written: list[Language] = [language for language in LANGUAGES if snippet.text_in(language)]
    for language in written:
        serves = frozenset(LANGUAGES) if len(written) == 1 else frozenset({language})
        yield _document(revision, language, serves, titles.get(language, ""), matcher)


def _document(
    revision: Revision, language: Language, serves: frozenset[Language], title: str, matcher: EntityMatcher
) -> Document:
    snippet = revision.snippet
    text = snippet.text_in(language) or ""
    asks = [ask for ask in snippet.asks if len(serves) > 1 or has_hangul(ask) == (language == "ko")]
    sentences = tuple(_sentence(text, span, matcher) for span in sentence_spans(text))
    ask_terms = [term for ask in asks for term in terms(ask)]
    texts = {text_key(piece): piece for piece in (text, *asks, *(text[a:b] for a, b in sentence_spans(text)))}
    return Document(
        revision=revision,
        language=language,
        serves=serves,
        text=text,
        terms=(*terms(text), *map(entity_term, _entities(snippet, text, matcher))),
        title_terms=(*terms(title), *ask_terms),
        sentences=sentences,
        text_key=text_key(text),
        ask_keys=tuple(text_key(ask) for ask in asks),
        texts=texts,
    )


def _sentence(text: str, span: Span, matcher: EntityMatcher) -> Sentence:
    piece = text[slice(*span)]
    entities = sorted({entity for mention in matcher.mentions(piece) for entity in mention.entities})
    return Sentence(span, (*terms(piece), *map(entity_term, entities)), text_key(piece))


def _entities(snippet: Snippet, text: str, matcher: EntityMatcher) -> list[str]:
    """The linked entities, and for a text without links those that it names."""
    if snippet.entities:
        return list(snippet.entities)
    return sorted({entity for mention in matcher.mentions(text) for entity in mention.entities})
