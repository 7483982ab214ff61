"""From the bytes of a file to what it proposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.importing import corpus_files, json_lines, prose, tables
from knowledge.importing.contents import Format, checked_format, text_of
from knowledge.importing.limits import MOST_SNIPPETS
from knowledge.importing.proposals import Acceptance
from knowledge.importing.results import Around, Imported, ImportRefused
from knowledge.importing.web_pages import web_page


def parse(name: str, data: bytes, around: Around) -> Imported:
    """Snippets and entities that the file `name` holds, and what was left out of it.

    Blocks, for a hostile file up to some ten seconds, so it belongs in a thread. Raises `ImportRefused` for a file that
    cannot be read or holds nothing that can be used; then nothing of it is taken.
    """
    format = checked_format(name, data)
    if format == "html":
        page = web_page(name, data, around)
        return _imported(name, page.proposals(), page.around)
    return _imported(name, _found(name, format, data), around)


def _found(name: str, format: Format, data: bytes) -> Iterator[corpus_files.Found]:
    text = text_of(name, data)
    match format:
        case "csv":
            yield from tables.proposals(name, text)
        case "jsonl":
            yield from json_lines.proposals(text)
        case "yaml":
            yield from corpus_files.found_in(name, data)
        case _:
            yield from prose.proposals(name, text, indented_code=format == "md")


def _imported(name: str, found: Iterable[corpus_files.Found], around: Around) -> Imported:
    acceptance = Acceptance(around)
    for item in found:
        acceptance.take(item)
        if acceptance.seen > MOST_SNIPPETS:
            raise ImportRefused("import.too_many", name=name, limit=f"{MOST_SNIPPETS:,}")
    imported = acceptance.imported()
    if imported.snippets or imported.entities:
        return imported
    if not imported.left_out:
        raise ImportRefused("import.no_notes", name=name)
    first = imported.left_out[0]
    raise ImportRefused("import.nothing", imported.left_out, name=name, place=str(first.where), why=first.why)
