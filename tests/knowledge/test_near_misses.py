"""The near misses of the bundled pack."""

from __future__ import annotations

from itertools import chain

from knowledge.golden import load_golden
from knowledge.limits import LONGEST_ASK
from knowledge.near_misses import load_near_misses
from knowledge.pack import load_pack

MISSES = load_near_misses()
QUESTIONS = list(chain.from_iterable(MISSES.values()))


def test_each_lies_near_to_a_note_of_the_pack_and_is_written_once():
    assert MISSES.keys() <= {snippet.id for snippet in load_pack().snippets}
    assert len(QUESTIONS) == len(set(QUESTIONS))


def test_each_can_be_asked():
    assert all(question == question.strip() and 0 < len(question) <= LONGEST_ASK for question in QUESTIONS)


def test_none_is_a_way_to_ask_for_a_note():
    asks = {ask.casefold() for snippet in load_pack().snippets for ask in snippet.asks}
    assert asks.isdisjoint(question.casefold() for question in QUESTIONS)


def test_none_is_a_golden_question_which_would_measure_what_it_was_told():
    golden = {question.ask.casefold().strip(" ?.") for question in load_golden()}
    assert golden.isdisjoint(question.casefold().strip(" ?.") for question in QUESTIONS)
