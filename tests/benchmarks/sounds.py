"""How often a name is found in the other script by its sound (`index/sounds.py`), for the names of the registry.

    python -m tests.benchmarks sounds

Most are stage names and Korean names, which are more like one another than those that a server's notes hold.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set

from index.sounds import FOREIGN_NAMES, KOREAN_WORDS, Least, PhoneticIndex, Sound
from index.tokens import has_hangul, normalise
from knowledge.pack.loader import load_pack
from tests.benchmarks.figures import Figure

OTHERS = 300
"""Names of others in the list that one is looked for in."""

_NAME = re.compile(r"[a-z]+(?: [a-z]+)?|[가-힣]+(?: [가-힣]+)?")

Names = Mapping[str, Set[str]]
"""Spellings, each with the ids of the entities that are called so."""


def measure() -> list[Figure]:
    """How often a name is found, another is taken for it, or none: where it is in the list, and where it is not."""
    spelt: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for entity in load_pack().entities:
        for name in map(normalise, entity.spellings):
            if _NAME.fullmatch(name):
                spelt[has_hangul(name)].setdefault(name, set()).add(entity.id)
    hangul, latin = spelt[True], spelt[False]
    return [
        *_figures("Hangul for Latin", hangul, latin, FOREIGN_NAMES),
        *_figures("Latin for Hangul", latin, hangul, KOREAN_WORDS),
    ]


def _figures(way: str, asked: Names, names: Names, least: Least) -> Iterator[Figure]:
    chance, everyone = random.Random(0), list(names)
    found: dict[int, Counter[str]] = {count: Counter() for count in range(1, 5)}
    for name, entities in asked.items():
        sound = Sound.of(name)
        consonants = min(len(sound.consonants), 4)
        own = [one for one in names if names[one] & entities and Sound.of(one).consonants == sound.consonants]
        if not consonants or not own:
            continue
        others = [one for one in chance.sample(everyone, OTHERS) if not names[one] & entities]
        near = PhoneticIndex([*own, *others], least).nearest(name).words
        found[consonants]["none" if not near else "right" if set(near) & set(own) else "another"] += 1
        found[consonants]["without"] += bool(PhoneticIndex(others, least).nearest(name).words)
    for consonants, counts in found.items():
        total = counts["right"] + counts["another"] + counts["none"]
        shares = " / ".join(f"{counts[what] / total:.1%}" for what in ("right", "another", "none", "without"))
        more = " or more" if consonants == max(found) else ""
        yield Figure(
            f"{way}, {consonants}{more} consonants ({total}): right / another / none; another if absent", shares
        )
