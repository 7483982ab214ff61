"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.backups import fill_disks, kill_backups, kill_restores
from faults.full_disk import NO_DISK, on_a_small_disk


@pytest.mark.slow
@pytest.mark.parametrize("kill", [kill_backups, kill_restores])
async def test_a_kill_at_any_moment_leaves_whole_backups_and_a_whole_database(tmp_path, kill):
    found = await kill(tmp_path, times=30)

    print(found)
    assert found.faults == []
    assert found.under_way > 0


@pytest.mark.slow
async def test_a_disk_that_is_full_at_any_byte_is_a_sentence_and_leaves_nothing_half_made(tmp_path):
    found = await fill_disks(tmp_path, times=50)

    print(found)
    assert found.faults == []
    assert found.under_way == 50


@pytest.mark.slow
def test_a_disk_that_is_really_full_is_a_sentence_too(tmp_path):
    code = on_a_small_disk(tmp_path, times=50)

    if code == NO_DISK:
        pytest.skip("a small disk cannot be made here")
    assert code == 0
