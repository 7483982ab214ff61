"""So much at once and so many a minute, for each person alone, by a clock that never jumps, in bounded memory."""

from __future__ import annotations

import random

import pytest

from bot.allowance import MOST_KEPT, Allowance


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_burst_is_taken_and_one_more_is_told_how_long_to_wait(clock):
    allowance = Allowance(5, 30, clock)
    assert [allowance.take("mina") for _ in range(6)] == [0, 0, 0, 0, 0, pytest.approx(2.0)]


def test_who_waits_as_long_as_told_may_go_on(clock):
    allowance = Allowance(5, 30, clock)
    for _ in range(20):
        while wait := allowance.take("mina"):
            clock.now += wait + 1e-6
    assert clock.now == pytest.approx(1000 + 15 * 2.0, abs=0.01)


def test_a_refusal_costs_nothing(clock):
    allowance = Allowance(1, 60, clock)
    allowance.take("mina")
    waits = [allowance.take("mina") for _ in range(50)]
    assert waits == [pytest.approx(1.0)] * 50


def test_a_person_who_asks_too_fast_costs_nobody_else(clock):
    allowance = Allowance(2, 1, clock)
    assert [allowance.take("mina") for _ in range(4)][2:] > [0.0, 0.0]
    assert allowance.take("jun") == 0


def test_after_a_pause_the_whole_burst_is_there_again_and_no_more(clock):
    allowance = Allowance(3, 60, clock)
    for _ in range(3):
        allowance.take("mina")
    clock.now += 10_000
    assert [allowance.take("mina") for _ in range(4)][:3] == [0, 0, 0]
    assert allowance.take("mina") > 0


@pytest.mark.parametrize(("burst", "per_minute"), [(1, 0), (0, 1), (0, 0)])
def test_zero_is_no_limit(clock, burst, per_minute):
    allowance = Allowance(burst, per_minute, clock)
    assert {allowance.take("mina") for _ in range(1000)} == {0.0}
    assert len(allowance) == 0


def test_what_is_remembered_is_bounded_and_goes_with_time(clock):
    allowance = Allowance(2, 1, clock)
    for person in range(2 * MOST_KEPT):
        allowance.take(person)
    assert len(allowance) == MOST_KEPT
    clock.now += 1000
    allowance.take("mina")
    assert len(allowance) == 1


@pytest.mark.parametrize("seed", range(5))
def test_no_more_than_burst_and_rate_is_ever_taken_in_any_span(clock, seed):
    dice, allowance = random.Random(seed), Allowance(4, 30, clock)
    taken: list[float] = []
    for _ in range(3000):
        clock.now += dice.choice((0.0, 0.1, 0.5, 3.0, 30.0)) * dice.random()
        if allowance.take("mina") == 0:
            taken.append(clock.now)
    for first in range(len(taken)):
        for last in range(first, min(first + 50, len(taken))):
            assert last - first + 1 <= 4 + (taken[last] - taken[first]) / 2 + 1e-6
    print(f"{len(taken)} of 3000 taken in {taken[-1] - taken[0]:.0f} s")
    assert 100 < len(taken) < 3000
