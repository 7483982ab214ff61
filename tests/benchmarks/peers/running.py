"""Asking a contender in a process of its own, so that its memory and its packages are its own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.evaluation.reading_sets import Asked, ReadingSet
from knowledge.models import Language

DEPTH = 10
"""Places of a ranking that are looked at."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every contender is given: passages with `id`, `title` and `text`, and the questions."""

    language: Language
    passages: Sequence[Mapping[str, str]]
    questions: Sequence[str]
    depth: int = DEPTH

    @classmethod
    def of(cls, texts: ReadingSet, questions: Sequence[Asked], language: Language) -> Task:
        """All passages of a reading set, and some of its questions."""
        titles = {topic.id: topic.title for topic in texts.topics}
        passages = [
            {"id": str(r.id), "title": titles[r.snippet.topic], "text": r.snippet.text_in(language) or ""}
            for r in texts.revisions
        ]
        return cls(language, passages, [question.text for question in questions])


@dataclass(frozen=True, slots=True)
class Answers:
    """The ids that were found for each question, best first, the milliseconds that each took, resident memory at the
    end, and the best sentences in order, empty where there is no choice of sentences."""

    rankings: Sequence[Sequence[str]]
    milliseconds: Sequence[float]
    resident_mb: float
    sentences: Sequence[Sequence[str]] = ()


class Failed(Exception):
    """A contender that did not answer; the message is the end of what it said."""


def answers_of(command: Sequence[str], task: Task) -> Answers:
    """Runs a contender on a task. Raises `Failed`."""
    given = json.dumps(asdict(task))
    environment = os.environ | {"OMP_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "1"}
    done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise Failed(done.stderr.strip()[-400:])
    told: dict[str, Any] = json.loads(done.stdout)
    return Answers(**told)
