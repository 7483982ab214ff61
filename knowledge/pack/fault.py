"""One fault in a file of the pack, for the person who wrote the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import HallyuError


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what to do: `message` is a sentence with the remedy.

    `entry` is the id of the snippet, entity, source or question ("" for the file itself), `field` the path
    of the field inside it, such as `facts.label[2].from`, counted from 1 ("" for the whole entry).
    """

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.entry, self.field, self.message) if part)


def faulty(what: str, faults: Sequence[Fault]) -> HallyuError:
    """The error that lists all of `faults`, one a line; `what` names the files, such as `The corpus`."""
    count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
    return HallyuError("\n".join([f"{what} has {count}. Mend what follows and try again.", *map(str, faults)]))
