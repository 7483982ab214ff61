"""The one exception whose message may be shown to a person."""

from __future__ import annotations

from collections.abc import Mapping


class HallyuError(Exception):
    """An expected fault: `str(error)` is one or two plain sentences that say what is wrong and what to do.

    Everything else that is raised is a defect: it is logged with an id and the person sees only the id.
    """


class Refused(HallyuError):
    """Something that is not done, said in the person's own language: `key` is its sentence in the catalogue, filled
    with `fields`; `str(error)` is the same in English, for terminals."""

    def __init__(self, key: str, sentence: str, **fields: object) -> None:
        super().__init__(sentence)
        self.key = key
        self.fields: Mapping[str, object] = fields


class Unwritable(Refused):
    """Nothing was written, because the disk or the database takes nothing now: who asked for it is told in their own
    language, and whoever runs Hallyu has to act. Reading goes on."""
