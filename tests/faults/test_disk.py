"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.disk import fill_anywhere


@pytest.mark.slow
async def test_whoever_writes_to_a_disk_that_takes_nothing_is_told_and_all_that_was_acknowledged_is_there(tmp_path):
    assert await fill_anywhere(tmp_path, times=6) == 0
