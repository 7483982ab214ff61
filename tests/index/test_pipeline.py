"""From a question to quotes: every one is a span of a live revision; a shared name is asked back; the rest declined."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.embedder import FakeEmbedder
from fakes.nasty import texts
from fakes.notes import SURE, a_note, a_pipeline, an_index, draft, prepared
from index.answerer import evidence_for, ranked_sentences
from index.calibration import load_calibration
from index.confidence import Basis, Confidence, basis_of
from index.demands import demands_of
from index.embedding import Vectors
from index.evidence import Evidence
from index.judging import Judged, in_order, nearly_as_sure
from index.knowledge_index import KnowledgeIndex
from index.pipeline import Draft, Pipeline
from index.proof import prove
from index.ranking import OWN
from index.results import NoAnswer, WhichOne
from index.written import Written
from knowledge.models import PACK, Entity, Glossary, Quote, Revision, Scope, Statement, Term, Topic

ROSE = Entity("rose", "soloist", "Rosé", "로제", ("Roseanne Park",))
GOLDEN_SONG = Entity("golden-song", "song", "Golden", "골든")
GOLDEN_ALBUM = Entity("golden-album", "album", "Golden", "골든")

LONG = "The first sentence is about silver. " + "It goes on and on about many other things. " * 12
MINES = "The mine of copper is deep.\n\nThe mine of tin is not."
NOTES = [
    a_note(1, "Golden stayed at No. 1 for 76 days.", "골든은 76일 동안 1위를 지켰다.", entities=("golden-song",)),
    a_note(2, "Rosé sang APT. with Bruno Mars. It came out in 2024.", "로제는 브루노 마스와 APT.를 불렀다."),
    a_note(3, LONG + MINES),
    a_note(4, None, "하이브는 이타카 홀딩스를 인수했다."),
    a_note(5, "“Who?” she asked.  Nobody knew — not even 로제!", asks=("who knew",)),
]
LIVE = {note.id: note for note in NOTES}
INDEX = an_index(NOTES, [ROSE, GOLDEN_SONG])
PIPELINE = a_pipeline(INDEX)
NEVER = {language: dict.fromkeys(Basis, replace(SURE[language][Basis.TEXT], threshold=2.0)) for language in SURE}

WORDS = "who|golden|골든은|로제|rosé|76|days|copper|mine|이타카|what|누구|1위|apt|tin|in a row|2024|?"
questions = texts | st.lists(st.sampled_from(WORDS.split("|")), max_size=6).map(" ".join)


def quoted(question: str, pipeline: Pipeline = PIPELINE) -> list[str]:
    drafted = draft(pipeline, question, Scope())
    assert isinstance(drafted, Draft)
    return [cut(quote) for quote in drafted.quotes]


def cut(quote: Quote) -> str:
    return (LIVE[quote.revision].snippet.text_in(quote.language) or "")[quote.start : quote.end]


@given(questions)
@settings(max_examples=60)
def test_every_line_is_a_span_of_a_live_revision_and_no_question_raises(question):
    drafted = draft(PIPELINE, question, Scope())
    json.dumps(drafted.receipt)
    if not isinstance(drafted, Draft):
        return
    answer = prove(drafted.quotes, LIVE, drafted.language, "2026-11-23", drafted.receipt)
    assert answer is not None
    assert len(answer.lines) == len(drafted.quotes)
    for line in answer.lines:
        assert line.text.strip()
        assert line.text == cut(line.quote)
        assert {answer.citations[mark - 1].revision for mark in line.marks} == {line.quote.revision}


@given(questions)
@settings(max_examples=30)
def test_what_is_not_sure_enough_is_never_said(question):
    assert isinstance(draft(Pipeline(INDEX, FakeEmbedder(), NEVER), question, Scope()), NoAnswer)


def test_a_short_snippet_is_shown_whole():
    assert quoted("what did Golden do on which days")[0] == NOTES[0].snippet.text


def test_of_a_long_one_the_sentence_that_answers_is_shown_with_those_beside_it():
    assert quoted("how deep is the copper mine")[0] == f"It goes on and on about many other things. {MINES}"


def test_sentences_that_do_not_fit_are_not_shown_beside_one():
    lengthy = f"It goes on{' and on' * 60} about many other things. "
    note = a_note(1, f"{lengthy}The mine of copper is deep. {lengthy}")
    (quote,) = draft(a_pipeline(an_index([note])), "how deep is the copper mine", Scope()).quotes
    assert note.snippet.text[quote.start : quote.end] == "The mine of copper is deep."


def test_a_korean_question_is_answered_in_korean():
    assert quoted("골든은 며칠 동안 1위였어?")[0] == NOTES[0].snippet.text_ko


def test_the_same_thing_is_not_said_twice():
    notes = [a_note(n, "Golden stayed at No. 1 for 76 days in a row.") for n in (1, 2, 3)]
    drafted = draft(a_pipeline(an_index(notes)), "golden 76 days in a row", Scope())
    assert isinstance(drafted, Draft)
    assert len(drafted.quotes) == 1


def test_nothing_known_is_no_answer_in_the_language_of_the_question():
    empty = a_pipeline(an_index([]))
    for question, language in (("golden", "en"), ("골든", "ko"), ("", "en")):
        drafted = draft(empty, question, Scope())
        assert isinstance(drafted, NoAnswer)
        assert (drafted.language, drafted.closest) == (language, ())


def test_a_decline_names_the_topics_nearest_to_the_question():
    index = an_index(NOTES, [ROSE])
    index.title([Topic("charts", "Charts", "차트")])
    drafted = draft(Pipeline(index, FakeEmbedder(), NEVER), "copper", Scope())
    assert isinstance(drafted, NoAnswer)
    assert [topic.id for topic in drafted.closest] == ["charts"]


@pytest.fixture(scope="module")
def namesakes() -> KnowledgeIndex:
    notes = [
        a_note(1, "Golden, the song, came out in June.", entities=("golden-song",)),
        a_note(2, "Golden, the album, came out in July.", entities=("golden-album",)),
    ]
    return an_index(notes, [GOLDEN_SONG, GOLDEN_ALBUM])


@pytest.mark.parametrize(("question", "language"), [("when did Golden come out", "en"), ("골든", "ko")])
def test_a_shared_name_is_asked_back_with_labels_that_differ(namesakes, question, language):
    drafted = draft(a_pipeline(namesakes), question, Scope())
    assert isinstance(drafted, WhichOne)
    assert drafted.language == language
    assert {choice.entity for choice in drafted.choices} == {"golden-song", "golden-album"}
    assert len({choice.label for choice in drafted.choices}) == 2


@pytest.mark.parametrize(("meant", "revision"), [("golden-song", 1), ("golden-album", 2)])
def test_once_it_is_known_which_one_is_meant_the_answer_is_about_that(namesakes, meant, revision):
    drafted = draft(a_pipeline(namesakes), "when did Golden come out", Scope(), meant)
    assert isinstance(drafted, Draft)
    assert drafted.quotes[0].revision == revision


def test_a_text_about_all_namesakes_answers_at_once():
    note = a_note(1, "Golden is a song and an album.", entities=("golden-song", "golden-album"))
    drafted = draft(a_pipeline(an_index([note], [GOLDEN_SONG, GOLDEN_ALBUM])), "what is Golden", Scope())
    assert isinstance(drafted, Draft)


def test_a_text_about_all_namesakes_that_does_not_say_what_is_demanded_answers_for_none():
    notes = [
        a_note(1, "Golden did come out.", entities=("golden-song", "golden-album")),
        a_note(
            2,
            "The song called Golden by those who sang it came to the shops, out of nowhere, in June 2025.",
            entities=("golden-song",),
        ),
        a_note(
            3,
            "The album called Golden by those who sold it came to the shops, out of nowhere, in July 2025.",
            entities=("golden-album",),
        ),
    ]
    weights = replace(SURE["en"][Basis.TEXT].weights, demands=-1.0)
    demanding = {language: dict.fromkeys(Basis, Confidence(0.0, weights, 0.4)) for language in SURE}
    pipeline = Pipeline(an_index(notes, [GOLDEN_SONG, GOLDEN_ALBUM]), FakeEmbedder(), demanding)
    drafted = draft(pipeline, "when did Golden come out", Scope())

    assert drafted.receipt["candidates"][0]["revision"] == 1
    assert isinstance(drafted, WhichOne)


def test_the_receipt_says_what_was_understood_and_which_revisions_were_weighed():
    drafted = draft(PIPELINE, "Rosé", Scope())
    assert drafted.receipt["names"] == ["rose"]
    assert drafted.receipt["candidates"][0]["revision"] == 2
    told = {field.name for field in fields(Evidence)} - {"contrast"}  # there are no near misses
    assert told <= drafted.receipt["candidates"][0].keys()
    assert drafted.receipt["candidates"][0].keys().isdisjoint({"contrast"})
    assert drafted.receipt["model"] == FakeEmbedder.fingerprint


def test_the_receipt_says_what_puts_a_note_of_the_server_first():
    pipeline = a_pipeline(an_index([a_note(1, "Gold is old."), a_note(2, "Gold is here.", owner=ACME)]))
    candidates = draft(pipeline, "gold", Scope(ACME)).receipt["candidates"]
    assert {found["revision"]: found.get("own") for found in candidates} == {1: None, 2: OWN}


def test_only_one_part_of_the_receipt_repeats_the_question():
    receipt = draft(PIPELINE, "zyzzyva about Rosé", Scope()).receipt
    assert "zyzzyva" in json.dumps(receipt["question"])
    assert "zyzzyva" not in json.dumps({key: value for key, value in receipt.items() if key != "question"})


@given(
    st.builds(Evidence, **dict.fromkeys((field.name for field in fields(Evidence)), st.floats(0, 1))),
    st.builds(Evidence, **dict.fromkeys((field.name for field in fields(Evidence)), st.floats(-9, 9))),
)
@settings(max_examples=30)
def test_confidence_is_a_probability(evidence, weights):
    assert 0 <= Confidence(0.5, weights, 0.5)(evidence) <= 1


@given(questions)
@settings(max_examples=30)
def test_evidence_lies_between_nothing_and_all(question):
    reading = PIPELINE.read(question, Scope())
    for judged in PIPELINE.judged(reading, PIPELINE.encode([reading])[0]):
        for field in fields(Evidence):
            assert -1.001 <= getattr(judged.evidence, field.name) <= 1.001, field.name


def test_a_note_without_a_single_sentence_hurts_nobody():
    index = an_index([a_note(1, "Golden rose gold tin."), a_note(2, " \n ", asks=("golden rose",))])
    assert isinstance(draft(a_pipeline(index), "rose", Scope()), Draft | NoAnswer)


K_POP = Entity("k-pop", "genre", "K-pop", "케이팝")


def evidence(question: str, *notes: Revision, entities: Sequence[Entity] = (), guild: int = PACK) -> Evidence:
    """What speaks for the best of some notes."""
    pipeline = a_pipeline(an_index(notes, entities))
    reading = pipeline.read(question, Scope(guild or None))
    return pipeline.judged(reading, pipeline.encode([reading])[0])[0].evidence


def test_naming_what_everything_is_about_says_nothing_for_a_text():
    about = a_note(1, "K-pop came by loudspeaker.", entities=("k-pop",))
    assert evidence("do all K-pop bands sing", about, entities=[K_POP]).mass == 0
    assert evidence("K-pop loudspeaker", about, entities=[K_POP]).mass > 0


def test_a_place_that_is_named_is_meant_but_for_korea():
    japan, korea = Entity("japan", "place", "Japan", "일본"), Entity("south-korea", "place", "South Korea", "한국")
    mine = a_note(1, "The copper mine is deep.", entities=("rose",))
    assert evidence("copper mine in Japan", mine, entities=[japan, korea, ROSE]).names == 1
    assert evidence("copper mine in South Korea", mine, entities=[japan, korea, ROSE]).names == 0


ACME = 71


def test_a_note_of_a_server_may_say_a_term_in_any_words_but_a_place_is_meant():
    japan, trainee = Entity("japan", "place", "Japan", "일본"), Entity("trainee", "term", "trainee", "연습생")
    sold = {"text": "Copper is sold by Rosé.", "entities": ("rose",)}
    known = [japan, trainee, ROSE]
    assert evidence("may a trainee buy copper", a_note(1, **sold), entities=known).names == 1
    own = a_note(1, **sold, owner=ACME)
    assert evidence("may a trainee buy copper", own, entities=known, guild=ACME).names == 0
    assert evidence("is copper sold in Japan", own, entities=known, guild=ACME).names == 1


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Rosé founded a mine in Japan.", 1),
        ("Rosé founded a mine in Japan with Kim Haneul.", 0),
        ("로제는 일본에 하늘과 광산을 세웠다.", 0),
    ],
)
def test_who_is_told_by_a_note_of_a_server_whose_people_nobody_has_linked(text, lacking):
    japan, linked = Entity("japan", "place", "Japan", "일본"), ("rose", "japan")
    english, korean = (None, text) if text[0] == "로" else (text, None)
    note = a_note(1, english, korean, owner=ACME, entities=linked)
    assert evidence("who founded a mine with Rosé", note, entities=[japan, ROSE], guild=ACME).somebody == lacking


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Larkin Studio has room for thirty dancers.", "라킨 스튜디오에 몇 명?"),
        ("라킨 스튜디오에는 서른 명까지 들어가요.", "how many people fit into larkin"),
    ],
)
def test_a_name_in_a_note_of_the_server_is_found_by_its_sound_in_the_other_script(text, question):
    english, korean = (text, None) if text[0] == "L" else (None, text)
    notes = [
        a_note(number, *pair, owner=ACME)
        for number, pair in enumerate([("The café is shut.", None), (english, korean)])
    ]
    best, *_ = a_pipeline(an_index(notes)).hits(question, Scope(ACME))
    assert best.document.revision.id == 1
    assert best.scores.coverage > 0
    assert not a_pipeline(an_index(notes)).hits(question, Scope())


@pytest.mark.parametrize(
    ("note", "question"),
    [
        (("Our Blackpink party is on Friday.", None), "블랙팽크 언제 나와?"),
        ((None, "블랙핑크 팬미팅은 금요일이에요."), "when did blakpink sing"),
        ((None, "이벤트는 금요일이에요."), "when did blakcpink sing"),
    ],
)
def test_what_is_mistyped_is_still_mended_where_notes_have_the_name_in_the_other_script(note, question):
    known = [Entity("blackpink", "group", "BLACKPINK", "블랙핑크")]
    read = a_pipeline(an_index([a_note(1, *note, owner=ACME)], known)).read(question, Scope(ACME))
    assert read.query.entities == ("blackpink",)


def test_what_was_removed_is_heard_no_more_and_what_was_added_is():
    index = an_index([a_note(1, "We met Lorkin.", owner=ACME)])
    documents, vectors = prepared(index, [a_note(2, "We met Larkin.", owner=ACME)], FakeEmbedder())

    def heard() -> str:
        return a_pipeline(index).read("라킨 어디 있어?", Scope(ACME)).query.gloss

    assert heard() == "lorkin"
    index.owner(ACME).add(documents, vectors)
    assert heard() == "larkin"
    index.owner(ACME).remove(2)
    assert heard() == "lorkin"


@pytest.mark.parametrize("question", ["can I sell copper", "will copper be sold tonight", "can guests sell copper"])
def test_a_note_that_a_server_wrote_for_its_members_may_tell_them_in_any_words(question):
    note = {"text": "Guests sell copper at the door."}
    assert evidence(question, a_note(1, **note)).demands == 1
    assert evidence(question, a_note(1, **note, owner=ACME), guild=ACME).demands == 0


FEAST, OPENED = "The copper mine did open with a feast.", "In May 1900 the copper mine did open for the town."
LONG = a_note(1, f"{FEAST} {'Silver was sold to the towns around it for many years. ' * 8}{OPENED}")


@pytest.mark.parametrize(
    ("question", "sentence"), [("did the copper mine open", FEAST), ("when did the copper mine open", OPENED)]
)
def test_of_a_long_text_the_sentence_is_shown_that_says_what_is_demanded(question, sentence):
    (quote,) = draft(a_pipeline(an_index([LONG])), question, Scope()).quotes
    assert sentence in LONG.snippet.text[quote.start : quote.end]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("구리 광산은 왕과 바다 옆 마을을 위해 팠다. 은은 팔렸다. 구리 광산은 팠다.", [2, 0, 1]),
        ("은은 팔렸다. 구리 광산은 깊다. 그것은 곧 닫혔다.", [1, 2, 0]),
    ],
    ids=["says little else", "goes on from one that answers"],
)
def test_of_sentences_with_as_much_of_the_question_the_one_comes_first_that(text, order):
    hits = a_pipeline(an_index([a_note(1, None, text)])).hits("구리 광산", Scope())
    assert [sentence.number for _, sentence in ranked_sentences(hits, demands_of("구리 광산"))] == order


def test_a_sentence_goes_on_from_the_one_before_it_and_the_first_from_none():
    (hit,) = a_pipeline(an_index([a_note(1, None, "그것은 곧 닫혔다. 구리 광산은 깊다.")])).hits("구리 광산", Scope())
    first, last = (evidence_for(hit, sentence, demands_of("구리 광산")) for sentence in hit.sentences)
    assert last.coverage > 0 == first.before == last.before


def test_a_text_without_vectors_is_seen_beside_the_one_with_most_of_the_question():
    two, one = a_note(1, None, "차트는 길다. 데뷔는 3월이다."), a_note(2, None, "차트는 짧다.")
    pipeline = a_pipeline(an_index([two, one, a_note(3, "A chart of mines.")]))
    reading = pipeline.read("차트 데뷔", Scope())
    found = pipeline.judged(reading, pipeline.encode([reading])[0])
    assert {judged.hit.is_embedded for judged in found} == {True, False}
    most, nearest = (max(getattr(s, name) for j in found for s in j.hit.sentences) for name in ("coverage", "cosine"))
    for judged in found:
        assert judged.evidence.nearest == nearest if judged.hit.is_embedded else judged.evidence.nearest > most


def test_of_a_text_without_vectors_counts_how_little_else_it_says_beside_the_question():
    def precision(text: str) -> float:
        return evidence("구리 광산", a_note(1, None, text)).precision

    terse = precision("구리 광산은 깊다.")
    assert 0 < precision("구리 광산은 왕과 바다 옆 마을을 위해 팠다.") < terse < 1
    assert precision("구리! 구리 광산은 깊다.") == terse  # a heading says little else, too
    assert evidence("copper mine", a_note(1, "The copper mine.")).precision == 0


RANKED = Glossary((Term("first", "first", ("first",), ("최초-",), question=False),))


@pytest.mark.parametrize(("text", "lacking"), [("Gold was the first mine.", 0), ("Gold and tin were mines.", 1)])
def test_who_was_first_is_not_answered_by_who_was_there(text, lacking):
    index = an_index([a_note(1, text)], glossary=RANKED)
    reading = a_pipeline(index).read("which mine was first", Scope())
    (judged,) = a_pipeline(index).judged(reading, a_pipeline(index).encode([reading])[0])
    assert judged.evidence.numbers == lacking


FOUNDED = a_note(1, "Rosé founded a mine.", entities=("rose",))


@pytest.mark.parametrize(
    ("question", "note", "lacking"),
    [
        ("where did Rosé found a mine", FOUNDED, 0),
        ("how many weeks did the mine of Rosé last", FOUNDED, 1),
        ("should I found a mine", FOUNDED, 1),
        ("should I found a mine", a_note(1, "Ask first.", asks=("should I found a mine",)), 0),
    ],
)
def test_what_a_question_demands_is_not_met_by_other_things(question, note, lacking):
    assert evidence(question, note, entities=[ROSE]).demands == lacking


@pytest.mark.parametrize(
    ("question", "note", "lacking"),
    [
        ("who founded a mine", FOUNDED, 0),
        ("who founded a mine with Rosé", FOUNDED, 1),
        ("who founded a mine with Rosé", a_note(1, "Rosé founded a mine."), 1),
        ("who founded a mine with Rosé", a_note(1, "Rosé founded a mine with Kim Haneul."), 0),
        ("who founded a mine with Rosé", a_note(1, None, "로제는 하늘과 광산을 세웠다."), 0),
        ("who is Rosé", FOUNDED, 0),
    ],
)
def test_who_is_not_told_by_a_text_that_names_nobody_else(question, note, lacking):
    assert evidence(question, note, entities=[ROSE]).somebody == lacking


def test_what_is_asked_for_is_not_told_by_a_text_without_it():
    asked = "which chart did Rosé found"
    assert evidence(asked, FOUNDED, entities=[ROSE]).focus == 1
    assert evidence(asked, a_note(1, "Rosé founded a chart.", entities=("rose",)), entities=[ROSE]).focus == 0


def test_one_common_word_that_is_found_is_little_to_go_by():
    notes = [a_note(n, f"Mine {n} is deep.") for n in range(1, 9)] + [a_note(9, "The copper mine of silver town.")]
    assert evidence("is the mine there", *notes).mass < evidence("is the copper mine of silver town there", *notes).mass


def test_where_many_texts_are_as_good_none_leads():
    alike = [a_note(n, f"Mine {n} is deep.") for n in range(1, 9)]
    assert evidence("deep mine", *alike).lead < evidence("copper mine", *alike, a_note(9, "A copper mine.")).lead


def test_a_korean_word_that_stands_whole_in_a_text_outweighs_its_scattered_syllables():
    whole = a_note(1, None, "그는 기획사를 세웠다.")
    scattered = a_note(2, None, "그는 기획을 배우고 획사라는 말을 만들었다.")
    best, other = a_pipeline(an_index([scattered, whole])).hits("기획사는 누가", Scope())
    assert (best.document.revision.id, other.document.revision.id) == (1, 2)
    assert best.scores.coverage > other.scores.coverage > 0


def test_an_english_word_as_it_is_written_outweighs_another_of_its_stem():
    written, stemmed = a_note(1, "The miner was deep underground."), a_note(2, "The mine was deep underground.")
    best, other = a_pipeline(an_index([stemmed, written])).hits("a deep miner", Scope())
    assert (best.document.revision.id, other.document.revision.id) == (1, 2)
    assert best.scores.coverage > other.scores.coverage > 0


def test_a_word_inside_another_is_not_written_there():
    within, apart = Written(["tin", "기획사"]).within, {"tin", "기획사"}
    assert within("a tin-plated fish of 기획사들") == apart
    assert within("satin, 기획 사") == set()
    assert Written([]).within("tin") == set()


def test_only_a_long_text_is_held_to_be_long():
    said = {words: "Copper" + " mine" * (words - 1) + "." for words in (2, 60, 120, 9_000)}
    assert [
        hit.scores.brevity
        for text in said.values()
        for hit in a_pipeline(an_index([a_note(1, text)])).hits("copper", Scope())
    ] == [0, 0, pytest.approx(-0.17, abs=0.01), -1]


@pytest.mark.parametrize(
    ("question", "note", "basis"),
    [
        ("how deep is the copper mine", a_note(1, "The mine of copper is deep.", asks=("is copper deep",)), Basis.ASKS),
        ("how deep is the copper mine", a_note(1, "The mine of copper is deep."), Basis.TEXT),
        ("when did the chart debut", a_note(1, None, "차트 데뷔는 3월이다."), Basis.ACROSS),
        ("차트 데뷔는 언제야", a_note(1, "The chart had its debut in March."), Basis.ACROSS),
        ("when did the chart debut", a_note(1, None, "차트 데뷔는 3월이다.", asks=("차트 데뷔 날짜",)), Basis.ACROSS),
        ("차트 데뷔는 언제야", a_note(1, "The chart had its debut in March.", asks=("chart debut",)), Basis.ASKS),
        ("차트 데뷔는 언제야", a_note(1, None, "차트 데뷔는 3월이다.", asks=("차트 데뷔 날짜",)), Basis.WORDS),
        ("차트 데뷔는 언제야", a_note(1, None, "차트 데뷔는 3월이다.", asks=("date of chart debut",)), Basis.ASKS),
        ("차트 데뷔는 언제야", a_note(1, None, "차트 데뷔는 3월이다. Chart debut!"), Basis.WORDS),
    ],
)
def test_a_model_of_its_own_weighs_each_way_to_compare_a_text(question, note, basis):
    models = {"en": {each: replace(SURE["en"][each], threshold=0.1 * n) for n, each in enumerate(Basis)}}
    pipeline = Pipeline(an_index([note]), FakeEmbedder(), {**models, "ko": models["en"]})
    reading = pipeline.read(question, Scope())
    (judged,) = pipeline.judged(reading, pipeline.encode([reading])[0])
    assert basis_of(judged.hit, reading.query.language) is basis
    assert judged.model is models["en"][basis]
    assert draft(pipeline, question, Scope()).receipt["candidates"][0]["threshold"] == judged.model.threshold


def test_glosses_that_do_not_count_crowd_nothing_out():
    english = a_note(1, "The chart had its debut in March.")
    korean = [a_note(number, None, f"차트 데뷔 {number}번.", owner=7) for number in range(2, 200)]
    pipeline = a_pipeline(an_index([english, *korean]))
    assert 1 in {hit.document.revision.id for hit in pipeline.hits("그 차트 데뷔", Scope(7), most=1000)}


def test_each_language_has_a_measured_model_for_each_of_them():
    for language, models in load_calibration().items():
        assert set(models) == set(Basis), language
        assert models[Basis.WORDS].weights.dense == models[Basis.TEXT].weights.contrast == 0


def a_hit(evidence: Evidence, score: float, confidence: float) -> Judged:
    (hit,) = PIPELINE.hits("copper mine", Scope())[:1]
    return Judged(replace(hit, score=score), evidence, SURE["en"][Basis.WORDS], confidence)


NOTHING_MISSING = Evidence(**dict.fromkeys((field.name for field in fields(Evidence)), 0.0))


def test_of_two_texts_with_nearly_the_same_score_the_surer_one_comes_first():
    near, sure = a_hit(NOTHING_MISSING, 0.52, 0.7), a_hit(NOTHING_MISSING, 0.5, 0.97)
    assert in_order([near, sure]) == [sure, near]
    far = a_hit(NOTHING_MISSING, 0.3, 0.97)
    assert in_order([far, near]) == [near, far]


def test_a_text_of_the_server_comes_before_a_bundled_one_with_somewhat_more_score():
    def owned(score: float) -> Judged:
        bundled = a_hit(NOTHING_MISSING, score, 0.7)
        own = replace(bundled.hit.document, revision=replace(bundled.hit.document.revision, owner=ACME))
        return replace(bundled, hit=replace(bundled.hit, document=own))

    bundled = a_hit(NOTHING_MISSING, 0.5, 0.7)
    near, far = owned(0.45), owned(0.35)
    assert in_order([bundled, near]) == [near, bundled]
    assert in_order([bundled, far]) == [bundled, far]


def test_a_text_that_lacks_a_name_comes_last_however_sure():
    named, unnamed = a_hit(NOTHING_MISSING, 0.1, 0.0), a_hit(replace(NOTHING_MISSING, names=1.0), 0.9, 1.0)
    assert in_order([unnamed, named]) == [named, unnamed]


def test_an_unmet_demand_puts_a_fact_last_which_says_one_thing_but_no_other_text():
    meets, lacks = a_hit(NOTHING_MISSING, 0.3, 0.4), a_hit(replace(NOTHING_MISSING, demands=1.0), 0.6, 0.3)
    assert in_order([meets, lacks]) == [lacks, meets]
    revision = lacks.hit.document.revision
    told = replace(revision, snippet=replace(revision.snippet, statement=Statement("mine", "founded", "1900")))
    fact = replace(lacks, hit=replace(lacks.hit, document=replace(lacks.hit.document, revision=told)))
    assert in_order([meets, fact]) == [meets, fact]


def test_a_text_that_seems_to_lack_a_demand_keeps_no_surer_one_from_answering():
    undated, dated = a_note(1, "The copper mine did open."), a_note(2, "A mine of copper and silver began in 1900.")
    strict = Confidence(4.0, replace(NOTHING_MISSING, demands=-8.0), threshold=0.5)
    index, models = an_index([undated, dated]), {language: dict.fromkeys(Basis, strict) for language in SURE}
    pipeline, question = Pipeline(index, FakeEmbedder(), models), "when did the copper mine open"
    assert [hit.document.revision.id for hit in pipeline.hits(question, Scope())] == [1, 2]
    drafted = draft(pipeline, question, Scope())
    assert isinstance(drafted, Draft)
    assert [quote.revision for quote in drafted.quotes] == [2]


def test_beside_a_very_sure_text_a_less_sure_one_is_not_shown():
    very, rather, hardly = (a_hit(NOTHING_MISSING, 0.5, sure) for sure in (0.97, 0.7, 0.62))
    assert nearly_as_sure([very, rather]) == [very]
    assert nearly_as_sure([rather, hardly]) == [rather, hardly]


class Watched(FakeEmbedder):
    """Holds on to nothing it has made, but knows whether somebody does."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[weakref.ref[Vectors]] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = super().encode(texts)
        self.made.append(weakref.ref(vectors))
        return vectors


def test_the_vector_of_a_name_does_not_keep_the_batch_it_was_made_in():
    embedder = Watched()
    pipeline = a_pipeline(INDEX, embedder)
    pipeline.encode([pipeline.read(question, Scope()) for question in ("who is Rosé", "what is copper")])
    gc.collect()
    assert [made() for made in embedder.made] == [None]
    pipeline.encode([pipeline.read("where is Rosé", Scope())])
    assert embedder.encoded[-1] == ["where is Rosé"], "the name was kept"
