"""`/ask` and the message menu **Answer this**."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import LONGEST_QUESTION, Asking
from bot.buttons import Buttons
from bot.catalogue import Catalogue
from bot.cogs.surface import Surface
from bot.context import Interaction, conversation_of, in_own_dm, language_of, may_speak, scope_of
from bot.curation.guilds import GuildLife
from bot.incoming import bare
from bot.pressing import Presses
from bot.rendering.cards import Setting, card
from bot.rendering.layout import sentence
from bot.replying import acknowledge, deliver

Tree = app_commands.CommandTree[commands.AutoShardedBot]


class Questions(Surface):
    """Answers questions, publicly unless the person or the guild wants privacy, or may not write in the channel."""

    def __init__(self, asking: Asking, catalogue: Catalogue, tree: Tree, guilds: GuildLife) -> None:
        self._asking = asking
        self._catalogue = catalogue
        self._tree = tree
        self._guilds = guilds
        self._buttons = Buttons(asking, catalogue)
        self._answer_this = app_commands.ContextMenu(name="Answer this", callback=self.answer_this)

    def presses(self) -> Presses:
        return self._buttons.presses()

    def forms(self) -> Presses:
        return self._buttons.forms()

    async def cog_load(self) -> None:
        self._tree.add_command(self._answer_this)

    async def cog_unload(self) -> None:
        self._tree.remove_command(self._answer_this.name, type=self._answer_this.type)

    @app_commands.command(description="Ask a question about the K-Pop industry; the answer shows its sources")
    @app_commands.describe(
        question="Your question, in English or Korean",
        private="Only you see the answer",
    )
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        private: bool | None = None,
    ) -> None:
        self._asking.expect(scope_of(interaction), interaction.user.id)
        wanted = await self._private_by_default(interaction) if private is None else private
        hidden = wanted or not may_speak(interaction)
        if await acknowledge(interaction, private=hidden):
            await self._answer(interaction, bare(question), hidden=hidden)

    async def answer_this(self, interaction: Interaction, message: discord.Message) -> None:
        """Takes the text of `message`, or of the message that it forwards, for the question."""
        self._asking.expect(scope_of(interaction), interaction.user.id)
        hidden = await self._private_by_default(interaction) or not may_speak(interaction)
        if not await acknowledge(interaction, private=hidden):
            return
        question = bare(_text_of(message))
        if question:
            await self._answer(interaction, question, hidden=hidden, message_url=message.jump_url)
        else:
            await deliver(interaction, sentence(self._catalogue.say("empty_message", language_of(interaction))))

    async def _private_by_default(self, interaction: Interaction) -> bool:
        """What the guild has set; the guard has read it by now, so that the first response does not wait."""
        guild = scope_of(interaction).guild
        return guild is not None and (await self._guilds.settings(guild)).private

    async def _answer(
        self, interaction: Interaction, question: str, *, hidden: bool, message_url: str | None = None
    ) -> None:
        reply = await self._asking.ask(question, scope_of(interaction), within=conversation_of(interaction))
        shareable = hidden and may_speak(interaction) and not in_own_dm(interaction)
        setting = Setting(question, reply.understood, message_url, shareable, open=reply.open)
        await deliver(interaction, card(reply.outcome, reply.answer_id, setting, self._catalogue))


def _text_of(message: discord.Message) -> str:
    return message.content or "\n".join(snapshot.content for snapshot in message.message_snapshots)
