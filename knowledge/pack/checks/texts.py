"""Texts: there is one, it is short enough, and it holds no character that readers cannot see."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from knowledge.limits import LONGEST_ASK, LONGEST_ASKS, LONGEST_TEXT, MOST_ASKS
from knowledge.pack.draft import Draft, FiledEntity, FiledSnippet, FiledSource
from knowledge.pack.fault import Fault
from knowledge.pack.schema import Entry
from knowledge.pack.shape import field_name

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def check_some_text(draft: Draft) -> Iterator[Fault]:
    """A snippet says something, in one language at least."""
    for snippet in draft.snippets:
        texts = {"text": snippet.entry.text, "text_ko": snippet.entry.text_ko}
        if not any(texts.values()):
            yield snippet.fault("text", "is missing, and so is text_ko. Write at least one of them.")
            continue
        for field, text in texts.items():
            if text == "":
                yield snippet.fault(field, "is empty. Write it, or remove the line.")


def check_text_length(draft: Draft) -> Iterator[Fault]:
    """A text is one to three sentences, measured by its length."""
    for snippet in draft.snippets:
        for field, text in (("text", snippet.entry.text), ("text_ko", snippet.entry.text_ko)):
            if text and len(text) > LONGEST_TEXT:
                yield snippet.fault(
                    field, f"has {len(text)} characters, {LONGEST_TEXT} at most. Make two snippets of it."
                )


def check_asks(draft: Draft) -> Iterator[Fault]:
    """A few ways to ask, each of them a question and not an essay."""
    for snippet in draft.snippets:
        asks = snippet.entry.asks
        if len(asks) > MOST_ASKS:
            yield snippet.fault("asks", f"has {len(asks)} entries, {MOST_ASKS} at most. Keep the likeliest.")
        if (length := len("\n".join(asks))) > LONGEST_ASKS:
            yield snippet.fault("asks", f"has {length} characters in all, {LONGEST_ASKS} at most. Keep the likeliest.")
        for position, ask in enumerate(asks, 1):
            if not ask or len(ask) > LONGEST_ASK:
                message = f"must have 1 to {LONGEST_ASK} characters. Shorten or remove it."
                yield snippet.fault(f"asks[{position}]", message)


def check_characters(draft: Draft) -> Iterator[Fault]:
    """Every text is in Unicode's composed form and free of control, bidi and invisible characters."""
    entries: tuple[FiledSnippet | FiledEntity | FiledSource, ...] = (*draft.snippets, *draft.entities, *draft.sources)
    for filed in entries:
        for field, text in _texts(filed.entry):
            yield from (filed.fault(field, message) for message in _unclean(text))
    for topic in draft.topics:
        for language, title in topic.title or ():
            yield from (topic.fault(f"title.{language}", message) for message in _unclean(title) or _blank(title))


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from _walk(entry.model_dump(mode="json", by_alias=True), ())


def _walk(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield field_name(path), value
        case list():
            for position, item in enumerate(value):
                yield from _walk(item, (*path, position))
        case dict():
            for key, item in value.items():
                yield from _walk(item, (*path, key))


def _blank(text: str) -> list[str]:
    return [] if text else ["is empty. Write it."]


def _unclean(text: str) -> list[str]:
    found = []
    for character in dict.fromkeys(text):
        if unicodedata.category(character) in _UNSEEN:
            name = unicodedata.name(character, "a line break" if character == "\n" else "a control character")
            found.append(f"holds U+{ord(character):04X} ({name.lower()}), which nobody sees. Remove it.")
    if not unicodedata.is_normalized("NFC", text):
        found.append("is not in Unicode's composed form (NFC). Type it again, or normalise the file.")
    return found
