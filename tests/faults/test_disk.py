"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.disk import fill_under_a_bot
from faults.full_disk import NO_DISK, on_a_small_disk


@pytest.mark.slow
async def test_whoever_writes_to_a_disk_that_takes_nothing_is_told_and_all_that_was_acknowledged_is_there(tmp_path):
    code = on_a_small_disk(tmp_path, times=20, module="faults.disk")

    if code != NO_DISK:
        assert code == 0
        return
    found = await fill_under_a_bot(tmp_path, times=20)
    print(found)
    assert found.faults == []
    assert found.refusals > 10
