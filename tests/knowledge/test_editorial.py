"""Editorial rules: one bad text a line; the field is named and the remedy told."""

import json

import pytest

from knowledge.errors import HallyuError
from knowledge.near_misses import load_near_misses
from knowledge.pack import check_areas, check_own_words, read_draft, read_pages, remarks_on
from knowledge.pack.editorial.areas import FEWEST

FILE = "corpus/fine.yaml"
FINE = """\
topic: fine
title: {en: Fine, ko: 좋은 것}
sources:
  paper-2025:
    {title: Charts, publisher: The Paper, published: 2025-11-05, url: "https://paper.example/a", read: 2026-01-31}
  mobile-2025:
    {title: Charts, publisher: The Paper, published: 2025-11-05, url: "https://m.paper.example/b", read: 2026-01-31}
snippets:
  - id: golden-76-days
    text: "\\"Right Now\\" stayed at No. 1 for 76 days in 2025. USA Today counted the days."
    text_ko: 〈라이트 나우〉는 2025년 76일 동안 1위였다. 날수는 USA 투데이가 셌다.
    kind: event
    as_of: 2025-11-05
    status: reported
    asks: [how long was right now number one, 라이트 나우 며칠 1위]
    sources: [paper-2025, mobile-2025]
"""
PAPER = "publisher: The Paper, published: 2025-11-05"
KOREAN = "〈라이트 나우〉는 2025년 76일 동안 1위였다. 날수는 USA 투데이가 셌다."
FAULTS = [
    (
        "    text_ko: 〈라이트 나우〉는 2025년 76일 동안 1위였다. 날수는 USA 투데이가 셌다.\n",
        "",
        "text_ko",
        "is missing",
    ),
    ("76일", "67일", "text_ko", "lacks 76, which text has"),
    ("USA Today counted", "It was counted", "text", "begins with It (It was counted the days.). Write the name."),
    ("USA Today counted", "This was counted over", "text", "begins with This was"),
    ("날수는 USA 투데이가", "이는 USA 투데이가", "text_ko", "begins with 이는"),
    ("counted the days.", "counted the days last year.", "text", "says last year, which changes with the reader"),
    ("counted the days.", "counted. Today all is well.", "text", "says today"),
    ("날수는", "날수는 지난해", "text_ko", "says 지난해"),
    ("날수는", "날수는 현재", "text_ko", "says 현재"),
    ("counted the days.", "counted. So. And so. On.", "text", "has 5 sentences, 3 at most"),
    ("counted the days.", f"counted {'very ' * 70}long days.", "text", "has a sentence of"),
    ("[how long was right now number one, 라이트 나우 며칠 1위]", "[how long]", "asks", "one in Korean"),
    ("[how long was right now number one, 라이트 나우 며칠 1위]", "[얼마나, 며칠]", "asks", "one of them in English"),
    ("[how long was right now number one, 라이트", "[how long, How long?, 라이트", "asks[2]", "also asked of golden"),
    ("    sources: [paper", "    waive: {number: no}\n    sources: [paper", "waive.number", "Did you mean numbers?"),
    ("    sources: [paper", "    waive: {numbers: ok}\n    sources: [paper", "waive.numbers", "gives no reason"),
    (
        'publisher: The Paper, published: 2025-11-05, url: "https://m',
        'publisher: A, url: "https://m',
        "publisher",
        "is A",
    ),
]


@pytest.fixture
def folder(pack_folder):
    pack_folder.write(FILE, FINE)
    (pack_folder.root / "corpus/charts.yaml").unlink()
    return pack_folder


def remarks(folder):
    return list(remarks_on(read_draft(folder.root)))


def test_a_well_written_snippet_is_left_alone(folder):
    assert remarks(folder) == []


@pytest.mark.parametrize(("old", "new", "field", "message"), FAULTS)
def test_every_rule_names_the_field_and_the_remedy(folder, old, new, field, message):
    folder.edit(FILE, old, new)
    assert any(f.file == FILE and f.field == field and message in f.message for f in remarks(folder)), remarks(folder)


def test_a_way_to_ask_that_is_known_to_have_no_answer_is_named(folder):
    miss = next(miss for misses in load_near_misses().values() for miss in misses if miss.isascii())
    folder.edit(FILE, "asks: [how long was right now number one,", f"asks: [{json.dumps(miss.upper())},")
    (fault,) = remarks(folder)
    assert (fault.field, "knowledge/near_misses.json" in fault.message) == ("asks[1]", True)


def test_a_waiver_with_a_reason_excuses(folder):
    folder.edit(FILE, "76일", "67일")
    folder.edit(FILE, "    sources: [paper", "    waive: {numbers: the page itself differs}\n    sources: [paper")
    assert remarks(folder) == []


def test_a_dated_present_is_no_relative_time(folder):
    folder.edit(FILE, "날수는 USA", "2025년 11월 현재 날수는 USA")
    folder.edit(FILE, "USA Today counted", "As of November 2025 USA Today counted")
    assert remarks(folder) == []


def test_eight_words_in_a_row_are_the_pages_and_seven_are_not(folder, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    saved = "url: https://paper.example/a\n---\nYes: stayed at no. 1 for 76 days, all of 2025."
    (pages / "paper-2025.txt").write_text(saved, encoding="utf-8")
    draft = read_draft(folder.root)
    assert list(check_own_words(draft, read_pages(pages))) == []
    (pages / "paper-2025.txt").write_text(saved.replace(", all of", " in"), encoding="utf-8")
    (fault,) = check_own_words(draft, read_pages(pages))
    assert (fault.entry, fault.field) == ("golden-76-days", "text")
    assert "stayed at no 1 for 76 days in" in fault.message


def test_a_saved_page_that_cannot_be_read_is_named(tmp_path):
    page = tmp_path / "paper-2025.txt"
    page.write_bytes("한국".encode("euc-kr"))
    with pytest.raises(HallyuError, match=r"paper-2025\.txt is not UTF-8 at byte 0\. Save the file as UTF-8"):
        read_pages(tmp_path)
    page.unlink()
    page.mkdir()
    with pytest.raises(HallyuError, match=r"paper-2025\.txt cannot be read"):
        read_pages(tmp_path)


def test_what_is_no_address_stops_no_rule(folder):
    folder.edit(FILE, "https://m.paper.example/b", "https://[m.paper.example/b")
    assert remarks(folder) == []


def test_a_narrow_area_is_named(folder):
    (fault,) = check_areas(read_draft(folder.root))
    assert (fault.file, fault.field) == (FILE, "snippets")
    assert fault.message.startswith(f"has 1 snippets, {FEWEST} at least")
