"""Less than a tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.stopping import stop_often


@pytest.mark.slow
async def test_sigterm_at_a_random_moment_leaves_nobody_without_a_true_reply_and_loses_nothing(tmp_path):
    found = await stop_often(tmp_path, times=4)

    print(found)
    assert found.faults == []
    assert found.stops == 4
    assert found.under_way > 0
    assert found.saved > 0
