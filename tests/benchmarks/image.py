"""What the image holds, without Docker: the steps of the Dockerfile's build stage, run as they stand there.

Paths below /opt and /src are moved below a scratch folder; `python` is this Python, not the one of the base image, and
the system is this machine's. What the last stage copies is weighed, and asked a question as the image would be.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figures import Figure, at_most, noted

ROOT = Path(__file__).resolve().parents[2]
BASE_MB = 130
"""python:3.11-slim (Debian 13, amd64), unpacked. Known, not measured here."""

GOAL_MB = 600
START_GOAL_SECONDS = 1.5
NEVER = ("torch", "transformers", "sentence_transformers", "pip")
QUESTION = "who owns Ithaca Holdings?"


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a Dockerfile, its lines joined."""

    instruction: str
    rest: str


def stages(dockerfile: str) -> dict[str, list[Step]]:
    """The steps of each stage, by its name."""
    found: dict[str, list[Step]] = {}
    for step in _steps(dockerfile):
        if step.instruction == "FROM":
            found[step.rest.rsplit(" ", 1)[-1]] = []
        elif found:
            found[list(found)[-1]].append(step)
    return found


def copied_from(stage: list[Step]) -> list[str]:
    """The folders that a stage takes from the build stage."""
    copies = (step.rest.split() for step in stage if step.instruction == "COPY")
    return [words[1] for words in copies if words[0] == "--from=build"]


def build(stage: list[Step], scratch: Path) -> None:
    """Runs the steps of a stage below `scratch`. Raises `CalledProcessError` where one fails."""
    environment, folder = _clean_environment(scratch), scratch
    for step in stage:
        match step.instruction:
            case "ENV":
                environment |= {name: moved(value, scratch) for name, value in re.findall(r"(\w+)=(\S+)", step.rest)}
            case "WORKDIR":
                folder = scratch / step.rest.strip("/")
                folder.mkdir(parents=True, exist_ok=True)
            case "COPY":
                *sources, target = step.rest.split()
                for source in sources:
                    _copy(ROOT / source, folder / target / ("" if source.endswith("/") else source))
            case "RUN":
                print(f"-- {step.rest[:110]}", flush=True)
                subprocess.run(["/bin/sh", "-ec", moved(step.rest, scratch)], cwd=folder, env=environment, check=True)


def moved(text: str, scratch: Path) -> str:
    """`text` with the absolute paths of the image below `scratch`."""
    return re.sub(r"(?<![\w./])/(?=(?:opt|src)\b)", f"{scratch}/", text)


def megabytes(folder: Path) -> float:
    """What the files below a folder hold; links, such as the venv's to Python, weigh nothing."""
    files = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return sum(file.lstat().st_size for file in files if not file.is_symlink()) / 1e6


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hallyu-image-") as made:
        scratch = Path(made).resolve()
        parts = stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))
        build(parts["build"], scratch)
        (tree,) = (Path(moved(folder, scratch)) for folder in copied_from(parts["runtime"]))
        shutil.rmtree(scratch / "opt/build")  # what is left must stand alone
        shutil.rmtree(scratch / "src")
        held = sorted(name for name in NEVER if any(tree.glob(f"venv/lib/*/site-packages/{name}")))
        seconds = _start(tree, scratch)
        weights = {name: megabytes(tree / name) for name in ("venv", "cache")}
    return [
        *(noted(f"image, {name}", weight, "MB") for name, weight in weights.items()),
        noted("image, base (known, not measured)", BASE_MB, "MB"),
        at_most("image, unpacked", BASE_MB + sum(weights.values()), GOAL_MB, "MB"),
        Figure("image holds of what only building needs", ", ".join(held) or "none", "none", not held),
        at_most("image, read-only, hallyu ask, fastest of 5", seconds, START_GOAL_SECONDS, "s"),
    ]


def _start(tree: Path, scratch: Path) -> float:
    """Seconds to an answer from the tree alone, the fastest, nothing in it having been written."""
    environment = {
        **_clean_environment(scratch),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ORT_DISABLE_TELEMETRY": "1",
        "HALLYU_CACHE_DIR": str(tree / "cache"),
        "HALLYU_DATA_DIR": str(scratch / "data"),
    }
    before = sorted(tree.rglob("*"))
    took = math.inf
    for _ in range(5):
        began = time.perf_counter()
        command = [str(tree / "venv/bin/hallyu"), "ask", QUESTION]
        done = subprocess.run(command, cwd=scratch, env=environment, capture_output=True, text=True, check=True)
        took = min(took, time.perf_counter() - began)
        if "HYBE" not in done.stdout:
            raise SystemExit(f"the image's tree answered: {done.stdout}{done.stderr}")
    if sorted(tree.rglob("*")) != before:
        raise SystemExit("something was written into the image's tree")
    return took


def _steps(dockerfile: str) -> Iterator[Step]:
    lines = [line for line in dockerfile.splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            instruction, rest = line.split(maxsplit=1)
            yield Step(instruction, re.sub(r"\s+", " ", rest))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def _clean_environment(home: Path) -> dict[str, str]:
    """Nothing of the developer's, beside how pip reaches its index; `python` is the one below this environment."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "NO_PROXY"))}
    interpreter = Path(sys.base_prefix) / "bin"
    return kept | {"PATH": f"{interpreter}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
