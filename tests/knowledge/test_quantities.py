"""The numbers and dates of a text, the same in English and Korean."""

from decimal import Decimal

import pytest

from knowledge.files import PackFile
from knowledge.pack.editorial.agreement import check_numbers_agree
from knowledge.pack.reading import read
from knowledge.quantities import quantities

SAME = [
    ("It rose 35 percent.", "35% 늘었다."),
    ("1.25 trillion won ($962 million)", "1조 2500억 원(9억 6200만 달러)"),
    ("8.33 million shares, 9.05 percent", "833만 주, 9.05%"),
    ("twenty million won", "2천만 원"),
    ("half a million copies", "50만 장"),
    ("15,000 fans", "팬 1만 5000명"),
    ("1,234,567 copies", "123만 4567장"),
    ("twelve members", "멤버 열두 명"),
    ("twenty-one songs", "스물한 곡"),
    ("its 22nd show", "22번째 공연"),
    ("in the 1990s", "1990년대에"),
    ("on 7 March 2023", "2023년 3월 7일"),
    ("on March 7, 2023", "2023년 3월 7일"),
    ("in March 2023", "2023년 3월"),
    ("in May 2020", "2020년 5월"),
    ("from 1 to 11 November 2024", "2024년 11월 1일부터 11일까지"),
    ("on August 1 and 2, 2020", "2020년 8월 1일과 2일"),
    ("NCT 127 and 2NE1", "NCT 127과 투애니원"),
    ("3 months, 12 cities", "3개월간 12개 도시"),
    ("SEVENTEEN sold two million", "세븐틴은 200만 장을 팔았다"),
]
DIFFERENT = [
    ("It rose 35 percent.", "53% 늘었다.", "35"),
    ("1.25 trillion won", "1250억 원", "1,250,000,000,000"),
    ("8.33 million", "83만 3000", "8,330,000"),
    ("in March 2023", "2023년 4월", "month 3"),
    ("on 7 March 2023", "2023년 3월 8일", "day 7 of month 3"),
    ("on 7 March", "3월 7일 2023년", "2,023"),
    ("a 9.5-fold rise", "9배 늘었다", "9.5"),
    ("twelve members", "멤버 열세 명", "12"),
]


@pytest.mark.parametrize(("english", "korean"), SAME)
def test_the_same_in_both_languages_is_seen_as_the_same(english, korean):
    assert list(_told(english, korean)) == []


@pytest.mark.parametrize(("english", "korean", "named"), DIFFERENT)
def test_what_one_text_lacks_is_named(english, korean, named):
    assert any(named in fault.message for fault in _told(english, korean))


def test_small_numbers_may_be_words_in_either_language():
    assert quantities("three of the six songs", "en") == quantities("여섯 곡 중 세 곡", "ko")


def test_the_verb_may_is_no_month():
    assert not quantities("The act may tour.", "en").months
    assert not quantities("May it be so.", "en").months


def test_a_capitalised_number_word_may_be_a_name():
    found = quantities("Seventeen debuted.", "en")
    assert not found.numbers
    assert found.perhaps == {Decimal(17)}


def _told(english, korean):
    text = (
        "topic: t\ntitle: {en: T, ko: 티}\nsnippets:\n"
        f"  - {{id: a, text: '{english}', text_ko: '{korean}', kind: event, as_of: 2025, status: reported}}\n"
    )
    draft, _ = read([PackFile("corpus/t.yaml", text.replace("reported}", "reported, sources: [s]}").encode())])
    assert draft.snippets
    return check_numbers_agree(draft)
