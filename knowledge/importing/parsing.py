"""From the bytes of a file to what it proposes."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.importing import corpus_files, json_lines, prose, tables
from knowledge.importing.contents import checked_format, text_of
from knowledge.importing.limits import MOST_SNIPPETS
from knowledge.importing.proposals import Acceptance
from knowledge.importing.results import Around, Imported, ImportRefused


def parse(name: str, data: bytes, around: Around) -> Imported:
    """Snippets and entities that the file `name` holds, and what was left out of it.

    Blocks for up to some seconds on hostile input. Raises `ImportRefused` for a file that cannot be read or holds
    nothing that can be used; then nothing of it is taken.
    """
    acceptance = Acceptance(around)
    for found in _found(name, data):
        acceptance.take(found)
        if acceptance.seen > MOST_SNIPPETS:
            raise ImportRefused("import.too_many", name=name, limit=str(MOST_SNIPPETS))
    imported = acceptance.imported()
    if imported.snippets or imported.entities:
        return imported
    if not imported.left_out:
        raise ImportRefused("import.no_notes", name=name)
    first = imported.left_out[0]
    raise ImportRefused("import.nothing", imported.left_out, name=name, place=str(first.where), why=first.why)


def _found(name: str, data: bytes) -> Iterator[corpus_files.Found]:
    match checked_format(name, data):
        case "csv":
            yield from tables.proposals(name, text_of(name, data))
        case "jsonl":
            yield from json_lines.proposals(text_of(name, data))
        case "yaml":
            text_of(name, data)
            yield from corpus_files.found_in(name, data)
        case "txt":
            yield from prose.proposals(name, text_of(name, data), indented_code=False)
        case "md":
            yield from prose.proposals(name, text_of(name, data), indented_code=True)
        case "html":
            raise NotImplementedError
