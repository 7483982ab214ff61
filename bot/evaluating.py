"""The use case behind `hallyu eval`: how well the golden questions, or somebody's own reading set, are answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import process_time

from bot.asking import Asking
from bot.compose import Knowing
from index.calibration import load_calibration
from index.embedding import Embedder
from index.evaluation import reading_sets
from index.evaluation.runs import ReadingScores, Scored, score_reading, snippet_ranks
from index.evaluation.verdicts import judge
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import Progress, encode_texts, texts_of
from index.morphemes import installed_analyser
from index.pipeline import Pipeline
from index.results import Answer, Outcome
from knowledge.errors import Refused
from knowledge.glossary import load_glossary
from knowledge.golden import GoldenQuestion
from knowledge.models import PACK, Scope


async def evaluate_golden(
    known: Knowing, questions: Sequence[GoldenQuestion], progress: Progress | None = None
) -> list[Scored]:
    """Asks every question of the bundled pack."""
    scored = []
    for number, question in enumerate(questions, 1):
        began = process_time()
        outcome = await _outcome(known.asking, question)
        took_ms = (process_time() - began) * 1000
        scored.append(
            Scored(
                question=question,
                verdict=judge(question, outcome),
                ranks=snippet_ranks(known.pipeline.hits(question.ask, Scope()), question),
                receipt=outcome.receipt if outcome else {},
                shown=outcome.text if isinstance(outcome, Answer) else "",
                took_ms=took_ms,
            )
        )
        if progress:
            progress(number, len(questions))
    return scored


async def _outcome(asking: Asking, question: GoldenQuestion) -> Outcome | None:
    try:
        return (await asking.ask(question.ask, Scope())).outcome
    except Refused:
        return None


def evaluate_file(path: Path, embedder: Embedder, progress: Progress | None = None) -> ReadingScores:
    """Ranks the questions of a file in the SQuAD format over its own paragraphs. Raises `HallyuError` for any other."""
    texts = reading_sets.read(path)
    index = KnowledgeIndex(Lexicon.of(load_glossary()), embedder.dimension, analyser=installed_analyser())
    index.title(texts.topics)
    documents = index.prepare(texts.revisions)
    index.load(PACK, documents, encode_texts(texts_of(documents, embedder), embedder, progress))
    return score_reading(Pipeline(index, embedder, load_calibration()), texts)
