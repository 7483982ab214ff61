"""CSV: a header row that names columns, and one note a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from knowledge.importing.proposals import Proposal
from knowledge.importing.results import ImportRefused, LeftOut, Place

_NOTE = ("id", "text", "text_ko", "topic", "kind", "as_of", "status", "valid_until", "asks")
_PAGE = {"source_url": "url", "source_title": "title", "publisher": "publisher", "published": "published"}
COLUMNS = (*_NOTE, *_PAGE)
_KNOWN = ", ".join(COLUMNS)
_DELIMITERS = ",;\t"
_BLANK = f'{_DELIMITERS} "\r'
_BETWEEN_ASKS = "|"


def proposals(name: str, text: str) -> Iterator[Proposal | LeftOut]:
    """The rows in order; empty ones are passed over. Raises `ImportRefused` for columns that are not known and for
    broken quoting.

    A field is at most 128 KB, the csv module's limit: a quotation mark that nobody closes swallows the rest.
    """
    delimiter = _delimiter(text)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if not any(cell.strip() for cell in row):
                continue
            if columns is None:
                columns = _columns(name, row)
            else:
                yield _proposal(Place("row", str(number)), columns, row, delimiter)
    except csv.Error:
        raise ImportRefused("import.table", name=name, row=str(number + 1)) from None


def _delimiter(text: str) -> str:
    """The one that the header row uses most: the first line with anything else in it."""
    header = next((line for line in text.split("\n") if line.strip(_BLANK)), "")
    return max(_DELIMITERS, key=header.count)


def _columns(name: str, header: Sequence[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in header]
    while not columns[-1]:  # a spreadsheet saves an emptied column too; where its cells hold something, that is told
        columns.pop()
    unknown = [cell for cell in columns if cell not in COLUMNS]
    if unknown:
        shown = ", ".join(cell[:40] or "one without a name" for cell in unknown[:5])
        raise ImportRefused("import.columns", name=name, unknown=shown, known=_KNOWN)
    if twice := next((cell for cell in columns if columns.count(cell) > 1), None):
        raise ImportRefused("import.twice_column", name=name, column=twice)
    if not {"text", "text_ko"} & set(columns):
        raise ImportRefused("import.no_column", name=name, known=_KNOWN)
    return columns


def _proposal(where: Place, columns: Sequence[str], row: Sequence[str], delimiter: str) -> Proposal | LeftOut:
    if any(cell.strip() for cell in row[len(columns) :]):
        return LeftOut(where, "import.left.cells", {"delimiter": "tabs" if delimiter == "\t" else delimiter})
    cells = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if cell.strip()}
    fields: dict[str, object] = {column: cells[column] for column in _NOTE if column in cells}
    if "asks" in cells:
        fields["asks"] = [ask.strip() for ask in cells["asks"].split(_BETWEEN_ASKS) if ask.strip()]
    if page := {field: cells[column] for column, field in _PAGE.items() if column in cells}:
        fields["sources"] = [page]
    return Proposal(where, fields)
