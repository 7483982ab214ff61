"""A small faultless pack on disk, made-up snippets, and a store in a fresh folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.models import Entity, Kind, Pack, Snippet, Source, Status, Topic

CORPUS = """\
topic: charts
title: {en: Charts, ko: 차트}
sources:
  paper-2025:
    title: "Charts: the year"
    publisher: The Paper
    published: 2025-11-05
    url: https://paper.example/charts?id=1
    read: 2026-01-31
snippets:
  - id: golden-76-days
    text: >-
      "Golden" stayed at No. 1 for 76 days.
    text_ko: 〈골든〉은 76일 동안 1위였다.
    kind: event
    as_of: 2025-11-05
    status: reported
    entities: [golden]
    asks: [how long, 며칠]
    sources: [paper-2025]
  - id: label-of-duo
    text: Duo is signed to Big Label.
    kind: state
    as_of: 2025-11
    valid_until: 2026-05
    status: official
    entities: [duo, big-label]
    sources: [paper-2025]
"""

ENTITIES = """\
- id: golden
  kind: song
  names: {en: Golden, ko: 골든}
  facts:
    release_date: {value: 2025-06-20, sources: [paper-2025]}
- id: duo
  kind: group
  names: {en: Duo, ko: 듀오, also: [DUO], former: Trio, short: [D]}
  facts:
    label: [{value: big-label, from: 2023, sources: [paper-2025]}]
    member_count: {value: 2, sources: [paper-2025]}
    fandom: {value: {en: Duets, ko: 듀엣}, sources: [paper-2025]}
- id: big-label
  kind: company
  names: {en: Big Label, ko: 빅 레이블}
"""

CORPUS_FILE = "corpus/charts.yaml"
ENTITY_FILE = "entities/all.yaml"


class PackFolder:
    """A pack on disk, faultless until it is edited."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(CORPUS_FILE, CORPUS)
        self.write(ENTITY_FILE, ENTITIES)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))


@pytest.fixture
def pack_folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path / "pack")


PAPER = Source("Charts: the year", "The Paper", "https://paper.example/charts", "2025-11-05", "2026-01-31")


def a_snippet(id: str = "golden-76-days", **changes: object) -> Snippet:
    text = f"This is what {id} says."
    snippet = Snippet(id, "charts", text, None, Kind.EVENT, "2025-11-05", Status.REPORTED, (PAPER,))
    return replace(snippet, **changes)  # type: ignore[arg-type]


def a_pack(*snippets: Snippet, digest: str = "digest-1", entities: tuple[Entity, ...] = ()) -> Pack:
    return Pack((Topic("charts", "Charts", "차트"),), entities, snippets, digest)


@pytest.fixture
def make_snippet() -> Callable[..., Snippet]:
    return a_snippet


@pytest.fixture
def make_pack() -> Callable[..., Pack]:
    return a_pack


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, 0, 987654, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database of a test goes, in a folder that is not there yet."""
    return tmp_path / "data of mine?#" / "hallyu.db"
