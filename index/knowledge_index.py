"""All that can be searched in this process, by owner, and the retriever of each scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby

from index.contents import NOTHING, Contents
from index.documents import Document, Reader, documents_of, entity_term, wording_of
from index.embedding.embedder import Vectors
from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.morphemes import Analyser
from index.near_misses import NearMisses
from index.owner_index import OwnerIndex
from index.retriever import Part, Retriever
from index.segment import Segment
from index.senses import SenseMatcher
from index.usage import Usage, usage_of
from index.vocabulary import Content, Vocabulary
from knowledge.models import PACK, Entity, Language, Revision, Scope, Topic


class KnowledgeIndex:
    """One `OwnerIndex` per owner. A scope's names are the pack's and the guild's own, so two guilds never meet."""

    def __init__(
        self,
        lexicon: Lexicon,
        dimension: int,
        contents: Contents = NOTHING,
        analyser: Analyser | None = None,
        near_misses: NearMisses | None = None,
    ) -> None:
        """`contents` is what is known to be in texts of the pack, from the last time; `analyser` that of Korean, where
        there is one; `near_misses` are questions that the pack does not answer."""
        self._senses = SenseMatcher(lexicon)
        self._contents = contents
        self._read: dict[str, str] = {}
        self._dimension = dimension
        self._analyser = analyser
        self.near_misses = near_misses or NearMisses()
        self._owners: dict[int, OwnerIndex] = {}
        self._entities: dict[int, tuple[Entity, ...]] = {}
        self._topics: dict[str, Topic] = {}
        self._vocabularies: dict[Scope, Vocabulary] = {}
        self._unseen: dict[int, frozenset[int]] = {}

    def name(self, owner: int, entities: Iterable[Entity]) -> None:
        """Sets the entities of an owner. One of a guild that has the id of a bundled one takes its place there."""
        self._entities[owner] = tuple(entities)
        if owner == PACK:
            self._vocabularies.clear()
        else:
            self._vocabularies.pop(Scope(owner), None)

    def named(self, owner: int) -> tuple[Entity, ...]:
        """The entities of an owner: the same tuple until they are set anew."""
        return self._entities.get(owner, ())

    def entities(self, scope: Scope) -> dict[str, Entity]:
        """The entities that a scope knows, by id; a guild's own goes before the bundled one."""
        return {entity.id: entity for owner in scope.owners for entity in self.named(owner)}

    def usage(self, spelling: str) -> Usage:
        """How a spelling of a name will fare in questions."""
        return usage_of(spelling, self._senses)

    def cover(self, guild: int, revisions: Iterable[int]) -> None:
        """Sets which bundled revisions a guild does not see, since it has hidden them or put its own in their place."""
        self._unseen[guild] = frozenset(revisions)

    def title(self, topics: Iterable[Topic]) -> None:
        """Adds topics, whose titles are a field of the text under them."""
        self._topics |= {topic.id: topic for topic in topics}

    def vocabulary(self, scope: Scope) -> Vocabulary:
        """The names and words that mean something in a scope; one for all guilds that have no names of their own."""
        if not self._entities.get(scope.guild or PACK):
            scope = Scope()
        if scope not in self._vocabularies:
            names = EntityMatcher(self.entities(scope).values())
            self._vocabularies[scope] = Vocabulary(names, self._senses)
        return self._vocabularies[scope]

    def prepare(self, revisions: Iterable[Revision]) -> list[Document]:
        """The documents of revisions, tokenised; what is slow about adding, with embedding."""
        documents: list[Document] = []
        for owner, own in groupby(revisions, key=lambda revision: revision.owner):
            vocabulary = self.vocabulary(scope_of(owner))
            entities, read = vocabulary.names.entities, self._reader(owner, vocabulary)
            for revision in own:
                documents += documents_of(revision, self._titles(revision.snippet.topic), entities, read)
        return documents

    @property
    def contents(self) -> Contents:
        """What is in the texts of the pack that were read so far."""
        return self._contents.joined(self._read) if self._read else self._contents

    def let_go_of_contents(self) -> None:
        """Forgets what is in the texts of the pack, once they are loaded."""
        self._contents, self._read = NOTHING, {}

    def _reader(self, owner: int, vocabulary: Vocabulary) -> Reader:
        """Titles and publishers come again and again; texts do not, but for one that is glossed, too."""
        reading = lru_cache(maxsize=64)(vocabulary.read if owner == PACK else vocabulary.read_as_written)

        @lru_cache(maxsize=1024)
        def content(text: str) -> Content:
            if owner != PACK:
                return reading(text).content
            line = self._contents.get(text) or self._read.get(text)
            if line is None:
                line = self._read[text] = reading(text).content.line
            return Content.from_line(line)

        return Reader(content, lambda text: vocabulary.gloss(reading(text)))

    def load(self, owner: int, documents: Sequence[Document], vectors: Mapping[str, Vectors]) -> None:
        """Replaces everything of an owner; for the pack, `vectors` are those of its near misses, too, whose wording is
        worked out unless it is known."""
        self._owners[owner] = OwnerIndex(Segment(documents, vectors, self._dimension).prepared(), self._dimension)
        if owner == PACK:
            self.near_misses.load(vectors, self._dimension)
            self.word(documents)

    def word(self, documents: Iterable[Document]) -> None:
        """Works out how the ways to ask for the pack's documents and its near misses are worded, unless it is known."""
        content = self._reader(PACK, self.vocabulary(Scope())).content
        asks = chain.from_iterable(document.revision.snippet.asks for document in documents)
        self.near_misses.word(asks, lambda text: wording_of(content(text)))

    def forget(self, guild: int) -> None:
        """Drops everything of a guild, its names included."""
        for held in (self._owners, self._entities, self._unseen):
            held.pop(guild, None)
        self._vocabularies.pop(Scope(guild), None)

    def owner(self, owner: int) -> OwnerIndex:
        """The index of one owner, empty at first."""
        if owner not in self._owners:
            self._owners[owner] = OwnerIndex(Segment([], {}, self._dimension), self._dimension)
        return self._owners[owner]

    @property
    def sizes(self) -> tuple[int, int]:
        """How many documents the pack and all guilds together have in memory, removed ones included until a merge."""
        by_owner = {owner: sum(len(part.segment) for part in own.parts) for owner, own in list(self._owners.items())}
        pack = by_owner.pop(PACK, 0)
        return pack, sum(by_owner.values())

    def size(self, guild: int) -> int:
        """How many documents of a guild's own are in memory."""
        return sum(len(part.segment) for part in self._owners[guild].parts) if guild in self._owners else 0

    def retriever(self, scope: Scope) -> Retriever:
        """Searches what the scope sees as it is now."""
        parts = [part for owner in scope.owners if owner in self._owners for part in self._owners[owner].parts]
        unseen = self._unseen.get(scope.guild or PACK)
        seen = [Part(part.segment, part.dead | unseen) for part in parts] if unseen else parts
        return Retriever(seen, self._analyser, self.near_misses)

    def linking(self, scope: Scope, entity: str) -> int:
        """How many notes that the scope sees are about an entity."""
        term, unseen = entity_term(entity), self._unseen.get(scope.guild or PACK, frozenset())
        parts = [part for owner in scope.owners for part in self.owner(owner).parts]
        live = {p.segment.documents[row].revision.id for p in parts for row in p.segment.paragraphs.rows(term)} - unseen
        return len(live.difference(*(part.dead for part in parts)))

    @property
    def topics(self) -> Mapping[str, Topic]:
        return self._topics

    def _titles(self, topic: str) -> dict[Language, str]:
        found = self._topics.get(topic)
        return {"en": found.title, "ko": found.title_ko} if found else {}


def scope_of(owner: int) -> Scope:
    """The scope in which an owner's own knowledge is read."""
    return Scope() if owner == PACK else Scope(owner)
