"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.questions import ask_mutated


@pytest.mark.slow
async def test_no_mutated_question_crashes_hangs_or_shows_what_is_not_on_file(tmp_path):
    found = await ask_mutated(tmp_path, count=2_000)

    print(found)
    assert found.faults == []
    assert found.lines > 300
