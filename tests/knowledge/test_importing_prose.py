"""How plain text and Markdown are divided into notes."""

import pytest
from hypothesis import given

from fakes.nasty import texts
from knowledge.importing import Around, Imported, ImportRefused, parse
from knowledge.importing.cleaning import clean
from knowledge.models import Source

AROUND = Around("2026-11-26", "news", Source("The page", "The Paper", "https://paper.example/page"))
BARE = Around("2026-11-26", "news")
NUMBERS = ("One.", "Two.", "Three.")


def read(text: str, name: str = "notes.md", around: Around = AROUND) -> Imported:
    return parse(name, text.encode(), around)


def said(text: str, name: str = "notes.md") -> list[str | None]:
    return [snippet.text or snippet.text_ko for snippet in read(text, name).snippets]


def cited(text: str) -> list[tuple[str | None, list[str]]]:
    """Each note with the addresses of its sources."""
    return [(snippet.text, [source.url for source in snippet.sources]) for snippet in read(text, around=BARE).snippets]


@pytest.mark.parametrize("name", ["notes.txt", "notes.md"])
def test_each_paragraph_and_list_item_is_a_note(name):
    text = "# Golden\n\nGolden was\nfirst.\n\n- One item.\n- Another item.\n\n1. A third.\n\n> A fourth.\n"
    assert said(text, name) == ["Golden was first.", "One item.", "Another item.", "A third.", "A fourth."]


def test_a_long_paragraph_becomes_notes_of_three_sentences():
    assert said("One. Two. Three. Four. Five.") == ["One. Two. Three.", "Four. Five."]


def test_a_note_is_as_long_as_is_kept_and_no_longer():
    long, short = f"X{'x' * 400}.", f"Y{'y' * 200}."
    assert said(f"{long} {short} {short}") == [long, f"{short} {short}"]


def test_a_sentence_that_is_too_long_is_left_out_with_its_line():
    imported = read("Short.\n\n" + "x" * 601)
    assert [snippet.text for snippet in imported.snippets] == ["Short."]
    assert [str(left) for left in imported.left_out] == [
        "line 3: has a sentence of 601 characters, and 600 at most are kept: divide it."
    ]


def test_a_paragraph_that_is_too_long_is_left_out():
    imported = read("Short.\n\n" + "Word. " * 600)
    assert [str(left.where) for left in imported.left_out] == ["line 3"]


def test_korean_and_english_sentences_are_told_apart():
    text = "BTS의 Dynamite가 Billboard Hot 100에서 1위를 했다. 두 번째다.\n\nThe word 한류 means wave. 끝이다."
    both = [(snippet.text, snippet.text_ko) for snippet in read(text).snippets]
    assert both == [
        (None, "BTS의 Dynamite가 Billboard Hot 100에서 1위를 했다. 두 번째다."),
        ("The word 한류 means wave.", None),
        (None, "끝이다."),
    ]


def test_markup_is_read_and_what_is_no_text_is_left_out():
    text = """\
**Golden** by [HUNTR/X](https://a.example/h) was `first`. ![cover](c.png)

```
code here
```

    indented code

| a | b |
| - | - |
| c | d |

<div>html</div>
"""
    assert said(text) == ["Golden by HUNTR/X was first."]


def test_escapes_entities_and_line_breaks_are_read():
    text = "A\\_B is not \\*starred\\*, R&amp;B is one<br>genre &lt;of&gt; many.\\\nYes.\r\n\r\nMore."
    assert said(text) == ["A_B is not *starred*, R&B is one genre <of> many. Yes.", "More."]


def test_what_stands_before_a_text_about_it_is_no_note():
    assert said("---\ntitle: Golden\ndate: 2025-11-05\n---\n\nGolden was first.") == ["Golden was first."]


def test_in_plain_text_an_indented_paragraph_is_a_paragraph():
    assert said("Golden was first.\n\n    Indented, as in a letter.", "notes.txt")[1] == "Indented, as in a letter."


@pytest.mark.parametrize(
    "named",
    [
        "https://a.example/x",
        "<https://a.example/x>",
        "Source: https://a.example/x",
        "출처: https://a.example/x",
        "[A page](https://a.example/x)",
        "Source: [A page](https://a.example/x)",
        "(via: https://a.example/x)",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_page_named_after_a_paragraph_is_its_source(named, between):
    text = f"One.\n\nTwo.{between}{named}\n\nThree.\nhttps://c.example/z\n"
    assert cited(text) == [("Two.", ["https://a.example/x"]), ("Three.", ["https://c.example/z"])]


def test_a_page_named_after_a_list_is_the_source_of_its_items():
    assert cited("- One.\n- Two.\n\nSource: https://a.example/x") == [
        ("One.", ["https://a.example/x"]),
        ("Two.", ["https://a.example/x"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- HYBE.\n  - Source: {a}\n- SM.\n  - Source: {b}\n- JYP.\n  - Source: {c}",
        "1. HYBE.\n2. Source: {a}\n3. SM.\n4. Source: {b}\n5. JYP.\n6. Source: {c}",
        "- HYBE.\n\n  {a}\n\n- SM.\n\n  {b}\n\n- JYP.\n\n  {c}",
        "- HYBE.\n  {a}\n- SM.\n- {b}\n- JYP.\n- {c}",
    ],
)
def test_a_page_named_in_a_list_is_the_source_of_its_item_alone(text):
    pages = {letter: f"https://e.example/{letter}" for letter in "abc"}
    assert cited(text.format(**pages)) == [
        (text, [page]) for text, page in zip(("HYBE.", "SM.", "JYP."), pages.values(), strict=True)
    ]


def test_a_list_of_many_items_with_a_page_each_is_taken_whole():
    text = "\n".join(f"- Group {number}.\n  - Source: https://e.example/{number}" for number in range(30))
    assert cited(text) == [(f"Group {number}.", [f"https://e.example/{number}"]) for number in range(30)]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("- One.\n- Two.\n- {x}\n- Three.\n- {y}", ["x", "x", "y"]),
        ("- One.\n- Two.\n- Three.\n- {x}\n- {y}", ["xy", "xy", "xy"]),
        ("- One.\n  - {x}\n  - {y}\n- Two.\n- Three.\n- {z}", ["xy", "z", "z"]),
        ("- One.\n  - {x}\n- Two.\n- Three.\n\n{y}", ["xy", "y", "y"]),
        ("One.\n\n- {x}\n- Two.\n- {y}\n- Three.\n- {z}", ["x", "y", "z"]),
        ("- One.\n  - Two.\n  - {x}\n- Three.\n  - {y}", ["x", "x", "y"]),
    ],
)
def test_pages_in_a_list_are_the_sources_of_what_stands_since_the_last_source(text, sources):
    pages = {letter: f"https://e.example/{letter}" for letter in "xyz"}
    said = [(text, [pages[letter] for letter in letters]) for text, letters in zip(NUMBERS, sources, strict=True)]
    assert cited(text.format(**pages)) == said


@pytest.mark.parametrize("item", ["Two.", "x" * 601, "Word. " * 600], ids=["a note", "a sentence", "a paragraph"])
def test_a_page_under_an_item_is_no_source_of_the_items_before_it(item):
    imported = read(f"- One.\n- {item}\n  - https://e.example/x\n- Three.\n  - https://e.example/y", around=BARE)
    assert "One." not in [snippet.text for snippet in imported.snippets]
    assert (imported.left_out[0].where.at, imported.left_out[0].key) == ("1", "import.left.no_source")


@pytest.mark.parametrize(
    "label", ["Sources:", "source：", "**Sources:**", "Sources", "(Via)", "출처:", "자료 :", "__출처__"]
)
@pytest.mark.parametrize("after", ["\n", "\n\n"])
@pytest.mark.parametrize("pages", ["- {x}\n- {y}", "{x}\n{y}", "{x}\n\n[Y]({y})"])
def test_a_label_above_pages_says_nothing_itself(label, after, pages):
    x, y = "https://a.example/x", "https://b.example/y"
    text = f"One.\n\n{label}{after}{pages.format(x=x, y=y)}\n\nTwo.\n{x}"
    assert cited(text) == [("One.", [x, y]), ("Two.", [x])]


def test_a_label_in_a_list_says_nothing_itself():
    text = "- One.\n  - Sources:\n    - https://a.example/x\n    - https://b.example/y\n- Two.\n  - https://c.example/z"
    assert cited(text) == [("One.", ["https://a.example/x", "https://b.example/y"]), ("Two.", ["https://c.example/z"])]


def test_words_after_a_label_without_a_page_are_kept():
    assert said("One.\n\nSources say that Two is next.") == ["One.", "Sources say that Two is next."]


def test_several_pages_may_follow_and_a_heading_ends_it():
    assert cited("One.\n\nhttps://a.example/x\n\nhttps://b.example/y\n\n# Links\n\nhttps://c.example/z") == [
        ("One.", ["https://a.example/x", "https://b.example/y"])
    ]


def test_the_words_of_a_source_line_are_its_title():
    (snippet,) = read("One.\nSource: Billboard, 2025 https://www.a.example/x", around=BARE).snippets
    assert snippet.sources == (Source("Billboard, 2025", "a.example", "https://www.a.example/x"),)


@given(texts)
def test_any_text_is_read_or_refused(text):
    try:
        imported = parse("notes.md", text.encode("utf-8", "replace"), AROUND)
    except ImportRefused:
        return
    for snippet in imported.snippets:
        assert 0 < len(snippet.text or snippet.text_ko or "") <= 600


@given(texts)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
