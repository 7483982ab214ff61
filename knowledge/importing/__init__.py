"""Files that people send, read as proposed snippets; no network, no store."""

from knowledge.importing.parsing import parse
from knowledge.importing.results import Around, Imported, ImportRefused, LeftOut, Place

__all__ = ["Around", "ImportRefused", "Imported", "LeftOut", "Place", "parse"]
