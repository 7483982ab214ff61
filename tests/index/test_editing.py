"""What new texts leave unlinked, and what they repeat."""

import numpy as np
import pytest

from index.editing import check_names_linked, check_near_duplicates, english_texts
from index.editing.naming import named_in
from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.senses import SenseMatcher
from index.vocabulary import Vocabulary
from knowledge.files import PackFile
from knowledge.models import Entity, Glossary, Term
from knowledge.pack.reading import read

ENTITIES = """\
- {id: katseye, kind: group, names: {en: KATSEYE, ko: 캣츠아이}}
- id: seventeen
  kind: group
  names: {en: SEVENTEEN, ko: 세븐틴, also: [Seventeen]}
  facts: {member: [{value: han, as_of: 2025, sources: [p]}]}
- {id: seven, kind: song, names: {en: Seven, ko: 세븐}}
- {id: haru, kind: soloist, names: {en: Haru, ko: 하루}}
- {id: han, kind: soloist, names: {en: Han, ko: 한}}
- {id: hybe, kind: company, names: {en: HYBE, ko: 하이브}}
- {id: k-pop, kind: genre, names: {en: K-pop, ko: 케이팝}}
"""


LEXICON = Lexicon.of(Glossary((Term("day", "day", ("day",), ("하루",), question=False),)))


def draft_of(*snippets):
    body = "\n".join(
        f"  - {{id: s{n}, text: '{text}', text_ko: '{korean}', kind: event, as_of: 2025, status: reported,"
        f" entities: [{entities}], sources: [p]{more}}}"
        for n, (text, korean, entities, more) in enumerate(snippets)
    )
    corpus = f"topic: t\ntitle: {{en: T, ko: 티}}\nsnippets:\n{body}\n"
    draft, faults = read([PackFile("corpus/t.yaml", corpus.encode()), PackFile("entities/e.yaml", ENTITIES.encode())])
    assert not faults, faults
    return draft


@pytest.mark.parametrize(
    ("text", "korean", "linked", "named"),
    [
        ("KATSEYE debuted.", "데뷔했다.", "", ["katseye"]),
        ("It debuted.", "캣츠아이가 데뷔했다.", "", ["katseye"]),
        ("KATSEYE of HYBE debuted.", "하이브의 캣츠아이다.", "katseye", ["hybe"]),
        ("KATSEYE debuted.", "캣츠아이다.", "katseye", []),
        ("K-pop grew.", "케이팝은 컸다.", "", []),
        ("The seven members and seventeen songs.", "멤버 일곱 명.", "", []),
        ('Fans heard "Seven" there.', "〈세븐〉을 들었다.", "", ["seven"]),
        ("SEVENTEEN toured.", "세븐틴 투어.", "seventeen", []),
        ("In one day.", "하루 만에.", "", []),
        ("Han Sung-soo spoke.", "그가 말했다.", "", []),
        ("Han of SEVENTEEN spoke.", "그가 말했다.", "seventeen", ["han"]),
    ],
)
def test_names_that_are_not_linked_are_told(text, korean, linked, named):
    faults = list(check_names_linked(draft_of((text, korean, linked, "")), LEXICON))
    assert [fault.message.split()[1].rstrip(",") for fault in faults] == named


def test_a_reason_excuses_a_name():
    excused = ("KATSEYE debuted.", "데뷔했다.", "", ", waive: {names: the page means another one}")
    assert list(check_names_linked(draft_of(excused), LEXICON)) == []


def test_two_texts_of_one_meaning_about_the_same_are_told_once():
    draft = draft_of(("A.", "가.", "hybe", ""), ("B.", "나.", "hybe", ""), ("C.", "다.", "katseye", ""))
    keys = list(english_texts(draft))
    vectors = dict(zip(keys, np.float32([[1, 0], [0.95, np.sqrt(1 - 0.95**2)], [1, 0]]), strict=True))
    (fault,) = check_near_duplicates(draft, vectors)
    assert (fault.entry, fault.field) == ("s1", "text")
    assert "is nearly s0 (cosine 0.95)" in fault.message
    vectors[keys[1]] = np.float32([0.9, np.sqrt(1 - 0.81)])
    assert list(check_near_duplicates(draft, vectors)) == []


def test_a_marked_near_duplicate_is_let_through():
    marked = ", waive: {near_duplicate: two counts of one night}"
    draft = draft_of(("A.", "가.", "hybe", ""), ("B.", "나.", "hybe", marked))
    vectors = dict.fromkeys(english_texts(draft), np.float32([1, 0]))
    assert list(check_near_duplicates(draft, vectors)) == []


def test_somebody_is_not_linked_by_a_part_of_a_longer_name():
    entities = (
        Entity("haneul", "soloist", "Haneul", "하늘"),
        Entity("big-label", "company", "Big Label"),
    )
    vocabulary = Vocabulary(EntityMatcher(entities), SenseMatcher(Lexicon.of(Glossary(()))))

    assert named_in(("Kim Haneul founded it.", "It was Big Label Haneul left."), vocabulary) == ("big-label", "haneul")
    for text in ("Kim Haneul founded it.", "It was founded by Park Haneul of Busan."):
        assert named_in((text,), vocabulary) == ()
    assert named_in(("The singer Haneul founded it.",), vocabulary) == ("haneul",)
