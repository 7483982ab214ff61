"""The names and words that mean something in a scope: what a text is about, what a Korean question says in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.entities import EntityMatcher, Mention
from index.senses import Sense, SenseMatcher, words_of
from index.spelling import Speller
from index.stopwords import ENGLISH
from index.tokens import Token, normalise, tokens
from knowledge.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Reading:
    """A normalised text with the names, the glossary's words outside the names, and the tokens in it."""

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    senses: Sequence[Sense]

    @property
    def terms(self) -> tuple[str, ...]:
        """The index terms of the text: its words, and what stands for the glossary's words that are no question
        words; not what stands for the names."""
        spoken = (sense.index_term for sense in self.senses if not sense.term.question)
        return (*(token.term for token in self.tokens), *spoken)

    @property
    def entities(self) -> list[str]:
        """The entities that may be named, sorted."""
        return sorted({entity for mention in self.mentions for entity in mention.entities})


class Vocabulary:
    """The names of one scope and the words of the glossary. `senses` is the glossary's matcher where several scopes
    share it."""

    def __init__(self, names: EntityMatcher, glossary: Glossary, senses: SenseMatcher | None = None) -> None:
        self.names = names
        self.speller = Speller(_latin_words(names, glossary))
        self._senses = senses or SenseMatcher(glossary)

    def read(self, text: str) -> Reading:
        """What is in a text."""
        normalised = normalise(text)
        return self.reading(normalised, self.names.mentions_in(normalised))

    def reading(self, normalised: str, mentions: Sequence[Mention]) -> Reading:
        """What is in a text whose names are known."""
        spans = [(mention.start, mention.end) for mention in mentions]
        senses = [sense for sense in self._senses.senses(normalised) if _free(sense.start, sense.end, spans)]
        return Reading(normalised, tokens(normalised), mentions, senses)

    def gloss(self, reading: Reading) -> str:
        """A Korean question word by word in rough English: names, glossary words, and what is Latin already.

        Empty when nothing but bare numbers was understood."""
        pieces = [(mention.start, self._english_name(mention)) for mention in reading.mentions]
        pieces += [(sense.start, sense.term.gloss) for sense in reading.senses]
        taken = [(m.start, m.end) for m in reading.mentions] + [(s.start, s.end) for s in reading.senses]
        understood = bool(pieces)
        for word in words_of(reading.text):
            if not word.hangul and _free(word.start, word.end, taken):
                pieces.append((word.start, word.text))
                understood = understood or not word.text[0].isdigit()
        return " ".join(text for _, text in sorted(pieces)) if understood else ""

    def _english_name(self, mention: Mention) -> str:
        return self.names.entities[mention.entities[0]].name


def _latin_words(names: EntityMatcher, glossary: Glossary) -> set[str]:
    """The single words that names and the glossary's English are made of, and the function words."""
    spellings = (spelling for entity in names.entities.values() for spelling in entity.spellings)
    forms = (form for term in glossary.terms for form in term.en)
    return {word.text for text in (*spellings, *forms) for word in words_of(normalise(text))} | ENGLISH


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= a or start >= b for a, b in taken)
