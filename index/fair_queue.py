"""A bounded queue that is served in turns: one job of each guild, and of a guild's jobs one of each member.

So a crowd waits behind itself: whoever asks once has their turn after one job of each guild that waits. This is fair
queueing (J. Nagle, RFC 970) at two levels. When the queue is full, the longest line gives its latest job up for whoever
has a shorter one, as in P. E. McKenney, "Stochastic fairness queueing", INFOCOM 1990.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass
from queue import Full
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Party:
    """On whose behalf a job waits: a member of a guild, somebody outside of one, or without both Hallyu itself."""

    guild: int | None = None
    member: int | None = None

    @property
    def line(self) -> Hashable:
        """What stands in one line: a guild, or outside of one each person alone."""
        return self.guild, None if self.guild is not None else self.member


class FairQueue(Generic[T]):
    """Holds up to `most` jobs, of one line up to `share`. Put and taken from any thread."""

    def __init__(self, most: int, share: int) -> None:
        self._most = most
        self._share = share
        self._lines: OrderedDict[Hashable, OrderedDict[int | None, deque[T]]] = OrderedDict()
        self._lengths: dict[Hashable, int] = {}
        self._length = 0
        self._closed = False
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return self._length

    def has_room(self, party: Party) -> bool:
        """Whether a job of this party would be taken now."""
        with self._changed:
            return self._fits(party.line)

    def put(self, job: T, party: Party) -> T | None:
        """Takes a job; returns the one that gave way to it, if any. Raises `queue.Full`."""
        with self._changed:
            if not self._fits(party.line):
                raise Full
            gone = self._drop_last(self._longest()) if self._length >= self._most else None
            self._lines.setdefault(party.line, OrderedDict()).setdefault(party.member, deque()).append(job)
            self._count(party.line, 1)
            self._changed.notify()
            return gone

    def take(self, most: int) -> list[T]:
        """Up to `most` jobs whose turn it is; waits for one. None are left once it is closed: then an empty list."""
        with self._changed:
            self._changed.wait_for(lambda: self._length or self._closed)
            return [self._next() for _ in range(min(most, self._length))]

    def close(self) -> None:
        """What waits can still be taken, and then nothing any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _fits(self, line: Hashable) -> bool:
        own = self._lengths.get(line, 0)
        if own >= self._share:
            return False
        return self._length < self._most or own + 1 < self._lengths[self._longest()]

    def _longest(self) -> Hashable:
        return max(self._lengths, key=self._lengths.__getitem__)

    def _next(self) -> T:
        line, members = next(iter(self._lines.items()))
        member, jobs = next(iter(members.items()))
        job = jobs.popleft()
        _turn(members, member, left=bool(jobs))
        _turn(self._lines, line, left=bool(members))
        self._count(line, -1)
        return job

    def _drop_last(self, line: Hashable) -> T:
        """The latest job of the member who has most in this line."""
        members = self._lines[line]
        member, jobs = max(members.items(), key=lambda item: len(item[1]))
        job = jobs.pop()
        if not jobs:
            del members[member]
        self._count(line, -1)
        return job

    def _count(self, line: Hashable, change: int) -> None:
        self._length += change
        self._lengths[line] = self._lengths.get(line, 0) + change
        if not self._lengths[line]:
            del self._lengths[line]


def _turn(turns: OrderedDict[K, V], key: K, *, left: bool) -> None:
    """Whoever had their turn waits behind the others, or goes when nothing is left."""
    if left:
        turns.move_to_end(key)
    else:
        del turns[key]
