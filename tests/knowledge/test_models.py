import pytest

from knowledge.models import Entity, Scope, canonical


def test_equal_content_has_an_equal_canonical_form(make_snippet):
    assert canonical(make_snippet("a")) == canonical(make_snippet("a"))


@pytest.mark.parametrize(
    "changes", [{"text": "x"}, {"text_ko": "x"}, {"asks": ("x",)}, {"as_of": "2024"}, {"sources": ()}]
)
def test_any_change_of_content_changes_the_canonical_form(make_snippet, changes):
    assert canonical(make_snippet("a", **changes)) != canonical(make_snippet("a"))


def test_fields_that_hold_nothing_are_left_out_of_the_canonical_form():
    assert canonical(Entity("duo", "group", "Duo")) == '{"id":"duo","kind":"group","name":"Duo"}'


def test_a_scope_always_sees_the_pack():
    assert Scope().owners == (0,)
    assert Scope(10).owners == (0, 10)


@pytest.mark.parametrize("guild", [0, -5])
def test_a_scope_refuses_what_is_no_guild(guild):
    with pytest.raises(ValueError, match="not a guild id"):
        Scope(guild)
