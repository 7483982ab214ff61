"""What is exported is what is imported again, whatever stands in it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.nasty import texts
from knowledge.exporting import corpus_yaml
from knowledge.importing import Around, Imported, parse
from knowledge.importing.cleaning import clean
from knowledge.models import Entity, Kind, Snippet, Source, Statement, Status, Topic, canonical
from knowledge.pack import load_pack
from knowledge.pack.strict_yaml import parse as read_yaml

PAGE = Source("Charts: the year", "The Paper", "https://paper.example/charts", "2025-11-05", "2026-01-31")
GOLDEN = Snippet("golden", "charts", "Golden was first.", None, Kind.EVENT, "2025-11-05", Status.REPORTED, (PAGE,))

WORDS = ("골든", "👩‍👩‍👧", "null", "yes", "1.10", "2025-11-05", "---", "...", "\\n", "é", "\u00a0", "\u3000")

_marked = st.text(st.sampled_from(":#'\"\n -?*&!%@`|>{}[],~\\a가"), max_size=6)
_nasty = st.lists(_marked | st.sampled_from(WORDS) | st.text(max_size=5), min_size=1, max_size=8).map("".join)
said = (_nasty | texts).map(lambda text: clean(text[:150])).filter(str.strip)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
dates = st.sampled_from(["2025", "2025-11", "2025-11-05"])
sources = st.builds(
    Source,
    said,
    said,
    st.sampled_from(["https://a.example/x?y=1#z", "http://b.example/가:나"]),
    st.none() | dates,
    st.none() | st.just("2026-01-31"),
)
snippets = st.builds(
    Snippet,
    slugs,
    slugs,
    said,
    st.none() | said,
    st.just(Kind.STATE),
    dates,
    st.sampled_from(Status),
    st.lists(sources, min_size=1, max_size=3, unique=True).map(tuple),
    st.lists(slugs, max_size=3).map(tuple),
    st.lists(said, max_size=3).map(tuple),
    st.none() | st.just("2026-11"),
)


def again(exported: str) -> Imported:
    imported = parse("export.yaml", exported.encode(), Around("2026-11-26", "elsewhere"))
    assert imported.left_out == ()
    return imported


def contents(those):
    return sorted(canonical(one) for one in those)


@settings(deadline=None)
@given(
    st.lists(
        snippets | snippets.map(lambda s: replace(s, text=None, text_ko=s.text)),
        min_size=1,
        max_size=5,
        unique_by=lambda snippet: snippet.id,
    )
)
def test_importing_what_was_exported_gives_equal_snippets(those):
    assert contents(again(corpus_yaml(those, (), ())).snippets) == contents(those)


def test_the_bundled_notes_come_back_as_they_are():
    pack = load_pack()
    topic = [snippet for snippet in pack.snippets if snippet.topic in ("sm", "hybe", "charts-korea")]
    imported = again(corpus_yaml(topic, pack.topics, pack.entities[:500]))
    assert contents(imported.snippets) == contents(topic)
    assert contents(imported.entities) == contents(pack.entities[:500])


def test_a_file_looks_as_the_bundled_ones_do():
    text = "Golden was first, " * 10 + "and stayed."
    long = replace(GOLDEN, text=text, text_ko="골든이 1위였다.", asks=("how long", "a, b"))
    topic, entity = Topic("charts", "Charts: all", "차트"), Entity("duo", "group", "Duo", "듀오", ("DUO",))
    assert (
        corpus_yaml([long], [topic], [entity])
        == """\
topic: charts
title: {en: 'Charts: all', ko: 차트}
sources:
  the-paper-2025-11-05:
    title: "Charts: the year"
    publisher: The Paper
    published: 2025-11-05
    url: https://paper.example/charts
    read: 2026-01-31
snippets:
  - id: golden
    text: >-
      Golden was first, Golden was first, Golden was first, Golden was first, Golden was first, Golden was first, Golden
      was first, Golden was first, Golden was first, Golden was first, and stayed.
    text_ko: >-
      골든이 1위였다.
    kind: event
    as_of: 2025-11-05
    status: reported
    asks: [how long, 'a, b']
    sources: [the-paper-2025-11-05]
---
entities:
  - id: duo
    kind: group
    names: {en: Duo, ko: 듀오, also: [DUO]}
"""
    )


def test_pages_of_one_publisher_and_day_have_ids_of_their_own_and_a_page_has_one():
    other = replace(PAGE, url="https://paper.example/other")
    exported = corpus_yaml([replace(GOLDEN, sources=(PAGE, other)), replace(GOLDEN, id="second")], (), ())
    declared = read_yaml(exported.encode()).value["sources"]
    assert list(declared) == ["the-paper-2025-11-05", "the-paper-2025-11-05-2"]


def test_structured_facts_are_left_out():
    fact = replace(GOLDEN, id="duo/label/x", statement=Statement("duo", "label", "x"))
    assert corpus_yaml([fact], (), ()) == ""
    assert "duo" not in corpus_yaml([GOLDEN, fact], (), ())
