"""A twentieth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.reindexing import kill_reindexing


@pytest.mark.slow
async def test_a_kill_at_any_moment_of_a_change_of_model_loses_nothing_and_mixes_nothing(tmp_path):
    found = await kill_reindexing(tmp_path, times=15)

    print(found)
    assert found.faults == []
    assert found.under_way > 0
    assert found.changed > 0
