"""Who did what and when, as Discord shows it to each reader."""

from __future__ import annotations

from datetime import datetime

from bot.catalogue import Voice
from bot.rendering.markdown import fit


def who(user: int | None, voice: Voice) -> str:
    """A mention, which pings nobody where it is sent without allowed mentions; a word for who was forgotten."""
    return f"<@{user}>" if user is not None else voice.say("history.nobody")


def whoever(user: int | None, voice: Voice, otherwise: str) -> str:
    """Who did something, as the subject of a sentence: a mention, which Korean follows with 님, or what the catalogue
    says `otherwise`, without it."""
    return voice.say("person.mentioned", who=f"<@{user}>") if user is not None else voice.say(otherwise)


def when(created_at: str) -> str:
    """A stored time in the reader's own time zone and language, to the minute."""
    return f"<t:{int(datetime.fromisoformat(created_at).timestamp())}:f>"


def action_in_words(action: str, voice: Voice) -> str:
    """What a change is called in the log, as a word for people."""
    key = f"action.{action.replace(' ', '-')}"
    return voice.say(key) if key in voice else fit(action, 40)
