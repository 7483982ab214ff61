"""Tables in `docs/quality.md`, written between two comments by the command that measured them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "quality.md"


def write(name: str, text: str, page: Path = PAGE) -> None:
    """Puts `text` where the page has `<!-- name -->` and `<!-- end name -->`. Raises `ValueError` where it has not."""
    held = page.read_text(encoding="utf-8")
    between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
    if not between.search(held):
        raise ValueError(f"{page} has no place for {name}.")
    page.write_text(between.sub(lambda match: f"{match[1]}{text.strip()}\n{match[2]}", held), encoding="utf-8")


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
