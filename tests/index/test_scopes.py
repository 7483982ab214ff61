"""Which knowledge a question sees, in which language, and in what order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.notes import a_note, a_pipeline, an_index, draft, found
from index.knowledge_index import KnowledgeIndex, scope_of
from index.pipeline import Draft
from knowledge.models import PACK, Entity, Scope, Topic

ACME, OTHER = 71, 72
WORDS = st.lists(
    st.sampled_from(["gold", "silver", "tin", "copper", "who", "sang", "골든", "로제"]), min_size=1, max_size=5
)


@pytest.fixture
def index() -> KnowledgeIndex:
    return an_index(
        [
            a_note(1, "Gold is in the pack."),
            a_note(2, "Gold is in the notes of Acme.", owner=ACME),
            a_note(3, "Gold is in the notes of the others.", owner=OTHER),
        ]
    )


def test_a_direct_message_sees_the_pack_alone(index):
    assert found(index, "gold", Scope()) == [1]


@pytest.mark.parametrize(("guild", "own"), [(ACME, 2), (OTHER, 3)])
def test_a_guild_sees_the_pack_and_its_own(index, guild, own):
    assert sorted(found(index, "gold", Scope(guild))) == [1, own]


def test_a_guild_without_notes_sees_the_pack(index):
    assert found(index, "gold", Scope(999)) == [1]


def test_the_pack_however_large_does_not_crowd_out_what_a_guild_wrote():
    bundled = [a_note(number, f"Gold and silver {number}.") for number in range(1, 60)]
    index = an_index([*bundled, a_note(99, "Our gold and our silver.", owner=ACME)])
    hits = a_pipeline(index).hits("gold silver", Scope(ACME), most=100)
    assert 99 in [hit.document.revision.id for hit in hits]


def owned_by(owner: int, texts: list[list[str]], first: int) -> list:
    return [a_note(n, f"{' '.join(words)}.", owner=owner) for n, words in enumerate(texts, first)]


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), WORDS)
@settings(max_examples=30)
def test_two_guilds_never_see_each_other(pack, acme, other, asked):
    notes = [*owned_by(PACK, pack, 1), *owned_by(ACME, acme, 101), *owned_by(OTHER, other, 201)]
    index = an_index(notes)
    question = " ".join(asked)
    assert all(number < 200 for number in found(index, question, Scope(ACME)))
    assert all(number < 100 or number > 200 for number in found(index, question, Scope(OTHER)))
    assert all(number < 100 for number in found(index, question, Scope()))


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, max_size=6), WORDS)
@settings(max_examples=30)
def test_what_one_guild_adds_changes_nothing_for_another(pack, other, asked):
    question = " ".join(asked)
    alone = found(an_index(owned_by(PACK, pack, 1)), question, Scope(ACME))
    beside = found(an_index([*owned_by(PACK, pack, 1), *owned_by(OTHER, other, 201)]), question, Scope(ACME))
    assert alone == beside


def test_names_of_one_guild_mean_nothing_in_another(index):
    index.name(ACME, [Entity("our-mascot", "person", "Goldie")])
    assert [m.entities for m in index.vocabulary(Scope(ACME)).names.mentions("Goldie")] == [("our-mascot",)]
    assert index.vocabulary(Scope(OTHER)).names.mentions("Goldie") == []
    assert index.vocabulary(Scope()).names.mentions("Goldie") == []


def test_a_renamed_entity_is_known_at_once(index):
    index.name(PACK, [Entity("rose", "soloist", "Roseanne")])
    assert index.vocabulary(Scope(ACME)).names.mentions("Rosé") == []
    index.name(PACK, [Entity("rose", "soloist", "Rosé")])
    assert len(index.vocabulary(Scope(ACME)).names.mentions("Rosé")) == 1


@pytest.mark.parametrize("owner", [PACK, ACME])
def test_the_scope_of_an_owner_sees_that_owner(owner):
    assert owner in scope_of(owner).owners


@pytest.mark.parametrize(
    ("note", "question", "language"),
    [
        (a_note(1, "Gold and tin.", "골드와 틴."), "gold", "en"),
        (a_note(1, "Gold and tin.", "골드와 틴."), "골드", "ko"),
        (a_note(1, "골드 means gold."), "골드", "en"),
        (a_note(1, None, "골드는 gold."), "gold", "ko"),
    ],
)
def test_a_text_in_the_language_of_the_question_is_taken_where_there_is_one(note, question, language):
    drafted = draft(a_pipeline(an_index([note])), question, Scope())
    assert isinstance(drafted, Draft)
    assert [quote.language for quote in drafted.quotes] == [language]


def test_words_of_the_other_language_find_nothing_where_both_are_written():
    assert found(an_index([a_note(1, "Tin.", "골드.")]), "골드", Scope()) == [1]
    assert found(an_index([a_note(1, "골드.", "틴.")]), "골드", Scope()) == []


def test_the_title_of_the_topic_counts():
    index = an_index([])
    index.title([Topic("mines", "Silver mines", "은광")])
    documents = index.prepare([a_note(1, "They are deep.", topic="mines"), a_note(2, "They are tall.", topic="towers")])
    index.load(PACK, documents, {})
    assert found(index, "silver", Scope()) == [1]


def test_ways_to_ask_count_though_they_are_never_shown():
    index = an_index([a_note(1, "It lasted 76 days.", asks=("how long was the reign",)), a_note(2, "It ended.")])
    assert found(index, "how long did the reign last", Scope())[0] == 1


def test_a_name_finds_a_text_that_spells_it_otherwise():
    rose = Entity("rose", "soloist", "Rosé", "로제", ("Roseanne Park",))
    index = an_index([a_note(1, "Roseanne Park sang."), a_note(2, "Lisa sang.")], [rose])
    assert found(index, "로제", Scope())[0] == 1
    assert found(index, "rosé", Scope())[0] == 1


def test_a_removed_note_is_found_no_more(index):
    index.owner(ACME).remove(2)
    assert found(index, "gold", Scope(ACME)) == [1]


@pytest.mark.parametrize("question", ["gold ring number", "who is it"])
def test_removed_notes_do_not_crowd_out_a_living_one(question):
    dead = [a_note(n, f"Who is it, gold ring number {n}?") for n in range(1, 200)]
    index = an_index([*dead, a_note(1000, "The ring.")])
    for note in dead:
        index.owner(PACK).remove(note.id)
    assert found(index, question, Scope()) == [1000]


@pytest.mark.parametrize("question", ["", "?", "who", "누구", "\ud800", "👍🏽"])
def test_a_question_without_content_is_no_error(index, question):
    found(index, question, Scope(ACME))


def test_nothing_is_found_where_nothing_is_known():
    assert found(an_index([]), "gold", Scope()) == []


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
@settings(max_examples=30)
def test_the_same_question_finds_the_same_in_the_same_order(texts, asked):
    index = an_index(owned_by(PACK, texts, 1))
    question = " ".join(asked)
    assert found(index, question, Scope()) == found(index, question, Scope())
