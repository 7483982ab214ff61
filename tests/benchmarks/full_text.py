"""SQLite FTS5 over paragraphs and sentences: the lexical side of the recipe that ours has to beat."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.stopwords import ENGLISH, KOREAN

_HANGUL = re.compile(r"[가-힣]{2,}")

Scores = npt.NDArray[np.float64]


class FullText:
    """bm25 over title and body; Latin words are stemmed (porter)."""

    def __init__(self, texts: Iterable[tuple[str, str]], bigrams: bool = False) -> None:
        """`texts` are pairs of title and body. With `bigrams`, Hangul words become overlapping pairs of syllables."""
        self._spelt = _in_bigrams if bigrams else str
        spelt = ((self._spelt(title), self._spelt(body)) for title, body in texts)
        self._database = sqlite3.connect(":memory:")
        self._database.execute("create virtual table texts using fts5(title, body, tokenize = 'porter unicode61')")
        self._database.executemany("insert into texts(title, body) values (?, ?)", spelt)
        ((self._size,),) = self._database.execute("select count(*) from texts")

    def scores(self, question: str) -> Scores:
        """bm25 of every text, higher is better, 0 where no word of the question stands; its stop words are dropped."""
        asked = " ".join(word for word in re.findall(r"\w+", question.lower()) if word not in ENGLISH | KOREAN)
        scores = np.zeros(self._size)
        if asked:
            match = " OR ".join(f'"{word}"' for word in self._spelt(asked).split())
            found = self._database.execute("select rowid, -bm25(texts) from texts where texts match ?", (match,))
            for row, score in found:
                scores[row - 1] = score
        return scores


def _in_bigrams(text: str) -> str:
    return _HANGUL.sub(lambda match: " " + " ".join(map("".join, pairwise(match.group()))) + " ", text)


def best_of_each(scores: Scores, starts: Sequence[int] | npt.NDArray[np.int64]) -> Scores:
    """The best score among the sentences of each paragraph; `starts` is the first sentence of each."""
    return np.maximum.reduceat(scores, starts)
