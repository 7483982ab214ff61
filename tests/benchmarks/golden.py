"""Golden questions over the bundled pack: right with the right source, wrong, missed, declined."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.asking import Asking, Refused, Reply
from bot.compose import knowing, sync_pack
from bot.settings import load_settings
from index.results import Answer
from knowledge.golden import GoldenQuestion, load_golden
from knowledge.models import Scope
from knowledge.store import open_store


def judge(question: GoldenQuestion, reply: Reply | None) -> str:
    """`right`, `wrong` (answered, but not that), `missed` (declined, though it is on file), `declined`, or
    `made up` (answered, though it is not)."""
    outcome = reply.outcome if reply else None
    if question.expect == "no_answer":
        return "made up" if isinstance(outcome, Answer) else "declined"
    if not isinstance(outcome, Answer):
        return "missed"
    supported = any(citation.snippet in question.snippets for citation in outcome.citations)
    return "right" if supported and question.matched_by(outcome.text) else "wrong"


async def _ask(asking: Asking, question: GoldenQuestion) -> Reply | None:
    try:
        return await asking.ask(question.ask, Scope())
    except Refused:
        return None


async def main(split: str | None = None) -> Counter[str]:
    """Asks all questions or those of a half and prints what became of them; how many got each verdict."""
    questions = [q for q in load_golden() if split in (None, q.split)]
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data_dir": Path(folder)})
        async with open_store(settings.database) as store:
            await sync_pack(store)
            async with knowing(settings, store, print, keeps=True) as known:
                for question in questions:
                    reply = await _ask(known.asking, question)
                    verdict = judge(question, reply)
                    counts[question.language, verdict] += 1
                    if verdict not in ("right", "declined") and question.split == "dev":  # nobody tunes on the rest
                        _explain(question, verdict, reply)
    for language in ("en", "ko"):
        of = {v: n for (g, v), n in counts.items() if g == language}
        known_, unknown = (
            sum(of.get(v, 0) for v in ("right", "wrong", "missed")),
            of.get("declined", 0) + of.get("made up", 0),
        )
        print(f"{language}: right {of.get('right', 0)}/{known_}, declined {of.get('declined', 0)}/{unknown}")
    right = sum(n for (_, v), n in counts.items() if v == "right")
    answerable = sum(q.expect == "answered" for q in questions)
    declined = sum(n for (_, v), n in counts.items() if v == "declined")
    name = f"golden {split}" if split else "golden"
    print(f"{name}: right {right}/{answerable}, declined {declined}/{len(questions) - answerable}")
    verdicts: Counter[str] = Counter()
    for (_, verdict), number in counts.items():
        verdicts[verdict] += number
    return verdicts


def _explain(question: GoldenQuestion, verdict: str, reply: Reply | None) -> None:
    best = reply.outcome.receipt["candidates"][:1] if reply else []
    print(f"{verdict:8} {question.id}: {question.ask}\n         {best}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:2]))
