"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.kill import kill_often


@pytest.mark.slow
async def test_a_kill_loses_no_acknowledged_change_and_leaves_none_half_done(tmp_path):
    found = await kill_often(tmp_path, times=30)

    print(found)
    assert found.faults == []
    assert found.changes > 100
