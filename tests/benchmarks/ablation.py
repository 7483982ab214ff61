"""What each feature earns: everything is measured with it and without it.

    python -m tests.benchmarks ablation DATA [CACHE]

Features of the ranking are weighed 0 on the reading sets. Evidence is left out of the fit of `calibrate` and judged by
the area under the ROC curve on the golden questions for tuning, each question by weights fitted without its tenth.
Steps of the understanding are replaced by ones that do nothing, and those golden questions are asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from index.confidence import Basis
from index.demands import NONE
from index.facts.time import latest_first
from index.lexicon import Lexicon
from index.pipeline import Pipeline
from knowledge.golden import GoldenQuestion, load_golden
from knowledge.models import LANGUAGES, Glossary, Language
from knowledge.pack.loader import load_pack
from tests.benchmarks import calibrate, report
from tests.benchmarks.figures import Figure
from tests.benchmarks.fit_ranking import FEATURES, SHIPPED, Found, found_of
from tests.benchmarks.packs import changed, pipeline_of
from tests.benchmarks.reading import DATA_SETS, prepare, spread
from tests.benchmarks.removed import auroc
from tests.benchmarks.verdicts import shares, verdict

Patches = Mapping[str, Any]

STEPS: Mapping[str, Patches] = {
    "structured facts (`index/facts/`)": {"index.pipeline.fact_question": lambda *_: None},
    "… the time at which they hold": {"index.facts.resolving._at": lambda asked, facts: latest_first(facts)},
    "… that what lacks the relation does not answer": {"index.pipeline.lacks": lambda *_: False},
    "words of relations and kinds (`relations.py`)": {"index.documents._answers_to": lambda *_: []},
    "what is asked for (`demands/focus.py`)": {"index.query.focus_of": lambda *_: ""},
    "demands (`index/demands/`, but for that)": {"index.query.demands_of": lambda *_: NONE},
    "false premises shown": {"index.query.supposes": lambda *_: False},
    "mending of typing errors (`spelling.py`)": {"index.spelling.Speller.mend": lambda self, text, known: text},
    "misspelt names": {"index.entities.EntityMatcher.misspelt": lambda *_: []},
    "the gloss of a Korean question": {"index.vocabulary.Vocabulary.gloss": lambda *_: ""},
    "sureness in the order (`SURENESS`)": {"index.judging.SURENESS": 0.0},
}
"""What each step is replaced by."""


def measure(data: Path, cache: Path | None = None) -> list[Figure]:
    """Prints the tables and writes them into the page."""
    tables = [_of_ranking(data, cache), _of_evidence(), _of_steps()]
    report.write("ablation", "\n\n".join(tables))
    print("\n\n".join(tables))
    return []


def _of_ranking(data: Path, cache: Path | None) -> str:
    firsts: dict[str, dict[str, float]] = {}
    for data_set in DATA_SETS:
        prepared = prepare(data_set.file(data), data_set.language, cache)
        found, weights = found_of(prepared), asdict(SHIPPED[data_set.language])
        ways = {"all": weights} | {name: weights | {name: 0.0} for name in FEATURES if weights[name]}
        count = len(spread(prepared.texts.questions))
        firsts[data_set.name] = {way: _right(found, list(own.values())) / count for way, own in ways.items()}
    names = ("all", *FEATURES)
    rows = [[f"without `{n}`" if n != "all" else n, *(_beside(of, n, "all") for of in firsts.values())] for n in names]
    return report.markdown(("recall@1, ranking (`features.py`)", *firsts), rows)


def _right(found: Sequence[Found], weights: Sequence[float]) -> int:
    return sum(f.revisions[int(np.argmax(f.features @ np.array(weights)))] == f.question.gold for f in found)


def _beside(values: Mapping[str, float], name: str, whole: str) -> str:
    """A value with what it differs by from the whole."""
    if name not in values:
        return "–"
    return f"{values[name]:.3f}" + (f" ({values[name] - values[whole]:+.3f})" if name != whole else "")


BASES = {Basis.ASKS: "ways to ask", Basis.TEXT: "sentences", Basis.ACROSS: "other language", Basis.WORDS: "words"}
"""What of a text a question was compared with, as the head of a column has it."""


def _of_evidence() -> str:
    """The area under the curve with each feature of `index/evidence.py` left out, by language and basis."""
    rows = calibrate.golden_rows()
    areas: dict[str, dict[str, float]] = {}
    names = list(asdict(calibrate.PRIOR))
    for language, basis in product(LANGUAGES, BASES):
        found = [row for row in rows if (row.language, row.basis) == (language, basis)]
        own, head = calibrate.Rows.of(found), f"{language}: {BASES[basis]}"
        areas[head] = {"all": _area(own)}
        for column, name in enumerate(names):
            if np.ptp(own.features[:, column]) > 0:
                left = np.where(np.arange(len(names)) == column, 0.0, own.features)
                areas[head][name] = _area(replace(own, features=left))
    table = [
        [f"without `{n}`" if n != "all" else n, *(_beside(of, n, "all") for of in areas.values())]
        for n in ("all", *names)
    ]
    return report.markdown(("area under the ROC curve, decision (`evidence.py`)", *areas), table)


def _area(rows: calibrate.Rows) -> float:
    confidence = calibrate.held_out(rows, seed=0)
    return auroc(confidence[rows.answers == 1], confidence[rows.answers == 0])


def _of_steps() -> str:
    questions = [question for question in load_golden() if question.split == "dev"]
    rows = [[name, *_shares(pipeline, questions)] for name, pipeline in _pipelines()]
    rows += [[name, *_shares(pipeline, [q for q in questions if q.language == of])] for name, of, pipeline in _across()]
    return report.markdown(("golden questions for tuning", "right", "wrong", "declined where nothing is on file"), rows)


def _pipelines() -> Iterator[tuple[str, Pipeline]]:
    """Each with one step replaced while it is made and used."""
    pack = load_pack()
    yield "all", pipeline_of(pack)
    for name, replaced in STEPS.items():
        with ExitStack() as stack:
            for target, stand_in in replaced.items():
                stack.enter_context(patch(target, stand_in))
            yield f"without {name}", pipeline_of(pack)
    yield "without ways to ask (`asks`)", pipeline_of(changed(pack, asks=()))
    yield "without the glossary (`senses.py`)", pipeline_of(pack, Lexicon.of(Glossary(())))


def _across() -> Iterator[tuple[str, Language, Pipeline]]:
    """The pack without ways to ask, in the other language alone."""
    pack = changed(load_pack(), asks=())
    yield "English questions, texts in Korean alone", "en", pipeline_of(changed(pack, text=None))
    yield "Korean questions, texts in English alone", "ko", pipeline_of(changed(pack, text_ko=None))


def _shares(pipeline: Pipeline, questions: Sequence[GoldenQuestion]) -> list[str]:
    """Right and wrong among those on file, declined among the others."""
    return [f"{share:.1%}" for share in shares((question, verdict(pipeline, question)) for question in questions)]
