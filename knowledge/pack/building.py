"""From a faultless draft to the pack: entries become snippets, entities and topics, facts become sentences."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.facts import RELATIONS, ValueType
from knowledge.models import Entity, Pack, Snippet, Source, Statement, Status, Topic
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.joining import Joined, named_facts, spoken_of
from knowledge.pack.schema import EntityEntry, SourceEntry
from knowledge.telling import Telling, sentence

PROFILES = Topic("profiles", "Profiles of people, groups and companies", "인물·그룹·회사 프로필")
"""The topic of every structured fact."""


def build(draft: Draft, digest: str) -> Pack:
    """The pack that a draft without faults describes; everything by id."""
    sources = {id: source_of(entry) for id, entry in draft.source.items()}
    entities = {entity.id: entity for entity in entities_of(draft)}
    snippets = [snippet_of(filed, sources) for filed in draft.snippets]
    facts = [_fact(id, joined, draft, sources, entities) for id, joined in named_facts(draft)]
    topics = [Topic(filed.id, filed.title.en, filed.title.ko) for filed in draft.topics if filed.title]
    return Pack(
        topics=tuple(sorted([*topics, *([PROFILES] if facts else [])], key=lambda topic: topic.id)),
        entities=tuple(sorted(entities.values(), key=lambda entity: entity.id)),
        snippets=tuple(sorted([*snippets, *facts], key=lambda snippet: snippet.id)),
        digest=digest,
    )


def entities_of(draft: Draft) -> list[Entity]:
    """The entities of a draft, in the order of the files."""
    return [entity_of(filed.entry) for filed in draft.entities]


def source_of(entry: SourceEntry) -> Source:
    """The source that an entry declares."""
    return Source(entry.title, entry.publisher, entry.url, entry.published, entry.read)


def entity_of(entry: EntityEntry) -> Entity:
    """The entity that an entry declares, without its facts."""
    return Entity(entry.id, entry.kind, entry.names.en, entry.names.ko, entry.names.aliases)


def snippet_of(filed: FiledSnippet, sources: Mapping[str, Source]) -> Snippet:
    """The snippet that an entry describes; `sources` by the ids that it names."""
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


def _fact(id: str, facts: Joined, draft: Draft, sources: dict[str, Source], entities: dict[str, Entity]) -> Snippet:
    entry, owner = facts[0].entry, facts[0].owner.entry.id
    relation = RELATIONS[facts[0].relation]
    first, *others = (fact.entry.value.en for fact in facts)
    statement = Statement(owner, relation.id, first, entry.since, entry.until, tuple(others))
    korean = {fact.entry.value.en: fact.entry.value.ko for fact in facts if fact.entry.value.ko}
    telling = Telling(entities, korean, entry.status is Status.OUTDATED)
    about = statement.values if relation.value is ValueType.ENTITY else ()
    return Snippet(
        id=id,
        topic=PROFILES.id,
        text=sentence(statement, telling, "en"),
        text_ko=sentence(statement, telling, "ko"),
        kind=relation.kind,
        as_of=spoken_of(facts[0], draft),
        status=entry.status,
        sources=tuple(sources[source] for source in entry.sources),
        entities=(statement.subject, *about),
        valid_until=entry.valid_until,
        statement=statement,
    )
