"""The form that asks what is wrong with an answer."""

from __future__ import annotations

from discord import ui

from bot.catalogue import Voice
from bot.rendering import custom_ids
from bot.rendering.forms import Field, form

LONGEST_REASON = 300
"""Characters."""


def reason_form(answer_id: str, voice: Voice) -> ui.Modal:
    """One field, which may stay empty."""
    label, hint = voice.say("vote.why"), voice.say("vote.why_hint")
    field = Field("reason", label, hint, long=True, most=LONGEST_REASON)
    return form(voice.say("vote.form"), custom_ids.reason(answer_id), [field])
