"""What `hallyu corpus report` counts."""

from knowledge.pack import read_draft, sample, survey


def test_areas_languages_publishers_and_kinds_are_counted(pack_folder):
    found = survey(read_draft(pack_folder.root))
    (area,) = found.areas
    assert (area.topic, area.snippets, dict(area.written), area.states) == ("charts", 2, {"en": 2, "ko": 1}, 1)
    assert (area.pages, area.publishers, dict(area.years), area.is_thin) == (1, 1, {"2025": 2}, True)
    assert dict(found.publishers) == {"The Paper": 1}
    assert dict(found.entities) == {"song": 1, "group": 1, "company": 1}
    assert dict(found.statuses) == {"reported": 1, "official": 1}
    assert (found.snippets, found.facts, found.bilingual, found.read) == (2, 4, 1, 2)
    assert found.largest_share == 1.0


def test_the_same_seed_draws_the_same_snippets(pack_folder):
    draft = read_draft(pack_folder.root)
    assert sample(draft, 1, seed=7) == sample(draft, 1, seed=7)
    assert {s.entry.id for seed in range(20) for s in sample(draft, 1, seed)} == {"golden-76-days", "label-of-duo"}
    assert len(sample(draft, 60, seed=1)) == 2
