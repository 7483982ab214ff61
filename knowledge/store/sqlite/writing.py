"""Changing the bundled knowledge, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

import aiosqlite

from knowledge.models import PACK, Content, Pack
from knowledge.store.interface import Change
from knowledge.store.sqlite.history import Body, Key, Record, Step, append, body_of, key_of, records
from knowledge.store.sqlite.notes import keep_note
from knowledge.sync import Difference, difference

PACK_DIGEST = "pack-digest"
"""The note that says which pack was synced last."""


def bodies_of(pack: Pack) -> dict[Key, Body]:
    """What the pack wants to be live. Takes some 20 µs a record, so it is computed outside of the transaction."""
    contents: tuple[Content, ...] = (*pack.topics, *pack.entities, *pack.snippets)
    return {key_of(content): body_of(content) for content in contents}


async def sync(connection: aiosqlite.Connection, wanted: Mapping[Key, Body], digest: str, now: str) -> Change:
    known = await records(connection, PACK)
    hashes = {key: record.hash for key, record in known.items() if record.hash is not None}
    changed = difference({key: body.hash for key, body in wanted.items()}, hashes)
    steps = _steps(changed, wanted, known)
    ids = await append(connection, PACK, steps, known, None, now)
    await keep_note(connection, PACK_DIGEST, digest)
    heads = [known[key].head for key in (*changed.revised, *changed.retired) if key[0] == "snippet"]
    return Change(
        added=len(changed.added),
        revised=len(changed.revised),
        retired=len(changed.retired),
        came=tuple(id for id, step in zip(ids, steps, strict=True) if step.body and step.key[0] == "snippet"),
        went=tuple(head for head in heads if head is not None),
    )


def _steps(changed: Difference[Key], wanted: Mapping[Key, Body], known: Mapping[Key, Record]) -> list[Step]:
    added = [Step(key, "restore" if key in known else "add", wanted[key]) for key in changed.added]
    revised = [Step(key, "revise", wanted[key]) for key in changed.revised]
    retired = [Step(key, "retire", None) for key in changed.retired]
    return added + revised + retired
