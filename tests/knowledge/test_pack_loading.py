import re
import shutil

import pytest

from knowledge import files
from knowledge.errors import HallyuError
from knowledge.models import Entity, Kind, Source, Statement, Status, Topic
from knowledge.pack import check_pack, load_pack, pack_digest
from knowledge.pack.joining import LONGEST_ID


def by_id(records):
    return {record.id: record for record in records}


def test_a_faultless_pack_has_no_faults(pack_folder):
    assert check_pack(pack_folder.root) == []


def test_a_snippet_is_loaded_as_it_is_written(pack_folder):
    snippet = by_id(load_pack(pack_folder.root).snippets)["golden-76-days"]
    assert snippet.text == '"Golden" stayed at No. 1 for 76 days.'
    assert snippet.text_ko == "〈골든〉은 76일 동안 1위였다."
    assert (snippet.topic, snippet.kind, snippet.status, snippet.as_of) == (
        "charts",
        Kind.EVENT,
        Status.REPORTED,
        "2025-11-05",
    )
    assert snippet.entities == ("golden",)
    assert snippet.asks == ("how long", "며칠")
    assert snippet.sources == (
        Source("Charts: the year", "The Paper", "https://paper.example/charts?id=1", "2025-11-05", "2026-01-31"),
    )
    assert snippet.statement is None


def test_an_entity_has_all_of_its_names(pack_folder):
    assert by_id(load_pack(pack_folder.root).entities)["duo"] == Entity(
        "duo", "group", "Duo", "듀오", ("DUO", "Trio", "D")
    )


def test_a_fact_becomes_a_snippet_of_its_own(pack_folder):
    fact = by_id(load_pack(pack_folder.root).snippets)["duo/label/big-label"]
    assert fact.statement == Statement("duo", "label", "big-label", since="2023")
    assert fact.text == "Duo has been signed to Big Label since 2023."
    assert fact.text_ko == "듀오는 2023년부터 빅 레이블 소속이다."
    assert (fact.topic, fact.kind, fact.status) == ("profiles", Kind.STATE, Status.REPORTED)
    assert fact.entities == ("duo", "big-label")
    assert fact.asks == ()
    assert [source.publisher for source in fact.sources] == ["The Paper"]


def test_a_fact_without_its_own_date_speaks_of_the_latest_date_of_its_sources(pack_folder):
    pack_folder.edit(
        "entities/all.yaml", "{value: 2, sources: [paper-2025]}", "{value: 2, as_of: 2024, sources: [paper-2025]}"
    )
    facts = by_id(load_pack(pack_folder.root).snippets)
    assert facts["duo/label/big-label"].as_of == "2025-11-05"
    assert facts["duo/member_count/2"].as_of == "2024"


def test_only_an_entity_as_value_is_an_entity_of_the_fact(pack_folder):
    facts = by_id(load_pack(pack_folder.root).snippets)
    assert facts["golden/release_date"].entities == ("golden",)
    assert facts["duo/fandom"].text_ko == "듀오의 팬덤 이름은 듀엣이다."


def test_a_second_spell_of_the_same_value_has_an_id_of_its_own(pack_folder):
    earlier = "{value: big-label, from: 2010, to: 2012, sources: [paper-2025]}"
    pack_folder.edit("entities/all.yaml", "label: [", f"label: [{earlier}, ")
    assert {"duo/label/big-label", "duo/label/big-label/2023"} <= by_id(load_pack(pack_folder.root).snippets).keys()


def test_an_id_made_of_a_long_sentence_is_cut_and_told_from_others_by_a_hash(pack_folder):
    sentence = "the manager of a duo that everybody in a widely read magazine wrote about for years"
    roles = ", ".join(
        f"{{value: {{en: {sentence} {n}, ko: 매니저 {n}}}, sources: [paper-2025], as_of: {n}}}" for n in (2024, 2025)
    )
    pack_folder.edit("entities/all.yaml", "label: [", f"role: [{roles}]\n    label: [")

    ids = [id for id in by_id(load_pack(pack_folder.root).snippets) if id.startswith("duo/role/the-manager-of-a-duo")]

    assert len(ids) == 2
    assert all(len(id) <= LONGEST_ID and re.fullmatch(r".*-[0-9a-f]{8}", id) for id in ids)


LABEL = "label: [{value: big-label, from: 2023, sources: [paper-2025]}]"


def facts_of_the_performers(pack_folder, *values):
    """The facts of the group, by id, when its performers are `values` with these further fields."""
    entries = ", ".join(f"{{value: {value}, sources: [paper-2025]{more}}}" for value, more in values)
    pack_folder.edit("entities/all.yaml", LABEL, f"performer: [{entries}]")
    facts = by_id(load_pack(pack_folder.root).snippets)
    return {id: fact for id, fact in facts.items() if id.startswith("duo/performer/")}


def test_values_that_share_all_else_are_one_fact(pack_folder):
    facts = facts_of_the_performers(pack_folder, ("golden", ""), ("big-label", ""))
    (fact,) = facts.values()
    assert fact.id == "duo/performer/golden"
    assert fact.text == 'Duo is performed by "Golden" and Big Label.'
    assert fact.text_ko == "듀오는 〈골든〉과 빅 레이블이 부른 곡이다."
    assert fact.entities == ("duo", "golden", "big-label")
    assert fact.statement == Statement("duo", "performer", "golden", others=("big-label",))


@pytest.mark.parametrize("other", ["from: 2023", "status: disputed", "as_of: 2024"])
def test_values_that_differ_in_anything_else_are_facts_of_their_own(pack_folder, other):
    facts = facts_of_the_performers(pack_folder, ("golden", ""), ("big-label", f", {other}"))
    assert facts.keys() == {"duo/performer/golden", "duo/performer/big-label"}


def test_the_date_of_the_sources_is_the_same_whether_it_is_written_or_not(pack_folder):
    facts = facts_of_the_performers(pack_folder, ("golden", ""), ("big-label", ", as_of: 2025-11-05"))
    assert facts.keys() == {"duo/performer/golden"}


def test_two_numbers_are_never_one_fact(pack_folder):
    pack_folder.edit("entities/all.yaml", LABEL, "label: {value: big-label, sources: [paper-2025]}")
    counts = "[{value: 2, sources: [paper-2025]}, {value: 3, sources: [paper-2025]}]"
    pack_folder.edit("entities/all.yaml", "{value: 2, sources: [paper-2025]}", counts)
    assert {"duo/member_count/2", "duo/member_count/3"} <= by_id(load_pack(pack_folder.root).snippets).keys()


def test_facts_bring_their_topic_with_them(pack_folder):
    topics = by_id(load_pack(pack_folder.root).topics)
    assert topics["charts"] == Topic("charts", "Charts", "차트")
    assert topics["profiles"].title == "Profiles of people, groups and companies"


def test_without_facts_there_is_no_topic_for_them(pack_folder):
    pack_folder.write(
        "entities/all.yaml",
        "".join(f"- {{id: {id}, kind: term, names: {{en: {id}}}}}\n" for id in ("golden", "duo", "big-label")),
    )
    assert [topic.id for topic in load_pack(pack_folder.root).topics] == ["charts"]


def test_an_entity_file_may_declare_sources_of_its_own(pack_folder):
    source = "{title: T, publisher: P, published: 2024, url: 'https://p.example', read: 2025-01-01}"
    entity = "{id: solo, kind: soloist, names: {en: Solo}, facts: {debut_date: {value: 2020, sources: [p-2024]}}}"
    pack_folder.write("entities/solo.yaml", f"sources: {{p-2024: {source}}}\nentities: [{entity}]\n")
    assert by_id(load_pack(pack_folder.root).snippets)["solo/debut_date"].as_of == "2024"


def test_a_source_declared_twice_in_the_same_words_is_one_source(pack_folder):
    declared = (
        (pack_folder.root / "corpus/charts.yaml").read_text(encoding="utf-8").split("snippets:")[0].split("\n", 2)[2]
    )
    entities = (pack_folder.root / "entities/all.yaml").read_text(encoding="utf-8")
    pack_folder.write("entities/all.yaml", declared + "entities:\n" + entities)
    assert check_pack(pack_folder.root) == []


def test_words_like_no_and_numbers_stay_text(pack_folder):
    pack_folder.edit("entities/all.yaml", "also: [DUO]", "also: [no, 1.10, 2025-11-05, 0x1F, null, ~]")
    assert by_id(load_pack(pack_folder.root).entities)["duo"].aliases[:6] == (
        "no",
        "1.10",
        "2025-11-05",
        "0x1F",
        "null",
        "~",
    )


def test_records_come_in_the_order_of_their_ids(pack_folder):
    pack = load_pack(pack_folder.root)
    for records in (pack.snippets, pack.entities, pack.topics):
        assert [record.id for record in records] == sorted(record.id for record in records)


def test_the_digest_is_known_without_parsing(pack_folder):
    assert pack_digest(pack_folder.root) == load_pack(pack_folder.root).digest
    pack_folder.write("corpus/charts.yaml", "not: [valid")
    assert len(pack_digest(pack_folder.root)) == 64


def test_the_digest_changes_with_any_byte_and_any_name(pack_folder):
    digests = {pack_digest(pack_folder.root)}
    pack_folder.edit("corpus/charts.yaml", "for 76 days", "for 77 days")
    digests.add(pack_digest(pack_folder.root))
    (pack_folder.root / "entities/all.yaml").rename(pack_folder.root / "entities/every.yaml")
    digests.add(pack_digest(pack_folder.root))
    assert len(digests) == 3


@pytest.mark.parametrize("module", ["models", "pack/schema", "pack/reading", "pack/strict_yaml", "pack/draft"])
def test_the_digest_changes_with_the_code_that_makes_the_records(pack_folder, tmp_path, monkeypatch, module):
    code = tmp_path / "code"
    shutil.copytree(files.PACKAGE, code, ignore=shutil.ignore_patterns("*.yaml", "__pycache__"))
    monkeypatch.setattr(files, "PACKAGE", code)
    before = pack_digest(pack_folder.root)
    with (code / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write("# another default\n")
    assert pack_digest(pack_folder.root) != before


def test_hidden_and_foreign_files_are_left_alone(pack_folder):
    digest = pack_digest(pack_folder.root)
    pack_folder.write("corpus/.charts.yaml.swp", b"\xff")
    pack_folder.write("corpus/.hidden.yaml", b"\xff")
    pack_folder.write("corpus/README.md", "text")
    assert pack_digest(pack_folder.root) == digest
    assert check_pack(pack_folder.root) == []


def test_loading_a_faulty_pack_lists_every_fault_in_one_error(pack_folder):
    pack_folder.edit("corpus/charts.yaml", "as_of: 2025-11-05", "as_of: yesterday")
    pack_folder.edit("entities/all.yaml", "kind: group", "kind: grop")
    with pytest.raises(HallyuError) as error:
        load_pack(pack_folder.root)
    faults = check_pack(pack_folder.root)
    assert len(faults) == 2
    assert str(error.value).splitlines()[1:] == [str(fault) for fault in faults]


def test_an_unreadable_file_is_a_sentence(pack_folder):
    (pack_folder.root / "corpus/folder.yaml").mkdir()
    with pytest.raises(HallyuError, match=r"folder\.yaml cannot be read"):
        load_pack(pack_folder.root)


def test_a_folder_without_a_pack_is_a_fault(tmp_path):
    (fault,) = check_pack(tmp_path / "nowhere")
    assert "has no .yaml file in corpus/ or entities/" in str(fault)


def test_the_bundled_pack_has_no_faults():
    assert [str(fault) for fault in check_pack()] == []
    pack = load_pack()
    assert pack.snippets
    assert pack.digest == pack_digest()
    assert max(len(snippet.id) for snippet in pack.snippets) <= LONGEST_ID
