"""A guild's snippets put into a store and taken out again in one call."""

from __future__ import annotations

from knowledge.curation import Act, Applied, Edit
from knowledge.models import Revision, Snippet
from knowledge.store import Store


async def add(store: Store, guild: int, snippet: Snippet, author: int | None) -> Revision:
    """Adds a snippet, or puts it in the place of what the guild has under its id."""
    standing = await store.edits.standing(guild, snippet.id)
    edit = Edit("snippet", snippet.id, snippet, standing.own.id if standing.own else None)
    outcome = await store.edits.apply(guild, [edit], Act(author, "add"))
    assert isinstance(outcome, Applied)
    (version,) = outcome.versions
    return Revision(version.id, guild, version.number, snippet, version.created_at, author)


async def retire(store: Store, guild: int, snippet: str, author: int | None) -> None:
    """Takes a guild's snippet out of every answer."""
    standing = await store.edits.standing(guild, snippet)
    assert standing.own
    edit = Edit("snippet", snippet, None, standing.own.id)
    assert isinstance(await store.edits.apply(guild, [edit], Act(author, "remove")), Applied)
