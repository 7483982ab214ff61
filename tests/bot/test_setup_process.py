"""`/setup`, the log and `/privacy` with the bot as a process of its own, held to the schema of Discord."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from loopback.server import Discord
from loopback.wire import button_id, text_of

pytestmark = pytest.mark.slow

MANAGE_SERVER = 1 << 5
ENGLISH = "How many days in a row was Golden No. 1 on Spotify?"


async def test_an_admin_sets_the_server_up_and_everything_outlives_a_restart(tmp_path: Path):
    async with Discord(identify_gap=0.0) as discord:
        guild = discord.guild("Acme")
        ada = discord.user("ada", guild, permissions=MANAGE_SERVER)
        mina = discord.user("mina", guild)
        env = {"HALLYU_DATA_DIR": str(tmp_path / "data"), "HALLYU_LOG_FORMAT": "json"}

        def start():
            command = (sys.executable, "-m", "bot", "run")
            return discord.run_bot(*command, log=tmp_path / "log", env=env, cwd=tmp_path)

        def posts():
            """What stands in the channel beside replies to people."""
            found = discord.world.messages.values()
            return [text_of(m) for m in found if not m.get("interaction_metadata") and m["author"]["bot"]]

        async with start() as bot:
            await bot.ready()
            page = await discord.slash(guild, ada, "setup")
            assert (page.ephemeral, page.errors) == (True, [])
            (message,) = page.messages
            chosen = await discord.click(message, "hallyu:setup-log", ada, values=[str(guild.channel_id)], bypass=True)
            assert chosen.errors == []
            await discord.until(lambda: len(posts()) == 1, "the first post in the log")
            pressed = await discord.click(message, button_id(message, "Answer in private"), ada)
            assert pressed.errors == []
            await discord.until(lambda: len(posts()) == 2, "the second post in the log")
            assert posts()[1].startswith(f"<@{ada.id}> made answers private by default")
            refused = await discord.slash(guild, mina, "setup", bypass=True)
            assert "Manage Server" in refused.text
            await bot.stop()
        async with start() as bot:
            await bot.ready()
            answer = await discord.slash(guild, mina, "ask", question=ENGLISH)
            assert (answer.ephemeral, "76" in answer.text) == (True, True)
            kept = await discord.slash(guild, ada, "privacy show")
            assert "Changes you made, in servers' logs: 2" in kept.text
            asked = await discord.slash(guild, ada, "privacy delete")
            (asking,) = asked.messages
            done = await discord.click(asking, button_id(asking, "Delete"), ada)
            await discord.until(lambda: "Your user ID is gone from" in text_of(asking), "the deletion")
            assert (asked.errors, done.errors) == ([], [])
            gone = await discord.slash(None, ada, "privacy show")
            assert "Nothing is kept with your user ID." in gone.text
            assert len(posts()) == 2, "what was posted is not posted again"
            await bot.stop()
