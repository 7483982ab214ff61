"""A note is written once and its writer hears of it, whatever the connection does between saving and replying."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from loopback.faults import Fault
from loopback.server import Discord

pytestmark = pytest.mark.slow

MANAGE_SERVER = 1 << 5
SOURCE = {"url": "https://example.org/page", "title": "A page", "as_of": "2026"}
NOTES = {
    "The listening party begins on Fridays at eight.": Fault("POST /interactions", drop="before"),
    "Photocards are traded in the market channel.": Fault("POST /interactions", drop="after"),
    "Spoilers of survival shows stay hidden for a day.": Fault("PATCH /webhooks", drop="before"),
    "The dance cover contest has three judges.": Fault("PATCH /webhooks", drop="after"),
    "Lightstick batteries are sold at the fan café.": Fault("PATCH /webhooks", status=502),
    "Moderators of this server answer within two days.": None,
}
"""What is written, and the fault that befalls it; the last time the gateway is cut."""


def texts(database: Path) -> list[str]:
    """What guilds have on file, every version."""
    sql = """
        SELECT json_extract(revision.body, '$.text') FROM revision JOIN record ON record.id = revision.record
        WHERE record.owner > 0
    """
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return [text for (text,) in connection.execute(sql)]


async def test_a_note_is_saved_once_and_acknowledged_through_every_fault(tmp_path: Path):
    async with Discord(identify_gap=0.0) as discord:
        guild = discord.guild("Acme")
        ada = discord.user("ada", guild, permissions=MANAGE_SERVER)
        command = (sys.executable, "-m", "bot", "run")
        env = {"HALLYU_DATA_DIR": str(tmp_path / "data"), "HALLYU_HTTP_PORT": "0"}
        async with discord.run_bot(*command, log=tmp_path / "log", env=env, cwd=tmp_path) as bot:
            await bot.ready()
            for text, fault in NOTES.items():
                opened = await discord.slash(guild, ada, "kb add")
                if fault:
                    discord.break_next(fault)
                sending = await discord.submit(opened, {**SOURCE, "text": text}, wait=False)
                if not fault:
                    discord.gateway.abort()
                sent = await sending.over()
                assert "Saved" in sent.text, (text, sent)
                assert len(sent.messages) == 1, text
                await discord.ready()
            await bot.stop()
    assert sorted(texts(tmp_path / "data" / "hallyu.db")) == sorted(NOTES)
