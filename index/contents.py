"""What is in the pack's texts, as it was read once: one block of bytes, since tens of thousands of strings that only a
start needs would leave holes all over the memory of a process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Ends = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


_WHATEVER = "surrogatepass"
"""Texts may hold half of a pair, which UTF-8 has no bytes for."""


class Contents:
    """`Content.line` of texts, by text. Texts themselves are not kept, only 64 bits of the BLAKE2 digest of each."""

    def __init__(self, keys: Keys, ends: Ends, lines: Bytes) -> None:
        """`keys` ascend; the UTF-8 of the line of key i ends at `ends[i]` in `lines`, where that of the next begins."""
        self.keys, self.ends, self.lines = keys, ends, lines

    @classmethod
    def of(cls, lines: Mapping[str, str]) -> Contents:
        """Those of texts that were just read."""
        return cls._of({short_key(text): _encoded(line) for text, line in lines.items()})

    @classmethod
    def _of(cls, lines: Mapping[int, bytes]) -> Contents:
        keys = sorted(lines)
        ends = np.cumsum([len(lines[key]) for key in keys], dtype=np.int64)
        together = np.frombuffer(b"".join(lines[key] for key in keys), np.uint8)
        return cls(np.array(keys, np.uint64), ends, together)

    def joined(self, lines: Mapping[str, str]) -> Contents:
        """These and those of further texts."""
        own = {int(key): self._line(at) for at, key in enumerate(self.keys)}
        return self._of(own | {short_key(text): _encoded(line) for text, line in lines.items()})

    def __len__(self) -> int:
        return len(self.keys)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Contents)
            and np.array_equal(self.keys, other.keys)
            and np.array_equal(self.ends, other.ends)
            and np.array_equal(self.lines, other.lines)
        )

    __hash__ = None  # type: ignore[assignment]

    def get(self, text: str) -> str | None:
        """The line of a text, None for one that was not read."""
        at = place_of(text, self.keys)
        return None if at is None else self._line(at).decode(errors=_WHATEVER)

    def _line(self, at: int) -> bytes:
        return self.lines[self.ends[at - 1] if at else 0 : self.ends[at]].tobytes()


def _encoded(text: str) -> bytes:
    return text.encode(errors=_WHATEVER)


def short_key(text: str) -> int:
    """64 bits of the BLAKE2 digest of a text, which stand for it."""
    return int.from_bytes(hashlib.blake2b(_encoded(text), digest_size=8).digest(), "little")


def place_of(text: str, keys: Keys) -> int | None:
    """Where the short key of a text stands among ascending ones; None where it does not."""
    key = np.uint64(short_key(text))
    at = int(keys.searchsorted(key))
    return at if at < len(keys) and keys[at] == key else None


NOTHING = Contents.of({})
"""Of no text."""
