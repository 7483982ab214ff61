"""Names in a text: whole words, in every spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.nasty import texts
from index.entities import EntityMatcher
from index.stopwords import ENGLISH, PARTICLES
from index.tokens import normalise
from knowledge.models import Entity, Pack

IU = Entity("iu", "soloist", "IU", "아이유", ("Lee Ji-eun", "이지은"))
XIUMIN = Entity("xiumin", "soloist", "Xiumin", "시우민")
HUNTERS = Entity("kpop-demon-hunters", "work", "KPop Demon Hunters", "케이팝 데몬 헌터스", ("케데헌",))
ROSE = Entity("rose", "soloist", "Rosé", "로제", ("Roseanne Park",))
BLACKPINK = Entity("blackpink", "group", "BLACKPINK", "블랙핑크")
KATSEYE = Entity("katseye", "group", "KATSEYE", "캣츠아이")
APT = Entity("apt", "song", "APT.", "아파트")
AMERICA = Entity("united-states", "place", "United States", "미국", ("USA",))
TWO_NE_ONE = Entity("2ne1", "group", "2NE1", "투애니원")
GOLDEN_SONG = Entity("golden-song", "song", "Golden", "골든")
GOLDEN_ALBUM = Entity("golden-album", "album", "Golden", "골든")
SEVENTEEN = Entity("seventeen", "group", "SEVENTEEN", "세븐틴")

EVERYBODY = (IU, XIUMIN, HUNTERS, ROSE, BLACKPINK, KATSEYE, APT, AMERICA, TWO_NE_ONE, SEVENTEEN)
MATCHER = EntityMatcher(EVERYBODY)


def named(text: str, matcher: EntityMatcher = MATCHER) -> list[str]:
    return [entity for mention in matcher.mentions(text) for entity in mention.entities]


def guessed(text: str, known: frozenset[str] = frozenset(), matcher: EntityMatcher = MATCHER) -> list[str]:
    mentions = matcher.misspelt(normalise(text), known.__contains__)
    return [entity for mention in mentions for entity in mention.entities]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Is IU on tour?", "iu"),
        ("iu's new album", "iu"),
        ("IU’s", "iu"),
        ("(IU)", "iu"),
        ("lee jieun", "iu"),
        ("Lee Ji-Eun", "iu"),
        ("rose", "rose"),
        ("ROSÉ", "rose"),
        ("apt", "apt"),
        ("APT.", "apt"),
        ("the USA", "united-states"),
        ("2NE1", "2ne1"),
        ("2 NE 1", "2ne1"),
        ("BLACK PINK", "blackpink"),
        ("Black-Pink", "blackpink"),
        ("kpop demon hunters", "kpop-demon-hunters"),
        ("K-Pop: Demon Hunters", "kpop-demon-hunters"),
        ("KPOPDEMONHUNTERS", "kpop-demon-hunters"),
        ("케이팝데몬헌터스", "kpop-demon-hunters"),
        ("케이팝 데몬헌터스", "kpop-demon-hunters"),
        ("케 데 헌", "kpop-demon-hunters"),
        ("캣츠 아이", "katseye"),
    ],
)
def test_a_name_is_found_in_every_spelling(text, entity):
    assert named(text) == [entity]


@pytest.mark.parametrize("text", ["Xiu", "xiumins", "medium", "IUs", "premium", "aiu"])
def test_a_name_is_never_found_inside_another_word(text):
    assert "iu" not in named(text)


@pytest.mark.parametrize("text", ["tell us more", "로제타석", "아파트먼트", "골든글로브", "미국인들", "roses"])
def test_a_word_that_only_begins_like_a_name_is_none(text):
    assert named(text) == []


@pytest.mark.parametrize("particle", ["가", "는", "의", "와", "랑", "에게", "한테", "처럼", "이랑", "에게서", "예요"])
def test_a_korean_name_may_carry_a_particle(particle):
    assert named(f"로제{particle} 노래") == ["rose"]


@pytest.mark.parametrize("particle", ["의", "가", "는", "에서"])
def test_a_latin_name_may_carry_a_korean_particle(particle):
    assert named(f"BLACKPINK{particle}") == ["blackpink"]


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("블랙핑크팀은 언제 모여", "블랙핑크 팀은 언제 모여"),
        ("블랙핑크공구 얼마", "블랙핑크 공구 얼마"),
        ("세븐틴팬미팅에서는", "세븐틴 팬미팅에서는"),
        ("세븐틴타이틀곡인가요", "세븐틴 타이틀곡인가요"),
        ("미국팀은 언제 모여", "미국팀은 언제 모여"),
        ("블랙핑크장갑", "블랙핑크장갑"),
        ("블랙핑크는", "블랙핑크는"),
        ("팀은", "팀은"),
    ],
)
def test_a_long_korean_name_is_parted_from_a_noun_that_is_written_together_with_it(text, parted):
    assert MATCHER.parted(text) == parted


def test_the_mention_is_the_name_without_its_particle():
    text = "블랙핑크의 로제가"
    assert [text[m.start : m.end] for m in MATCHER.mentions(text)] == ["블랙핑크", "로제"]


def test_the_mention_is_the_name_without_its_possessive():
    text = normalise("Rosé's band")
    assert [text[m.start : m.end] for m in MATCHER.mentions(text)] == ["rose"]


def test_the_longest_of_overlapping_names_wins():
    matcher = EntityMatcher([HUNTERS, Entity("k-pop", "genre", "K-pop", "케이팝")])
    assert named("KPop Demon Hunters is K-pop", matcher) == ["kpop-demon-hunters", "k-pop"]
    assert named("케이팝 데몬 헌터스는 케이팝이야", matcher) == ["kpop-demon-hunters", "k-pop"]


def test_a_shared_name_means_everybody_who_is_called_so():
    matcher = EntityMatcher([GOLDEN_SONG, GOLDEN_ALBUM])
    assert named("golden", matcher) == ["golden-song", "golden-album"]
    assert named("골든은", matcher) == ["golden-song", "golden-album"]


@pytest.mark.parametrize("text", ["xiumni", "Xiuminn", "blackpnik", "BLAKCPINK", "katsye", "kateye's", "seventen"])
def test_a_misspelt_name_is_guessed(text):
    assert len(guessed(text)) == 1


@pytest.mark.parametrize(("text", "entity"), [("블랙팽크는", "blackpink"), ("캣츠와이", "katseye")])
def test_a_misspelt_korean_name_is_guessed(text, entity):
    assert guessed(text) == [entity]


@pytest.mark.parametrize("text", ["ui", "ius", "iou", "apd", "rosy", "로재", "아이우"])
def test_short_names_are_never_guessed(text):
    assert guessed(text) == []


def test_a_word_that_texts_use_is_no_misspelt_name():
    assert guessed("blackpin") == ["blackpink"]
    assert guessed("blackpin", frozenset({"blackpin"})) == []


def test_a_word_as_near_to_two_names_is_not_guessed():
    matcher = EntityMatcher([Entity("a", "group", "Starla"), Entity("b", "group", "Starlo")])
    assert guessed("Starli", matcher=matcher) == []


def test_what_a_name_stands_on_is_not_guessed_again():
    assert guessed("Xiumin") == []


def test_a_guess_says_what_it_was_taken_for():
    (mention,) = MATCHER.misspelt("xiumni", lambda _: False)
    assert mention.corrected == "xiumin"


@given(texts)
def test_any_text_has_mentions_that_lie_in_it_in_order(text):
    normalised = normalise(text)
    mentions = MATCHER.mentions_in(normalised)
    borders = [border for mention in mentions for border in (mention.start, mention.end)]
    assert borders == sorted(borders)
    assert all(0 <= border <= len(normalised) for border in borders)
    assert all(mention.entities for mention in mentions)
    MATCHER.misspelt(normalised, lambda _: False)


@given(st.sampled_from(EVERYBODY), st.data(), st.sampled_from(["", "의", "에서", "는"]))
def test_every_spelling_is_found_in_a_sentence(entity, data, particle):
    spelling = data.draw(st.sampled_from(entity.spellings))
    assert entity.id in named(f"요즘 {spelling}{particle} 소식")


def test_a_spelling_that_is_a_common_word_without_its_dots_is_not_looked_for():
    matcher = EntityMatcher([Entity("united-states", "place", "U.S."), Entity("it", "work", "It")])
    assert named("tell us about it", matcher) == []


def test_every_other_spelling_of_the_pack_is_found(pack: Pack):
    matcher = EntityMatcher(pack.entities)
    missed = [
        (entity.id, spelling)
        for entity in pack.entities
        for spelling in entity.spellings
        if entity.id not in named(spelling, matcher) and not _is_no_name(spelling)
    ]
    assert missed == []


def _is_no_name(spelling: str) -> bool:
    """Whether nobody types it so, "Sio (FIFTY FIFTY)", or it stands alone for something else: "15&", "U.S."."""
    compact = "".join(re.findall(r"\w", normalise(spelling)))
    return "(" in spelling or compact.isdigit() or compact in ENGLISH


def test_no_particle_of_the_list_hides_a_name_of_the_pack(pack: Pack):
    matcher = EntityMatcher(pack.entities)
    names = [
        (entity.id, entity.name_ko) for entity in pack.entities if entity.name_ko and not _is_no_name(entity.name_ko)
    ]
    hidden = [(id, n, p) for id, n in names for p in sorted(PARTICLES) if not named(f"{n}{p}", matcher)]
    assert hidden == []


def test_without_entities_nothing_is_named():
    assert EntityMatcher([]).mentions("IU and Rosé") == []
    assert EntityMatcher([]).misspelt("blackpnik", lambda _: False) == []
