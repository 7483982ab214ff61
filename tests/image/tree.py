"""The image's file tree: what it weighs, whether it answers, and a quick way to make one of what is installed here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from index.embedding.files import BUNDLED_MODEL, export_folder, load_model_files
from index.pack_vectors import vectors_path

from .dockerfile import ROOT, clean_environment, environment_of, stages

BASE_MB = 125
"""python:3.11-slim, 3.11.16 on Debian 13, amd64: all layers unpacked 124.85 MB, as published, not as measured here:
https://github.com/docker-library/repo-info/blob/master/repos/python/local/3.11.16-slim-trixie.md"""

GOAL_MB = 600
NEVER = ("torch", "transformers", "sentence_transformers", "huggingface_hub", "pip")
QUESTION = "who owns Ithaca Holdings?"
ANSWER = "HYBE"


def megabytes(folder: Path) -> float:
    """What the files below a folder hold; links, such as the venv's to Python, weigh nothing."""
    files = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return sum(file.lstat().st_size for file in files if not file.is_symlink()) / 1e6


def held_of_never(tree: Path) -> list[str]:
    """What only building needs and is in the tree all the same."""
    return sorted(name for name in NEVER if any(tree.glob(f"venv/lib/*/site-packages/{name}")))


def in_image(tree: Path, scratch: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`hallyu WORDS` from the tree, with the environment of the image and nothing else."""
    parts = stages()
    environment = clean_environment(scratch) | environment_of(parts["base"], scratch)
    environment |= {"HALLYU_DATA_DIR": str(scratch / "data"), "HALLYU_CACHE_DIR": str(tree / "cache")}
    command = [str(tree / "venv/bin/hallyu"), *words]
    return subprocess.run(command, cwd=scratch, env=environment, capture_output=True, text=True, check=False)


def installed_tree(scratch: Path, cache: Path) -> Path:
    """The tree as the build stage leaves it, of the packages that this environment holds, by links where it can be.

    Raises `AssertionError` where one is not the version in requirements/runtime.txt.
    """
    tree = scratch / "opt/hallyu"
    (scratch / "opt").mkdir()
    (scratch / "opt/build").symlink_to(sys.prefix)  # the steps find pip there
    venv = tree / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (packages,) = venv.glob("lib/python3*/site-packages")
    for file, place in _runtime_files():
        _link(file, packages / place)
    _install_hallyu(venv, scratch / "wheel")
    for file in _set_up(cache):
        _link(file, tree / "cache" / file.relative_to(cache))
    return tree


def _set_up(cache: Path) -> Iterator[Path]:
    """What set-up makes of the bundled model, which a developer's cache may hold beside other models."""
    files = load_model_files(cache, BUNDLED_MODEL)
    yield from export_folder(cache, BUNDLED_MODEL).iterdir()
    yield vectors_path(cache, files.manifest.fingerprint)
    yield from (cache / "prepared").iterdir()


def _runtime_files() -> Iterator[tuple[Path, Path]]:
    """Each file of the locked packages of the bot, without byte code, and its place in site-packages."""
    lock = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^[a-z0-9].*?(?= \\$)", lock, re.MULTILINE):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            found = distribution(wanted.name)
            assert wanted.specifier.contains(found.version, prereleases=True), f"{line}, but {found.version} is here"
            for file in found.files or ():
                if ".." not in file.parts and "__pycache__" not in file.parts:
                    yield Path(str(file.locate())), Path(*file.parts)


def _install_hallyu(venv: Path, wheels: Path) -> None:
    pip, quiet = [sys.executable, "-m", "pip"], ["-qq", "--no-deps"]
    subprocess.run([*pip, "wheel", *quiet, "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)], check=True)
    (wheel,) = wheels.glob("hallyu-*.whl")
    into = ["--python", str(venv / "bin/python"), "install"]
    subprocess.run([*pip, *into, *quiet, "--no-compile", str(wheel)], check=True)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy(source, target)
