"""`hallyu eval`: how good the answers are, in numbers, and what went wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import complain, console, note, progress_bar
from bot.settings import load_settings

if TYPE_CHECKING:
    from index.evaluation.intervals import Estimate
    from index.evaluation.runs import Part, Scored

HALVES = ("dev", "test")


def evaluate(
    questions: Annotated[
        str, typer.Option("--set", help="golden, golden-dev, golden-test, or a file in the SQuAD format.")
    ] = "golden",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    show_test: Annotated[
        bool, typer.Option("--show-test", help="List failures of the test half too, on which nobody should tune.")
    ] = False,
) -> None:
    """Measure how well questions are answered, and list those that are not."""
    name, _, half = questions.partition("-")
    if name == "golden" and half in ("", *HALVES):
        asyncio.run(_golden(half, as_json, show_test))
    elif Path(questions).is_file():
        _file(Path(questions), as_json)
    else:
        complain(f"There is no set and no file called {questions}. Use golden, golden-dev, golden-test or a file.")
        raise typer.Exit(2)


async def _golden(half: str, as_json: bool, show_test: bool) -> None:
    from bot.compose import knowing, opening_embedder, reading_store
    from bot.evaluating import evaluate_golden
    from index.evaluation.runs import parts_of
    from knowledge.golden import load_golden

    settings = load_settings()
    asked = [question for question in load_golden() if half in ("", question.split)]
    with progress_bar("Asking") as progress:
        async with (
            opening_embedder(settings) as opening,
            reading_store(settings) as store,
            knowing(settings, store, note, keeps=False, opening=opening) as known,
        ):
            scored = await evaluate_golden(known, asked, progress)
    failed = [s for s in scored if not s.verdict.is_good]
    shown = [s for s in failed if show_test or s.question.split == "dev"]
    parts = parts_of(scored)
    if as_json:
        failures = [_failure(s) for s in shown]
        print(json.dumps({"parts": [asdict(part) for part in parts], "failures": failures}, ensure_ascii=False))
        return
    out = console()
    out.print(_table(parts))
    for s in shown:
        _explain(s, out)
    if len(failed) > len(shown):
        out.print(f"\n{len(failed) - len(shown)} failures of the test half are not shown: nobody tunes on them.")


def _file(path: Path, as_json: bool) -> None:
    from bot.compose import open_embedder
    from bot.evaluating import evaluate_file

    embedder = open_embedder(load_settings(), note, threads=0)
    with progress_bar("Embedding the paragraphs") as progress:
        scores = evaluate_file(path, embedder, progress)
    if as_json:
        print(json.dumps(asdict(scores)))
        return
    out = console()
    for name, value in {**scores.ranks, "sentence_1": scores.sentence_1, "sentence_2": scores.sentence_2}.items():
        out.print(f"{name:11} {value}  over {value.count} questions")


def _table(parts: Sequence[Part]) -> Table:
    counts = ("on file", "right", "wrong", "not on file", "declined")
    table = Table("", *counts, "recall@1", "recall@5", "MRR@10", "nDCG@10", box=None)
    for part in parts:
        ranks = [_mean(part.ranks.get(name)) for name in ("recall_1", "recall_5", "mrr_10", "ndcg_10")]
        table.add_row(
            part.name,
            _count(part.answered),
            _share(part.answered),
            f"{part.wrong:.1%}" if part.answered else "-",
            _count(part.declined),
            _share(part.declined),
            *ranks,
        )
    return table


def _explain(scored: Scored, out: Console) -> None:
    question, best = scored.question, scored.best
    out.print(Text(f"\n{scored.verdict}: {question.ask}  ({question.id}, {question.kind})", style="yellow"))
    if question.snippets:
        out.print(f"  wanted   {', '.join(question.snippets)}")
    if scored.shown:
        out.print(Text(f"  shown    {scored.shown}"), soft_wrap=True)
    if best:
        evidence = ", ".join(f"{name} {value}" for name, value in best.items() if isinstance(value, float))
        out.print(f"  best     {best['snippet']} ({evidence})", soft_wrap=True)


def _failure(scored: Scored) -> Mapping[str, Any]:
    question = scored.question
    return {
        "id": question.id,
        "ask": question.ask,
        "kind": question.kind,
        "verdict": scored.verdict,
        "snippets": question.snippets,
        "shown": scored.shown,
        "receipt": scored.receipt,
    }


def _share(value: Estimate | None) -> str:
    return f"{value.mean:.1%} [{value.low:.1%}, {value.high:.1%}]" if value else "-"


def _mean(value: Estimate | None) -> str:
    return f"{value.mean:.3f}" if value else "-"


def _count(value: Estimate | None) -> str:
    return str(value.count) if value else "-"
