"""What an interaction has to pass before anything is done for it, beside the role that it needs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.allowance import Allowance
from bot.context import Interaction, scope_of
from bot.under_way import UnderWay
from bot.watching.observing import NOBODY, Observer
from knowledge.errors import Refused

QUESTIONS = frozenset({"ask", "Answer this", "button choice", "button choices"})

COSTLY = QUESTIONS | {"kb search", "kb import", "suggest"}
"""Entries that take the engine's time, a page's, or a place in the moderators' queue; as in `bot.roles.NEEDS`. Whoever
moderates is not exempt. A form is not counted: what somebody has written would be lost."""

log = structlog.stdlib.get_logger(__name__)


def _unlimited() -> Allowance:
    return Allowance(burst=1, per_minute=0)


@dataclass(frozen=True, slots=True)
class Admission:
    """Takes no more once the process is about to end, and of each person only so much."""

    under_way: UnderWay = field(default_factory=UnderWay)
    allowance: Allowance = field(default_factory=_unlimited)
    observer: Observer = NOBODY

    def begin(self, interaction: Interaction) -> None:
        """First of all. Raises `Refused` once the process is about to end."""
        self.under_way.begin(interaction)

    def charge(self, interaction: Interaction, entry: str) -> None:
        """Counts what costs something. Raises `Refused` with when to come again, before anything is shown to others."""
        if entry not in COSTLY or interaction.type is discord.InteractionType.autocomplete:
            return
        wait = self.allowance.take(interaction.user.id)
        if not wait:
            return
        log.info("member.limited", entry=entry, wait_seconds=round(wait, 1))
        if entry in QUESTIONS:
            self.observer.asked(scope_of(interaction).guild, "limited")
        again = datetime.now(UTC) + timedelta(seconds=wait)
        raise Refused("refused.limited", f"That was a lot at once. Wait {math.ceil(wait)} seconds.", when=again)
