"""The lines of a paragraph as they read, and which of them name a page instead of saying something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.importing.blocks import Block

_WORD = r"\W*(?:sources?|via|출처|자료)"
_LABEL = re.compile(rf"{_WORD}\s*[:：]\s*", re.IGNORECASE)
_LONE_LABEL = re.compile(rf"{_WORD}\W*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_AFTER = ".,;:!?'\"’”"
_EDGES = " \t,;:·|()[]<>-–—"
_INLINE = MarkdownIt("commonmark")


@dataclass(slots=True)
class Line:
    """What a line says, links as their words, and the addresses behind them with the words."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)


def lines_of(block: Block) -> list[Line]:
    """The lines of a block; images are left out."""
    lines, opened = [Line()], [("", 0)]
    for token in _tokens(block):
        line = lines[-1]
        match token.type:
            case "text" | "code_inline":
                line.text += token.content
            case "softbreak" | "hardbreak":
                lines.append(Line())
            case "html_inline" if token.content.startswith("<br"):
                lines.append(Line())
            case "link_open":
                opened.append((str(token.attrs.get("href", "")), len(line.text)))
            case "link_close":
                url, start = opened.pop()
                line.links.append((url, line.text[start:]))
    return lines


def pages_of(line: Line) -> list[Mapping[str, str]]:
    """The pages that a line names and nothing else: `Source: …` with their addresses, or a link that stands alone."""
    label = _LABEL.match(line.text)
    rest = line.text[label.end() :] if label else line.text
    found = [*line.links, *((url, "") for url in _addresses(rest) if url not in dict(line.links))]
    pages = [(url, words) for url, words in found if _ADDRESS.fullmatch(url)]
    if not pages:
        return []
    words = rest
    for url, own in pages:
        words = words.replace(own or url, " ", 1).replace(url, " ")
    words = " ".join(words.split()).strip(_EDGES)
    if words and not label:
        return []
    return [_page(url, own or (words if len(pages) == 1 else "")) for url, own in pages]


def is_label(line: Line) -> bool:
    """Whether a line says no more than that sources follow."""
    return bool(_LONE_LABEL.fullmatch(line.text))


def _addresses(text: str) -> Iterator[str]:
    """The addresses in a text, without the punctuation after them and a bracket that was opened before them."""
    for found in _ADDRESS.findall(text):
        address = found.rstrip(_AFTER)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_AFTER)
        yield address


def _page(url: str, words: str) -> Mapping[str, str]:
    titled = words and not _ADDRESS.fullmatch(words)
    return {"url": url, "title": words} if titled else {"url": url}


def _tokens(block: Block) -> Sequence[Token]:
    outer = _INLINE.parseInline(block.text, block.references)
    return outer[0].children or ()
