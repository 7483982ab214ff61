"""The kinds and names of entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from knowledge.kinds import KINDS
from knowledge.pack.draft import Draft
from knowledge.pack.fault import Fault
from knowledge.pack.shape import suggestion


def check_kinds(draft: Draft) -> Iterator[Fault]:
    """The kind of an entity is one of those that `knowledge.kinds` lists."""
    for entity in draft.entities:
        kind = entity.entry.kind
        if kind not in KINDS:
            yield entity.fault("kind", f"{kind} is no kind. {suggestion(kind, KINDS)} Kinds are: {', '.join(KINDS)}.")


def check_aliases(draft: Draft) -> Iterator[Fault]:
    """No name is empty, and each spelling of an entity is given once."""
    for entity in draft.entities:
        names = entity.entry.names
        shown = [names.en] if names.ko is None else list(dict.fromkeys((names.en, names.ko)))
        for spelling, times in Counter((*shown, *names.aliases)).items():
            if not spelling:
                yield entity.fault("names", "holds an empty name. Write it, or remove it.")
            elif times > 1:
                yield entity.fault("names", f"gives {spelling} {times} times. Keep one of them.")
