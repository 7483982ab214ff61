"""From handing in a snippet until it is on disk and found, with 10,000 snippets in the guild, across merges.

Twice: as a moderator's form does it, with everything that comes before saving (its names are linked, it is compared
with what is on file, and where something is like it the moderator says to keep both), and the bare write.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from bot.compose import Knowing
from bot.curation.adding import Doubtful, Pending, Saved
from bot.curation.drafting import Form, form_of
from bot.use_cases import UseCases, curation
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
MODERATOR = 1

Save = Callable[[UseCases, Snippet], Awaitable[int | None]]
"""Saves a snippet; its version, or None where it was not saved."""


async def measure() -> list[Figure]:
    recombiner = Recombiner(load_pack().snippets, seed=ADDS)
    new = [recombiner.snippet(SNIPPETS + number) for number in range(2 * ADDS)]
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder), SNIPPETS) as known, curation(known) as cases:
            by_form, found = await _timed(known, cases, new[:ADDS], _through_the_form)
            bare, found_bare = await _timed(known, cases, new[ADDS:], _written)
    print(f"form sent → acknowledged: {spread(by_form)}; {2 * ADDS // MERGE_FROM} merges")
    print(f"bare write → searchable:  {spread(bare)}; {2 * ADDS // MERGE_FROM} merges")
    return [
        noted("add → acknowledged, 10,000 snippets, p50", percentile(by_form, 0.5), "ms"),
        at_most("add → acknowledged, 10,000 snippets, p95", percentile(by_form, 0.95), GOAL_MS, "ms"),
        noted("add → acknowledged, 10,000 snippets, slowest", max(by_form), "ms"),
        noted("of which the bare write, p95", percentile(bare, 0.95), "ms"),
        at_least("found by the next question", found + found_bare, 2 * ADDS, f"of {2 * ADDS}"),
    ]


async def _timed(known: Knowing, cases: UseCases, new: Sequence[Snippet], save: Save) -> tuple[list[float], int]:
    """Milliseconds of each, and how many the next question finds."""
    took, found = [], 0
    for snippet in new:
        began = time.perf_counter()
        version = await save(cases, snippet)
        took.append((time.perf_counter() - began) * 1000)
        found += version is not None and await _finds(known, snippet, version)
    return took, found


async def _through_the_form(cases: UseCases, snippet: Snippet) -> int | None:
    written = replace(form_of(snippet), id="", topic="")
    draft = await cases.adding.begin(GUILD, MODERATOR, Pending(Form()))
    result = await cases.adding.send(GUILD, MODERATOR, draft, asdict(written))
    if isinstance(result, Doubtful):
        result = await cases.adding.decide(GUILD, MODERATOR, draft, "keep")
    return result.version.id if isinstance(result, Saved) else None


async def _written(cases: UseCases, snippet: Snippet) -> int | None:
    outcome = await cases.curating.save(GUILD, snippet, None, Act(user=MODERATOR, action="add"))
    return outcome.versions[0].id if isinstance(outcome, Applied) else None


async def _finds(known: Knowing, snippet: Snippet, revision: int) -> bool:
    """Whether a question in words of the new snippet has it among its hits."""

    def hits() -> list[int]:
        reading = known.pipeline.read(" ".join((snippet.text or "").split()[:8]), Scope(GUILD))
        judged = known.pipeline.judged(reading, known.pipeline.encode([reading])[0])
        return [one.hit.document.revision.id for one in judged]

    return revision in await known.engine.run(hits)
