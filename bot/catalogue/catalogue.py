"""The texts of the files in `en/` and `ko/`, checked against each other when they are loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any, Self

import yaml

from knowledge.models import LANGUAGES, Language

Texts = Mapping[str, str]
"""Texts by dotted key, such as `as_of.stale`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Fixed texts of one language by dotted key."""

    language: Language
    texts: Texts = field(repr=False)

    def say(self, key: str, **fields: object) -> str:
        """The text of `key` with its placeholders filled in. Raises `KeyError` for a key that does not exist."""
        return self.texts[key].format(**fields)

    def __contains__(self, key: object) -> bool:
        return key in self.texts


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Fixed texts by language and dotted key."""

    texts: Mapping[Language, Texts] = field(repr=False)

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Reads the files of every language's folder. Raises `ValueError` naming all keys that do not agree."""
        folder = folder or files("bot.catalogue")
        texts = {language: _all(folder / language) for language in LANGUAGES}
        if faults := list(_disagreements(texts)):
            raise ValueError("The texts of the languages do not agree: " + "; ".join(faults))
        return cls(texts)

    def say(self, key: str, language: Language, **fields: object) -> str:
        """The text of `key` with its placeholders filled in. Raises `KeyError` for a key that does not exist."""
        return self.voice(language).say(key, **fields)

    def voice(self, language: Language) -> Voice:
        """The texts of one language, for whoever builds a whole reply in it."""
        return Voice(language, self.texts[language])


def placeholders(text: str) -> frozenset[str]:
    """The names in braces in `text`."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _all(folder: Traversable) -> Texts:
    """The texts of every file of a language. A key belongs to one file."""
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        own = _read(file) if file.name.endswith(".yaml") else {}
        if twice := sorted(texts.keys() & own.keys()):
            raise ValueError(f"{', '.join(twice)} stands in several files")
        texts |= own
    return texts


def _read(file: Traversable) -> Texts:
    return dict(_flatten(yaml.safe_load(file.read_text(encoding="utf-8"))))


def _flatten(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            yield f"{prefix}{key}", value.strip()
        else:
            raise ValueError(f"{prefix}{key} is not a text")


def _disagreements(texts: Mapping[Language, Texts]) -> Iterator[str]:
    reference = texts["en"]
    for language, own in texts.items():
        for key in sorted(reference.keys() ^ own.keys()):
            yield f"{key} is {'missing' if key in reference else 'unknown'} in {language}"
        for key in sorted(reference.keys() & own.keys()):
            if placeholders(own[key]) != placeholders(reference[key]):
                yield f"{key} has other placeholders in {language}"
