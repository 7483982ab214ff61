"""The blind questions of the benchmark: nothing knows them, or they would measure what it was told."""

from __future__ import annotations

from itertools import chain

from knowledge.golden import load_golden
from knowledge.limits import LONGEST_ASK
from knowledge.near_misses import load_near_misses
from knowledge.pack import load_pack
from tests.benchmarks.blind import load_blind, sample

QUESTIONS = load_blind()
ASKS = {plain: question for question in QUESTIONS if (plain := question.ask.casefold().strip(" ?."))}


def test_each_is_of_a_note_and_can_be_asked():
    assert {question.note for question in QUESTIONS} <= {snippet.id for snippet in load_pack().snippets}
    assert all(question.ask == question.ask.strip() and 0 < len(question.ask) <= LONGEST_ASK for question in QUESTIONS)
    assert len(ASKS) == len(QUESTIONS)


def test_none_is_known():
    known = (
        *chain.from_iterable(snippet.asks for snippet in load_pack().snippets),
        *chain.from_iterable(load_near_misses().values()),
        *(question.ask for question in load_golden()),
    )
    assert ASKS.keys().isdisjoint(text.casefold().strip(" ?.") for text in known)


def test_the_sample_has_all_kinds_and_both_halves():
    asked = sample(QUESTIONS)
    assert 0.23 < len(asked) / len(QUESTIONS) < 0.27
    assert {(q.language, q.answered, q.split) for q in asked} == {
        (language, answered, split)
        for language in ("en", "ko")
        for answered in (True, False)
        for split in ("dev", "test")
    }
