"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from knowledge.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It entered the U.S. charts at No. 1.",
        "The U.S. debut came first.",
        "Prof. Seol and Dr. Kim spoke.",
        "J. Y. Park founded JYP Ent. in 1997.",
        "Lisa feat. Rosalía made it.",
        "HYBE Co. Ltd. owns it.",
        "It cost $3.5 million.",
        "See kryptontoday.com for more.",
        "On Nov. 5 it was published.",
        "APT. by Rosé is a song.",
        "It was released on 2025. 11. 5. by HYBE.",
        "이 곡은 2025. 11. 5. 발매되었다.",
        "넷플릭스 《케이팝 데몬 헌터스》의 〈Golden〉은 76일 연속 1위를 지켰다.",
        '"Really?" she asked.',
        "“왜요?”라고 물었다.",
    ],
)
def test_one_sentence_stays_whole(sentence):
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It was No. 1.", "Then it fell."],
        ["Who?", "Nobody!", "Well…", "Somebody."],
        ['She said "yes."', "He did not."],
        ["“끝났다.”", "그는 떠났다."],
        ["1위를 지켰다.", "그리고 떠났다."],
        ["정말요?", "네!"],
        ["日本語です。", "はい。"],
        ["It ended in 2024.", "Then came 2025."],
    ],
)
def test_sentences_are_told_apart(sentences):
    assert split(" ".join(sentences)) == sentences


def test_a_new_line_ends_a_sentence():
    assert split("One line\n\nAnother line") == ["One line", "Another line"]


def test_white_space_belongs_to_no_sentence():
    assert split("  One.   Two.\t") == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_nothing_has_no_sentences(text):
    assert sentence_spans(text) == []


@given(texts | st.text("Aa가 .?!\"'”\n1", max_size=40))
def test_spans_are_in_order_and_only_white_space_is_left_out(text):
    spans = sentence_spans(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    assert all(start < end for start, end in spans)
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
