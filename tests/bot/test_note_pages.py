"""Pages of notes fit Discord, whatever the notes say, and hold what a moderator needs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.added import Clash
from bot.curation.corrected import Overtaken
from bot.curation.filters import AGES, Filter
from bot.curation.finding import ON_A_PAGE, Page
from bot.curation.listed import ORIGINS, Listed
from bot.curation.showing import Shown
from bot.rendering import custom_ids, list_ids
from bot.rendering.corrections import corrected_page
from bot.rendering.listings import list_page, search_page, stale_page
from bot.rendering.markdown import clean, cut, length
from bot.rendering.note_page import note_page
from bot.rendering.notes import result_page
from bot.rendering.urls import linkable
from fakes.answers import a_revision, a_source
from fakes.markup import foreign
from fakes.nasty import texts
from fakes.pages import broken_limits, buttons_of, text_of
from knowledge.curation import Version
from knowledge.models import Entity, Kind, Snippet, Source, Status, Topic
from knowledge.pack.joining import LONGEST_ID
from knowledge.queue import Opinions

languages = st.sampled_from(["en", "ko"])
ids = st.from_regex(r"[a-z0-9][a-z0-9._/-]{0,79}", fullmatch=True)
BUNDLED = a_revision()
TURN = partial(custom_ids.listed, carried="=")


def a_line(id: str = "tea", **changes: object) -> Listed:
    line = Listed(
        id, 1, "own", "Tea.", None, "charts", Kind.STATE, Status.REPORTED, "2025-11-05", None, "2026-11-26", " tea"
    )
    return replace(line, **changes)


def a_page(*notes: Listed, number: int = 1, pages: int = 1) -> Page:
    return Page(notes, number, pages, len(notes))


def a_shown(**changes: object) -> Shown:
    shown = Shown(BUNDLED.snippet, "bundled", BUNDLED, None, None, (), None, Opinions())
    return replace(shown, **changes)


def a_version(content: Snippet | None = None, author: int | None = 7) -> Version:
    return Version(12, "snippet", "tea", 3, "edit", content, author, "2026-11-26T09:00:00+00:00")


# --- lists -------------------------------------------------------------------------------------------------------


def test_a_line_says_where_a_note_comes_from_and_how_old_it_is(catalogue):
    note = a_line(status=Status.DISPUTED, valid_until="2027-03")

    text = text_of(list_page(a_page(note), Filter(), TURN, catalogue.voice("en")))

    assert text.splitlines() == [
        "### Notes: 1",
        "Tea.",
        "-# this server's note · disputed · as of 5 November 2025 · until March 2027",
    ]


def test_a_list_says_what_its_notes_have_in_common(catalogue):
    filter = Filter(Status.OFFICIAL, 7, "week", "charts", "own")

    text = text_of(list_page(a_page(a_line()), filter, TURN, catalogue.voice("en")))

    assert "-# this server's note · official · by <@7> · changed in the last week · topic: charts" in text.splitlines()


def test_an_empty_list_says_what_to_try(catalogue):
    for language in ("en", "ko"):
        voice = catalogue.voice(language)
        assert "/kb search" in text_of(list_page(a_page(), Filter(), TURN, voice))
        assert "/kb list" in text_of(search_page(a_page(), "x", None, TURN, voice))
        assert broken_limits(stale_page(a_page(), voice)) == []


@pytest.mark.parametrize(
    ("number", "turns"),
    [
        (1, {"Next": "hallyu:stale:2"}),
        (2, {"Previous": "hallyu:stale:1", "Next": "hallyu:stale:3"}),
        (3, {"Previous": "hallyu:stale:2"}),
    ],
)
def test_pages_are_turned_one_by_one(catalogue, number, turns):
    page = stale_page(a_page(number=number, pages=3), catalogue.voice("en"))

    assert buttons_of(page) == turns
    assert f"Page {number} of 3" in text_of(page)


def test_a_note_whose_id_no_button_holds_is_listed_without_one(catalogue):
    page = list_page(a_page(a_line("x" * 81), a_line("Ünicode")), Filter(), TURN, catalogue.voice("en"))

    assert buttons_of(page) == {}
    assert text_of(page).count("Tea.") == 2


lines = st.builds(
    a_line,
    ids | texts,
    origin=st.sampled_from(ORIGINS),
    text=st.none() | texts,
    text_ko=st.none() | texts,
    status=st.sampled_from(Status),
    as_of=texts,
    valid_until=st.none() | texts,
)


@pytest.mark.slow
@given(
    notes=st.lists(lines, max_size=ON_A_PAGE, unique_by=lambda line: line.id),
    said=texts,
    filter=st.builds(Filter, topic=st.none() | texts, author=st.none() | st.integers(0, 2**63)),
    language=languages,
)
def test_any_list_fits_and_carries_no_foreign_markup(catalogue, notes, said, filter, language):
    found, voice = Page(notes, 2, 99999, 999999), catalogue.voice(language)

    for page in (
        list_page(found, filter, TURN, voice),
        search_page(found, said, "own", TURN, voice),
        stale_page(found, voice),
    ):
        assert broken_limits(page) == []
        assert foreign(text_of(page).replace(f"<@{filter.author}>", "")) == []


# --- one note ----------------------------------------------------------------------------------------------------


def test_a_bundled_note_is_shown_whole(catalogue):
    snippet = replace(
        BUNDLED.snippet, asks=("how long", "며칠"), entities=("golden",), kind=Kind.STATE, valid_until="2027"
    )
    shown = a_shown(
        snippet=snippet,
        names=(Entity("golden", "song", "Golden", "골든"),),
        topic=Topic("charts", "Charts", "차트"),
        opinions=Opinions(3, 1),
    )

    page = note_page(shown, catalogue.voice("en"))

    assert text_of(page).splitlines() == [
        "### Note",
        f"> {snippet.text}",
        f"> {snippet.text_ko}",
        "-# bundled note · reported · can change · as of 5 November 2025 · until 2027",
        "topic: Charts",
        "names: Golden",
        r"ways to ask: how long \/ 며칠",
        "- Krypton Today · 5 November 2025 · kryptontoday.com · [open](https://kryptontoday.com/?p=10257)",
        "-# version 1 · 23 November 2026 · 👍 3 · 👎 1 · golden-76-days-spotify",
    ]
    assert buttons_of(page) == {
        "Edit": "hallyu:edit:golden-76-days-spotify",
        "Remove": "hallyu:remove:golden-76-days-spotify:0",
    }


def test_an_overridden_note_stands_beside_the_bundled_text(catalogue):
    ours = replace(BUNDLED.snippet, text="Ours.", text_ko=None)
    shown = a_shown(snippet=ours, origin="overridden", latest=a_version(ours), seen=12, bundled=BUNDLED.snippet)

    page = note_page(shown, catalogue.voice("en"))

    text = text_of(page)
    assert text.index("> Ours.") < text.index("bundled text") < text.index(f"> {BUNDLED.snippet.text}")
    assert "version 3 · by <@7> · 26 November 2026" in text
    assert buttons_of(page)["Remove"] == "hallyu:remove:golden-76-days-spotify:12"
    assert buttons_of(page)["History"] == "hallyu:history:12"


def test_a_removed_note_can_only_be_looked_at(catalogue):
    page = note_page(a_shown(origin="removed", latest=a_version(author=None), seen=12), catalogue.voice("en"))

    assert "/kb restore" in text_of(page)
    assert list(buttons_of(page)) == ["History"]


@pytest.mark.slow
@given(
    snippet=st.builds(
        Snippet,
        id=ids | texts,
        topic=texts,
        text=st.none() | texts,
        text_ko=st.none() | texts,
        kind=st.sampled_from(Kind),
        as_of=texts,
        status=st.sampled_from(Status),
        sources=st.lists(st.builds(Source, texts, texts, texts, st.none() | texts), max_size=4).map(tuple),
        asks=st.lists(texts, max_size=8).map(tuple),
        valid_until=st.none() | texts,
    ),
    names=st.lists(st.builds(Entity, st.just("e"), st.just("song"), texts), max_size=5).map(tuple),
    origin=st.sampled_from(ORIGINS),
    both=st.booleans(),
    language=languages,
)
def test_any_note_fits_and_carries_no_foreign_markup(catalogue, snippet, names, origin, both, language):
    bundled = snippet if both else None
    shown = Shown(snippet, origin, a_version(snippet), 10**9, bundled, names, None, Opinions(99, 99))

    page = note_page(shown, catalogue.voice(language))

    links = {linkable(source.url) for source in snippet.sources}
    assert broken_limits(page) == []
    assert foreign(text_of(page).replace("<@7>", ""), links) == []


def test_a_note_that_is_long_in_every_part_fits(catalogue):
    long = "가나다라 🐯 " * 400
    sources = tuple(a_source(f"https://paper.example/{n}/{'x' * 300}", long) for n in range(9))
    snippet = replace(BUNDLED.snippet, text=long, text_ko=long, asks=(long,) * 8, sources=sources, topic=long)
    entity = Entity("e", "song", long, long)

    for language in ("en", "ko"):
        shown = a_shown(snippet=snippet, bundled=snippet, origin="overridden", names=(entity,) * 25)
        page = note_page(shown, catalogue.voice(language))
        assert broken_limits(page) == []


# --- what buttons carry ------------------------------------------------------------------------------------------


@given(
    filter=st.builds(
        Filter,
        status=st.none() | st.sampled_from(Status),
        author=st.none() | st.integers(0, 10**20 - 1),
        age=st.none() | st.sampled_from(AGES),
        topic=st.none() | texts.map(clean).map(lambda topic: topic or None),
        origin=st.none() | st.sampled_from(ORIGINS),
    )
)
def test_a_filter_is_read_as_it_was_written(filter):
    assert list_ids.read(list_ids.written(filter)) == filter


@given(text=texts)
def test_a_filter_that_makes_no_sense_admits_something_all_the_same(text):
    assert isinstance(list_ids.read(text), Filter)


def test_a_filter_of_everything_is_carried_by_its_button():
    longest_topic = "asia-latin-and-more-besides-it"
    written = list_ids.written(Filter(Status.OUTDATED, 81384788765712384, "year", longest_topic, "overridden"))

    assert written == f"sx,ay,ov,u81384788765712384,t{longest_topic}"
    assert len(written) <= custom_ids.CARRIED


@pytest.mark.parametrize(
    ("pattern", "custom_id"),
    [
        (custom_ids.LIST, custom_ids.listed(99999, "=" + "🐯" * (custom_ids.CARRIED // 2))),
        (custom_ids.LIST, custom_ids.listed(1, "=")),
        (custom_ids.LIST, custom_ids.listed(1, "~abcdefgh-_12")),
        (custom_ids.FOUND, custom_ids.found(99999, "-", "=" + "🐯" * (custom_ids.CARRIED // 2))),
        (custom_ids.FOUND, custom_ids.found(2, "o", "=a:b")),
        (custom_ids.STALE, custom_ids.stale(99999)),
        (custom_ids.SHOW, custom_ids.show("x" * 80)),
    ],
)
def test_what_a_button_carries_fits_and_is_read_back(pattern, custom_id):
    assert pattern.fullmatch(custom_id)
    assert length(custom_id) <= 100


def test_the_longest_id_of_the_pack_fits_beside_a_version():
    assert custom_ids.fits(custom_ids.remove("x" * LONGEST_ID, 10**10 - 1))
    assert custom_ids.fits(custom_ids.edit("x" * 80))
    assert not custom_ids.fits("🏴" * 51)  # Discord counts two units each


@given(text=texts, limit=st.integers(1, 100))
def test_a_text_is_cut_to_what_a_choice_takes(text, limit):
    assert length(cut(text, limit)) <= limit
    assert cut(text, 10**6) == clean(text)


# --- who was faster ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "clashed", "overtook"),
    [
        (7, "그사이 <@7> 님이 이 노트를", "그사이 <@7> 님이 바꿨어요"),
        (None, "그사이 다른 운영진이 이 노트를", "그사이 이름을 지운 멤버가 바꿨어요"),
    ],
)
def test_in_korean_a_mention_alone_is_called_with_an_honorific(catalogue, author, clashed, overtook):
    voice, now = catalogue.voice("ko"), a_revision().snippet
    version = a_version(now, author)

    assert clashed in text_of(result_page(Clash(now, version, "draft"), {}, voice))
    assert overtook in text_of(corrected_page(Overtaken(version, now, now), voice))
