"""What becomes of a golden question, as `index.evaluation.verdicts` has it, but before the proof against the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from index.documents import Document
from index.pipeline import Draft, Pipeline, Reading
from knowledge.golden import GoldenQuestion
from knowledge.models import Quote, Scope


def shares(verdicts: Iterable[tuple[GoldenQuestion, str]]) -> tuple[float, float, float]:
    """The shares of right and wrong ones among those on file, and of declined ones among the others, 0..1."""
    counts = Counter((question.expect == "answered", verdict) for question, verdict in verdicts)
    known, unknown = (
        max(1, sum(n for (on_file, _), n in counts.items() if on_file is wanted)) for wanted in (True, False)
    )
    return counts[True, "right"] / known, counts[True, "wrong"] / known, counts[False, "declined"] / unknown


def verdict(pipeline: Pipeline, question: GoldenQuestion, scope: Scope | None = None) -> str:
    """Whether a question asked in a scope (of the pack alone) is answered "right" or "wrong", or "declined"."""
    reading = pipeline.read(question.ask, scope or Scope())
    (vectors,) = pipeline.encode([reading])
    drafted = pipeline.draft(reading, vectors)
    if not isinstance(drafted, Draft) or not drafted.answers:
        return "declined"
    quoted = with_documents(drafted.quotes, reading)
    text = " ".join(d.text[quote.start : quote.end] for d, quote in quoted)
    # Keys of golden questions are of the question's language, those of a server's of its note's.
    supported = any(d.revision.snippet.id in question.snippets for d, _ in quoted)
    keyless = scope is None and quoted[0][0].language != question.language
    return "right" if supported and (keyless or question.matched_by(text)) else "wrong"


def with_documents(quotes: Sequence[Quote], reading: Reading) -> list[tuple[Document, Quote]]:
    """Quotes that answer a question, each with the text that it is from."""
    wanted = {(quote.revision, quote.language) for quote in quotes}
    found = {
        place: document
        for part in reading.retriever.parts
        for document in part.segment.documents
        if (place := (document.revision.id, document.language)) in wanted
    }
    return [(found[quote.revision, quote.language], quote) for quote in quotes]
