"""What commands need to suggest notes while somebody types."""

from __future__ import annotations

from typing import Protocol


class Suggesting(Protocol):
    """Knows a guild's notes by their words."""

    async def suggest(self, guild: int, typed: str, most: int = 25) -> list[tuple[str, str]]:
        """A label of at most 100 characters and the id of each note that fits."""
        ...


class NoSuggestions:
    """Suggests nothing: ids are typed by hand."""

    async def suggest(self, guild: int, typed: str, most: int = 25) -> list[tuple[str, str]]:
        return []
