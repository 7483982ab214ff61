"""What set-up works out about the glossary and the pack's texts once, so that a start need not."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, fields
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from index.contents import NOTHING, Contents
from index.lexicon import Lexicon
from index.sealed import read_sealed, write_sealed
from index.wordings import Wordings
from knowledge.files import PACKAGE, WORDS, pack_digest, pack_files
from knowledge.models import Pack
from knowledge.near_misses import FILE
from knowledge.records import pack_as_json, pack_from_json

_READERS = (
    "tokens",
    "stopwords",
    "words",
    "lexicon",
    "senses",
    "entities",
    "vocabulary",
    "contents",
    "documents",
    "bm25",
    "near_misses",
    "wordings",
    "preparation",
)
_LOADERS = ("records", "glossary")
"""The modules of `index` and `knowledge` that read texts and files: other code, other terms. Those that
turn the pack into records, and read the glossary too, are in the pack's digest."""

_FOLDER = "prepared"
_WORDED = "wordings_"
_PARTS = tuple(field.name for field in fields(Wordings))
"""The arrays of the wordings, and what they are called in a file."""

_NAMED = 32
"""Digits of the digest in the name of a file."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """The glossary, ready to be looked up, what is in the texts of the pack, and how questions about it are worded
    (None where that is not known)."""

    digest: str
    lexicon: Lexicon
    contents: Contents
    wordings: Wordings | None = None


def prepare(cache: Path) -> Preparation:
    """From the cache; without the texts where it has none for this version of the pack, the glossary and the code."""
    digest = _digest()
    kept = read_sealed(_path(cache, digest))
    if kept is None:
        return _afresh(digest)
    try:
        return _from_bytes(digest, kept)
    except (EOFError, KeyError, TypeError, ValueError, BadZipFile):  # written by code that was changed while it ran
        return _afresh(digest)


def prepared_pack(cache: Path) -> Pack | None:
    """The pack as its files say, which a fresh data folder alone needs; None where the cache has none for this
    version."""
    kept = read_sealed(_pack_path(cache, _digest()))
    try:
        return pack_from_json(json.loads(kept)) if kept else None
    except (KeyError, TypeError, ValueError):
        return None


def _afresh(digest: str) -> Preparation:
    from knowledge.glossary import load_glossary  # the loader and its schema take 0.25 s to import

    return Preparation(digest, Lexicon.of(load_glossary()), NOTHING)


def _from_bytes(digest: str, body: bytes) -> Preparation:
    with np.load(io.BytesIO(body), allow_pickle=False) as held:
        lexicon = Lexicon.from_json(json.loads(held["lexicon"].tobytes()))
        contents = Contents(held["keys"], held["ends"], held["lines"])
        worded = {name: held[_WORDED + name] for name in _PARTS if _WORDED + name in held}
        return Preparation(digest, lexicon, contents, Wordings(**worded) if worded else None)


def _as_bytes(preparation: Preparation) -> bytes:
    body, contents = io.BytesIO(), preparation.contents
    lexicon = np.frombuffer(_json(preparation.lexicon.as_json()), np.uint8)
    wordings = preparation.wordings
    worded = {_WORDED + name: getattr(wordings, name) for name in _PARTS} if wordings else {}
    np.savez(body, lexicon=lexicon, keys=contents.keys, ends=contents.ends, lines=contents.lines, **worded)
    return body.getvalue()


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def keep(cache: Path, preparation: Preparation) -> None:
    """Writes it to the cache and removes what other versions left. Raises `OSError` where that cannot be done."""
    write_sealed(_path(cache, preparation.digest), _as_bytes(preparation))
    for other in (cache / _FOLDER).iterdir():
        if not other.name.startswith(preparation.digest[:_NAMED]):
            other.unlink(missing_ok=True)


def keep_pack(cache: Path, pack: Pack) -> None:
    """Writes it to the cache. Raises `OSError` where that cannot be done."""
    write_sealed(_pack_path(cache, _digest()), _json(pack_as_json(pack)))


def _path(cache: Path, digest: str) -> Path:
    return cache / _FOLDER / f"{digest[:_NAMED]}.npz"


def _pack_path(cache: Path, digest: str) -> Path:
    return cache / _FOLDER / f"{digest[:_NAMED]}-pack.json"


def _digest() -> str:
    total = hashlib.sha256(pack_digest().encode() + (PACKAGE / FILE).read_bytes())
    for file in pack_files(folders=(WORDS,)):
        total.update(file.name.encode() + b"\0" + file.data)
    for folder, names in ((Path(__file__).parent, _READERS), (PACKAGE, _LOADERS)):
        for name in names:
            total.update((folder / f"{name}.py").read_bytes())
    return total.hexdigest()
