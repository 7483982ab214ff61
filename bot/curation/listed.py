"""Notes as lines of a list: small enough that all that a guild sees is kept in memory and looked through at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.curation.typed import as_line
from knowledge.curation import Holding
from knowledge.models import Kind, Language, Revision, Snippet, Status

Origin = Literal["own", "overridden", "bundled", "removed"]
"""Where a note comes from, as a guild sees it: its own, a bundled one with a text of its own, a bundled one as it is,
or one that it has taken away: its own, or a bundled one that it hides."""

ORIGINS: tuple[Origin, ...] = get_args(Origin)
IN_FORCE: tuple[Origin, ...] = ("own", "overridden", "bundled")
"""What answers are made of."""

SHOWN = 240
"""Characters of a text that a line keeps; all of its words are kept for finding it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A note as a line of a list. `version` is the id of its latest version, which was made at `changed_at`; `words`
    are those of its id and both texts, as `beginning` compares them."""

    id: str
    version: int
    origin: Origin
    text: str | None
    text_ko: str | None
    topic: str
    kind: Kind
    status: Status
    as_of: str
    valid_until: str | None
    changed_at: str
    words: str

    def text_in(self, language: Language) -> str:
        """The beginning of the text in `language`, else in the other one, else the id."""
        first, second = (self.text_ko, self.text) if language == "ko" else (self.text, self.text_ko)
        return first or second or self.id


def bundled_lines(revisions: Iterable[Revision]) -> dict[str, Listed]:
    """The bundled notes by id."""
    return {
        revision.snippet.id: _line(revision.snippet, revision.id, "bundled", revision.created_at)
        for revision in revisions
    }


def lines_of(holdings: Sequence[Holding], bundled: Mapping[str, Listed], before: Iterable[Listed] = ()) -> list[Listed]:
    """All that a guild sees or has taken away: what it changed, the latest changes first, then the bundled rest.
    `before` are its lines before the changes in `holdings`."""
    changed = {holding.id for holding in holdings}
    own = [line for holding in holdings for line in _lines_of(holding, bundled.get(holding.id))]
    own += [line for line in before if line.origin != "bundled" and line.id not in changed]
    ids = {line.id for line in own}
    return [*own, *(line for id, line in bundled.items() if id not in ids)]


def beginning(lines: Iterable[Listed], words: Iterable[str]) -> list[Listed]:
    """The lines in which each of these begins a word."""
    found = list(lines)
    for word in words:
        typed = f" {word}"
        found = [line for line in found if typed in line.words]
    return found


def _lines_of(holding: Holding, bundled: Listed | None) -> Iterator[Listed]:
    """No line for what is as if the guild had never touched it."""
    version, changed_at = holding.version, holding.changed_at
    if not holding.live:
        if bundled is None and isinstance(holding.content, Snippet):
            yield _line(holding.content, version, "removed", changed_at)
    elif isinstance(holding.content, Snippet):
        yield _line(holding.content, version, "overridden" if bundled else "own", changed_at)
    elif bundled is not None:
        yield replace(bundled, version=version, origin="removed", changed_at=changed_at)


def _line(snippet: Snippet, version: int, origin: Origin, changed_at: str) -> Listed:
    return Listed(
        id=snippet.id,
        version=version,
        origin=origin,
        text=snippet.text[:SHOWN] if snippet.text else None,
        text_ko=snippet.text_ko[:SHOWN] if snippet.text_ko else None,
        topic=snippet.topic,
        kind=snippet.kind,
        status=snippet.status,
        as_of=snippet.as_of,
        valid_until=snippet.valid_until,
        changed_at=changed_at,
        words=as_line((snippet.id, snippet.text, snippet.text_ko)),
    )
