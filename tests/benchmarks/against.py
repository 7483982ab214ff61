"""Hallyu beside what one would otherwise take, on the same passages and questions in one run.

    python -m tests.benchmarks against DATA PYTHON CACHE KOREAN

PYTHON is that of the peers' environment (`requirements/peers.txt`), CACHE keeps the vectors, and KOREAN is a folder
with the packages of the extra `ko`; `make bench-quality` makes them. Every contender runs in a process of its own, is
given the same task and answers with rankings; what they are worth is computed here, by `index.evaluation`. The recipe
that ours started from (`floors`) runs beside them, and the paired gain over it is printed with its interval.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from index.evaluation.metrics import MEASURES, measures_of
from index.evaluation.reading_sets import Asked
from tests.benchmarks import report
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.floors import Floor
from tests.benchmarks.gain import gain_over
from tests.benchmarks.peers import child
from tests.benchmarks.peers.running import Answers, Failed, Task, answers_of
from tests.benchmarks.reading import DATA_SETS, KORQUAD, SQUAD, DataSet, Prepared, prepare, spread

GOALS: Mapping[DataSet, Mapping[str, float]] = {
    SQUAD: {"recall_1": 0.88, "mrr_10": 0.92, "sentence_1": 0.81, "sentence_2": 0.89},
    KORQUAD: {"recall_1": 0.935},
}
WITH_EXTRA = 0.95
"""Goal of recall@1 in Korean with the extra `ko`."""

CALLED = {
    "hallyu": "**Hallyu**",
    "hallyu_ko": "**Hallyu** with the extra `ko`",
    "recipe": "the recipe of `floors`",
    "txtai": "txtai, hybrid over title and body",
    "chroma": "Chroma, the same vectors",
    "bm25s": "bm25s, Snowball, stop words dropped",
    "rank_bm25": "rank_bm25, Snowball, stop words dropped",
}
OURS = ("hallyu", "hallyu_ko")
HEAD = ("", "recall@1", "recall@5", "MRR@10", "nDCG@10", "answer in one sentence", "in two", "ms (ratio)", "MB")


@dataclass(frozen=True, slots=True)
class Row:
    """What one contender reached: shares by measure, the median milliseconds of a question, resident memory in MB;
    None where it was not measured."""

    name: str
    shares: Mapping[str, float]
    p50: float | None = None
    resident_mb: float | None = None


def measure(data: Path, python: Path, cache: Path, korean: Path) -> list[Figure]:
    """Prints and writes the tables of both sets, and the figures with a goal."""
    return [figure for one in DATA_SETS for figure in _compared(one, data, python, cache, korean)]


def _compared(data_set: DataSet, data: Path, python: Path, cache: Path, korean: Path) -> list[Figure]:
    prepared = prepare(data_set.file(data), data_set.language, cache)
    questions = spread(prepared.texts.questions)
    rows = [*_contenders(prepared, questions, python, cache, korean), _recipe(prepared, questions)]
    figures = [gain_over(prepared, data_set.name)]
    table = report.markdown(HEAD, [cells(row, rows[0]) for row in rows])
    heading = f"{data_set.name}, {len(questions)} questions over {len(prepared.texts.revisions)} passages:"
    print(f"\n{heading}\n{table}\n", flush=True)
    report.write(f"peers {data_set.language}", f"{heading}\n\n{table}\n\n{figures[0].name}: {figures[0].measured}.")
    own = rows[0].shares
    figures += [at_least(f"{data_set.name} {name}", own[name], goal) for name, goal in GOALS[data_set].items()]
    figures += [
        at_least(f"{data_set.name} recall_1 with the extra", row.shares["recall_1"], WITH_EXTRA)
        for row in rows
        if row.name == "hallyu_ko"
    ]
    return figures + [_ahead(data_set, name, rows) for name in MEASURES]


def _contenders(prepared: Prepared, questions: Sequence[Asked], python: Path, cache: Path, korean: Path) -> list[Row]:
    """Ours first; a peer that does not run is named and left out."""
    task = Task.of(prepared.texts, questions, prepared.language)
    ours = [sys.executable, "-m", "tests.benchmarks.peers.ours", str(cache)]
    commands = {"hallyu": ours} | ({"hallyu_ko": [*ours, str(korean)]} if prepared.language == "ko" else {})
    commands |= {name: [str(python), child.__file__, name] for name in child.PEERS}
    rows = []
    for name, command in commands.items():
        try:
            rows.append(row_of(name, questions, answers_of(command, task)))
            print(f"{name}: recall@1 {rows[-1].shares['recall_1']:.3f}", flush=True)
        except Failed as failed:
            if name in OURS:
                raise
            print(f"{name} does not run here: {failed}", file=sys.stderr)
    return rows


def row_of(name: str, questions: Sequence[Asked], answers: Answers) -> Row:
    """The measures of what a contender answered."""
    shares = _shares(questions, answers.rankings)
    if answers.sentences:
        held = [[q.answered_by(s) for s in best] for q, best in zip(questions, answers.sentences, strict=True)]
        shares |= {f"sentence_{n}": mean(any(best[:n]) for best in held) for n in (1, 2)}
    return Row(name, shares, median(answers.milliseconds), answers.resident_mb)


def _recipe(prepared: Prepared, questions: Sequence[Asked]) -> Row:
    floor = Floor(prepared)
    return Row("recipe", _shares(questions, [list(map(str, floor.fused(question))) for question in questions]))


def _shares(questions: Sequence[Asked], rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    each = [measures_of(found, {str(q.gold)}) for q, found in zip(questions, rankings, strict=True)]
    return {name: mean(getattr(one, name) for one in each) for name in MEASURES}


def cells(row: Row, ours: Row) -> list[str]:
    """A row of the table; times beside ours, since those of another machine are others."""
    shares = [f"{row.shares[m]:.3f}" if m in row.shares else "–" for m in (*MEASURES, "sentence_1", "sentence_2")]
    time = f"{row.p50:.1f} ({row.p50 / ours.p50:.2g}×)" if row.p50 and ours.p50 else "–"
    return [CALLED[row.name], *shares, time, f"{row.resident_mb:.0f}" if row.resident_mb else "–"]


def _ahead(data_set: DataSet, measure: str, rows: Sequence[Row]) -> Figure:
    """Whether ours is ahead of the best peer in one column."""
    own, *others = (row.shares[measure] for row in rows if row.name == "hallyu" or row.name in child.PEERS)
    best = max(others)
    return Figure(f"{data_set.name} {measure} − the best peer's", f"{own - best:+.3f}", "> 0", own > best)
