"""How much is read. Whoever sends a file is not trusted, and a person reviews all that comes out of it."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

LARGEST_FILE = 8 * MEGABYTE
"""Bytes. The whole bundled pack has 2.4 MB; Discord takes 10 MB from anybody."""

MOST_SNIPPETS = 2_000
"""Notes and names of one file: more than the bundled pack has notes, and than anybody reviews in a week."""

MOST_NODES = 300_000
"""Texts, lists and mappings of a YAML file: ten times what 2,000 snippets with their sources need. They are made one by
one, a million a second, so a file of nothing but hyphens is given up at once."""

LARGEST_PROSE = 500_000
"""Characters of running text, a book of 300 pages: hostile Markdown of that size takes some five seconds to read."""

LONGEST_PARAGRAPH = 3_000
"""Characters. Markdown's worst cases take time by the square of a paragraph, so a longer one is not looked into."""

LONGEST_ID = 80
"""Characters; the longest of the pack has 75. Buttons carry an id, in the 100 characters that Discord takes."""

MOST_ITEMS = 100
"""Of one list or one set of fields; more of them are not looked at."""

MOST_FAULTS = 3
"""Of one entry, that are told: to word a fault takes a fifth of a millisecond, and a file has room for a million."""

MOST_ENTITIES = 50
MOST_SOURCES = 20
"""Of one snippet; the pack has 15 and 4 at most."""

MOST_NAMES = 50
"""Spellings of one entity; the pack has 10 at most."""

LONGEST_REASON = 300
"""Characters of an English reason, which may quote the file."""
