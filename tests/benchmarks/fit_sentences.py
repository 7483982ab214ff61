"""Fits the weights of `index/answerer.py`, by softmax regression over the sentences of the first texts for a question.

    python -m tests.benchmarks fit-sentences DATA [CACHE]

A sentence is right if it holds the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from index.answerer import HITS, WITH_VECTOR, WITHOUT_VECTOR, SentenceWeights, choose, evidence_for
from index.demands import demands_of
from index.tokens import normalise
from knowledge.models import Language
from tests.benchmarks.figures import Figure
from tests.benchmarks.listwise import Listed, fit, held_out
from tests.benchmarks.reading import DATA_SETS, Prepared, prepare, spread

SHIPPED: dict[Language, SentenceWeights] = {"en": WITH_VECTOR, "ko": WITHOUT_VECTOR}


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    """Prints the fitted weights; beside it what is reached without an article and with those shipped, and is shown."""
    figures = []
    for data_set in DATA_SETS:
        prepared = prepare(data_set.file(data), data_set.language, cache)
        lists, count = list(_lists(prepared)), len(spread(prepared.texts.questions))
        shipped = list(asdict(SHIPPED[data_set.language]).values())
        weights = dict(zip(asdict(SHIPPED[data_set.language]), fit(lists, shipped).round(3).tolist(), strict=True))
        print(data_set.name, weights, flush=True)
        for way, pairs in (
            ("held out", list(zip(lists, held_out(lists, shipped), strict=True))),
            ("shipped", [(one, np.array(shipped)) for one in lists]),
        ):
            one, two = (sum(bool(o.firsts(w, most).any()) for o, w in pairs) / count for most in (1, 2))
            name = f"{data_set.name} answer in one sentence, in two, weights {way}"
            figures.append(Figure(name, f"{one:.3f}, {two:.3f}"))
        figures.append(Figure(f"{data_set.name} answer in what is shown first", f"{_shown(prepared) / count:.3f}"))
    return figures


def _shown(prepared: Prepared) -> int:
    """For how many questions the first lines that would be shown hold an answer, whatever the confidence."""
    held = 0
    for question in spread(prepared.texts.questions):
        hits = [judged.hit for judged in prepared.judged(question.text)]
        for chosen in choose(hits, demands_of(normalise(question.text)))[:1]:
            shown = chosen.hit.document.text[chosen.quote.start : chosen.quote.end]
            held += question.answered_by(shown)
    return held


def _lists(prepared: Prepared) -> Iterator[Listed]:
    for question in spread(prepared.texts.questions):
        demands = demands_of(normalise(question.text))
        found = [(j.hit, s) for j in prepared.judged(question.text)[:HITS] for s in j.hit.sentences]
        spans = [hit.document.text[slice(*hit.document.sentences[s.number].span)] for hit, s in found]
        if found:
            yield Listed(
                prepared.article(question),
                np.array([list(asdict(evidence_for(hit, s, demands)).values()) for hit, s in found]),
                np.array([question.answered_by(span) for span in spans]),
            )
