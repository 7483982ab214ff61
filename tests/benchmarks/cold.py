"""From the start of the process to the answer of `hallyu ask`, on a warm and on a fresh data folder."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, at_most, noted

RUNS = 5
GOAL_SECONDS = 1.5
QUESTION = "who owns Ithaca Holdings?"
NEVER = ("torch", "transformers", "sentence_transformers")


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        answered(home / "warm")  # makes the data folder and fills the caches of Python and of the disk
        warm = [answered(home / "warm") for _ in range(RUNS)]
        worked = processor_seconds()
        fresh = [answered(home / f"fresh-{run}") for run in range(RUNS)]
        worked = (processor_seconds() - worked) / RUNS
        imported = forbidden_imports(home / "warm")
    return [
        *figures("hallyu ask, warm data folder", warm),
        *figures("hallyu ask, fresh data folder", fresh),
        noted("hallyu ask, fresh data folder, processor time", worked, "s"),
        Figure("hallyu ask imports of torch and transformers", ", ".join(imported) or "none", "none", not imported),
    ]


def figures(name: str, seconds: list[float]) -> list[Figure]:
    print(f"{name}: {', '.join(f'{second:.2f}' for second in seconds)} s")
    return [
        at_most(f"{name}, median of {RUNS}", statistics.median(seconds), GOAL_SECONDS, "s"),
        at_most(f"{name}, slowest of {RUNS}", max(seconds), GOAL_SECONDS, "s"),
    ]


def answered(data: Path) -> float:
    """Seconds from the start of the process until its answer is on standard output."""
    began = time.perf_counter()
    with subprocess.Popen(asking(), stdout=subprocess.PIPE, text=True, env=environment(data)) as process:
        assert process.stdout
        answer = process.stdout.readline()
        took = time.perf_counter() - began
        process.stdout.read()
    if process.returncode or "HYBE" not in answer:
        raise SystemExit(f"hallyu ask ended with {process.returncode} and said: {answer}")
    return took


def processor_seconds() -> float:
    """What all processes that were started and have ended have used: the part of their time that other work on the
    machine does not stretch."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def forbidden_imports(data: Path) -> list[str]:
    """Which of the packages that only set-up needs were imported, by `python -X importtime`."""
    done = subprocess.run(asking("-X", "importtime"), capture_output=True, text=True, env=environment(data), check=True)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    roots = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}
    return sorted(roots.intersection(NEVER))


def asking(*options: str) -> list[str]:
    return [sys.executable, *options, "-m", "bot", "ask", QUESTION]


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "HALLYU_DATA_DIR": str(data)}
