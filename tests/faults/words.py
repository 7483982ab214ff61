"""Texts of notes that nobody has written before and that are not like one another."""

from __future__ import annotations

import random

_SYLLABLES = ("ba", "ko", "mi", "ru", "te", "so", "na", "li", "pu", "ge", "dra", "fen")


def a_text(dice: random.Random) -> str:
    """One sentence; its first word is nowhere else."""
    first, *words = ["".join(dice.choices(_SYLLABLES, k=length)) for length in (9, 5, 5, 5, 5, 5)]
    return f"{first.title()} sold {' '.join(words)} at the festival of {dice.randrange(10**6)}."
