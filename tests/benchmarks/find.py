"""Looking for notes with 10,000 in the guild: suggestions while one is typed, pages of lists, and searches."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.curation.filters import AGES, Filter
from bot.curation.finding import Finding
from bot.curation.listed import ORIGINS
from knowledge.curation import Act, Edit
from knowledge.models import Snippet, Status
from knowledge.pack import load_pack
from knowledge.store import Store
from tests.benchmarks.crowd import GUILD, Recombiner, crowded
from tests.benchmarks.figures import Figure, at_most, noted, spread
from tests.loopback.load import percentile

SNIPPETS = 10_000
TYPED = ("", "g", "golden", "golden spot", "hybe pay", "스포", "골든 스포", "made-up-99", "zzzz", "in the of a and to")
SEARCHED = ("how much did HYBE pay for Ithaca", "golden spotify", "민희진 대표 해임", "xqzt blorf", "K-pop")
ROUNDS = 20

SUGGEST_GOAL_MS = 50.0
LIST_GOAL_MS = 300.0

Use = Callable[[], Awaitable[object]]


async def measure() -> list[Figure]:
    recombiner = Recombiner(load_pack().snippets, seed=ROUNDS)
    new = [recombiner.snippet(SNIPPETS + number) for number in range(ROUNDS)]
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder), SNIPPETS) as known:
            finding = Finding(known.store, known.index, known.pipeline, known.engine)
            first = await _took(lambda: finding.suggest(GUILD, "golden"))
            suggested = [await _took(lambda typed=typed: finding.suggest(GUILD, typed)) for typed in TYPED * ROUNDS]
            changed = [await _after_a_change(finding, known.store, snippet) for snippet in new]
            listed = [await _took(lambda by=by: finding.page(GUILD, by, 7)) for by in _filters() * ROUNDS]
            listed += [await _took(lambda: finding.stale(GUILD, 3)) for _ in range(ROUNDS)]
            searched = [await _took(lambda text=text: finding.search(GUILD, text)) for text in SEARCHED * ROUNDS]
    for name, took in (("suggest", suggested), ("list", listed), ("search", searched)):
        print(f"{name}: {spread(took)}")
    return [
        noted("first suggestion of a guild with 10,000 notes", first, "ms"),
        at_most("suggest, 10,000 notes, p95", percentile(suggested, 0.95), SUGGEST_GOAL_MS, "ms"),
        at_most("suggest right after a change, p95", percentile(changed, 0.95), SUGGEST_GOAL_MS, "ms"),
        at_most("a page of a list, 10,000 notes, p95", percentile(listed, 0.95), LIST_GOAL_MS, "ms"),
        at_most("search, 10,000 notes, p95", percentile(searched, 0.95), LIST_GOAL_MS, "ms"),
    ]


def _filters() -> list[Filter]:
    return [
        Filter(),
        Filter(status=Status.DISPUTED, age=AGES[1]),
        Filter(author=1, topic="charts-korea"),
        *(Filter(origin=origin) for origin in ORIGINS),
    ]


async def _after_a_change(finding: Finding, store: Store, snippet: Snippet) -> float:
    await store.edits.apply(GUILD, [Edit("snippet", snippet.id, snippet, None)], Act(user=1, action="add"))
    return await _took(lambda: finding.suggest(GUILD, "golden"))


async def _took(use: Use) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    await use()
    return (time.perf_counter() - began) * 1000
