from hypothesis import given
from hypothesis import strategies as st

from knowledge.sync import difference

records = st.dictionaries(st.text(max_size=2), st.sampled_from("abc"), max_size=6)


@given(records, records)
def test_applying_the_difference_makes_what_is_live_what_is_wanted(wanted, live):
    change = difference(wanted, live)
    result = {key: content for key, content in live.items() if key not in change.retired}
    result |= {key: wanted[key] for key in (*change.added, *change.revised)}
    assert result == wanted


@given(records, records)
def test_the_difference_touches_nothing_that_is_equal(wanted, live):
    change = difference(wanted, live)
    touched = {*change.added, *change.revised, *change.retired}
    assert not touched & {key for key in wanted if live.get(key) == wanted[key]}
    assert len(touched) == len(change.added) + len(change.revised) + len(change.retired)
