"""`/status` tells an admin how the bot is and what their server asks, and nothing of other servers."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime
from math import inf

import discord
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.rendering.status import status_card
from bot.watching.metrics import Metrics
from bot.watching.report import Disk, Health, Report, Versions
from fakes.damage import read_only
from fakes.knowing import BY_MIN, a_snippet, crowded, small_knowing
from fakes.pages import broken_limits, text_of
from fakes.town import labels, shown
from knowledge.backups import make_backup
from knowledge.models import Scope
from knowledge.queue import Proposal
from knowledge.store.sqlite.clock import utc_now
from knowledge.tallies import Figures, Slot

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea")
MANAGES = discord.Permissions(manage_guild=True, use_application_commands=True)
ELSEWHERE = 4711

FINE = Report(
    asked={"answered": 80, "declined": 30, "which_one": 5, "busy": 3, "refused": 1, "failed": 1},
    figures=Figures(own=12, bundled=3150, proposals=2, questions=3, complaints=1, version=3),
    writes="fine",
    health=Health({"database": True, "index": True, "model": True, "gateway": True}, True, 12.2, 45.4, 3.1, 2, (6, 12)),
    disk=Disk(12_300_000_000, 45_600_000, datetime(2026, 11, 23, 3, tzinfo=UTC)),
    versions=Versions("1.0", "3.11.9", "2.7.1", "3.51.3", "all-MiniLM-L6-v2", "abcdef123456"),
    since=datetime(2026, 11, 22, tzinfo=UTC),
)


@pytest.fixture
async def small(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db", patience=inf) as small:
        yield small


@pytest.fixture
def admin(town):
    role = town.guild.create_role("admins", permissions=MANAGES)
    return town.guild.add_member(town.env.create_user("ada"), roles=[role])


@pytest.fixture
def status(town, admin):
    return lambda: admin.slash(town.channel, "status")


async def test_the_card_is_for_the_admin_alone_with_what_the_server_asked_up_to_now(town, small, status):
    for outcome in ("answered", "answered", "declined", "which_one", "busy"):
        small.tallying.asked(town.guild.id, outcome)
    card = await status()

    assert card.ephemeral
    for line in ("Questions: 5", "Answered: 2", "I don't know: 1", "which one was meant: 1", "no question: 1"):
        assert line in shown(card)
    assert labels(card) == ["Refresh"]


async def test_nothing_of_another_server_is_in_it(town, small, status):
    small.tallying.asked(ELSEWHERE, "answered")
    small.tallying.asked(None, "answered")
    await small.add(TEA, ELSEWHERE)
    await small.store.queue.propose(ELSEWHERE, [Proposal("p", "suggestion", TEA, 7)])
    card = shown(await status())

    assert "Questions: 0" in card
    assert "Notes of this server: 0; bundled, with facts: 1" in card
    assert "one per language: 0 of this server" in card
    assert "Waiting in `/kb review`: 0" in card


async def test_refresh_edits_the_card_in_place(town, admin, small, status):
    card = await status()
    small.tallying.asked(town.guild.id, "answered")
    await small.add(TEA, town.guild.id)
    result = await town.press(card, "Refresh", who=admin)

    assert result.followups == []
    assert "Questions: 1" in shown(card)
    assert "Notes of this server: 1" in shown(card)


async def test_it_works_after_a_restart(town, admin, status):
    card = await status()
    await town.restart()
    assert (await town.press(card, "Refresh", who=admin)).acknowledged


async def test_who_may_no_longer_manage_the_server_sees_nothing_new(town, admin, status):
    card = await status()
    town.env.backend.edit_role(town.guild.id, town.guild.roles["admins"].id, {"permissions": 0})
    await town.env.settle()

    assert "Manage Server" in shown(await town.press(card, "Refresh", who=admin))


async def test_members_do_not_see_the_command_by_default(simulation):
    assert simulation.bot.tree.get_command("status").default_permissions == discord.Permissions(manage_guild=True)


async def test_a_database_that_takes_no_writes_is_said_and_the_rest_shown(town, small, status):
    small.tallying.asked(town.guild.id, "answered")
    await small.tallying.flush()
    async with read_only(small.store):
        small.tallying.asked(town.guild.id, "answered")
        card = shown(await status())
        assert "**Nothing can be saved** now" in card
        assert "Questions: 1" in card
    card = shown(await status())
    assert "Nothing can be saved" not in card
    assert "Questions: 2" in card


async def test_a_write_that_takes_long_does_not_keep_the_card(town, small):
    release = asyncio.Event()

    async def hold(_):
        await release.wait()

    held = asyncio.create_task(small.store._access.write(hold))
    await asyncio.sleep(0)
    async with asyncio.timeout(3):
        report = await small.status.of(town.guild.id)
    assert (report.writes, report.figures is not None) == ("slow", True)
    release.set()
    await held


async def test_a_busy_engine_does_not_keep_the_card(small):
    async with crowded(small.engine), asyncio.timeout(3):
        report = await small.status.of(10)
    assert report.health.waiting > 0
    assert report.health.ready["model"]


async def test_a_database_that_does_not_answer_is_said_in_time(small, catalogue):
    gate = threading.Event()
    held = asyncio.create_task(small.store._access.reader._execute(gate.wait))
    await asyncio.sleep(0)
    async with asyncio.timeout(3):
        report = await small.status.of(10)
    gate.set()
    await held
    assert (report.asked, report.figures, report.health.ready["database"]) == (None, None, False)
    card = text_of(status_card(report, catalogue.voice("en")))
    assert "**The database** can't be read" in card
    assert "The database didn't say." in card


async def test_the_latest_backup_in_the_data_folder_is_told(small, tmp_path):
    assert (await small.status.of(10)).disk.backup is None
    await asyncio.to_thread(make_backup, tmp_path / "hallyu.db", tmp_path / "backups", 7)
    made = (await small.status.of(10)).disk
    assert made.backup is not None
    assert abs((utc_now() - made.backup).total_seconds()) < 60
    assert (made.database or 0) > 0
    assert (made.free or 0) > 0


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_card_is_within_discords_limits_in_every_state(catalogue, language):
    voice = catalogue.voice(language)
    nothing = Health(dict.fromkeys(FINE.health.ready, False), False, 1e6, None, 1e6, 64, (0, 0))
    worst = replace(FINE, asked=None, figures=None, writes="refused", health=nothing, disk=Disk(None, None, None))
    for report in (FINE, worst, replace(FINE, writes="slow")):
        assert broken_limits(status_card(report, voice)) == []


def test_what_works_is_said_in_numbers(catalogue):
    card = text_of(status_card(FINE, catalogue.voice("en")))
    for line in (
        "✅ Everything works.",
        "Questions: 120",
        "no question: 4",
        "Failed: 1",
        "bundled, with facts: 3,150",
        "45 ms; last heartbeat acknowledged 12 s ago",
        "Database: 45.6 MB; free on its disk: 12.3 GB",
        "<t:1795402800:R>",
        "discord.py 2.7.1",
        "database version 3",
    ):
        assert line in card


async def test_the_card_speaks_korean(town, admin, status):
    town.speaks_korean(admin)
    assert "봇 상태" in shown(await status())


async def test_questions_that_were_really_asked_are_counted(small):
    await small.asking.ask("How many days in a row was Golden No. 1 on Spotify?", Scope(10))
    await small.asking.ask("What does the weather in Seoul taste like?", Scope(10))
    assert (await small.status.of(10)).asked == {"answered": 1, "declined": 1}


async def test_every_change_of_knowledge_is_counted_once_it_is_durable(tmp_path):
    metrics = Metrics("1.0")

    def changes() -> float:
        families = text_string_to_metric_families(metrics.page().decode())
        samples = [sample for family in families for sample in family.samples]
        return sum(s.value for s in samples if s.name == "hallyu_writes_total" and s.labels == {"kind": "change"})

    async with small_knowing(tmp_path / "counted.db", observer=metrics) as small:
        version = await small.add(TEA)
        assert changes() == 1
        await small.curating.save(10, TEA, version.id, BY_MIN)  # the same text is no change
        assert changes() == 1
        await small.curating.undo(10, version.id, BY_MIN)
        assert changes() == 2


async def test_the_counts_are_those_of_the_last_thirty_days(small):
    today = utc_now().date()
    days = {age: today.fromordinal(today.toordinal() - age) for age in (29, 31)}
    await small.store.counts.add({Slot(10, day, "answered"): 1 for day in days.values()})
    assert (await small.status.of(10)).asked == {"answered": 1}
