"""Small outcomes and snippets for tests that do not care how they were found."""

from __future__ import annotations

from index.results import Answer, Choice, Citation, Line, NoAnswer, WhichOne
from knowledge.models import Kind, Language, Quote, Revision, Snippet, Source, Status, Topic

GOLDEN = '"Golden" stayed at No. 1 on Spotify\'s global chart for 76 days in a row in 2025.'
GOLDEN_KO = "〈Golden〉은 2025년 스포티파이 글로벌 차트에서 76일 연속 1위를 지켰다."


def a_source(url: str = "https://kryptontoday.com/?p=10257", publisher: str = "Krypton Today") -> Source:
    return Source("K-Pop's Global Takeover", publisher, url, published="2025-11-05", read="2026-11-23")


def a_line(text: str, *marks: int, language: Language = "en", revision: int = 1) -> Line:
    return Line(text, Quote(revision, language, 0, len(text)), marks or (1,))


def a_citation(
    n: int = 1, source: Source | None = None, *, own: bool = False, status: Status = Status.REPORTED
) -> Citation:
    return Citation(n, GOLDEN, source or a_source(), "golden-76-days-spotify", n, status, own)


def an_answer(
    *lines: Line,
    citations: tuple[Citation, ...] = (),
    language: Language = "en",
    as_of: str = "2025-11-05",
    ages: bool = False,
    stale: bool = False,
) -> Answer:
    text = GOLDEN_KO if language == "ko" else GOLDEN
    lines = lines or (a_line(text, language=language),)
    return Answer(language, lines, citations or (a_citation(),), as_of, ages, stale, receipt={})


def a_decline(*topics: str, language: Language = "en", on_file: Answer | None = None) -> NoAnswer:
    return NoAnswer(language, tuple(Topic(t.lower(), t, t) for t in topics), receipt={}, on_file=on_file)


def a_which_one(*labels: str, language: Language = "en") -> WhichOne:
    return WhichOne(language, tuple(Choice(label, f"entity-{n}") for n, label in enumerate(labels)), receipt={})


def a_revision(text: str = GOLDEN, text_ko: str | None = GOLDEN_KO, *, owner: int = 0, id: int = 1) -> Revision:
    snippet = Snippet(
        id="golden-76-days-spotify",
        topic="charts",
        text=text,
        text_ko=text_ko,
        kind=Kind.EVENT,
        as_of="2025-11-05",
        status=Status.REPORTED,
        sources=(a_source(),),
    )
    return Revision(id, owner, 1, snippet, "2026-11-23T00:00:00Z")
