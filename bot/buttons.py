"""What the buttons under a card do. Everything they need is in their `custom_id`, so they outlive a restart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord

from bot.asking import Asking
from bot.catalogue import Catalogue, Voice
from bot.context import Interaction, conversation_of, in_own_dm, language_of, may_speak, scope_of
from bot.pressing import Presses, fields_of, values_of
from bot.rendering import custom_ids
from bot.rendering.cards import Setting, card, setting_of
from bot.rendering.choices import chosen, clarified
from bot.rendering.layout import sentence
from bot.rendering.panels import receipt_panel, sources_panel
from bot.rendering.reasons import reason_form
from bot.replying import acknowledge, acknowledge_edit, deliver, deliver_fault, open_form
from knowledge.models import Language
from knowledge.store import Vote


class Buttons:
    """One method a button; `presses` says which is found by what `custom_id`."""

    def __init__(self, asking: Asking, catalogue: Catalogue) -> None:
        self._asking = asking
        self._catalogue = catalogue

    def presses(self) -> Presses:
        return {
            custom_ids.SOURCES: self.sources,
            custom_ids.WHY: self.why,
            custom_ids.VOTE: self.vote,
            custom_ids.TELL: self.tell,
            custom_ids.SHARE: self.share,
            custom_ids.CHOICE: self.choice,
            custom_ids.CHOICES: self.choice,
        }

    async def sources(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The snippets under the answer in full, to the person alone."""
        if not await acknowledge(interaction, private=True):
            return
        voice = self._voice(interaction)
        revisions = await self._asking.snippets(match["answer"], scope_of(interaction))
        if revisions is None:
            return await deliver(interaction, sentence(voice.say("record.expired")))
        shown: Language = "ko" if match["language"] == "ko" else "en"
        await deliver(interaction, sources_panel(revisions, shown, voice))

    async def why(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The receipt, to the person alone."""
        if not await acknowledge(interaction, private=True):
            return
        voice = self._voice(interaction)
        receipt = await self._asking.receipt(match["answer"], scope_of(interaction))
        expired = sentence(voice.say("record.expired"))
        await deliver(interaction, expired if receipt is None else receipt_panel(receipt, voice))

    def forms(self) -> Presses:
        return {custom_ids.REASON: self.reason}

    async def vote(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Notes the person's opinion; a second press replaces the first. With 👎 a form asks what is wrong, where
        moderators can read it; the vote counts whether or not it is sent."""
        value: Vote = 1 if match["value"] == "good" else -1
        scope = scope_of(interaction)
        if value == -1 and scope.guild and await self._asking.snippets(match["answer"], scope):
            await open_form(interaction, reason_form(match["answer"], self._voice(interaction)))
            await self._asking.vote(match["answer"], interaction.user.id, value, scope)
        else:
            await self._count(interaction, match["answer"], value)

    async def reason(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Notes what is wrong with an answer beside the 👎."""
        await self._count(interaction, match["answer"], -1, fields_of(interaction).get("reason", "").strip() or None)

    async def _count(self, interaction: Interaction, answer_id: str, value: Vote, reason: str | None = None) -> None:
        if not await acknowledge(interaction, private=True):
            return
        counted = await self._asking.vote(answer_id, interaction.user.id, value, scope_of(interaction), reason)
        thanks = "vote.good" if value == 1 else "vote.reason" if reason else "vote.bad"
        await deliver(interaction, sentence(self._voice(interaction).say(thanks if counted else "record.expired")))

    async def tell(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Notes that the person wants to be told when a question has been answered."""
        if not await acknowledge(interaction, private=True):
            return
        noted = await self._asking.wait_for(match["answer"], interaction.user.id, scope_of(interaction))
        await deliver(interaction, sentence(self._voice(interaction).say("tell.noted" if noted else "tell.closed")))

    async def share(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Posts a private answer for everybody, proved once more against what is known now. Why it cannot be shared is
        for the person alone, and who sees the reply is settled with the first response: so it is recalled before."""
        answer = await self._asking.again(match["answer"], scope_of(interaction)) if may_speak(interaction) else None
        if not await acknowledge(interaction, private=answer is None):
            return
        if answer is None:
            return await deliver(interaction, sentence(await self._unshared(interaction, match["answer"])))
        around = setting_of(interaction.message) if interaction.message else Setting()
        setting = replace(around, shared_by=interaction.user.display_name)
        await deliver(interaction, card(answer, match["answer"], setting, self._catalogue))

    async def _unshared(self, interaction: Interaction, answer_id: str) -> str:
        """Why an answer is not shared."""
        voice = self._voice(interaction)
        if not may_speak(interaction):
            return voice.say("share.not_here")
        on_record = await self._asking.receipt(answer_id, scope_of(interaction)) is not None
        return voice.say("share.gone" if on_record else "record.expired")

    async def choice(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Asks the question on the card again for the chosen meaning: in the card's place for the person who asked,
        beside it for anybody else."""
        message = interaction.message
        custom_id, values = _custom_id(interaction), values_of(interaction)
        label = chosen(message, custom_id, values) if message else None
        around = setting_of(message) if message else Setting()
        in_place = message is not None and _asker(message) == interaction.user.id
        self._asking.expect(scope_of(interaction), interaction.user.id)
        if not await (acknowledge_edit(interaction) if in_place else acknowledge(interaction, private=True)):
            return
        if message is None or label is None or around.question is None:
            text = self._voice(interaction).say("which_one.gone")
            return await deliver_fault(interaction, sentence(text))
        meant = match.groupdict().get("entity") or next(iter(values), None)
        asked = around.understood or around.question
        reply = await self._asking.ask(asked, scope_of(interaction), meant, conversation_of(interaction))
        question = clarified(around.question, label)
        hidden = not in_place or message.flags.ephemeral
        shareable = hidden and may_speak(interaction) and not in_own_dm(interaction)
        setting = replace(around, question=question, shareable=shareable, open=reply.open)
        await deliver(interaction, card(reply.outcome, reply.answer_id, setting, self._catalogue))

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))


def _custom_id(interaction: Interaction) -> str:
    data: Any = interaction.data or {}
    return str(data.get("custom_id", ""))


def _asker(message: discord.Message) -> int | None:
    """The id of who used the command or button that this message answers."""
    metadata = message.interaction_metadata
    return metadata.user.id if metadata else None
