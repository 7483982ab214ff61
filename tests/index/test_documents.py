"""What of a revision is searched, and what of it is embedded."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.embedder import FakeEmbedder
from fakes.nasty import texts
from fakes.notes import a_note, an_index
from index.documents import Document, entity_term
from index.embedding import text_key
from index.tokens import terms
from knowledge.models import Entity, Revision, Topic

ROSE = Entity("rose", "soloist", "Rosé", "로제")
LISA = Entity("lisa", "soloist", "Lisa", "리사")


def documents(note: Revision, *topics: Topic) -> dict[str, Document]:
    index = an_index([], [ROSE, LISA])
    index.title(topics)
    return {document.language: document for document in index.prepare([note])}


def embedded(document: Document, sentence: int) -> set[str]:
    """The keys of what stands for a sentence."""
    return {document.passages.keys[number] for number in document.sentences[sentence].passages}


def test_each_written_language_is_a_document_and_serves_its_own_questions():
    both = documents(a_note(1, "Rosé sings.", "로제가 노래한다."))
    assert {language: document.serves for language, document in both.items()} == {"en": {"en"}, "ko": {"ko"}}
    assert both["ko"].text == "로제가 노래한다."


def test_a_text_in_one_language_serves_both():
    (only,) = documents(a_note(1, None, "로제가 노래한다.")).values()
    assert only.serves == {"en", "ko"}


def test_a_linked_entity_is_a_term_though_it_is_not_named():
    assert entity_term("lisa") in documents(a_note(1, "She sings.", entities=("lisa",)))["en"].held


def test_the_links_of_a_curator_outweigh_the_names_in_the_text():
    held = documents(a_note(1, "Rosé and she sing.", entities=("lisa",)))["en"].terms
    assert entity_term("lisa") in held
    assert entity_term("rose") not in held


def test_a_text_without_links_is_about_whom_it_names():
    assert entity_term("rose") in documents(a_note(1, "Rosé sings."))["en"].terms
    assert entity_term("rose") in documents(a_note(1, None, "로제가 노래한다."))["ko"].terms


def test_the_title_of_the_topic_is_held_in_the_language_of_the_text():
    topic = Topic("charts", "Hit parade", "순위")
    both = documents(a_note(1, "Rosé sings.", "로제가 노래한다."), topic)
    assert set(terms("Hit parade")) <= both["en"].held
    assert set(terms("순위")) <= both["ko"].held
    assert not set(terms("Hit parade")) & both["ko"].held


def test_asks_are_held_in_their_own_language_and_embedded_with_the_texts():
    note = a_note(1, "It lasted.", "계속되었다.", asks=("how long", "며칠"))
    both = documents(note)
    assert set(terms("how long")) <= both["en"].held - both["ko"].held
    assert set(terms("며칠")) <= both["ko"].held - both["en"].held
    for document in both.values():
        assert set(document.passages.keys) == set(map(text_key, ("how long", "며칠", "It lasted.", "계속되었다.")))
    assert {wording.text for document in both.values() for wording in document.embedded} == {
        *note.snippet.asks,
        *(d.text for d in both.values()),
    }


def test_sentences_in_the_same_place_share_their_vectors_across_the_languages():
    both = documents(a_note(1, "One. Two.", "하나. 둘."))
    assert embedded(both["en"], 1) == embedded(both["ko"], 1) == {text_key("Two."), text_key("둘.")}


def test_sentences_that_do_not_stand_side_by_side_keep_to_their_language():
    both = documents(a_note(1, "One. Two.", "하나, 그리고 둘."))
    assert embedded(both["en"], 0) == {text_key("One.")}
    assert embedded(both["ko"], 0) == {text_key("하나, 그리고 둘.")}


def test_a_text_in_korean_alone_is_embedded_as_its_gloss_by_a_model_that_cannot_read_it():
    index = an_index([], [ROSE])
    (alone,) = index.prepare([a_note(1, None, "로제가 데뷔했다.", asks=("로제 데뷔", "rosé's debut"))])
    wordings = {wording.text: wording for wording in alone.embedded}
    assert {text: wording.gloss for text, wording in wordings.items()} == {
        "로제가 데뷔했다.": "Rosé debut",
        "로제 데뷔": "Rosé debut",
        "rosé's debut": "",
    }
    assert set(alone.passages.keys) == {wording.key for wording in wordings.values()}
    assert wordings["로제가 데뷔했다."].read_by(FakeEmbedder().knows) == "Rosé debut"
    assert wordings["로제가 데뷔했다."].read_by(lambda text: True) == "로제가 데뷔했다."
    assert wordings["rosé's debut"].read_by(FakeEmbedder().knows) == "rosé's debut"


def test_another_gloss_has_another_vector_and_what_is_not_understood_has_none():
    note = a_note(1, None, "리사가 걷는다.")
    (named,), (unknown,) = an_index([], [LISA]).prepare([note]), an_index([]).prepare([note])
    assert named.passages.keys != unknown.passages.keys
    (nothing, *_) = unknown.embedded
    assert (nothing.gloss, nothing.read_by(FakeEmbedder().knows)) == ("", "")


def test_a_text_with_an_english_one_beside_it_needs_no_gloss():
    both = documents(a_note(1, "Rosé sings.", "로제가 노래한다."))
    assert not any(wording.gloss for document in both.values() for wording in document.embedded)


@given(texts, st.none() | texts)
@settings(max_examples=30)
def test_any_text_makes_documents_whose_sentences_lie_in_it(english, korean):
    for document in documents(a_note(1, english, korean)).values():
        for sentence in document.sentences:
            start, end = sentence.span
            piece = document.text[start:end]
            assert piece.strip() == piece != ""
            assert text_key(piece) in document.passages.keys
