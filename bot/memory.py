"""Keeping the process small: glibc holds on to freed memory unless it is told not to."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
"""`mallopt(3)`: how many heaps threads may spread over. Each keeps its own freed pages."""

_MAPPED_FROM = 1 << 20
"""Bytes from which on a block has pages of its own, which go when it does. Left to itself, glibc raises this to 32 MB
once such a block was freed, and later ones leave holes in the heap."""

_KEPT_FREE = 4 << 20
"""Bytes that may lie free at the end of the heap."""

_PAUSE = 15.0
"""Seconds between two times that freed memory is returned."""


def use_few_heaps() -> None:
    """To be called before threads are started. Does nothing where the C library is not glibc."""
    if libc := _glibc():
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, _MAPPED_FROM)
        libc.mallopt(_M_TRIM_THRESHOLD, _KEPT_FREE)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """For building what stays: Python would look through all of it again and again for garbage in cycles, which is a
    fifth of the processor time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settle() -> None:
    """To be called once what stays is built. No later collection looks through it, which would stop all else for 0.1 s,
    and what is free goes back to the system."""
    gc.collect()
    gc.freeze()
    return_freed_memory()


def return_freed_memory() -> None:
    """Gives freed pages back to the system: some 8 MB after loading, 30 MB after a rush of questions."""
    if libc := _glibc():
        libc.malloc_trim(0)


async def return_freed_memory_regularly() -> None:
    """Every quarter of a minute, until it is cancelled. It takes some 10 ms."""
    while True:
        await asyncio.sleep(_PAUSE)
        await asyncio.to_thread(return_freed_memory)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
