"""The pages beside a card fit Discord too, however much there is to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.panels import help_panel, receipt_panel, sources_panel, topics_panel
from bot.rendering.urls import linkable
from fakes.answers import GOLDEN, GOLDEN_KO, a_revision
from fakes.markup import foreign
from fakes.nasty import texts
from fakes.pages import broken_limits, text_of
from knowledge.models import Kind, Revision, Snippet, Source, Status, Topic
from knowledge.store import TopicCount

languages = st.sampled_from(["en", "ko"])


def test_a_note_is_shown_in_the_language_of_the_answer(catalogue):
    voice = catalogue.voice("en")

    assert GOLDEN_KO in text_of(sources_panel([a_revision()], "ko", voice))
    assert GOLDEN in text_of(sources_panel([a_revision(text_ko=None)], "ko", voice))


def test_a_note_of_the_server_is_told_from_a_bundled_one(catalogue):
    text = text_of(sources_panel([a_revision(owner=7), a_revision()], "en", catalogue.voice("en")))

    assert "-# this server's notes · reported · as of 5 November 2025" in text
    assert "-# bundled notes · reported · as of 5 November 2025" in text


def test_notes_that_do_not_fit_are_counted(catalogue):
    notes = [a_revision(f"Note {n}. " + "word " * 150) for n in range(9)]
    text = text_of(sources_panel(notes, "en", catalogue.voice("en")))

    assert f"-# Not shown here for lack of room: {9 - text.count('Note ')}" in text.splitlines()


def test_topics_come_with_how_much_there_is(catalogue):
    counts = [TopicCount(Topic("charts", "Charts", "차트"), 12), TopicCount(Topic("fandom", "Fandom", "팬덤"), 3)]

    assert "- Charts (12)\n- Fandom (3)" in text_of(topics_panel(counts, catalogue.voice("en")))
    assert "- 차트 (12)\n- 팬덤 (3)" in text_of(topics_panel(counts, catalogue.voice("ko")))


def test_no_topics_at_all_is_said(catalogue):
    assert "Nothing is on file yet." in text_of(topics_panel([], catalogue.voice("en")))


def test_help_says_what_is_kept_and_fits(catalogue):
    for language in ("en", "ko"):
        page = help_panel(catalogue.voice(language))

        assert "30" in text_of(page)
        assert broken_limits(page) == []


def test_a_receipt_names_its_parts_in_the_persons_language(catalogue):
    receipt = {"names": ["golden"], "new_feature": True, "candidates": [], "model": None}

    assert text_of(receipt_panel(receipt, catalogue.voice("ko"))).splitlines()[1:] == [
        "**알아본 이름**: golden",
        "**new feature**: 예",
        "**비교한 노트**: 없음",
        "**모델**: 없음",
    ]


sources = st.builds(Source, title=texts, publisher=texts, url=texts, published=st.none() | texts)
snippets = st.builds(
    Snippet,
    id=texts,
    topic=texts,
    text=texts,
    text_ko=st.none() | texts,
    kind=st.sampled_from(Kind),
    as_of=texts,
    status=st.sampled_from(Status),
    sources=st.lists(sources, max_size=4).map(tuple),
)
revisions = st.builds(
    Revision, id=st.just(1), owner=st.integers(0, 1), number=st.just(1), snippet=snippets, created_at=st.just("")
)


@pytest.mark.slow
@given(notes=st.lists(revisions, max_size=4), shown=languages, language=languages)
def test_any_notes_fit_and_carry_no_foreign_markup(catalogue, notes, shown, language):
    page = sources_panel(notes, shown, catalogue.voice(language))

    links = {linkable(source.url) for note in notes for source in note.snippet.sources}
    assert broken_limits(page) == []
    assert foreign(text_of(page), links) == []


@pytest.mark.slow
@given(
    receipt=st.dictionaries(
        texts,
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | texts,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
            max_leaves=8,
        ),
        max_size=5,
    ),
    language=languages,
)
def test_any_receipt_fits_and_carries_no_foreign_markup(catalogue, receipt, language):
    page = receipt_panel(receipt, catalogue.voice(language))

    assert broken_limits(page) == []
    assert foreign(text_of(page)) == []


@given(titles=st.lists(texts, max_size=60), language=languages)
def test_any_topics_fit_and_carry_no_foreign_markup(catalogue, titles, language):
    page = topics_panel([TopicCount(Topic("t", title, title), 1) for title in titles], catalogue.voice(language))

    assert broken_limits(page) == []
    assert foreign(text_of(page)) == []
