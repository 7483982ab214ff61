"""The entities that a text names: what a curator has to link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.vocabulary import Vocabulary
from knowledge.kinds import KINDS
from knowledge.models import Entity
from knowledge.pack.building import entities_of
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.editorial.waivers import waived
from knowledge.pack.fault import Fault

OPTIONAL_KINDS = frozenset({"genre", "term", "place", "character"})
"""What may be mentioned in passing: K-pop, a comeback, a city."""


def check_names_linked(draft: Draft, lexicon: Lexicon) -> Iterator[Fault]:
    """Every snippet links each entity that its texts name."""
    vocabulary = Vocabulary(EntityMatcher(entities_of(draft)), lexicon)
    for snippet in draft.snippets:
        if not waived(snippet, "names"):
            yield from _unlinked(snippet, vocabulary)


def named_in(text: str, vocabulary: Vocabulary) -> Iterator[Sequence[Entity]]:
    """For each name that stands in a text as it is written, upper case and quotation marks included, the entities that
    are called so."""
    for mention in vocabulary.read(text).mentions:
        entities = [e for id in mention.entities if _written(e := vocabulary.names.entities[id], text)]
        if entities and not mention.ordinary:
            yield entities


def _unlinked(snippet: FiledSnippet, vocabulary: Vocabulary) -> Iterator[Fault]:
    told: set[str] = set()
    linked = set(snippet.entry.entities)
    for text in (snippet.entry.text, snippet.entry.text_ko):
        for entities in named_in(text, vocabulary) if text else ():
            if any(e.id in linked or e.kind in OPTIONAL_KINDS for e in entities) or entities[0].id in told:
                continue
            told.add(entities[0].id)
            ids = " or ".join(e.id for e in entities)
            yield snippet.fault("entities", f"lacks {ids}, which a text names ({entities[0].name}). Add it.")


def _written(entity: Entity, text: str) -> bool:
    """Whether a spelling of the entity stands in the text letter by letter; the name of a song only between its marks,
    since many are common words."""
    kind = KINDS.get(entity.kind)
    marks = {kind.marks, kind.marks_ko} - {("", "")} if kind else set()
    if entity.kind == "song" and marks:
        return any(f"{left}{s}{right}" in text for s in entity.spellings for left, right in marks)
    return any(_stands(spelling, text, alone=entity.kind == "soloist") for spelling in entity.spellings)


def _stands(spelling: str, text: str, *, alone: bool) -> bool:
    """`alone`: a single Latin word counts only beside no other capitalised one, which would make it part of somebody
    else's name ("Han" in "Han Sung-soo")."""
    if "가" <= spelling[-1] <= "힣":
        return re.search(rf"(?<![가-힣]){re.escape(spelling)}", text) is not None
    if spelling.islower():
        return False
    found = rf"(?<![\w-]){re.escape(spelling)}(?![A-Za-z0-9-])"
    if alone and " " not in spelling:
        found = rf"(?<![A-Z][a-z] )(?<![a-z]{{2}}-){found}(?! [A-Z][a-z])"
    return re.search(found, text) is not None
