"""The last resort: a process that was told to stop ends in time whatever hangs, and at once when told twice."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

HANGS = """
import asyncio, os, signal, time
from bot import stopping
from bot.under_way import UnderWay

stopping.LONGEST_SECONDS = {longest}

async def main():
    with stopping.stopping(UnderWay(), None) as stop:
        for _ in range({signals}):
            os.kill(os.getpid(), signal.{signal})
            await asyncio.sleep(0.05)
        await stop.wait()
        time.sleep(30)  # as where a thread or a disk never comes back

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("signals", "longest", "signal", "code"),
    [(1, 0.5, "SIGTERM", 1), (2, 60, "SIGTERM", 128 + 15), (2, 60, "SIGINT", 128 + 2)],
)
def test_a_process_that_hangs_ends_all_the_same(signals, longest, signal, code):
    began = time.monotonic()
    script = HANGS.format(signals=signals, longest=longest, signal=signal)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=25)

    assert ended.returncode == code, ended.stderr
    assert time.monotonic() - began < 20
