"""Where the pages of review and of open questions open the form in which a note is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.context import Interaction
from knowledge.queue import Proposal

OpensProposal = Callable[[Interaction, Proposal], Awaitable[None]]
"""Opens the form, as the first response, with what a proposal says; saving it approves the proposal."""

OpensQuestion = Callable[[Interaction, str, Sequence[str]], Awaitable[None]]
"""Opens an empty form with a question as its way to ask; saving it closes the open questions with these ids."""
