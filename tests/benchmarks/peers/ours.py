"""Answers the questions of a task as a peer would (see `child.py`), with Hallyu's index, on one thread.

    python -m tests.benchmarks.peers.ours CACHE [KOREAN] < task.json > answers.json

CACHE keeps the vectors of the passages; those of the questions are made while they are timed. KOREAN is a folder with
the packages of the extra `ko`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from index.answerer import ranked_sentences
from index.demands import Demands, demands_of
from index.evaluation.reading_sets import ReadingSet, revision_of
from index.features import Hit
from index.tokens import normalise
from knowledge.models import Topic
from tests.benchmarks.peers.child import resident_mb
from tests.benchmarks.peers.running import Answers, Task
from tests.benchmarks.reading import prepare_texts

SENTENCES = 2


def answer(task: Task, cache: Path) -> Answers:
    """Every question by itself, its encoding included."""
    topics = tuple(Topic(title, title, title) for title in dict.fromkeys(p["title"] for p in task.passages))
    revisions = tuple(revision_of(int(p["id"]), p["title"], p["text"], task.language) for p in task.passages)
    prepared = prepare_texts(ReadingSet(topics, revisions, ()), task.language, cache, asked=False, threads=1)
    rankings, milliseconds, sentences = [], [], []
    for question in task.questions:
        began = time.perf_counter()
        hits = [judged.hit for judged in prepared.judged(question)]
        milliseconds.append((time.perf_counter() - began) * 1000)
        rankings.append([str(hit.document.revision.id) for hit in hits])
        sentences.append(_sentences(hits, demands_of(normalise(question))))
    return Answers(rankings, milliseconds, resident_mb(), sentences)


def _sentences(hits: Sequence[Hit], demands: Demands) -> list[str]:
    return [
        hit.document.text[slice(*hit.document.sentences[sentence.number].span)]
        for hit, sentence in ranked_sentences(hits, demands)[:SENTENCES]
    ]


def main() -> None:
    """Answers go to where stdout led; what is printed meanwhile goes to stderr."""
    answers_to = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.path += sys.argv[2:]
    with answers_to:
        json.dump(asdict(answer(Task(**json.load(sys.stdin)), Path(sys.argv[1]))), answers_to)


if __name__ == "__main__":
    main()
