"""Loading and checking a pack: what the rest of Hallyu asks of the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.files import FOLDERS, PACKAGE, PackFile, digest_of, pack_files
from knowledge.models import Pack
from knowledge.pack.building import PROFILES, build
from knowledge.pack.checks import faults_in
from knowledge.pack.draft import Draft
from knowledge.pack.fault import Fault, faulty
from knowledge.pack.reading import read


def load_pack(root: Path | None = None) -> Pack:
    """The pack in the folders `corpus` and `entities` below `root` (default: the bundled one).

    Raises `HallyuError` that lists every fault of every file.
    """
    files = pack_files(root)
    return build(_sound(files, root), digest_of(files))


def check_pack(root: Path | None = None) -> list[Fault]:
    """Every fault of every file below `root`, file by file; empty when the pack is fit to load."""
    return _examined(pack_files(root), root)[1]


def sound_draft(root: Path | None = None) -> Draft:
    """What the files below `root` hold. Raises `HallyuError` that lists every fault of every file."""
    return _sound(pack_files(root), root)


def read_draft(root: Path | None = None) -> Draft:
    """What is readable in the files below `root`, unchecked."""
    return _examined(pack_files(root), root)[0]


def _sound(files: Sequence[PackFile], root: Path | None) -> Draft:
    draft, faults = _examined(files, root)
    if faults:
        raise faulty("The knowledge pack", faults)
    return draft


def _examined(files: Sequence[PackFile], root: Path | None) -> tuple[Draft, list[Fault]]:
    draft, faults = read([file for file in files if file.name.endswith(".yaml")])
    faults.extend(faults_in(draft))
    faults.extend(_misnamed(files, draft))
    if not files:
        folders = " or ".join(f"{folder}/" for folder in FOLDERS)
        faults.append(Fault(str(root or PACKAGE), "", "", f"has no .yaml file in {folders}. Name the right folder."))
    return draft, sorted(faults, key=lambda fault: fault.file)


def _misnamed(files: Sequence[PackFile], draft: Draft) -> list[Fault]:
    faults = [
        Fault(file.name, "", "", "would be overlooked. Rename it to end in .yaml.")
        for file in files
        if file.name.endswith(".yml")
    ]
    return faults + [
        topic.fault("topic", f"{topic.id} is the topic of structured facts. Choose another id.")
        for topic in draft.topics
        if topic.id == PROFILES.id
    ]
