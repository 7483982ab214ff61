"""A twenty-fifth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.restarts import restart_often


@pytest.mark.slow
async def test_a_bot_that_is_ended_at_any_moment_comes_back_with_all_it_acknowledged(tmp_path):
    found = await restart_often(tmp_path, times=4)

    print(found)
    assert found.faults == []
    assert found.answered > 0
