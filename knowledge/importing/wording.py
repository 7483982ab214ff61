"""Why a file is refused or a part of it left out, in English. The keys are the catalogue's, which has the Korean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "import.too_large": "{name} has {size} MB, and {limit} MB at most are read: divide it into smaller files.",
        "import.empty": "{name} is empty: send a file that holds text.",
        "import.wrong_type": "{name} is of a kind that cannot be read: send a file that ends in {known}.",
        "import.packed": "{name} is a packed file: unpack it and send the text files that are in it.",
        "import.no_text": "{name} is no text file: save what it says as plain text in UTF-8 and send that.",
        "import.encoding": "{name} is not in UTF-8: save it again with the encoding UTF-8 and send that.",
        "import.nul": "{name} has a NUL (a byte of zero) in line {line}: remove it, or save it again as plain text.",
        "import.is_page": "{name} holds a web page: give it the ending .html, or send the address of the page.",
        "import.long": "{name} has {size} characters, and {limit} at most are read: divide it into smaller files.",
        "import.too_many": "{name} holds more than {limit} notes: divide it into smaller files.",
        "import.table": "{name} is no proper table at row {row}: save it again as CSV from a spreadsheet.",
        "import.columns": "{name} has columns that are not known ({unknown}): use only {known}.",
        "import.no_column": "{name} has no column of texts: name one text or text_ko; others are {known}.",
        "import.twice_column": "{name} has the column {column} twice: keep one of them.",
        "import.yaml": "{name} cannot be read: {problem}",
        "import.no_notes": "{name} holds nothing to note: write what is known in sentences, one paragraph a note.",
        "import.nothing": "Nothing in {name} can be used; mend this first: {place}: {why}",
        "import.page_empty": "{name} is a page without a text that can be read: copy what matters into a text file.",
        "import.page_heavy": "{name} is a page too heavy to be read: copy what matters into a text file.",
        "import.left.rule": "{fault}",
        "import.left.no_source": "names no source: add the address of the page that says it.",
        "import.left.repeated": "has the id of an entry before it, {id}: give it another one, or remove it.",
        "import.left.long_id": "has an id of {size} characters, and {limit} at most are kept: shorten it.",
        "import.left.long_field": "has {size} characters in {field}, and {limit} at most are kept: shorten it.",
        "import.left.crowded": "has {size} entries in {field}, and {limit} at most are read: keep the main ones.",
        "import.left.cells": "has cells beyond the named columns: quote texts with {delimiter}, and clear spare cells.",
        "import.left.no_json": "is no JSON: write one object a line, such as {example}.",
        "import.left.no_object": "is no object with the fields of a note: write one a line, such as {example}.",
        "import.left.no_document": "is neither a topic with snippets nor a list of entities: mend or remove it.",
        "import.left.field": "has the field {field}, which is not known: use topic, title, sources and snippets.",
        "import.left.no_note": "has no fields: write them below each other, such as text: and sources:.",
        "import.left.no_entity": "has no fields: write them below each other, such as kind: and names:.",
        "import.left.unknown_source": "names the source {source}, which is not declared: add it under sources.",
        "import.left.facts": "has facts, which cannot be imported: its names are kept, write the facts as notes.",
        "import.left.sentence": "has a sentence of {size} characters, and {limit} at most are kept: divide it.",
        "import.left.paragraph": "is a paragraph of {size} characters, and {limit} at most are read: divide it.",
    }
)
"""Sentences by key; each says what to do next. `{fault}` and `{problem}` are in English in every language."""
