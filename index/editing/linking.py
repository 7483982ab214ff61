"""The entities that a text names: what a curator has to link."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.senses import SenseMatcher
from index.vocabulary import Vocabulary
from knowledge.kinds import COMMON_KINDS, KINDS
from knowledge.models import Entity
from knowledge.pack.building import entities_of
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.editorial.waivers import waived
from knowledge.pack.fault import Fault

OPTIONAL_KINDS = COMMON_KINDS | {"character"}
"""What may be mentioned in passing: K-pop, a comeback, a city."""


def check_names_linked(draft: Draft, lexicon: Lexicon) -> Iterator[Fault]:
    """Every snippet links each entity that its texts name."""
    names = Names(draft, lexicon)
    for snippet in draft.snippets:
        if not waived(snippet, "names"):
            yield from _unlinked(snippet, names)


class Names:
    """The names of a draft, and what it takes for one of them to be meant."""

    def __init__(self, draft: Draft, lexicon: Lexicon) -> None:
        self._vocabulary = Vocabulary(EntityMatcher(entities_of(draft)), SenseMatcher(lexicon))
        self._groups: dict[str, set[str]] = {}
        for fact in draft.facts:
            if fact.relation == "member":
                self._groups.setdefault(fact.entry.value.en, set()).add(fact.owner.entry.id)

    def named_in(self, text: str, linked: Container[str]) -> Iterator[Sequence[Entity]]:
        """For each name that stands in a text as it is written, upper case and quotation marks included, the entities
        that are called so. A member's short name counts only beside a group of theirs among `linked`."""
        for mention in self._vocabulary.read(text).mentions:
            entities = [self._vocabulary.names.entities[id] for id in mention.entities]
            meant = [e for e in entities if any(self._is_meant(e, s, text, linked) for s in e.spellings)]
            if meant and not mention.ordinary:
                yield meant

    def _is_meant(self, entity: Entity, spelling: str, text: str, linked: Container[str]) -> bool:
        if not _written(entity, spelling, text):
            return False
        groups = self._groups.get(entity.id)
        return groups is None or not _is_short(spelling) or any(group in linked for group in groups)


def _unlinked(snippet: FiledSnippet, names: Names) -> Iterator[Fault]:
    told: set[str] = set()
    linked = set(snippet.entry.entities)
    for text in (snippet.entry.text, snippet.entry.text_ko):
        for entities in names.named_in(text, linked) if text else ():
            if any(e.id in linked or e.kind in OPTIONAL_KINDS for e in entities) or entities[0].id in told:
                continue
            told.add(entities[0].id)
            ids = " or ".join(e.id for e in entities)
            yield snippet.fault("entities", f"lacks {ids}, which a text names ({entities[0].name}). Add it.")


def _is_short(spelling: str) -> bool:
    """Whether others are called so too: a single Latin word, or two syllables."""
    if "가" <= spelling[-1] <= "힣":
        return len(spelling) <= 2
    return " " not in spelling


def _written(entity: Entity, spelling: str, text: str) -> bool:
    """Whether a spelling of the entity stands in the text letter by letter; the name of a song only between its marks,
    since many are common words."""
    kind = KINDS.get(entity.kind)
    if entity.kind == "song" and kind:
        return any(f"{left}{spelling}{right}" in text for left, right in (kind.marks, kind.marks_ko))
    if "가" <= spelling[-1] <= "힣":
        return re.search(rf"(?<![가-힣]){re.escape(spelling)}", text) is not None
    if spelling.islower():
        return False
    return re.search(rf"(?<![\w-]){re.escape(spelling)}(?![A-Za-z0-9-])", text) is not None
