"""Runs the benchmarks and prints their numbers beside the goals.

python -m tests.benchmarks                        # all that need no data of others
python -m tests.benchmarks cold memory            # some
python -m tests.benchmarks servers                # notes of invented servers; writes its table into docs/quality.md
python -m tests.benchmarks blind                  # questions that nothing was fitted on; writes its table, too
python -m tests.benchmarks floors DATA [CACHE]    # ranking, on the data in a folder
python -m tests.benchmarks against DATA PYTHON CACHE KOREAN    # the same beside peers (make bench-quality)
python -m tests.benchmarks ablation DATA [CACHE]    # what each feature earns
python -m tests.benchmarks declining DATA [CACHE]   # topic removed, relation absent
python -m tests.benchmarks fit-ranking DATA [CACHE]    # the weights that index/ranking.py holds
python -m tests.benchmarks fit-sentences DATA [CACHE]    # those of index/answerer.py
python -m tests.benchmarks ops 200000             # what operating takes; memory over so many questions, not 4,000
python -m tests.benchmarks image                  # what the image holds; minutes, and packages are downloaded
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks import (
    ablation,
    add,
    against,
    blind,
    cold,
    declining,
    find,
    fit_ranking,
    fit_sentences,
    floors,
    image,
    importing,
    latency,
    load,
    memory,
    ops,
    quality,
    restoring,
    servers,
    soak,
    sounds,
    starting,
)
from tests.benchmarks.figures import Figure, table

BENCHMARKS: Mapping[str, Callable[[], list[Figure]]] = {
    "cold": cold.measure,
    "starting": lambda: asyncio.run(starting.measure()),
    "memory": lambda: asyncio.run(memory.measure()),
    "latency": lambda: asyncio.run(latency.measure()),
    "add": lambda: asyncio.run(add.measure()),
    "find": lambda: asyncio.run(find.measure()),
    "importing": lambda: asyncio.run(importing.measure()),
    "golden": lambda: asyncio.run(quality.measure()),
    "servers": servers.measure,
    "blind": blind.measure,
    "sounds": sounds.measure,
    "restoring": lambda: asyncio.run(restoring.measure()),
    "soak": lambda: asyncio.run(soak.measure()),
    "discord_load": lambda: asyncio.run(load.measure()),
    "rush": lambda: asyncio.run(load.rush()),
}


ON_DATA: Mapping[str, Callable[..., list[Figure]]] = {
    "floors": floors.measure,
    "against": against.measure,
    "fit-ranking": fit_ranking.measure,
    "fit-sentences": fit_sentences.measure,
    "ablation": ablation.measure,
    "declining": declining.measure,
}
"""Those that take a folder with the data of others, and where vectors are kept."""


def _takes(measure: Callable[..., list[Figure]], arguments: list[str]) -> bool:
    try:
        inspect.signature(measure).bind(*arguments)
    except TypeError:
        return False
    return True


def main(arguments: list[str]) -> int:
    """The exit code: 1 if a goal was missed, 2 for arguments that make no sense."""
    if arguments and arguments[0] in ON_DATA and _takes(ON_DATA[arguments[0]], arguments[1:]):
        figures = ON_DATA[arguments[0]](*map(Path, arguments[1:]))
    elif arguments == ["image"]:
        figures = image.measure()
    elif arguments[:1] == ["ops"] and len(arguments) <= 2 and all(map(str.isdecimal, arguments[1:])):
        figures = asyncio.run(ops.measure(*map(int, arguments[1:])))
    elif unknown := [name for name in arguments if name not in BENCHMARKS]:
        print(
            f"{__doc__}\nNo such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.", file=sys.stderr
        )
        return 2
    else:
        figures = []
        for name in arguments or BENCHMARKS:
            print(f"== {name}", flush=True)
            figures += BENCHMARKS[name]()
    print("\n" + table(figures))
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
