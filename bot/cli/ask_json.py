"""An outcome as the JSON object that `hallyu ask --json` prints; its names are a contract."""

from __future__ import annotations

from typing import Any

from index.results import Answer, Citation, NoAnswer, Outcome, WhichOne
from knowledge.models import Language


def as_json(question: str, outcome: Outcome, took_ms: float) -> dict[str, Any]:
    """One object; dates are ISO, `answer` has [n] marks and no list of sources."""
    answered: dict[str, Any] = {}
    match outcome:
        case Answer():
            status = "answered"
            answered = {"answer": outcome.text, "as_of": outcome.as_of, "citations": _citations(outcome)}
        case NoAnswer():
            status = "no_answer"
            answered = {"closest": _closest(outcome)}
        case WhichOne():
            status = "which_one"
            answered = {"choices": [{"label": c.label, "entity": c.entity} for c in outcome.choices]}
    return _object(question, status, outcome.language, took_ms) | answered


def refused_as_json(question: str, language: Language) -> dict[str, Any]:
    """A question that was not tried (empty, too long): an honest "no answer"."""
    return _object(question, "no_answer", language, 0.0)


def _object(question: str, status: str, language: Language, took_ms: float) -> dict[str, Any]:
    return {
        "question": question,
        "status": status,
        "answer": None,
        "language": language,
        "as_of": None,
        "citations": [],
        "closest": [],
        "choices": [],
        "took_ms": round(took_ms, 1),
    }


def _closest(outcome: NoAnswer) -> list[dict[str, Any]]:
    if outcome.on_file:
        return [{"text": outcome.on_file.text, "citations": _citations(outcome.on_file)}]
    return [{"topic": topic.id} for topic in outcome.closest]


def _citations(answer: Answer) -> list[dict[str, Any]]:
    return [_citation(citation) for citation in answer.citations]


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "quote": citation.quote,
        "title": citation.source.title,
        "publisher": citation.source.publisher,
        "published": citation.source.published,
        "url": citation.source.url,
        "snippet": citation.snippet,
        "revision": citation.revision,
    }
