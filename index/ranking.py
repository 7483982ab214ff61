"""How the features of a hit become the one number that hits are ranked by.

Every feature but `brevity` lies in 0..1, and none depends on the size of the corpus: cosines, and shares of the
question's idf mass. Measured on SQuAD 2.0 and KorQuAD 1.0 (docs/experiments.md): fused scores beat fused ranks, and
coverage beats BM25 for ranking the candidates that BM25 found.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature of a hit counts; they add up to 1."""

    dense: float = 0.0
    lexical: float = 0.0
    coverage: float = 0.0
    sentence: float = 0.0
    pairs: float = 0.0
    brevity: float = 0.0


WITH_VECTOR = Weights(dense=0.5, coverage=0.18, sentence=0.1, pairs=0.12, brevity=0.1)
"""Fitted by leaving one article of SQuAD 2.0 out: recall@1 0.851 where dense and BM25 alone give 0.810."""

WITHOUT_VECTOR = Weights(lexical=0.18, coverage=0.36, sentence=0.18, pairs=0.13, brevity=0.15)
"""For a script that the model does not know. Near what fits KorQuAD 1.0, with more for `sentence`, which the notes of
the pack need (docs/experiments.md)."""

WITH_GLOSS = Weights(dense=0.46, lexical=0.13, coverage=0.2, sentence=0.08, pairs=0.05, brevity=0.08)
"""`WITHOUT_VECTOR` for one half, and for the other the cosine to the rough English of a Korean question."""

MORPHEMES = 0.5
"""What the morphemes of a Korean question count beside all of that, where the extra `ko` is installed: recall@1 on
KorQuAD 1.0 hardly differs from 0.2 to 0.6 (docs/experiments.md)."""

OWN = 0.1
"""What a server's note without ways to ask has before another text of the same score, since nothing but its words
finds it. Up to here golden questions lose nothing to the notes of a server (docs/experiments.md)."""

SHORT = 60
"""Words up to which a text is not held to be long. Nearly all notes are shorter: among them the shorter one is no
likelier to answer (docs/experiments.md)."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The features of a hit that it is ranked by.

    `dense` is the mean cosine of the whole text and its best sentence, or that of its best ask; `lexical` BM25 as a
    share of what the question could reach; `coverage` the share of the question's idf mass in the text, title or
    asks, `sentence` the largest share in one sentence; `pairs` the share of the question's neighbouring words that
    are neighbours in the text too; `brevity` is 0 for a text of up to `SHORT` words and falls with the logarithm of
    their number, since a long text holds words of any question, to -1 at most; `morphemes` is the share of the
    question that stands in the text where its Hangul words count by their morphemes, None where Korean is not analysed.
    """

    dense: float
    lexical: float
    coverage: float
    sentence: float
    pairs: float
    brevity: float
    morphemes: float | None = None


def fused(scores: Scores, weights: Weights) -> float:
    """The weighted mean of the features."""
    total = (
        weights.dense * scores.dense
        + weights.lexical * scores.lexical
        + weights.coverage * scores.coverage
        + weights.sentence * scores.sentence
        + weights.pairs * scores.pairs
        + weights.brevity * scores.brevity
    )
    return total if scores.morphemes is None else (total + MORPHEMES * scores.morphemes) / (1 + MORPHEMES)
