"""`/kb review`: one waiting proposal after the other."""

from __future__ import annotations

import re
import time
from typing import cast

from discord import app_commands

from bot.catalogue import Catalogue, Voice
from bot.cogs.note_forms import NoteForms
from bot.cogs.surface import Grouped, Surface
from bot.context import Interaction, guild_of, language_of
from bot.curation.reviewing import Reviewing, Waiting, WholeImport
from bot.pressing import Presses, fields_of
from bot.rendering import custom_ids
from bot.rendering.forms import Field, form
from bot.rendering.reviews import Done, approve_note, progress_panel, reject_note, review_panel, sure_panel
from bot.replying import acknowledge, acknowledge_edit, deliver, open_form
from bot.telling import Telling
from bot.under_way import UnderWay
from knowledge.curation import Applied, Conflict

PROGRESS = 3.0
"""Seconds between two notes of how far an import is."""

_REASON = 500


class Review(Surface):
    """Every page takes the place of the one before, which only the moderator sees."""

    def __init__(
        self, reviewing: Reviewing, telling: Telling, forms: NoteForms, catalogue: Catalogue, under_way: UnderWay
    ) -> None:
        self._reviewing = reviewing
        self._under_way = under_way
        self._telling = telling
        self._catalogue = catalogue
        self._forms = forms
        self._stopped: set[tuple[int, str]] = set()

    def grouped(self) -> Grouped:
        @app_commands.command(name="review", description="Decide on what members and imports propose, one by one")
        async def review(interaction: Interaction) -> None:
            await self.review(interaction)

        return {"kb": [review]}

    def presses(self) -> Presses:
        return {
            custom_ids.APPROVE: self.approve,
            custom_ids.EDIT_PROPOSAL: self.edit,
            custom_ids.REJECT: self.ask_reason,
            custom_ids.SKIP: self.skip,
            custom_ids.WHOLE_IMPORT: self.ask_whole,
            custom_ids.WHOLE_IMPORT_SURE: self.decide_whole,
            custom_ids.STOP_IMPORT: self.stop_whole,
            custom_ids.REVIEW: self.back,
        }

    def forms(self) -> Presses:
        return {custom_ids.REJECT: self.reject}

    async def review(self, interaction: Interaction) -> None:
        if await acknowledge(interaction, private=True):
            await self._show(interaction, await self._reviewing.next(guild_of(interaction)))

    async def approve(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Makes the proposal a note of the guild, unless somebody was quicker."""
        if not await acknowledge_edit(interaction):
            return
        voice, guild, id = self._voice(interaction), guild_of(interaction), match["proposal"]
        approval = await self._reviewing.approve(guild, id, int(match["seen"]) or None, interaction.user.id)
        match approval.outcome:
            case Applied(versions=versions) if approval.proposal is not None:
                done = approve_note(approval.proposal, versions[0].id if versions else None, voice)
                await self._show(interaction, await self._reviewing.next(guild, id), done)
                await self._telling.decided(interaction.client, guild, approval.proposal)
            case Conflict():
                changed = Done(voice.say("review.changed"))
                await self._show(interaction, await self._reviewing.again(guild, id), changed)
            case _:
                await self._show(interaction, await self._reviewing.next(guild, id), self._decided(voice))

    async def edit(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Opens the proposal in the form in which notes are written."""
        guild, id = guild_of(interaction), match["proposal"]
        proposal = await self._reviewing.waits(guild, id)
        if proposal is not None:
            await self._forms.open_proposal(interaction, proposal)
        elif await acknowledge_edit(interaction):
            done = self._decided(self._voice(interaction))
            await self._show(interaction, await self._reviewing.next(guild, id), done)

    async def ask_reason(self, interaction: Interaction, match: re.Match[str]) -> None:
        voice = self._voice(interaction)
        label, hint = voice.say("review.reason"), voice.say("review.reason_hint")
        field = Field("reason", label, hint, long=True, most=_REASON)
        await open_form(interaction, form(voice.say("review.reject_title"), match.string, [field]))

    async def reject(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Takes the proposal out of the queue, and tells its author why if they want to hear it."""
        if not await acknowledge_edit(interaction):
            return
        voice, guild, id = self._voice(interaction), guild_of(interaction), match["proposal"]
        reason = fields_of(interaction).get("reason", "").strip()
        rejected = await self._reviewing.reject(guild, id, reason, interaction.user.id)
        done = reject_note(rejected, voice) if rejected else self._decided(voice)
        await self._show(interaction, await self._reviewing.next(guild, id), done)
        if rejected:
            await self._telling.decided(interaction.client, guild, rejected)

    async def skip(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            await self._show(interaction, await self._reviewing.next(guild_of(interaction), match["proposal"]))

    async def back(self, interaction: Interaction, match: re.Match[str]) -> None:
        if await acknowledge_edit(interaction):
            await self._show(interaction, await self._reviewing.next(guild_of(interaction)))

    async def ask_whole(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Asks once more before an import is decided on as a whole."""
        if await acknowledge_edit(interaction):
            count = await self._reviewing.count(guild_of(interaction), match["batch"])
            what = cast(WholeImport, match["what"])
            await deliver(interaction, sure_panel(what, match["batch"], count, self._voice(interaction)))

    async def decide_whole(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Approves or withdraws all that waits of an import."""
        if not await acknowledge_edit(interaction):
            return
        guild, batch = guild_of(interaction), match["batch"]
        if match["what"] == "approve":
            done = await self._approve_all(interaction, guild, batch)
        else:
            count = await self._reviewing.withdraw(guild, batch, interaction.user.id)
            done = Done(self._voice(interaction).say("review.withdrawn", count=count))
        await self._show(interaction, await self._reviewing.next(guild), done)

    async def stop_whole(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Ends an approval that is under way: what it has approved stays, the rest waits. Its page says so."""
        self._stopped.add((guild_of(interaction), match["batch"]))
        await acknowledge_edit(interaction)

    async def _approve_all(self, interaction: Interaction, guild: int, batch: str) -> Done:
        voice, progress, shown = self._voice(interaction), None, time.monotonic()
        self._stopped.discard((guild, batch))
        async for progress in self._reviewing.approve_all(guild, batch, interaction.user.id):
            if time.monotonic() - shown >= PROGRESS:
                await deliver(interaction, progress_panel(progress, batch, voice))
                shown = time.monotonic()
            if (guild, batch) in self._stopped or self._under_way.closing:
                break
        if progress is None:
            return self._decided(voice)
        key = "review.approved_some" if progress.left else "review.approved_all"
        return Done(voice.say(key, count=progress.done, left=progress.left), progress.version, whole=True)

    async def _show(self, interaction: Interaction, waiting: Waiting | None, done: Done | None = None) -> None:
        await deliver(interaction, review_panel(waiting, done, self._voice(interaction)))

    def _decided(self, voice: Voice) -> Done:
        return Done(voice.say("review.decided"))

    def _voice(self, interaction: Interaction) -> Voice:
        return self._catalogue.voice(language_of(interaction))
