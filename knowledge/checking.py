"""All that people write into files, checked in one go: the pack, the glossary and the golden questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.files import FOLDERS, WORDS
from knowledge.glossary import check_glossary
from knowledge.golden import check_golden
from knowledge.pack import Draft, Fault, check_areas, check_own_words, check_pack, load_pack, read_pages, remarks_on


def check_everything(root: Path | None = None) -> list[Fault]:
    """Every fault of every file below `root` (default: the bundled ones); empty when all is well.

    A folder of one's own needs no glossary and no golden questions; what is there of them is checked.
    """
    faults = check_pack(root)
    pack = None if faults else load_pack(root)
    if root is None or (root / WORDS).is_dir():
        faults += check_glossary(root)
    return faults + check_golden(pack, root)


def check_texts(draft: Draft, *, bundled: bool, pages: Path | None = None) -> list[Fault]:
    """What the editorial rules find. Only the `bundled` pack must be broad; `pages` is a folder with the saved texts of
    pages, `<source id>.txt`, against which sentences are held to be our own."""
    faults = list(remarks_on(draft))
    if bundled:
        faults += check_areas(draft)
    if pages is not None:
        faults += check_own_words(draft, read_pages(pages))
    return faults


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """File by file, the corpus first, as a curator mends them."""
    places = (*FOLDERS, WORDS, "golden")
    return sorted(faults, key=lambda fault: (_place(fault, places), fault.file))


def _place(fault: Fault, places: Sequence[str]) -> int:
    folder = fault.file.partition("/")[0]
    return places.index(folder) if folder in places else len(places)
