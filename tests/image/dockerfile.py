"""The Dockerfile without Docker: its steps, run as they stand there below a scratch folder.

Paths below /opt and /src are moved below that folder; `python` is this Python, not the one of the base image, and the
system is this machine's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a Dockerfile, its lines joined."""

    instruction: str
    rest: str


def stages() -> dict[str, list[Step]]:
    """The steps of each stage, by its name, without those of the stage that it begins from."""
    found: dict[str, list[Step]] = {}
    for step in _steps((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        if step.instruction == "FROM":
            found[step.rest.rsplit(" ", 1)[-1]] = []
        elif found:
            found[list(found)[-1]].append(step)
    return found


def copied(stage: list[Step]) -> list[tuple[str, str]]:
    """The stages and folders that a stage copies from."""
    copies = (step.rest.split() for step in stage if step.instruction == "COPY")
    return [(words[0].removeprefix("--from="), words[1]) for words in copies if words[0].startswith("--from=")]


def environment_of(stage: list[Step], scratch: Path | None = None) -> dict[str, str]:
    """What the stage's ENV lines set; with `scratch` as it is below that folder."""
    text = " ".join(step.rest for step in stage if step.instruction == "ENV")
    return dict(re.findall(r"(\w+)=(\S*)", moved(text, scratch) if scratch else text))


def run(stage: list[Step], scratch: Path) -> None:
    """Runs the steps of a stage below `scratch`. Raises `CalledProcessError` where one fails."""
    environment, folder = clean_environment(scratch) | environment_of(stage, scratch), scratch
    for step in stage:
        match step.instruction:
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


def clean_environment(home: Path) -> dict[str, str]:
    """Nothing of the developer's, beside how pip reaches its index; `python` is the one below this environment."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "NO_PROXY"))}
    interpreter = Path(sys.base_prefix) / "bin"
    return kept | {"PATH": f"{interpreter}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}


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
