"""The files of the pack as bytes, and the digest that says whether anything has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import HallyuError

PACKAGE = Path(__file__).parent
"""The folder of the package: the root of the bundled pack."""

SUFFIXES = (".yaml", ".yml")
FOLDERS = ("corpus", "entities")
WORDS = "words"
"""The folder of the glossary, which is no part of the pack."""
MAKERS = (
    *("models", "packed", "dates", "korean", "kinds", "facts", "telling", "slugs"),
    *("pack/strict_yaml", "pack/schema", "pack/shape", "pack/reading", "pack/draft", "pack/fault", "pack/joining"),
    *("pack/building", "pack/loader"),
)
"""The modules that turn the files into records: with another template or default the same files are another pack.
Those that only refuse files (`pack/checks` and what it asks) are no part of it."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A YAML file; `name` is its path below the root with forward slashes, such as `corpus/charts.yaml`."""

    name: str
    data: bytes

    @property
    def folder(self) -> str:
        return self.name.partition("/")[0]

    @property
    def stem(self) -> str:
        return Path(self.name).stem


def pack_files(root: Path | None = None, folders: Iterable[str] = FOLDERS) -> list[PackFile]:
    """All `.yaml` and `.yml` files of `folders` below `root` (default: the bundled ones), by name.

    Raises `HallyuError` when a file cannot be read.
    """
    root = PACKAGE if root is None else root
    paths = [path for folder in folders for path in (root / folder).glob("[!.]*") if path.suffix in SUFFIXES]
    try:
        found = [PackFile(path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]
    except OSError as error:
        raise HallyuError(f"{error.filename} cannot be read: {error.strerror}. Check its permissions.") from error
    return sorted(found, key=lambda file: file.name)


def digest_of(files: Iterable[PackFile]) -> str:
    """SHA-256, hex, over the names and bytes of `files` and over the code that turns them into records."""
    total = hashlib.sha256()
    makers = (PackFile(name, (PACKAGE / f"{name}.py").read_bytes()) for name in MAKERS)
    for file in (*makers, *files):
        total.update(f"{file.name}\0{len(file.data)}\0".encode())
        total.update(file.data)
    return total.hexdigest()


def pack_digest(root: Path | None = None) -> str:
    """The digest that `load_pack(root)` would give its pack, without parsing anything."""
    return digest_of(pack_files(root))
