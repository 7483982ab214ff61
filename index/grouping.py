"""Short texts that mean the same, such as questions, in groups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from index.embedding.embedder import Vectors
from index.tokens import normalise

SAME_MEANING = 0.8
"""Cosine from which two texts with vectors belong together: with the bundled model questions that differ in a name have
about 0.5, the same question in other words 0.9."""

SAME_LETTERS = 0.6
"""Dice coefficient of the character bigrams from which two texts without vectors do."""

_ASKED = re.compile(
    r"\b(?P<who>who|whom|whose)\b|\b(?P<when>when|(?:what|which) (?:year|day|date|month))\b|\b(?P<where>where)\b"
    r"|\b(?P<why>why)\b|\b(?P<number>how (?:many|much|long|old|often))\b"
    r"|(?P<who_ko>누구|누가)|(?P<when_ko>언제|몇 ?년|며칠)|(?P<where_ko>어디)|(?P<why_ko>왜)|(?P<number_ko>몇|얼마)"
)
_NUMBER = re.compile(r"\d+")
_NOBODY = np.empty(0, np.int64)


def grouped(texts: Sequence[str], vectors: Mapping[str, Vectors]) -> list[list[int]]:
    """The positions of `texts` in groups, each headed by its first text, in the order of these heads.

    A text joins the group whose head is nearest to it, if that is near enough, else it heads a new one. `vectors`
    (float32, length 1) are those of the texts in a script that the model knows; the others are compared by their
    letters. Texts of both kinds, with different numbers in them or that ask for something else (who, when, where) are
    never in one group: for a model "in 2022" and "in 2023" are all but the same (cosine 0.99), and a long name drowns
    what is asked about it.
    """
    alike: dict[tuple[bool, str, frozenset[str]], list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        alike[text in vectors, _asked_for(text), frozenset(_NUMBER.findall(text))].append(position)
    groups: dict[int, list[int]] = defaultdict(list)
    for (known, _, _), positions in alike.items():
        own = [texts[position] for position in positions]
        heads = _by_meaning([vectors[text] for text in own]) if known else _by_letters(own)
        for position, head in zip(positions, heads, strict=True):
            groups[positions[head]].append(position)
    return [groups[head] for head in sorted(groups)]


def _asked_for(text: str) -> str:
    """What a question asks for, such as "who"; empty for a thing, and where no word says."""
    found = _ASKED.search(normalise(text))
    return found.lastgroup.removesuffix("_ko") if found and found.lastgroup else ""


def _by_meaning(vectors: Sequence[Vectors]) -> list[int]:
    """For each vector the position of the head of its group."""
    heads = np.empty((len(vectors), len(vectors[0])), np.float32)
    positions: list[int] = []  # of the heads so far, which are the first rows
    found: list[int] = []
    for position, vector in enumerate(vectors):
        # no "@", for which BLAS starts threads: beside a busy core that took 30 times as long
        cosines = np.einsum("ij,j->i", heads[: len(positions)], vector)
        if positions and cosines.max() >= SAME_MEANING:
            found.append(positions[int(cosines.argmax())])
            continue
        heads[len(positions)] = vector
        positions.append(position)
        found.append(position)
    return found


def _by_letters(texts: Sequence[str]) -> list[int]:
    """For each text the position of the head of its group."""
    bigrams = [_bigrams(text) for text in texts]
    sizes = np.array([max(1, len(own)) for own in bigrams])
    holders = _holders(bigrams)
    is_head = np.zeros(len(texts), bool)
    found: list[int] = []
    for position, own in enumerate(bigrams):
        shared = np.bincount(np.concatenate([_NOBODY, *(holders[bigram] for bigram in own)]), minlength=len(texts))
        dice = is_head * 2 * shared / (sizes + sizes[position])
        nearest = int(dice.argmax())
        is_head[position] = dice[nearest] < SAME_LETTERS
        found.append(position if is_head[position] else nearest)
    return found


def _holders(bigrams: Sequence[set[str]]) -> dict[str, npt.NDArray[np.int64]]:
    """The positions of the texts that hold each bigram."""
    holders: dict[str, list[int]] = defaultdict(list)
    for position, own in enumerate(bigrams):
        for bigram in own:
            holders[bigram].append(position)
    return {bigram: np.array(positions) for bigram, positions in holders.items()}


def _bigrams(text: str) -> set[str]:
    """The pairs of neighbouring letters, without spaces and punctuation; a single letter stands for itself."""
    letters = "".join(character for character in normalise(text) if character.isalnum())
    return {letters[at : at + 2] for at in range(max(1, len(letters) - 1))} if letters else set()
