"""Suggestions of notes from a list."""

from __future__ import annotations


class ListedNotes:
    """`notes` are a guild's suggestions, label and id, by guild."""

    def __init__(self) -> None:
        self.notes: dict[int, list[tuple[str, str]]] = {}

    async def suggest(self, guild: int, typed: str, most: int = 25) -> list[tuple[str, str]]:
        return [(label, id) for label, id in self.notes.get(guild, []) if typed.casefold() in label.casefold()][:most]
