"""From handing in a snippet until it is on disk and found, with 10,000 snippets in the guild, across merges."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bot.compose import Knowing
from bot.curation.curating import Curating
from bot.curation.publishing import Publisher
from index.owner_index import MERGE_FROM
from knowledge.curation import Act, Applied
from knowledge.models import Scope, Snippet
from knowledge.pack import load_pack
from tests.benchmarks.crowd import GUILD, Recombiner, crowded
from tests.benchmarks.figures import Figure, at_least, at_most, noted, spread
from tests.loopback.load import percentile

SNIPPETS = 10_000
ADDS = 300
"""Each is a document in both languages, so that a merge begins after half of `MERGE_FROM`."""

GOAL_MS = 500.0


async def measure() -> list[Figure]:
    recombiner = Recombiner(load_pack().snippets, seed=ADDS)
    new = [recombiner.snippet(SNIPPETS + number) for number in range(ADDS)]
    took, found = [], 0
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder), SNIPPETS) as known:
            publisher = Publisher(known.store, known.index, known.engine, known.embedder)
            curating = Curating(known.store, publisher)
            for snippet in new:
                began = time.perf_counter()
                outcome = await curating.save(GUILD, snippet, None, Act(user=1, action="add"))
                took.append((time.perf_counter() - began) * 1000)
                found += isinstance(outcome, Applied) and await _finds(known, snippet, outcome.versions[0].id)
            await publisher.finish()
    print(f"add → searchable: {spread(took)}; {2 * ADDS // MERGE_FROM} merges")
    return [
        noted("add → searchable, 10,000 snippets, p50", percentile(took, 0.5), "ms"),
        at_most("add → searchable, 10,000 snippets, p95", percentile(took, 0.95), GOAL_MS, "ms"),
        noted("add → searchable, 10,000 snippets, slowest", max(took), "ms"),
        at_least("found by the next question", found, ADDS, f"of {ADDS}"),
    ]


async def _finds(known: Knowing, snippet: Snippet, revision: int) -> bool:
    """Whether a question in words of the new snippet has it among its hits."""

    def hits() -> list[int]:
        reading = known.pipeline.read(" ".join((snippet.text or "").split()[:8]), Scope(GUILD))
        judged = known.pipeline.judged(reading, known.pipeline.encode([reading])[0])
        return [one.hit.document.revision.id for one in judged]

    return revision in await known.engine.run(hits)
