"""The paragraphs and list items of a text. It is read as Markdown, which plain text nearly always is too."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item, at `line`, counted from 1, as it was written, before links and emphasis are read.

    `position` counts what stands at the top level of the file: the items of a list share one, and where a heading or a
    table stands between two blocks, one is passed over. `items` are the list items around it, the outermost first, each
    by the line it begins on. `references` are the addresses that links name from afar.
    """

    line: int
    position: int
    items: tuple[int, ...]
    text: str
    references: MutableMapping[str, Any]


def blocks_of(text: str, *, indented_code: bool) -> Iterator[Block]:
    """The blocks in order, without headings, tables, code and HTML. Indentation alone makes no code in plain text."""
    reader = MarkdownIt("commonmark").enable("table").disable("inline")
    if not indented_code:
        reader.disable("code")
    references: MutableMapping[str, Any] = {}
    position, apart = 0, 0
    items: list[int] = []
    for token in reader.parse(text, references):
        position += token.level == 0 and token.nesting >= 0
        if token.type.startswith(("heading_", "table_")):
            apart += token.nesting
        elif token.type == "list_item_open" and token.map:
            items.append(token.map[0] + 1)
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "inline" and not apart and token.map:
            yield Block(token.map[0] + 1, position, tuple(items), token.content, references)
