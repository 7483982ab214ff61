"""The word list: how it is read, what is refused, and that every bundled word is found as what it means."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.entities import EntityMatcher
from index.lexicon import Lexicon
from index.senses import SenseMatcher
from index.stopwords import ENGLISH
from index.tokens import normalise, stem
from index.vocabulary import Vocabulary
from knowledge.errors import HallyuError
from knowledge.glossary import check_glossary, load_glossary
from knowledge.models import Glossary, Term
from knowledge.pack.fault import Fault

WORDS = """\
- id: acquire
  gloss: acquired
  en: [acquire, take over]
  ko: [인수-, 매입]
- id: who
  gloss: who
  question: true
  ko: [누구-]
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, name: str = "verbs.yaml") -> Path:
        (tmp_path / "words").mkdir(exist_ok=True)
        (tmp_path / "words" / name).write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(scope="module")
def bundled() -> Glossary:
    return load_glossary()


@pytest.fixture(scope="module")
def vocabulary(bundled: Glossary) -> Vocabulary:
    return Vocabulary(EntityMatcher(()), SenseMatcher(Lexicon.of(bundled)))


def test_terms_come_in_the_order_of_the_files(write: Write) -> None:
    write("- {id: album, gloss: album, en: album, ko: 앨범-}\n", "a.yaml")
    root = write(WORDS)
    assert load_glossary(root).terms == (
        Term("album", "album", ("album",), ("앨범-",), False),
        Term("acquire", "acquired", ("acquire", "take over"), ("인수-", "매입"), False),
        Term("who", "who", (), ("누구-",), True),
    )


IN_ENTRIES = [
    ("id: acquire", "id: Acquire It", "Acquire It", "id", "is no id. Use small letters"),
    ("id: who", "id: acquire", "acquire", "id", "stands in words/verbs.yaml already"),
    ("- id: who\n  gloss", "- gloss", "[2]", "id", "is missing. Add it."),
    ("  gloss: acquired\n", "", "acquire", "gloss", "is missing. Add it."),
    ("gloss: acquired", "gloss: 인수했다", "acquire", "gloss", "must be English"),
    ("gloss: acquired", "gloss: ''", "acquire", "gloss", "must be English"),
    ("question: true", "question: maybe", "who", "question", "is maybe. Use one of: true, false."),
    ("question: true", "questions: true", "who", "questions", "Did you mean question?"),
    ("  ko: [누구-]\n", "", "who", "", "has no words. Add en or ko."),
    ("ko: [누구-]", "ko: []", "who", "ko", "is an empty list"),
    ("ko: [누구-]", "ko:", "who", "ko", "is an empty list"),
    ("ko: [누구-]", "ko: [누구-, '']", "who", "ko[2]", "an empty text is no word"),
    ("ko: [누구-]", "ko: ['?']", "who", "ko[1]", "? is no word"),
    ("ko: [누구-]", "ko: [who]", "who", "ko[1]", "who is not Korean. Move it to en."),
    ("en: [acquire,", "en: [취득,", "acquire", "en[1]", "취득 is not English. Move it to ko."),
    ("en: [acquire,", "en: [acquir-,", "acquire", "en[1]", "marks a stem in Hangul. Remove the hyphen."),
    ("ko: [인수-,", "ko: [톱 10-,", "acquire", "ko[1]", "marks a stem in Hangul. Remove the hyphen."),
    ("en: [acquire,", "en: [get hold of it all,", "acquire", "en[1]", "Use at most 4 words."),
    ("ko: [누구-]", "ko: [누구-, 누구]", "who", "ko[2]", "누구 stands twice in this entry"),
    ("ko: [누구-]", "ko: [매입-]", "who", "ko[1]", "매입- belongs to acquire already"),
    ("question: true", "en: [Take  Over]", "who", "en[1]", "Take  Over belongs to acquire already"),
    ("gloss: who", "gloss: who\n  gloss: whom", "who", "gloss", "stands twice"),
    ("ko: [누구-]", "ko: [[누구]]", "who", "ko[1]", "must be text"),
]


@pytest.mark.parametrize(("old", "new", "entry", "field", "message"), IN_ENTRIES)
def test_a_fault_names_file_entry_and_field(
    write: Write, old: str, new: str, entry: str, field: str, message: str
) -> None:
    assert WORDS.count(old) == 1
    [fault] = check_glossary(write(WORDS.replace(old, new)))
    assert (fault.file, fault.entry, fault.field) == ("words/verbs.yaml", entry, field)
    assert message in fault.message


IN_FILES = [
    ("", "must be a list of entries"),
    ("[]", "must be a list of entries"),
    ("terms: []", "must be a list of entries"),
    ("- id: [", "is not valid YAML"),
]


@pytest.mark.parametrize(("text", "message"), IN_FILES)
def test_a_file_that_is_no_list_is_one_fault(write: Write, text: str, message: str) -> None:
    [fault] = check_glossary(write(text))
    assert (fault.file, fault.entry) == ("words/verbs.yaml", "")
    assert message in fault.message


def test_a_file_with_the_other_suffix_is_pointed_out(write: Write) -> None:
    write(WORDS)
    [fault] = check_glossary(write("- {id: x, gloss: x, en: x}", "more.yml"))
    assert fault == Fault("words/more.yml", "", "", "would be overlooked. Rename it to end in .yaml.")


def test_a_folder_without_words_is_a_fault(tmp_path: Path) -> None:
    [fault] = check_glossary(tmp_path)
    assert fault.file == str(tmp_path)
    assert "has no .yaml file in words/" in fault.message


def test_a_word_of_two_files_is_a_fault_of_the_later_one(write: Write) -> None:
    write(WORDS, "a.yaml")
    [fault] = check_glossary(write("- {id: buy, gloss: bought, ko: [인수]}\n", "b.yaml"))
    assert str(fault) == "words/b.yaml: buy: ko[1]: 인수 belongs to acquire already. Keep it in one of the two."


def test_all_faults_are_reported_together(write: Write) -> None:
    write(WORDS.replace("gloss: who", "gloss: 누구").replace("id: acquire", "id: A!"))
    root = write("- {id: x, gloss: x}\n", "x.yaml")
    with pytest.raises(HallyuError, match="The glossary has 3 faults") as raised:
        load_glossary(root)
    assert "words/verbs.yaml: A!: id: " in str(raised.value)
    assert "words/verbs.yaml: who: gloss: " in str(raised.value)
    assert "words/x.yaml: x: has no words" in str(raised.value)


def test_the_bundled_list_is_large_and_mostly_in_both_languages(bundled: Glossary) -> None:
    assert len(bundled.terms) >= 3000
    assert sum(bool(term.en and term.ko) for term in bundled.terms) >= 0.9 * len(bundled.terms)


def test_every_bundled_word_is_found_as_its_own_entry(bundled: Glossary, vocabulary: Vocabulary) -> None:
    lost = []
    for term in bundled.terms:
        for form in (*term.en, *term.ko):
            text = normalise(form.removesuffix("-").removesuffix("."))
            found = [(sense.term.id, sense.start, sense.end) for sense in vocabulary.reading(text, ()).senses]
            if found != [(term.id, 0, len(text))]:
                lost.append((term.id, form, found))
    assert lost == []


def test_no_english_word_stands_for_two_bundled_entries(bundled: Glossary) -> None:
    owners: dict[str, set[str]] = {}
    for term in bundled.terms:
        for form in term.en:
            owners.setdefault(" ".join(map(stem, normalise(form).replace("-", " ").split())), set()).add(term.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_words_that_say_nothing_count_only_in_question_entries(bundled: Glossary) -> None:
    counted = [form for term in bundled.terms if not term.question for form in term.en]
    assert [form for form in counted if set(normalise(form).split()) <= ENGLISH] == []


SAME = [
    ("prof", "교수님이"),
    ("bought", "사들인"),
    ("acquired", "샀음"),
    ("first place", "1위였어"),
    ("No. 1", "1등임"),
    ("team up", "콜라보했어"),
    ("musicologist", "음악학자가"),
    ("chart manipulation", "사재기"),
    ("first-week sales", "초동이"),
    ("music show", "음방에서"),
    ("dating rumor", "열애설"),
    ("weather", "날씨는"),
    ("how tall", "키가"),
    ("in a row", "연속으로"),
    ("consecutive", "streak"),
    ("internationalizing", "internationalisation"),
    ("going international", "국제화되는"),
    ("grew up", "자랐어"),
    ("imitate", "따라한"),
    ("youngest member", "maknae"),
    ("vote", "투표"),
    ("boyfriend", "사귀는"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_equal_words_are_one_sense(vocabulary: Vocabulary, one: str, other: str) -> None:
    [first], [second] = vocabulary.reading(normalise(one), ()).senses, vocabulary.reading(normalise(other), ()).senses
    assert first.term == second.term
    assert not first.term.question


DIFFERENT = [
    ("song", "album"),
    ("agency", "company"),
    ("own", "acquire"),
    ("award", "grand prize"),
    ("소속사", "소속"),
    ("작곡가", "작사가"),
    ("한국인", "한국"),
    ("나이대", "나이"),
    ("이미지", "이미"),
    ("대표적인", "대표"),
    ("따라하는", "따라가는"),
    ("매출", "영업이익"),
    ("주가", "주식"),
    ("가사", "가수"),
    ("politics", "vote"),
    ("stadium", "dome"),
    ("source", "evidence"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_that_are_only_related_stay_apart(vocabulary: Vocabulary, one: str, other: str) -> None:
    first, second = vocabulary.reading(normalise(one), ()).senses, vocabulary.reading(normalise(other), ()).senses
    assert first
    assert [sense.term for sense in first] != [sense.term for sense in second]


INSIDE = ["크립톤", "아파트", "라이브러리", "스타벅스", "보리차", "넘버링", "대한제국", "감사원"]


@pytest.mark.parametrize("word", INSIDE)
def test_a_word_is_not_found_at_the_start_of_another(vocabulary: Vocabulary, word: str) -> None:
    assert [sense.term.id for sense in vocabulary.reading(word, ()).senses if not sense.term.question] == []


GLOSSES = [
    ("며칠 동안 1위였어?", "how many days number one"),
    ("소속사 대표가 누구임?", "agency CEO who"),
    ("팬덤명이 뭐예요", "fandom name what"),
    ("몇 번 수상했나요", "how many times won"),
    ("어느 나라 사람이에요?", "nationality"),
    ("뮤비 감독 누구야", "music video director who"),
    ("언제부터 연습생이었어?", "since when trainee"),
    ("왜 해체했음", "why disbanded"),
    ("내일 날씨 어때", "tomorrow weather how"),
    ("재계약 언제 함?", "contract renewal when"),
]


@pytest.mark.parametrize(("question", "gloss"), GLOSSES)
def test_a_korean_question_becomes_rough_english(vocabulary: Vocabulary, question: str, gloss: str) -> None:
    assert vocabulary.gloss(vocabulary.reading(normalise(question), ())) == gloss
