"""A queue in turns: a crowd waits behind itself, and whoever asks once has their turn soon, also when it is full."""

from __future__ import annotations

import random
import threading
from collections import Counter
from queue import Full

import pytest

from index.fair_queue import FairQueue, Party

LOUD, QUIET = Party(1, 100), Party(2, 200)


def queue(most: int = 64, share: int = 64) -> FairQueue[str]:
    return FairQueue(most, share)


def flood(jobs: FairQueue[str], party: Party, count: int) -> None:
    for number in range(count):
        jobs.put(f"{party.guild}-{party.member}-{number}", party)


def position(jobs: FairQueue[str], job: str) -> int:
    """In which place it is served from now on."""
    return 1 + jobs.take(len(jobs)).index(job)


@pytest.mark.parametrize("flooded", [1, 10, 60])
def test_a_single_question_is_second_however_many_another_guild_has(flooded):
    jobs = queue()
    flood(jobs, LOUD, flooded)
    jobs.put("mine", QUIET)
    assert position(jobs, "mine") <= 2


@pytest.mark.parametrize("flooded", [1, 10, 60])
def test_a_single_question_is_second_however_many_another_member_has(flooded):
    jobs = queue()
    flood(jobs, LOUD, flooded)
    jobs.put("mine", Party(LOUD.guild, 101))
    assert position(jobs, "mine") <= 2


def test_outside_of_guilds_each_person_waits_in_a_line_of_their_own():
    jobs = queue()
    flood(jobs, Party(None, 1), 40)
    flood(jobs, LOUD, 20)
    jobs.put("mine", Party(None, 2))
    assert position(jobs, "mine") <= 3


def test_one_member_of_many_guilds_gets_one_turn_a_round_in_order():
    jobs = queue()
    for guild in (1, 2, 3):
        flood(jobs, Party(guild, 7), 2)
    assert jobs.take(6) == ["1-7-0", "2-7-0", "3-7-0", "1-7-1", "2-7-1", "3-7-1"]


def test_a_guild_keeps_to_its_share():
    jobs = queue(share=5)
    flood(jobs, LOUD, 5)
    assert not jobs.has_room(LOUD)
    with pytest.raises(Full):
        jobs.put("one more", Party(LOUD.guild, 999))
    assert jobs.has_room(QUIET)


def test_in_a_full_queue_the_latest_job_of_the_longest_line_gives_way():
    jobs = queue(most=10)
    flood(jobs, LOUD, 8)
    flood(jobs, QUIET, 2)
    assert jobs.put("third", Party(3, 300)) == "1-100-7"
    assert not jobs.has_room(LOUD)
    assert len(jobs) == 10


def test_nothing_gives_way_where_all_lines_are_as_long():
    jobs = queue(most=10)
    for guild in range(10):
        flood(jobs, Party(guild, guild), 1)
    with pytest.raises(Full):
        jobs.put("eleventh", Party(99, 99))


def test_what_waits_when_it_is_closed_can_be_taken_and_then_nothing():
    jobs = queue()
    flood(jobs, LOUD, 3)
    jobs.close()
    assert [len(jobs.take(2)), len(jobs.take(2)), len(jobs.take(2))] == [2, 1, 0]


def test_whoever_waits_for_a_job_gets_the_next_one():
    jobs, taken = queue(), []
    taking = threading.Thread(target=lambda: taken.extend(jobs.take(16)))
    taking.start()
    jobs.put("mine", QUIET)
    taking.join(5)
    assert taken == ["mine"]


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_nothing_is_lost_or_served_twice_and_a_first_question_waits_one_round(seed):
    dice, jobs = random.Random(seed), queue(most=32, share=28)
    waiting: dict[str, tuple[int, int]] = {}  # job: how many may be served before it, how many were
    served, dropped, refused, number = 0, 0, 0, 0
    for _ in range(5000):
        if dice.random() < 0.65:
            number += 1
            loud = dice.random() < 0.7
            party = Party(1, dice.randrange(3)) if loud else Party(dice.randrange(2, 12), dice.randrange(5))
            guilds = Counter(job.split("-")[0] for job in waiting)
            first, job = not guilds[str(party.guild)], f"{party.guild}-{number}"
            try:
                gone = jobs.put(job, party)
            except Full:
                refused += 1
                continue
            waiting[job] = (len(guilds) if first else 32 * 12, 0)
            if gone is not None:
                dropped += 1
                del waiting[gone]
        else:
            for job in jobs.take(1) if waiting else []:
                most, before = waiting.pop(job)
                assert before <= most
                waiting = {other: (limit, count + 1) for other, (limit, count) in waiting.items()}
                served += 1
    assert sorted(jobs.take(32)) == sorted(waiting)
    print(f"{number} put, {served} served, {dropped} gave way, {refused} refused, {len(waiting)} left")
    assert min(served, dropped, refused) > 20
