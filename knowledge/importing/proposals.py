"""From what a file says of a note, gaps and all, to a snippet that keeps the rules of the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ConfigDict

from knowledge.dates import is_after
from knowledge.importing.cleaning import cleaned
from knowledge.importing.limits import LONGEST_REASON, MOST_FAULTS
from knowledge.importing.results import Around, Imported, LeftOut, Place
from knowledge.importing.rules import RULES, check_reached, crowd, excess
from knowledge.importing.sourcing import sources_of
from knowledge.models import Entity, Kind, Snippet, Status
from knowledge.naming import id_for
from knowledge.pack.building import snippet_of, source_of
from knowledge.pack.draft import Draft, FiledSnippet, FiledSource, FiledTopic
from knowledge.pack.fault import Fault
from knowledge.pack.schema import SnippetEntry
from knowledge.pack.shape import shaped


class _Note(SnippetEntry):
    """As in the corpus, with the space that somebody has put in quotes."""

    model_config = ConfigDict(str_strip_whitespace=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file says of one note: the fields of a corpus snippet and `topic`, with `sources` as objects. Any of them
    may be missing or of the wrong shape."""

    where: Place
    fields: Mapping[str, Any]


@dataclass(slots=True)
class Acceptance:
    """Takes proposals and knows which ids are given away."""

    around: Around
    snippets: dict[str, Snippet] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)

    def take(self, found: Proposal | Entity | LeftOut) -> None:
        outcome = accepted(found, self.around) if isinstance(found, Proposal) else found
        match outcome:
            case LeftOut():
                self.left_out.append(outcome)
            case Snippet() if outcome.id in self.snippets and isinstance(found, Proposal):
                self.left_out.append(_repeated(found.where, outcome.id))
            case Snippet():
                self.snippets[outcome.id] = outcome
            case Entity() if outcome.id in self.entities:
                self.left_out.append(_repeated(Place("entry", outcome.id), outcome.id))
            case Entity():
                self.entities[outcome.id] = outcome

    @property
    def seen(self) -> int:
        return len(self.snippets) + len(self.left_out) + len(self.entities)

    def imported(self) -> Imported:
        return Imported(tuple(self.snippets.values()), tuple(self.left_out), tuple(self.entities.values()))


def accepted(proposal: Proposal, around: Around) -> Snippet | LeftOut:
    """The snippet, or why there is none."""
    if crowded := crowd(dict(proposal.fields), proposal.where):
        return crowded
    fields: dict[str, Any] = cleaned(dict(proposal.fields))
    topic = fields.pop("topic", around.topic)
    sources, faults = sources_of(fields.pop("sources", None), around)
    if not sources and not faults:
        return LeftOut(proposal.where, "import.left.no_source")
    filled = _filled(fields, sources, around)
    snippet = _snippet(filled, topic, sources, around.today)
    if faults or isinstance(snippet, list):
        rest = snippet if isinstance(snippet, list) else []
        return ruled_out(proposal.where, [*faults, *rest], str(filled["id"]))
    return excess(snippet, proposal.where) or snippet


def _filled(fields: Mapping[str, Any], sources: Sequence[FiledSource], around: Around) -> dict[str, Any]:
    """The fields with what the file leaves open: a state is the careful guess, since it is shown with its date."""
    dates = [source.entry.published for source in sources if source.entry.published]
    published = max((date for date in dates if not is_after(date, around.today)), default=around.today)
    texts = [text if isinstance(text := fields.get(name), str) else None for name in ("text", "text_ko")]
    usual = {"id": id_for(*texts), "kind": Kind.STATE, "as_of": published, "status": Status.REPORTED}
    return {**usual, **fields, "sources": [source.id for source in sources]}


def _snippet(
    fields: Mapping[str, Any], topic: Any, sources: Sequence[FiledSource], today: str
) -> Snippet | list[Fault]:
    if not isinstance(topic, str):
        return [Fault("", "", "topic", "must be text. Write the id of a topic.")]
    entry = shaped(_Note, fields, "", "", most=MOST_FAULTS)
    if isinstance(entry, list):
        return entry
    note = FiledSnippet("", topic, entry)
    draft = Draft((FiledTopic("", topic, None),), tuple(sources), (note,), ())
    faults = [*(fault for rule in RULES for fault in rule(draft)), *check_reached(draft, today)]
    return faults or snippet_of(note, {source.id: source_of(source.entry) for source in sources})


def _repeated(where: Place, id: str) -> LeftOut:
    return LeftOut(where, "import.left.repeated", {"id": id})


def ruled_out(where: Place, faults: Sequence[Fault], id: str = "") -> LeftOut:
    """Why something was not taken, in the words of the corpus's checks. `id` is its own, which need not be said."""
    words = " ".join(str(replace(fault, entry="") if fault.entry == id else fault) for fault in faults)
    shown = words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON]}…"
    return LeftOut(where, "import.left.rule", {"fault": shown})
