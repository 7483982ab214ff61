"""A process that is killed at a random moment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys


async def run_and_kill(module: str, *arguments: str, steps: int = 0, seconds: float) -> None:
    """Runs `python -m module` until it says that it is ready, so many steps on, of which each is a line that it prints,
    and so many seconds."""
    paths = os.pathsep.join(path for path in sys.path if path)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        env={**os.environ, "PYTHONPATH": paths},
        stdout=asyncio.subprocess.PIPE,
    )
    if process.stdout is None or await process.stdout.readline() != b"ready\n":
        raise RuntimeError(f"{module} did not start")
    for _ in range(steps):
        await process.stdout.readline()
    try:
        async with asyncio.timeout(seconds):
            await process.wait()
        raise RuntimeError(f"{module} ended by itself")
    except TimeoutError:
        process.send_signal(signal.SIGKILL)
        await process.wait()
