"""What a file is, by its ending and by what is in it: only plain text is read, and nothing is ever unpacked."""

from __future__ import annotations

import codecs
import math
import re
from pathlib import PurePath
from typing import Literal

from knowledge.importing.limits import LARGEST_FILE, MEGABYTE
from knowledge.importing.results import ImportRefused

Format = Literal["txt", "md", "csv", "jsonl", "yaml", "html"]

_ENDINGS: dict[str, Format] = {
    ".txt": "txt",
    ".md": "md",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".html": "html",
    ".htm": "html",
}
_PACKED = (
    b"PK\3\4",
    b"PK\5\6",
    b"PK\7\b",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
)
"""How zip (docx and xlsx too), gzip, bzip2, xz, zstd, 7z and rar begin."""
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How files begin that may hold no NUL: PDF, images, programs, the older Office files and RTF."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)


def check_size(name: str, size: int) -> None:
    """Raises `ImportRefused` for more bytes than are read."""
    if size > LARGEST_FILE:
        raise ImportRefused("import.too_large", name=name, size=_megabytes(size), limit=_megabytes(LARGEST_FILE))


def checked_format(name: str, data: bytes) -> Format:
    """The format by the ending, for content that may be of it. Raises `ImportRefused` for anything else."""
    check_size(name, len(data))
    if not data.strip():
        raise ImportRefused("import.empty", name=name)
    if data.startswith(_PACKED):
        raise ImportRefused("import.packed", name=name)
    if data.startswith(_WIDE) or _is_wide(data):
        raise ImportRefused("import.encoding", name=name)
    if data.startswith(_BINARY) or b"\0" in data:
        raise ImportRefused("import.no_text", name=name)
    ending = PurePath(name).suffix.lower()
    if ending not in _ENDINGS:
        raise ImportRefused("import.wrong_type", name=name, known=", ".join(_ENDINGS))
    return _ENDINGS[ending]


def text_of(name: str, data: bytes) -> str:
    """The text, without a byte order mark. Raises `ImportRefused` for what is not UTF-8, or is a web page."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused("import.encoding", name=name) from None
    if not text.strip():
        raise ImportRefused("import.empty", name=name)
    if _PAGE.match(text):
        raise ImportRefused("import.is_page", name=name)
    return text


def _is_wide(data: bytes) -> bool:
    """Whether it may be UTF-16 without a mark: every NUL is the same half of a character."""
    return (b"\0" in data[::2]) != (b"\0" in data[1::2])


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is too large never reads as if it were not."""
    return f"{math.ceil(size * 10 / MEGABYTE) / 10:.1f}".removesuffix(".0")
