"""All that people write into files, checked in one go: the pack, the glossary and the golden questions."""

from __future__ import annotations

from pathlib import Path

from knowledge.files import WORDS
from knowledge.glossary import check_glossary
from knowledge.golden import check_golden
from knowledge.pack import Fault, check_pack, load_pack


def check_everything(root: Path | None = None) -> list[Fault]:
    """Every fault of every file below `root` (default: the bundled ones); empty when all is well.

    A folder of one's own needs no glossary and no golden questions; what is there of them is checked.
    """
    faults = check_pack(root)
    pack = None if faults else load_pack(root)
    if root is None or (root / WORDS).is_dir():
        faults += check_glossary(root)
    return faults + check_golden(pack, root)
