"""Files damaged by chance, each of which is made whole again afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path


def flipped_bytes(path: Path, positions: Iterable[int], dice: random.Random) -> Iterator[int]:
    """Changes one byte at each position, one position after the other, while the caller looks."""
    whole = path.read_bytes()
    try:
        for position in positions:
            damaged = bytearray(whole)
            damaged[position] ^= dice.randrange(1, 256)
            path.write_bytes(damaged)
            yield position
    finally:
        path.write_bytes(whole)
