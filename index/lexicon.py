"""The glossary as the index looks it up: every form by the keys of its words."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import Any

from index.tokens import normalise
from index.words import words_of
from knowledge.models import Glossary, Term


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say a term: the keys of its words, and whether the last is a stem that takes any ending."""

    keys: tuple[str, ...]
    term: int
    is_stem: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms, whose forms are in `forms` alone (`Form.term` is a position in `terms`), and the single words of the
    English forms."""

    terms: tuple[Term, ...]
    forms: tuple[Form, ...]
    words: frozenset[str]

    @classmethod
    def of(cls, glossary: Glossary) -> Lexicon:
        """Normalises and stems every form; some 0.2 s for the bundled glossary."""
        forms = [
            Form(keys, position, form.endswith("-"))
            for position, term in enumerate(glossary.terms)
            for form in (*term.en, *term.ko)
            if (keys := tuple(word.key for word in words_of(normalise(form))))
        ]
        english = (word.text for term in glossary.terms for form in term.en for word in words_of(normalise(form)))
        terms = tuple(replace(term, en=(), ko=()) for term in glossary.terms)
        return cls(terms, tuple(forms), frozenset(english))

    def as_json(self) -> dict[str, Any]:
        return {
            "terms": [(term.id, term.gloss, term.question) for term in self.terms],
            "forms": [astuple(form) for form in self.forms],
            "words": sorted(self.words),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Lexicon:
        """The reverse of `as_json`."""
        terms = [Term(id, gloss, (), (), question) for id, gloss, question in kept["terms"]]
        forms = [Form(tuple(keys), term, is_stem) for keys, term, is_stem in kept["forms"]]
        return cls(tuple(terms), tuple(forms), frozenset(kept["words"]))
