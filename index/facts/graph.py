"""The live facts of a scope, by their subject and by their value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.documents import Document
from index.retriever import Part
from knowledge.models import Language, Statement


class FactGraph:
    """The facts in the parts that one scope sees, as documents in one language."""

    def __init__(self, parts: Sequence[Part], language: Language) -> None:
        self._parts = parts
        self._language = language

    def about(self, subject: str, relation: str) -> list[Document]:
        """The facts that say for `subject` what its `relation` is."""
        return list(self._live(("subject", subject, relation)))

    def naming(self, value: str, relation: str) -> list[Document]:
        """The facts in which `value` stands as the value of `relation`."""
        return list(self._live(("value", value, relation)))

    def _live(self, key: tuple[str, str, str]) -> Iterator[Document]:
        for part in self._parts:
            for row in part.segment.facts.get(key, ()):
                document = part.segment.documents[row]
                if document.revision.id not in part.dead and self._language in document.serves:
                    yield document


def statement_of(document: Document) -> Statement:
    """The statement of a document that came from a `FactGraph`."""
    statement = document.revision.snippet.statement
    if statement is None:
        raise ValueError(f"{document.revision.snippet.id} is no fact")
    return statement
