"""What tables, JSON lines and corpus files propose, and what of them is left out."""

import json

import pytest

from knowledge.importing import Around, Imported, ImportRefused, parse
from knowledge.models import Entity, Kind, Source, Status, canonical

PAGE = Source("The page", "The Paper", "https://paper.example/page", "2025-11-05")
AROUND = Around("2026-11-26", "news", PAGE)
BARE = Around("2026-11-26", "news")


def read(name: str, text: str, around: Around = AROUND) -> Imported:
    return parse(name, text.encode(), around)


def reasons(imported: Imported) -> list[str]:
    return [str(left) for left in imported.left_out]


def test_what_a_row_leaves_open_is_taken_from_around_it():
    (snippet,) = read("notes.csv", "text\nGolden was first.\n").snippets
    assert (snippet.topic, snippet.as_of, snippet.sources) == ("news", "2025-11-05", (PAGE,))
    assert (snippet.kind, snippet.status, snippet.text_ko) == (Kind.STATE, Status.REPORTED, None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_says_everything_a_snippet_holds(delimiter):
    columns = "id,text,text_ko,topic,kind,as_of,status,valid_until,asks,source_url,source_title,publisher,published"
    cells = (
        "duo-label,Duo is signed.,듀오는 계약했다.,labels,state,2025-10,official,2026-01,who|누구"
        ",https://a.example/x,A page,A,2025-10-02"
    )
    text = f"{columns}\n{cells}\n".replace(",", delimiter)
    (snippet,) = read("notes.csv", text).snippets
    assert (snippet.id, snippet.text, snippet.text_ko) == ("duo-label", "Duo is signed.", "듀오는 계약했다.")
    assert (snippet.topic, snippet.kind, snippet.as_of) == ("labels", Kind.STATE, "2025-10")
    assert (snippet.status, snippet.valid_until, snippet.asks) == (Status.OFFICIAL, "2026-01", ("who", "누구"))
    assert snippet.sources == (Source("A page", "A", "https://a.example/x", "2025-10-02"),)


def test_a_page_without_title_is_called_by_its_address_and_host():
    (snippet,) = read("notes.csv", "text,source_url\nOne.,https://www.a.example/x\n", BARE).snippets
    assert snippet.sources == (Source("https://www.a.example/x", "a.example", "https://www.a.example/x"),)


def test_a_note_without_any_source_is_left_out():
    imported = read("notes.csv", "text,source_url\nOne.,https://a.example/x\nTwo.,\n", BARE)
    assert [snippet.text for snippet in imported.snippets] == ["One."]
    assert reasons(imported) == ["row 3: names no source: add the address of the page that says it."]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x" * 601 + ",,,,,", "text: has 601 characters, 600 at most"),
        ("One.,My Topic,,,,", "topic: 'My Topic' is no id"),
        ("One.,,5 May,,,", "as_of: '5 May' is no date"),
        ("One.,,,rumour,,", "kind: is rumour. Use one of: event, state."),
        ("One.,,,,My id,", "id: 'My id' is no id"),
        ("One.,,,,,ftp://a.example/x", "source-1: url: must begin with https://"),
        ("One.,,,,,https://me@a.example/x", "source-1: url: carries a name or password"),
        (f"One.,{'t' * 501},,,,", "has 501 characters in topic"),
        (f"One.,,,,{'i' * 101},", "has an id of 101 characters"),
        ("One.,,,,,,more", "has cells beyond the named columns"),
        ("Good.,,,,,", "has the id of an entry before it, good-"),
        (",topic,,,,", "text: is missing, and so is text_ko"),
    ],
)
def test_a_row_that_breaks_a_rule_is_left_out_and_the_others_are_taken(row, reason):
    imported = read("notes.csv", f"text,topic,as_of,kind,id,source_url\nGood.,,,,,\n{row}\n")
    assert [snippet.text for snippet in imported.snippets] == ["Good."]
    (left,) = imported.left_out
    assert str(left.where) == "row 3"
    assert reason in left.why


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"published": "2099-01-01"},
            "source-1: published: 2099-01-01 has not come yet. Give the day on which the page was published.",
        ),
        ({"published": "2026-12"}, "source-1: published: 2026-12 has not come yet."),
        (
            {"read": "2026-11-28"},
            "source-1: read: 2026-11-28 has not come yet. Give the day on which the page was read.",
        ),
        ({"as_of": "2027"}, "as_of: 2027 has not come yet. Give the day that the source speaks of."),
    ],
)
def test_a_date_that_has_not_come_yet_is_left_out(fields, reason):
    page = {"url": "https://a.example/x", **{name: day for name, day in fields.items() if name != "as_of"}}
    line = {"text": "One.", "sources": [page], **{name: day for name, day in fields.items() if name == "as_of"}}
    imported = read("notes.jsonl", f'{{"text": "Good."}}\n{json.dumps(line)}')
    assert [snippet.text for snippet in imported.snippets] == ["Good."]
    (left,) = imported.left_out
    assert left.why.startswith(reason)
    assert left.why.count("has not come yet") == 1


def test_the_day_that_has_come_in_korea_and_an_end_to_come_are_taken():
    text = "text,as_of,valid_until,source_url,published\nOne.,2026-11,2027,https://a.example/x,2026-11-27\n"
    (snippet,) = read("notes.csv", text).snippets
    assert (snippet.as_of, snippet.valid_until, snippet.sources[0].published) == ("2026-11", "2027", "2026-11-27")


def test_empty_rows_and_the_mark_of_excel_are_passed_over():
    assert len(read("notes.csv", "\ufefftext,id\nOne.,a\n,\n\nTwo.,b\n").snippets) == 2


@pytest.mark.parametrize("head", ["\n", "\r\n \r\n", ";;\n", '"";""\n', "\ufeff\n"])
@pytest.mark.parametrize("end", ["", ";", " ; ;"])
def test_empty_rows_before_the_columns_and_empty_columns_after_them_are_passed_over(head, end):
    text = f"{head}text;source_url{end}\n\nOne, two.;https://a.example/x{end}\nThree.;https://a.example/x\n"
    assert [snippet.text for snippet in read("notes.csv", text, BARE).snippets] == ["One, two.", "Three."]


def test_what_stands_in_a_column_without_a_name_is_told_with_its_row():
    imported = read("notes.csv", "\ntext,id,,\nOne.,a,,\nTwo.,b,note,\n")
    assert [snippet.id for snippet in imported.snippets] == ["a"]
    assert reasons(imported) == [
        "row 4: has cells beyond the named columns: quote texts with ,, and clear spare cells."
    ]


def test_json_lines_have_the_fields_of_a_corpus_snippet():
    page = {
        "title": "A page",
        "publisher": "A",
        "url": "https://a.example/x",
        "published": "2025",
        "read": "2026-01-02",
    }
    line = {"id": "one", "text": "One.", "topic": "labels", "entities": ["duo"], "asks": ["who"], "sources": [page]}
    (snippet,) = read("notes.jsonl", json.dumps(line)).snippets
    assert (snippet.id, snippet.topic, snippet.entities, snippet.as_of) == ("one", "labels", ("duo",), "2025")
    assert snippet.sources == (Source(**page),)


@pytest.mark.parametrize("sources", ["https://a.example/x", ["https://a.example/x", "https://www.b.example/y"]])
def test_a_source_of_a_json_line_may_be_an_address_alone(sources):
    (snippet,) = read("notes.jsonl", json.dumps({"text": "One.", "sources": sources}), BARE).snippets
    urls = sources if isinstance(sources, list) else [sources]
    hosts = ["a.example", "b.example"]
    assert snippet.sources == tuple(Source(url, host, url) for url, host in zip(urls, hosts, strict=False))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "is no object"),
        ('"text"', "is no object"),
        ("{", "is no JSON"),
        ('{"text": "a", "text": "b"}', "is no JSON"),
        ('{"text": 5}', "text: must be text"),
        ('{"text": "a", "topic": 5}', "topic: must be text"),
        ('{"text": "a", "txet": "b"}', "txet: is no field here. Did you mean text?"),
        ('{"text": "a", "sources": 5}', "source-1: is no page. Write its address, or its fields, such as {url: "),
        ('{"text": "a", "sources": ["https://a.example", ["b"]]}', "source-2: is no page. Write its address"),
        ('{"text": "a", "sources": "paper"}', "source-1: url: must begin with https://"),
        ('{"text": "a", "sources": [{"title": "A"}]}', "source-1: url: is missing"),
        ("[" * 100_000, "is no JSON"),
        ('{"text": ' + "[" * 50 + "]" * 50 + "}", "is no object with the fields of a note"),
        ('{"text": "a", "entities": ' + json.dumps(["e"] * 51) + "}", "has 51 entries in entities"),
        ('{"text": "a", "entities": ' + json.dumps(["e"] * 101) + "}", "has 101 entries in a list"),
    ],
)
def test_a_line_that_is_no_note_is_left_out_and_the_others_are_taken(line, reason):
    imported = read("notes.jsonl", f'{{"text": "Good."}}\n\n{line}\n')
    assert [snippet.text for snippet in imported.snippets] == ["Good."]
    (left,) = imported.left_out
    assert str(left.where) == "line 3"
    assert reason in left.why


CORPUS = """\
topic: charts
title: {en: Charts, ko: 차트}
sources:
  paper: {title: The page, publisher: The Paper, url: https://paper.example/page, published: 2025-11-05}
snippets:
  - id: golden-first
    text: >-
      Golden was
      first.
    kind: event
    as_of: 2025-11-04
    status: official
    entities: [golden]
    waive: {bilingual: no Korean yet}
    sources: [paper]
  - text_ko: 골든이 1위였다.
    sources: paper
---
topic: labels
snippets:
  - {id: duo-label, text: Duo is signed.}
---
entities:
  - id: duo
    kind: group
    names: {en: Duo, ko: 듀오, also: [DUO], former: Trio}
"""


def test_a_corpus_file_holds_topics_and_entities_in_documents():
    imported = read("notes.yaml", CORPUS)
    first, second, third = imported.snippets
    assert (first.id, first.text, first.topic, first.entities) == (
        "golden-first",
        "Golden was first.",
        "charts",
        ("golden",),
    )
    assert (first.sources, first.as_of, first.status) == ((PAGE,), "2025-11-04", Status.OFFICIAL)
    assert (second.text_ko, second.text, second.as_of, second.sources) == (
        "골든이 1위였다.",
        None,
        "2025-11-05",
        (PAGE,),
    )
    assert (third.topic, third.sources) == ("labels", (PAGE,))
    assert imported.entities == (Entity("duo", "group", "Duo", "듀오", ("DUO", "Trio")),)
    assert imported.left_out == ()


def test_facts_of_entities_stay_behind_and_the_names_are_taken():
    facts = "- id: duo\n  kind: group\n  names: {en: Duo}\n  facts: {member_count: {value: 2, sources: [x]}}\n"
    imported = read("names.yml", facts)
    assert [entity.id for entity in imported.entities] == ["duo"]
    assert [(str(left.where), left.key) for left in imported.left_out] == [("duo", "import.left.facts")]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "    sources: paper\n",
            "    sources: papers\n",
            "snippets[2]: names the source papers, which is not declared",
        ),
        ("  - {id: duo-label, text: Duo is signed.}", "  - Duo is signed.", "snippets[1]: has no fields"),
        ("  - {id: duo-label", "  - {colour: red, id: duo-label", "duo-label: colour: is no field here"),
        ("topic: labels", "topik: labels", "document 2: has the field topik"),
        ("snippets:\n  - {", "snippetz:\n  - {", "document 2: is neither a topic with snippets nor a list of entities"),
        ("kind: group", "kind: grupp", "duo: kind: grupp is no kind. Did you mean group?"),
        ("{en: Duo, ", "{", "duo: names.en: is missing"),
        ("former: Trio", "former: DUO", "duo: names: gives DUO 2 times"),
    ],
)
def test_a_part_of_a_corpus_file_that_breaks_a_rule_is_left_out(old, new, reason):
    assert CORPUS.count(old) == 1
    imported = read("notes.yaml", CORPUS.replace(old, new))
    assert imported.snippets
    assert len(imported.left_out) == 1
    assert reasons(imported)[0].startswith(reason)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "Golden was first. 골든이 1위였다.\n\nDuo is signed."),
        ("notes.csv", "text,text_ko\nGolden was first.,골든이 1위였다.\n"),
        ("notes.jsonl", '{"text": "Golden was first."}'),
        ("notes.yaml", "topic: a\nsnippets: [{text: Golden was first.}]"),
    ],
)
def test_the_same_file_twice_has_the_same_ids_and_contents(name, text):
    first, second = read(name, text), read(name, text)
    assert [canonical(snippet) for snippet in first.snippets] == [canonical(s) for s in second.snippets]


def test_an_id_is_made_of_the_first_words_and_the_content_alone():
    text = "text,text_ko\nRosé’s “APT.” was No. 1 in 2025.,\n,골든이 1위였다.\n"
    one, other = (read("notes.csv", text, Around(day, "news", PAGE)) for day in ("2026-11-26", "2027-01-01"))
    ids = [snippet.id for snippet in one.snippets]
    assert [id.rsplit("-", 1)[0] for id in ids] == ["roses-apt-was-no-1-in", "note"]
    assert ids == [snippet.id for snippet in other.snippets]


def test_what_nobody_sees_is_taken_out_of_texts_and_emoji_stay_whole():
    (snippet,) = read("notes.csv", "text\nGol\u200bden\u202e cafe\u0301 👩‍👩‍👧 \u00adok\u200d.\n").snippets
    assert snippet.text == "Golden café 👩‍👩‍👧 ok."


def test_a_refusal_of_all_entries_tells_them():
    with pytest.raises(ImportRefused, match=r"Nothing in notes.jsonl can be used; mend this first: line 1") as caught:
        read("notes.jsonl", "[1]\n[2]")
    assert [str(left.where) for left in caught.value.left_out] == ["line 1", "line 2"]
