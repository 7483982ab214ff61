"""What a question asks for by a word, which the text must say, too."""

from __future__ import annotations

import pytest

from index.demands.focus import focus_of
from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.senses import SenseMatcher
from index.tokens import normalise
from index.vocabulary import Vocabulary
from knowledge.glossary import load_glossary

WORDS = Vocabulary(EntityMatcher([]), SenseMatcher(Lexicon.of(load_glossary())))


def focus(question: str) -> str:
    return focus_of(normalise(question), WORDS.read(question).senses)


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("데뷔곡 작곡가 누구야", "~composer"),
        ("신곡 안무 누가 짰어?", "~choreography"),
        ("대표 연봉은 얼마야", "~salary"),
        ("데뷔곡 제목이 뭐야", "~debut-song"),
        ("어느 부대에서 복무했어", "~military-unit"),
        ("who wrote it", "~write"),
        ("how many albums did they sell", "~album"),
        ("who is the manager of the group", "~manager-person"),
        ("what tax does it pay", "~tax"),
        ("which studio did they record it in", "~studio"),
    ],
)
def test_the_word_beside_the_one_that_asks_is_what_is_asked_for(question, term):
    assert focus(question) == term


@pytest.mark.parametrize(
    "question",
    [
        "일주일에 몇 시간 일해",
        "who is that",
        "what is the name of the company",
        "누구야",
        "",
        "which two of them left",
        "회사를 사들인 곳은 어디야",
        "총 몇 곡이야",
        "회사를 세운 년도는 언제야",
        "공연한 나라는 어디야",
        "what religion do they have",
        "what European festival did they play",
    ],
)
def test_when_where_and_names_are_not(question):
    assert focus(question) == ""
