"""What is refused in words: the one exception that a person reads in their own language."""

from __future__ import annotations

from knowledge.errors import HallyuError


class Refused(HallyuError):
    """Something that is not tried. `key` is its sentence in the catalogue, for people in Discord, filled with `fields`;
    the text is for terminals."""

    def __init__(self, key: str, sentence: str, **fields: object) -> None:
        super().__init__(sentence)
        self.key = key
        self.fields = fields
