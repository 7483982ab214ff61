"""Questions that the pack is known not to answer speak against its notes, and against nobody else's."""

from __future__ import annotations

import pytest

from fakes.embedder import FakeEmbedder
from fakes.notes import GLOSSARY, a_note, a_pipeline, draft
from index.embedding import text_key
from index.evidence import UNTOLD
from index.knowledge_index import KnowledgeIndex
from index.lexicon import Lexicon
from index.loading import encode_texts, texts_of, wanted
from index.near_misses import NearMisses, nearness
from knowledge.models import PACK, Scope

ACME = 71
NOTE_ASKED = "구리 광산은 얼마나 깊어"
NOTE = a_note(
    1,
    "The copper mine is 300 metres deep.",
    "구리 광산의 깊이는 300미터다.",
    asks=("how deep is the copper mine", NOTE_ASKED),
)
THEIRS = a_note(
    2,
    "The town sold the copper mine.",
    "구리 광산은 마을이 팔았다.",
    owner=ACME,
    asks=("who sold the copper mine", NOTE_ASKED),
)
MISSES = {"note-1": ["who sold the copper mine", "구리 광산은 누가 팔았나", "how wide is the silver mine"]}


def an_index(misses: dict[str, list[str]]) -> KnowledgeIndex:
    embedder = FakeEmbedder()
    index = KnowledgeIndex(Lexicon.of(GLOSSARY), embedder.dimension, near_misses=NearMisses(lambda: misses))
    for note in (NOTE, THEIRS):
        documents = index.prepare([note])
        index.load(note.owner, documents, encode_texts(wanted(index, note.owner, documents, embedder), embedder))
    return index


def contrast(question: str, misses: dict[str, list[str]], scope: Scope = Scope()) -> dict[int, float]:  # noqa: B008
    pipeline = a_pipeline(an_index(misses))
    reading = pipeline.read(question, scope)
    judged = pipeline.judged(reading, pipeline.encode([reading])[0])
    return {j.hit.document.revision.id: j.evidence.contrast for j in judged}


def test_a_near_miss_speaks_against_the_note_and_a_way_to_ask_for_it():
    assert contrast("who sold the copper mine", MISSES)[1] > 0 > contrast("how deep is the copper mine", MISSES)[1]


def test_one_that_the_model_cannot_read_does_so_by_its_words():
    missed, asked = (contrast(question, MISSES, Scope(ACME)) for question in (MISSES["note-1"][1], NOTE_ASKED))
    assert missed[1] > 0 > asked[1]
    assert missed[2] == UNTOLD == asked[2]
    assert contrast(NOTE_ASKED, {"note-1": MISSES["note-1"][:1]})[1] == UNTOLD  # none in Korean


def test_it_says_nothing_about_what_a_guild_wrote():
    found = contrast("who sold the copper mine", MISSES, Scope(ACME))
    assert found[2] == UNTOLD != found[1]


def test_why_speaks_of_it_only_where_it_says_something():
    receipt = draft(a_pipeline(an_index(MISSES)), "who sold the copper mine", Scope(ACME)).receipt
    assert ["contrast" in candidate for candidate in sorted(receipt["candidates"], key=lambda c: c["revision"])] == [
        True,
        False,
    ]


def test_without_any_nothing_is_said():
    assert set(contrast("who sold the copper mine", {}).values()) == {UNTOLD}
    assert NearMisses().nearness(FakeEmbedder().encode(["copper"])[0]) is None


def test_only_those_that_the_model_knows_are_embedded_beside_the_texts_of_the_pack():
    embedder = FakeEmbedder()
    index = KnowledgeIndex(Lexicon.of(GLOSSARY), embedder.dimension, near_misses=NearMisses(lambda: MISSES))
    documents = index.prepare([NOTE])
    beside = wanted(index, PACK, documents, embedder).keys() - texts_of(documents, embedder).keys()
    assert beside == {text_key(MISSES["note-1"][0]), text_key(MISSES["note-1"][2])}
    assert wanted(index, ACME, documents, embedder) == texts_of(documents, embedder)


@pytest.mark.parametrize(
    ("cosines", "mean"), [([], None), ([0.5], 0.5), ([0.25, 0.5], 0.375), ([0.0, 0.75, 0.25, 0.5], 0.5)]
)
def test_nearness_is_the_mean_of_the_three_largest(cosines, mean):
    assert nearness(cosines) == pytest.approx(mean)
