"""Web pages are read in a process of their own, and their hostile ones cost no more than a few seconds."""

import os
import subprocess
import sys
import time

import pytest

from knowledge.importing import Around, ImportRefused, parse, web_pages
from knowledge.importing.extraction import SECONDS
from knowledge.models import Source

URL = "https://paper.example/golden?id=1"
AROUND = Around("2026-11-26", "news", Source(URL, "paper.example", URL, read="2026-11-26"))
BARE = Around("2026-11-26", "news")

PAGE = """\
<!doctype html>
<html lang="en"><head>
<title>Golden stays on top | The Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2025-11-05T10:00:00Z">
<link rel="canonical" href="https://paper.example/golden">
</head><body>
<nav><a href="/">Home</a> <a href="/music">Music</a></nav>
<article>
<h1>Golden stays on top</h1>
<p>“Golden” stayed at No. 1 for 76 days in a row. It is the longest run of a
<a href="https://other.example/song">song by a made-up group</a>, the chart’s keepers said on Monday.</p>
<p>골든은 76일 동안 1위였다. 가장 긴 기록이다.</p>
<h2>What is next</h2>
<ul><li>A sequel is in the works at the studio.</li><li>A tour has been ruled out for now.</li></ul>
<p>https://video.example/watch</p>
<table><tr><th>Day</th><td>76</td></tr></table>
</article>
<footer>All rights reserved</footer>
</body></html>
"""


def test_the_text_of_a_page_becomes_notes_and_the_page_is_their_source():
    imported = parse("page.html", PAGE.encode(), AROUND)
    assert [snippet.text or snippet.text_ko for snippet in imported.snippets] == [
        "“Golden” stayed at No. 1 for 76 days in a row. It is the longest run of a song by a made-up group, "
        "the chart’s keepers said on Monday.",
        "골든은 76일 동안 1위였다. 가장 긴 기록이다.",
        "A sequel is in the works at the studio.",
        "A tour has been ruled out for now.",
    ]
    page = Source("Golden stays on top", "The Paper", URL, "2025-11-05", "2026-11-26")
    assert {snippet.sources for snippet in imported.snippets} == {(page,)}
    assert {snippet.as_of for snippet in imported.snippets} == {"2025-11-05"}


def test_another_page_that_was_named_as_the_source_is_cited_as_it_is():
    source = Source("IVE", "starship.example", "https://starship.example/ive", read="2026-11-26")
    imported = parse("page.html", PAGE.encode(), Around("2026-11-26", "news", source, is_elsewhere=True))
    assert {snippet.sources for snippet in imported.snippets} == {(source,)}


def test_a_page_whose_address_nobody_knows_gives_its_own():
    (first, *_) = parse("page.htm", PAGE.encode(), BARE).snippets
    assert first.sources[0].url == "https://paper.example/golden"


def test_what_a_page_does_not_say_of_itself_is_taken_from_around_it():
    page = b"<html><body><p>Golden stayed at No. 1 for 76 days.</p></body></html>"
    (snippet,) = parse("page.html", page, AROUND).snippets
    assert snippet.sources == (AROUND.source,)
    assert snippet.as_of == "2026-11-26"


def test_a_page_that_claims_to_come_from_the_future_has_no_date():
    (first, *_) = parse("page.html", PAGE.replace("2025-11-05", "2031-11-05").encode(), AROUND).snippets
    assert first.sources[0].published is None


@pytest.mark.parametrize("encoding", ["euc-kr", "utf-8-sig"])
def test_a_page_may_have_another_encoding(encoding):
    page = PAGE.replace("“", '"').replace("”", '"').replace("’", "'")
    page = page.replace("<head>", f'<head><meta charset="{encoding.removesuffix("-sig")}">')
    korean = [snippet.text_ko for snippet in parse("page.html", page.encode(encoding), AROUND).snippets]
    assert "골든은 76일 동안 1위였다. 가장 긴 기록이다." in korean


BOMBS = {
    "deep nesting": b"<div>" * 100_000 + b"Golden was first.",
    "deeper lists": b"<ul><li>" * 500_000,
    "100,000 tags": b"<p>x</p>" * 100_000,
    "100,000 inline tags": b"<p>" + b"<b><i>x</i></b>" * 100_000,
    "a table without end": b"<table>" + b"<tr><td>x" * 100_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x</p>",
    "8 MB of paragraphs": b"<p>Golden was first for %d days.</p>" * 220_000,
    "open brackets": b"<" * 3_000_000,
    "a script": b"<script>" + b"x" * 7_000_000,
    "a page without text": b"<html><body><img src=x></body></html>",
}


@pytest.mark.slow
@pytest.mark.parametrize("page", BOMBS.values(), ids=BOMBS.keys())
def test_a_page_that_is_a_bomb_is_refused_in_time(page):
    began = time.perf_counter()
    with pytest.raises(ImportRefused) as caught:
        parse("page.html", page, AROUND)
    assert time.perf_counter() - began < SECONDS + 5
    assert "\n" not in str(caught.value)
    assert caught.value.key in {"import.page_empty", "import.page_heavy", "import.too_many", "import.long"}


@pytest.mark.parametrize("page", [b"%PDF-1.7 <p>", b"PK\3\4<p>", b"<p>Golden\0</p>", "<p>Golden</p>".encode("utf-16")])
def test_what_is_no_page_never_reaches_the_reader(page, monkeypatch):
    monkeypatch.setattr(web_pages, "web_page", None)
    with pytest.raises(ImportRefused):
        parse("page.html", page, AROUND)


def test_the_reader_does_not_see_the_bots_environment(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options)
        return subprocess.CompletedProcess(command, 0, b'{"text": "Golden was first."}')

    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setattr(web_pages.subprocess, "run", run)
    parse("page.html", PAGE.encode(), AROUND)
    assert set(seen["env"]) <= {"PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL"}
    assert seen["timeout"] == SECONDS


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
def test_the_reader_gets_no_more_memory_than_it_is_given():
    greedy = "from knowledge.importing.extraction import _limit; _limit(); bytearray(600_000_000)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


def test_nothing_else_loads_the_library():
    watch = "import sys, knowledge.importing, knowledge.exporting; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", watch], env=os.environ, check=False).returncode == 0
