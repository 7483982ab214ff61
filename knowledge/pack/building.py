"""From a faultless draft to the pack: entries become snippets, entities and topics, facts become sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from knowledge.facts import RELATIONS, Relation, ValueType
from knowledge.models import Entity, Pack, Snippet, Source, Statement, Status, Topic
from knowledge.pack.draft import Draft, FiledFact, FiledSnippet
from knowledge.pack.schema import EntityEntry, SourceEntry
from knowledge.sentences import Telling, sentence

PROFILES = Topic("profiles", "Profiles of people, groups and companies", "인물·그룹·회사 프로필")
"""The topic of every structured fact."""


def build(draft: Draft, digest: str) -> Pack:
    """The pack that a draft without faults describes; everything by id."""
    sources = {id: _source(entry) for id, entry in draft.source.items()}
    entities = {filed.entry.id: _entity(filed.entry) for filed in draft.entities}
    snippets = [_snippet(filed, sources) for filed in draft.snippets]
    facts = list(_facts(draft, sources, entities))
    topics = [Topic(filed.id, filed.title.en, filed.title.ko) for filed in draft.topics if filed.title]
    return Pack(
        topics=tuple(sorted([*topics, *([PROFILES] if facts else [])], key=lambda topic: topic.id)),
        entities=tuple(sorted(entities.values(), key=lambda entity: entity.id)),
        snippets=tuple(sorted([*snippets, *facts], key=lambda snippet: snippet.id)),
        digest=digest,
    )


def _source(entry: SourceEntry) -> Source:
    return Source(entry.title, entry.publisher, entry.url, entry.published, entry.read)


def _entity(entry: EntityEntry) -> Entity:
    return Entity(entry.id, entry.kind, entry.names.en, entry.names.ko, entry.names.aliases)


def _snippet(filed: FiledSnippet, sources: dict[str, Source]) -> Snippet:
    entry = filed.entry
    return Snippet(
        id=entry.id,
        topic=filed.topic,
        text=entry.text,
        text_ko=entry.text_ko,
        kind=entry.kind,
        as_of=entry.as_of,
        status=entry.status,
        sources=tuple(sources[id] for id in entry.sources),
        entities=entry.entities,
        asks=entry.asks,
        valid_until=entry.valid_until,
    )


def _facts(draft: Draft, sources: dict[str, Source], entities: dict[str, Entity]) -> Iterator[Snippet]:
    taken: set[str] = set()
    for fact in draft.facts:
        relation = RELATIONS[fact.relation]
        id = fact_id(fact, relation)
        if id in taken:
            id = f"{id}/{fact.entry.since}"
        taken.add(id)
        yield _fact(id, fact, relation, tuple(sources[source] for source in fact.entry.sources), entities)


def fact_id(fact: FiledFact, relation: Relation) -> str:
    """`katseye/debut_date`; where there may be several values, `katseye/member/sophia`."""
    base = f"{fact.owner.entry.id}/{fact.relation}"
    return f"{base}/{_slug(fact.entry.value.en)}" if relation.many else base


def _slug(value: str) -> str:
    """The value as a part of an id: an entity's or a date's is itself, a text's its Latin letters and digits."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug or hashlib.sha256(value.encode()).hexdigest()[:12]


def _fact(
    id: str, fact: FiledFact, relation: Relation, sources: tuple[Source, ...], entities: dict[str, Entity]
) -> Snippet:
    entry = fact.entry
    statement = Statement(fact.owner.entry.id, relation.id, entry.value.en, entry.since, entry.until)
    telling = Telling(entities, entry.value.ko, entry.status is Status.OUTDATED)
    about = (statement.value,) if relation.value is ValueType.ENTITY else ()
    return Snippet(
        id=id,
        topic=PROFILES.id,
        text=sentence(statement, telling, "en"),
        text_ko=sentence(statement, telling, "ko"),
        kind=relation.kind,
        as_of=entry.as_of or max(source.published for source in sources if source.published),
        status=entry.status,
        sources=sources,
        entities=(statement.subject, *about),
        valid_until=entry.valid_until,
        statement=statement,
    )
