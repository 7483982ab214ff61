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
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\7",
)
"""How zip (docx and xlsx too), gzip, xz, zstd, 7z and rar begin."""
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)")
"""How bzip2 begins: its level, then the digits of π for a block, or of its root for the end of an empty file."""
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""How files begin that may hold no NUL: PDF, images, programs, the older Office files and RTF."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FEW = 4
"""NULs in less than one byte of so many are slips: of what is UTF-8 too, UTF-16 has one in nearly every other byte."""
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
    if data.startswith(_PACKED) or _BZIP2.match(data):
        raise ImportRefused("import.packed", name=name)
    if data.startswith(_WIDE):
        raise ImportRefused("import.encoding", name=name)
    if data.startswith(_BINARY):
        raise ImportRefused("import.no_text", name=name)
    if b"\0" in data:
        raise _with_nul(name, data)
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


def _with_nul(name: str, data: bytes) -> ImportRefused:
    """Why a file with a NUL in it is refused: one has slipped into a text, or it is UTF-16 without a mark, where every
    NUL is the same half of a character, or no text at all."""
    if data.count(b"\0") * _FEW < len(data) and _is_utf8(data):
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return ImportRefused("import.nul", name=name, line=str(line))
    is_wide = (b"\0" in data[::2]) != (b"\0" in data[1::2])
    return ImportRefused("import.encoding" if is_wide else "import.no_text", name=name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is too large never reads as if it were not."""
    return f"{math.ceil(size * 10 / MEGABYTE) / 10:.1f}".removesuffix(".0")
