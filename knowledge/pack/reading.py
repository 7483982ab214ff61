"""From the files of the pack to a draft: what has the right shape goes in, what has not becomes faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.files import PackFile
from knowledge.pack.draft import Draft, FiledEntity, FiledSnippet, FiledSource, FiledTopic
from knowledge.pack.fault import Fault
from knowledge.pack.schema import EntityEntry, SnippetEntry, SourceEntry, TitleEntry
from knowledge.pack.shape import field_name, shaped, suggestion
from knowledge.pack.strict_yaml import Problem, Value, parse

CORPUS_KEYS = ("topic", "title", "sources", "snippets")
ENTITY_KEYS = ("sources", "entities")
_SLUGS = re.compile(rb"[a-z0-9-]+")


def read(files: Iterable[PackFile]) -> tuple[Draft, list[Fault]]:
    """Reads every file, whatever is wrong with the others."""
    reading = _Reading()
    for file in files:
        reading.take(file)
    return reading.draft(), reading.faults


@dataclass(slots=True)
class _Reading:
    """Collects what the files hold."""

    faults: list[Fault] = field(default_factory=list)
    _topics: list[FiledTopic] = field(default_factory=list)
    _sources: list[FiledSource] = field(default_factory=list)
    _snippets: list[FiledSnippet] = field(default_factory=list)
    _entities: list[FiledEntity] = field(default_factory=list)
    _doubtful: set[str] = field(default_factory=set)

    def draft(self) -> Draft:
        return Draft(
            tuple(self._topics),
            tuple(self._sources),
            tuple(self._snippets),
            tuple(self._entities),
            frozenset(self._doubtful),
        )

    def take(self, file: PackFile) -> None:
        parsed = parse(file.data)
        self.faults.extend(_as_fault(file, parsed.value, problem) for problem in parsed.problems)
        value = parsed.value
        if isinstance(value, list) and file.folder == "entities":
            value = {"entities": value}
        if isinstance(value, dict):
            (self._corpus if file.folder == "corpus" else self._entity_file)(file.name, value)
            return
        self._doubtful.update(slug.decode() for slug in _SLUGS.findall(file.data))
        if not parsed.problems:
            keys = CORPUS_KEYS if file.folder == "corpus" else ENTITY_KEYS
            self._blame(file.name, "", "", f"must hold the fields {', '.join(keys)} at its top level. Add them.")

    def _blame(self, file: str, entry: str, where: str, message: str) -> None:
        self.faults.append(Fault(file, entry, where, message))

    def _corpus(self, file: str, value: dict[str, Value]) -> None:
        self._refuse_others(file, value, CORPUS_KEYS)
        topic = value.get("topic")
        if not isinstance(topic, str):
            self._blame(file, "", "topic", "is missing. Add the topic's id, the file's name without .yaml.")
            topic = ""
        title = shaped(TitleEntry, value.get("title"), file, "", "title")
        if isinstance(title, list):
            self.faults.extend(title)
        self._topics.append(FiledTopic(file, topic, None if isinstance(title, list) else title))
        self._read_sources(file, value)
        for id, entry in self._items(file, value, "snippets"):
            snippet = shaped(SnippetEntry, entry, file, id)
            if isinstance(snippet, SnippetEntry):
                self._snippets.append(FiledSnippet(file, topic, snippet))
            else:
                self._doubt(id, snippet)

    def _entity_file(self, file: str, value: dict[str, Value]) -> None:
        self._refuse_others(file, value, ENTITY_KEYS)
        self._read_sources(file, value)
        for id, entry in self._items(file, value, "entities"):
            entity = shaped(EntityEntry, entry, file, id)
            if isinstance(entity, EntityEntry):
                self._entities.append(FiledEntity(file, entity))
            else:
                self._doubt(id, entity)

    def _read_sources(self, file: str, value: dict[str, Value]) -> None:
        sources = value.get("sources")
        if sources is None:
            return
        if not isinstance(sources, dict):
            self._blame(file, "", "sources", "must hold sources by their ids. Write `id: {title: …, …}`.")
            return
        for id, entry in sources.items():
            source = shaped(SourceEntry, entry, file, id)
            if isinstance(source, SourceEntry):
                self._sources.append(FiledSource(file, id, source))
            else:
                self._doubt(id, source)

    def _items(self, file: str, value: dict[str, Value], key: str) -> Iterator[tuple[str, Value]]:
        """The entries of the list under `key` with their ids, or with their place where they have none."""
        items = value.get(key)
        if not isinstance(items, list) or not items:
            self._blame(file, "", key, "must be a list with at least one entry. Add one, or remove the file.")
            return
        for position, item in enumerate(items, 1):
            id = item.get("id") if isinstance(item, dict) else None
            yield id if isinstance(id, str) else f"{key}[{position}]", item

    def _doubt(self, id: str, faults: list[Fault]) -> None:
        self.faults.extend(faults)
        self._doubtful.add(id)

    def _refuse_others(self, file: str, value: dict[str, Value], known: tuple[str, ...]) -> None:
        for key in value.keys() - set(known):
            self._blame(file, "", key, "is no field of this kind of file. " + suggestion(key, known))


def _as_fault(file: PackFile, value: Value, problem: Problem) -> Fault:
    """The problem with the id of the entry that it stands in."""
    match problem.path:
        case (("snippets" | "entities") as group, int(position), *rest) if isinstance(value, dict):
            items = value.get(group)
            item = items[position] if isinstance(items, list) and position < len(items) else None
        case (int(position), *rest) if isinstance(value, list):
            item = value[position]
        case ("sources", str(source), *rest):
            return Fault(file.name, source, field_name(rest), problem.message)
        case _:
            return Fault(file.name, "", field_name(problem.path), problem.message)
    id = item.get("id") if isinstance(item, dict) else None
    return Fault(file.name, str(id or ""), field_name(rest), problem.message)
