"""A tenth of `make bench-faults`."""

from __future__ import annotations

import pytest

from bot.connecting.gate import Gate
from faults.gateway import break_gateway


@pytest.mark.slow
async def test_whatever_breaks_the_gateway_the_bot_comes_back_and_answers_once(tmp_path):
    found = await break_gateway(tmp_path, times=16)

    print(found)
    assert found.faults == []
    assert found.answered > 16


@pytest.mark.slow
async def test_a_session_that_nobody_counts_would_be_found(tmp_path, monkeypatch):
    async def uncounted(self, shard):
        pass

    monkeypatch.setattr(Gate, "identify", uncounted)

    found = await break_gateway(tmp_path, times=2)

    assert any("0 counted" in fault for fault in found.faults)
