"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from faults.rest import break_requests


@pytest.mark.slow
async def test_whatever_becomes_of_a_request_everybody_is_answered_once_and_nothing_is_lost(tmp_path):
    found = await break_requests(tmp_path, rounds=24, starts=1)

    print(found)
    assert found.faults == []
    assert found.broken.total() > 20
