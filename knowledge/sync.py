"""The difference between what is wanted and what is live, by content hash."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference(Generic[K]):
    """Keys to add, to revise and to retire, each in the order in which they were given."""

    added: tuple[K, ...]
    revised: tuple[K, ...]
    retired: tuple[K, ...]


def difference(wanted: Mapping[K, str], live: Mapping[K, str]) -> Difference[K]:
    """What turns `live` into `wanted`; both map keys to content hashes."""
    return Difference(
        added=tuple(key for key in wanted if key not in live),
        revised=tuple(key for key, content in wanted.items() if key in live and live[key] != content),
        retired=tuple(key for key in live if key not in wanted),
    )
