"""One bad input a line: the file, the entry and the field are named, and the message says what to do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.files import PackFile
from knowledge.pack import Fault, check_pack
from knowledge.pack.reading import read
from knowledge.urls import url_fault

CORPUS, ENTITIES = "corpus/charts.yaml", "entities/all.yaml"
GOLDEN, DUO = "golden-76-days", "duo"

IN_SNIPPETS = [
    ("asks: [how long, 며칠]", "asks: [[how long]]", "golden-76-days", "asks[1]", "must be text"),
    ("id: golden-76-days", "id: Golden_76", "Golden_76", "id", "is no id. Use a-z"),
    ("id: golden-76-days", "id: label-of-duo", "label-of-duo", "id", "is already taken in corpus/charts.yaml"),
    ("  - id: golden-76-days\n    text", "  - text", "snippets[1]", "id", "is missing. Add it."),
    ("    kind: event\n", "", GOLDEN, "kind", "is missing. Add it."),
    ("kind: event", "kind: rumour", GOLDEN, "kind", "is rumour. Use one of: event, state."),
    ("status: reported", "status: sure", GOLDEN, "status", "official, reported, disputed, outdated"),
    ("asks: [how long", "ask: [how long", GOLDEN, "ask", "is no field here. Did you mean asks?"),
    ("asks: [how long, 며칠]", "asks: {how: long}", GOLDEN, "asks[1]", "must be text"),
    (
        "asks: [how long, 며칠]",
        f"asks: [{', '.join(f'way {n}' for n in range(51))}]",
        GOLDEN,
        "asks",
        "has 51 entries, 50 at most",
    ),
    (
        "asks: [how long, 며칠]",
        f"asks: [{', '.join(f'{n}'.ljust(150, 'a') for n in range(10, 40))}]",
        GOLDEN,
        "asks",
        "has 4529 characters in all, 4000 at most",
    ),
    ("asks: [how long, 며칠]", "asks: [how long, '']", GOLDEN, "asks[2]", "must have 1 to 200 characters"),
    ("as_of: 2025-11-05", "as_of: 5 November 2025", GOLDEN, "as_of", "is no date. Write YYYY-MM-DD"),
    ("as_of: 2025-11-05", "as_of: 2025-02-30", GOLDEN, "as_of", "'2025-02-30' is no date"),
    ("as_of: 2025-11-05", "as_of:", GOLDEN, "as_of", "is empty. Write it."),
    ("as_of: 2025-11-05", "as_of: 2026-02", GOLDEN, "as_of", "is after the day its sources were read, 2026-01-31"),
    ("valid_until: 2026-05", "valid_until: soon", "label-of-duo", "valid_until", "'soon' is no date"),
    ("valid_until: 2026-05", "valid_until: 2024", "label-of-duo", "valid_until", "is before as_of, 2025-11"),
    ("as_of: 2025-11-05", "as_of: 2025-11-05\n    valid_until: 2027", GOLDEN, "valid_until", "stands at an event"),
    ("entities: [golden]", "entities: [goldn]", GOLDEN, "entities", "Did you mean golden?"),
    (
        "entities: [golden]\n    asks: [how long, 며칠]\n    sources: [paper-2025]",
        "entities: [golden]\n    sources: [paper]",
        GOLDEN,
        "sources",
        "which no file declares. Did you mean paper-2025?",
    ),
    (
        "asks: [how long, 며칠]\n    sources: [paper-2025]",
        "sources: []",
        GOLDEN,
        "sources",
        "names no source. Add the id",
    ),
    (
        "text_ko: 〈골든〉은 76일 동안 1위였다.",
        "text_ko: ' '",
        GOLDEN,
        "text_ko",
        "is empty. Write it, or remove the line.",
    ),
    ("    text: Duo is signed to Big Label.\n", "", "label-of-duo", "text", "is missing, and so is text_ko"),
    ("Duo is signed to Big Label.", "x" * 601, "label-of-duo", "text", "has 601 characters, 600 at most"),
    (
        "Duo is signed to Big Label.",
        "Duo is\u202e signed.",
        "label-of-duo",
        "text",
        "holds U+202E (right-to-left override)",
    ),
    (
        "Duo is signed to Big Label.",
        '"Duo\\a is signed."',
        "label-of-duo",
        "text",
        "holds U+0007 (a control character)",
    ),
    ("Duo is signed to Big Label.", '"Duo\\nis signed."', "label-of-duo", "text", "holds U+000A (a line break)"),
    ("Duo is signed to Big Label.", "Duo is\u200b signed.", "label-of-duo", "text", "which nobody sees. Remove it."),
    ("〈골든〉은 76일 동안 1위였다.", "\u1100\u1161 1위", GOLDEN, "text_ko", "is not in Unicode's composed form (NFC)"),
    (
        "Duo is signed to Big Label.",
        "*duo",
        "label-of-duo",
        "text",
        "refers to another place (*duo). Write the text out.",
    ),
    ("Duo is signed to Big Label.", "&duo Duo", "label-of-duo", "text", "carries an anchor (&duo)"),
    ("Duo is signed to Big Label.", "!!python/name:os.system Duo", "label-of-duo", "text", "carries a tag"),
    ("kind: state", "kind: state\n    kind: event", "label-of-duo", "kind", "stands twice. Keep one of the two."),
    ("Duo is signed to Big Label.", "[Duo]", "label-of-duo", "text", "must be text"),
]

IN_SOURCES = [
    ("publisher: The Paper", "publisher: A\n    publisher: B", "paper-2025", "publisher", "stands twice"),
    (
        "url: https://paper.example/charts?id=1",
        "url: ftp://paper.example",
        "paper-2025",
        "url",
        "must begin with https://",
    ),
    (
        "url: https://paper.example/charts?id=1",
        "url: javascript:alert(1)",
        "paper-2025",
        "url",
        "must begin with https://",
    ),
    (
        "url: https://paper.example/charts?id=1",
        "url: https://me:pw@paper.example",
        "paper-2025",
        "url",
        "name or password",
    ),
    ("url: https://paper.example/charts?id=1", "url: https://paper.example/a b", "paper-2025", "url", "holds a space"),
    ("url: https://paper.example/charts?id=1", "url: https:///charts", "paper-2025", "url", "has no public host"),
    ("    url: https://paper.example/charts?id=1\n", "", "paper-2025", "url", "is missing. Add it."),
    ("read: 2026-01-31", "read: 2026-01", "paper-2025", "read", "is no day. Write YYYY-MM-DD."),
    ("published: 2025-11-05", "published: Nov 2025", "paper-2025", "published", "is no date"),
    ("published: 2025-11-05", "published: 2026-11-05", "paper-2025", "published", "is after the day it was read"),
    ("publisher: The Paper", "publisher: [The Paper]", "paper-2025", "publisher", "must be text"),
    ("publisher: The Paper", "writer: Somebody\n    publisher: The Paper", "paper-2025", "writer", "is no field here"),
]

IN_TOPICS = [
    ("topic: charts", "topic: chart", "", "topic", "but the file is called charts. Rename one of them."),
    ("topic: charts\n", "", "", "topic", "is missing. Add the topic's id"),
    ("title: {en: Charts, ko: 차트}", "title: {en: Charts}", "", "title.ko", "is missing. Add it."),
    ("title: {en: Charts, ko: 차트}", "title: {en: Charts, ko: ''}", "", "title.ko", "is empty. Write it."),
    ("title: {en: Charts, ko: 차트}", "title: Charts", "", "title", "must hold fields"),
    ("title: {en", "titel: {en", "", "titel", "Did you mean title?"),
]

IN_ENTITIES = [
    ("kind: group", "kind: group\n  kind: song", DUO, "kind", "stands twice. Keep one of the two."),
    ("names: {en: Big Label, ko: 빅 레이블}", "names: [Big Label]", "big-label", "names", "must hold fields"),
    ("id: duo", "id: Duo!", "Duo!", "id", "is no id"),
    ("id: duo", "id: golden", "golden", "id", "is already taken in entities/all.yaml"),
    ("kind: group", "kind: grup", DUO, "kind", "grup is no kind. Did you mean group?"),
    ("en: Duo, ", "", DUO, "names.en", "is missing. Add it."),
    ("also: [DUO]", "also: [DUO, '']", DUO, "names", "holds an empty name"),
    ("also: [DUO]", "also: [DUO, Trio]", DUO, "names", "gives Trio 2 times. Keep one of them."),
    ("also: [DUO]", "nick: [DUO]", DUO, "names.nick", "is no field here"),
    ("also: [DUO]", "also: [D\u200buo]", DUO, "names.also[1]", "which nobody sees"),
    ("    label: [", "    lable: [", DUO, "facts.lable", "is no relation. Did you mean label?"),
    (
        "label: [{value: big-label, from: 2023, sources: [paper-2025]}]",
        "label: []",
        DUO,
        "facts.label",
        "holds no value",
    ),
    ("value: big-label", "value: biglabel", DUO, "facts.label.value", "Did you mean big-label?"),
    ("value: big-label", "value: duo", DUO, "facts.label.value", "is the entity itself"),
    ("value: big-label", "value: {en: big-label, ko: 빅}", DUO, "facts.label.value", "which only a text has"),
    ("from: 2023", "from: last year", DUO, "facts.label.from", "'last year' is no date"),
    ("from: 2023", "from: 2027", DUO, "facts.label.from", "is after the day its sources were read"),
    ("from: 2023", "from: 2023, to: 2021", DUO, "facts.label.to", "is before from, 2023"),
    ("from: 2023", "since: 2023", DUO, "facts.label[1].since", "is no field here"),
    ("from: 2023, sources: [paper-2025]", "from: 2023, sources: []", DUO, "facts.label.sources", "names no source"),
    (
        "from: 2023, sources: [paper-2025]",
        "from: 2023, sources: [nope]",
        DUO,
        "facts.label.sources",
        "names nope, which",
    ),
    (
        "{value: 2, sources",
        "{value: two, sources",
        DUO,
        "facts.member_count.value",
        "is no number. Write digits alone.",
    ),
    ("value: 2025-06-20", "value: 20 June", "golden", "facts.release_date.value", "is no date"),
    ("value: 2025-06-20", "value: 2025-06-20, to: 2026", "golden", "facts.release_date.to", "which has no end"),
    ("{en: Duets, ko: 듀엣}", "듀엣", DUO, "facts.fandom.value", "has Hangul in its English wording"),
    ("{en: Duets, ko: 듀엣}", "''", DUO, "facts.fandom.value", "is empty"),
    (
        "release_date: {value: 2025-06-20, sources: [paper-2025]}",
        "release_date: [{value: 2025, sources: [paper-2025]}, {value: 2024, sources: [paper-2025]}]",
        "golden",
        "facts.release_date[2]",
        "is a second value of something that has one",
    ),
    (
        "label: [{value: big-label, from: 2023, sources: [paper-2025]}]",
        "label: [{value: big-label, sources: [paper-2025]}, {value: big-label, sources: [paper-2025]}]",
        DUO,
        "facts.label[2].from",
        "does not tell this big-label from the one before",
    ),
    (
        "label: [{value: big-label, from: 2023, sources: [paper-2025]}]",
        "role: [{value: a singer, sources: [paper-2025]}, {value: A singer!, sources: [paper-2025]}]",
        DUO,
        "facts.role[2].from",
        "does not tell this A singer! from the one before",
    ),
]

FILES = [(CORPUS, *case) for case in (*IN_SNIPPETS, *IN_SOURCES, *IN_TOPICS)] + [
    (ENTITIES, *case) for case in IN_ENTITIES
]


@pytest.mark.parametrize(("file", "old", "new", "entry", "field", "message"), FILES)
def test_a_fault_names_its_place_and_its_remedy(pack_folder, file, old, new, entry, field, message):
    pack_folder.edit(file, old, new)
    faults = check_pack(pack_folder.root)
    here = [fault for fault in faults if (fault.file, fault.entry, fault.field) == (file, entry, field)]
    assert any(message in fault.message for fault in here), [str(fault) for fault in faults]
    assert all(fault.message.endswith((".", "?")) for fault in faults)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("topic: [charts\ntitle: x", "is not valid YAML"),
        ("topic: a: b", "line 1: is not valid YAML"),
        (b"topic: \xff", "is not UTF-8 at byte 7. Save the file as UTF-8."),
        ("topic: \x07", "is not valid YAML"),
        ("", "must hold the fields topic, title, sources, snippets"),
        ("- just\n- a list", "must hold the fields topic, title, sources, snippets"),
        ("just text", "must hold the fields topic, title, sources, snippets"),
        ("topic: broken\n---\ntopic: other", "starts a second document. Keep one document per file."),
        ("? [a, b]\n: c", "has a key that is no text"),
        ("topic: " + "[" * 50 + "]" * 50, "nested too deeply"),
        ("? " * 5000, "nested too deeply"),
        ("topic: broken\nsnippets: none", "must be a list with at least one entry"),
        ("topic: broken\nsources: none", "must hold sources by their ids"),
    ],
)
def test_a_broken_file_is_a_fault_and_hides_no_other(pack_folder, content, message):
    pack_folder.write("corpus/broken.yaml", content)
    pack_folder.edit(CORPUS, "kind: event", "kind: rumour")
    pack_folder.edit(ENTITIES, "kind: group", "kind: grup")
    faults = check_pack(pack_folder.root)
    assert any(fault.file == "corpus/broken.yaml" and message in fault.message for fault in faults), faults
    assert {(CORPUS, GOLDEN), (ENTITIES, DUO)} <= {(fault.file, fault.entry) for fault in faults}


def test_nobody_is_blamed_for_naming_what_a_broken_file_declares(pack_folder):
    pack_folder.edit(ENTITIES, "names: {en: Duo,", "names: {en: Duo")
    assert {fault.file for fault in check_pack(pack_folder.root)} == {ENTITIES}


def test_nobody_is_blamed_for_naming_an_entry_with_a_fault_of_its_own(pack_folder):
    pack_folder.edit(ENTITIES, "en: Duo, ", "")
    assert [fault.field for fault in check_pack(pack_folder.root)] == ["names.en"]


def test_a_source_that_is_declared_in_two_ways_is_a_fault(pack_folder):
    text = (pack_folder.root / CORPUS).read_text(encoding="utf-8")
    other = text.replace("topic: charts", "topic: more").replace("publisher: The Paper", "publisher: Another")
    pack_folder.write(
        "corpus/more.yaml", other.replace("id: golden-76", "id: more-76").replace("id: label-of", "id: more-of")
    )
    (fault,) = check_pack(pack_folder.root)
    place = "corpus/more.yaml: paper-2025: publisher"
    assert str(fault) == f"{place}: differs from the same source in corpus/charts.yaml. Make them equal."


def test_a_topic_that_two_files_claim_is_a_fault(pack_folder):
    text = (pack_folder.root / CORPUS).read_text(encoding="utf-8")
    pack_folder.write("corpus/more.yaml", text)
    assert any(
        fault.file == "corpus/more.yaml" and "charts is already taken" in fault.message
        for fault in check_pack(pack_folder.root)
    )


def test_a_source_without_a_date_needs_a_fact_with_one(pack_folder):
    pack_folder.edit(CORPUS, "    published: 2025-11-05\n", "")
    faults = check_pack(pack_folder.root)
    assert {fault.field for fault in faults} == {
        f"facts.{name}.as_of" for name in ("release_date", "label", "member_count", "fandom")
    }


def test_a_file_with_the_wrong_ending_is_not_overlooked(pack_folder):
    pack_folder.write("corpus/other.yml", "topic: other")
    assert Fault("corpus/other.yml", "", "", "would be overlooked. Rename it to end in .yaml.") in check_pack(
        pack_folder.root
    )


def test_the_topic_of_facts_cannot_be_taken(pack_folder):
    (pack_folder.root / CORPUS).rename(pack_folder.root / "corpus/profiles.yaml")
    pack_folder.edit("corpus/profiles.yaml", "topic: charts", "topic: profiles")
    assert any("Choose another id" in fault.message for fault in check_pack(pack_folder.root))


@given(
    st.binary(max_size=60) | st.text("{}[]:-&*!?|>#'\"\n ab\t", max_size=60).map(str.encode),
    st.sampled_from([CORPUS, ENTITIES]),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_file_makes_the_reader_raise(data, name):
    read([PackFile(name, data)])


@pytest.mark.parametrize(
    "url", ["https://kryptontoday.com/?p=10257", "http://a.b/c#d", "https://한국.kr/뉴스", "https://a.b:8080/"]
)
def test_addresses_that_readers_can_open_are_accepted(url):
    assert url_fault(url) is None


@pytest.mark.parametrize(
    "url",
    ["", "paper.example", "https://localhost/x", "https://a.b:99999", "https://[::1", "https://" + "a" * 600 + ".b"],
)
def test_other_addresses_are_refused(url):
    assert url_fault(url)
