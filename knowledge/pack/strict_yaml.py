"""YAML without surprises: every scalar is text, and what a curator does not need is refused.

`no` stays "no", `2025-11-05` and `1.10` stay as written, an empty value is None. Tags, anchors, aliases, a key
that stands twice, a key that is no text and, where one is expected, a second document are problems, all of them
reported together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

_DEEPEST = 12
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path`, the keys and positions that lead there from the top of the file."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """The value of a file, as far as it could be read, and its problems."""

    value: Value
    problems: tuple[Problem, ...]


def parse(data: bytes) -> Parsed:
    """Reads one YAML file; never raises for what stands in it."""
    return _read(data, _Composer.document)


def parse_all(data: bytes, most: int) -> Parsed:
    """As `parse`, for a file of several documents divided by `---`: the value is the list of them. A file of more than
    `most` texts, lists and mappings is given up."""
    return _read(data, lambda composer: list(composer.documents()), most)


def _read(data: bytes, compose: Callable[[_Composer], Value], most: float = math.inf) -> Parsed:
    try:
        composer = _Composer(yaml.parse(data.decode("utf-8-sig"), Loader=_Loader), most)
        return Parsed(compose(composer), tuple(composer.problems))
    except UnicodeDecodeError as error:
        return _unreadable(f"is not UTF-8 at byte {error.start}. Save the file as UTF-8.")
    except _TooLong:
        return _unreadable(f"holds more than {most} entries. Divide it into smaller files.")
    except yaml.YAMLError as error:
        return _unreadable(_in_words(error))


def _unreadable(message: str) -> Parsed:
    return Parsed(None, (Problem((), message),))


def _in_words(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}: " if mark else ""
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return f"{place}is not valid YAML ({what}). Check the indentation, and quote text that holds ': ' or ' #'."


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


class _TooLong(Exception):
    """There are more nodes than whoever asked wants to hold in memory."""


@dataclass(slots=True)
class _Composer:
    """Builds values from the parser's events."""

    events: Iterator[Event]
    most: float
    nodes: int = 0
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> Value:
        value = next(self.documents(), None)
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                self._report((), event, "starts a second document. Keep one document per file.")
                break
            if isinstance(event, StreamEndEvent):
                break
        return value

    def documents(self) -> Iterator[Value]:
        """The values of all documents, one after the other."""
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                yield self._node(next(self.events), ())

    def _report(self, path: Path, event: Event, message: str) -> None:
        self.problems.append(Problem(path, f"line {_line(event)}: {message}"))

    def _node(self, event: Event, path: Path) -> Value:
        if len(path) > _DEEPEST:
            raise yaml.YAMLError(f"line {_line(event)} is nested too deeply")
        self.nodes += 1
        if self.nodes > self.most:
            raise _TooLong
        self._refuse_marks(event, path)
        if isinstance(event, AliasEvent):
            return None
        if isinstance(event, ScalarEvent):
            text: str = event.value
            return text if text or event.style else None
        return self._mapping(path) if isinstance(event, MappingStartEvent) else self._sequence(path)

    def _refuse_marks(self, event: Event, path: Path) -> None:
        if isinstance(event, AliasEvent):
            self._report(path, event, f"refers to another place (*{event.anchor}). Write the text out.")
        elif isinstance(event, NodeEvent) and event.anchor:
            self._report(path, event, f"carries an anchor (&{event.anchor}). Remove it, or quote the text.")
        tag = getattr(event, "tag", None)
        if tag:
            self._report(path, event, f"carries a tag ({tag}). Remove it, or quote the text.")

    def _sequence(self, path: Path) -> list[Value]:
        values: list[Value] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            values.append(self._node(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._node(event, (*path, "?"))
            name = key if isinstance(key, str) else "?"
            value = self._node(next(self.events), (*path, name))
            if not isinstance(key, str):
                self._report(path, event, "has a key that is no text. Write a field's name there.")
            elif key in values:
                self._report((*path, key), event, "stands twice. Keep one of the two.")
            else:
                values[key] = value
        return values
