"""Texts that mean the same come into one group, in English by their vectors and in Korean by their letters."""

from __future__ import annotations

import random
import time

import numpy as np

from fakes.embedder import FakeEmbedder
from index.grouping import grouped


def groups_of(texts):
    embedder = FakeEmbedder()
    known = [text for text in texts if embedder.knows(text)]
    vectors = dict(zip(known, embedder.encode(known), strict=True))
    return [[texts[position] for position in group] for group in grouped(texts, vectors)]


def test_texts_near_each_other_come_together_under_the_first_one():
    texts = ["who owns ithaca holdings", "what is kcon", "who owns the ithaca holdings", "what is the kcon"]
    assert groups_of(texts) == [[texts[0], texts[2]], [texts[1], texts[3]]]


def test_korean_texts_are_compared_by_their_letters():
    texts = ["이타카 홀딩스는 누구 거야?", "케이콘은 언제 열려?", "이타카 홀딩스 누구거야", "케이콘은 언제 열려요"]
    assert groups_of(texts) == [[texts[0], texts[2]], [texts[1], texts[3]]]


def test_a_name_changes_what_is_meant():
    texts = ["뉴진스 데뷔 언제야?", "아이브 데뷔 언제야?", "에스파 소속사 어디야?"]
    assert len(groups_of(texts)) == 3


def test_a_number_changes_what_is_meant():
    texts = ["album sales of twice in 2022", "album sales of twice in 2023", "2022 album sales of twice"]
    assert groups_of(texts) == [[texts[0], texts[2]], [texts[1]]]
    korean = ["트와이스 2022년 음반 판매량", "트와이스 2023년 음반 판매량", "트와이스 2022년 음반 판매량은?"]
    assert groups_of(korean) == [[korean[0], korean[2]], [korean[1]]]


def test_no_group_holds_both_languages_and_nothing_is_lost():
    texts = ["who owns hybe", "하이브 주인이 누구야", "who owns hybe", "", "?!", "하", "하"]
    groups = groups_of(texts)
    assert sorted(text for group in groups for text in group) == sorted(texts)
    assert all(len({FakeEmbedder().knows(text) for text in group}) == 1 for group in groups)


def test_no_texts_make_no_groups():
    assert grouped([], {}) == []


def test_a_text_joins_the_nearest_head():
    towards = {"a": [1, 0], "b": [0.5, 0.8660254], "c": [0.9, 0.4358899], "d": [0.6, 0.8]}
    vectors = {text: np.array(vector, np.float32) for text, vector in towards.items()}
    assert grouped(["a", "b", "c", "d"], vectors) == [[0, 2], [1, 3]]


def test_two_thousand_different_questions_stay_apart():
    random.seed(5)
    rows = np.random.default_rng(5).standard_normal((2000, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    english = ["question " * n for n in range(2000)]
    syllables = [chr(code) for code in range(ord("가"), ord("가") + 600)]
    korean = [" ".join("".join(random.choices(syllables, k=3)) for _ in range(6)) + " 언제 어디" for _ in range(2000)]
    took = []
    for texts, vectors in ((english, dict(zip(english, rows, strict=True))), (korean, {})):
        began = time.thread_time()  # of this thread alone: other tests may run beside it
        assert len(grouped(texts, vectors)) > 1900
        took.append(time.thread_time() - began)
    print(f"2,000 questions grouped in {took[0]:.2f} s (vectors) and {took[1]:.2f} s (letters)")


def test_what_is_asked_for_keeps_questions_apart_however_alike_they_are():
    texts = [
        "Who founded the Moonlight Library?",
        "When was the Moonlight Library founded?",
        "문라이트 도서관은 언제 열었어?",
    ]
    same = np.ones(3, np.float32) / np.sqrt(np.float32(3))
    vectors = dict.fromkeys(texts[:2], same)

    assert grouped(texts, vectors) == [[0], [1], [2]]
