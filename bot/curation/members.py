"""What is kept about a person, and forgetting it."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.store import Store

Kept = Mapping[str, int]
"""How many entries of each kind hold a person's id; the kinds are named by the store."""


class Members:
    """Shows and deletes what is kept under a user id, in every server at once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def kept(self, user: int) -> Kept:
        """What there is, the kinds of which there is nothing included."""
        return await self._store.people.kept(user)

    async def forget(self, user: int) -> Kept:
        """Takes the id away everywhere; what there was."""
        return await self._store.people.forget(user)
