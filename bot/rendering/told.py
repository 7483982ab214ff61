"""What people are told in a direct message."""

from __future__ import annotations

from discord import ui

from bot.catalogue import Voice
from bot.rendering.layout import page
from bot.rendering.markdown import fit
from knowledge.queue import Proposal

_NAME = 100
_QUOTED = 500
_REASON = 600


def decision_note(proposal: Proposal, text: str, server: str, voice: Voice) -> ui.LayoutView:
    """What became of a suggestion whose text is `text`."""
    approved = proposal.state == "approved"
    head = voice.say("told.approved" if approved else "told.rejected", server=f"**{fit(server, _NAME)}**")
    reason = voice.say("told.reason", reason=fit(proposal.reason, _REASON)) if proposal.reason else None
    return page([head, f"> {fit(text, _QUOTED)}", reason])


def answered_note(question: str, guild: int, server: str, voice: Voice) -> ui.LayoutView:
    """That a question can be answered now, and where to ask it again."""
    link = f"[{fit(server, _NAME)}](https://discord.com/channels/{guild})"
    return page([voice.say("told.answered"), f"> {fit(question, _QUOTED)}", voice.say("told.ask_again", server=link)])
