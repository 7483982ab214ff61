"""A change as it is posted in a guild's log channel."""

from __future__ import annotations

from discord import ui

from bot.catalogue import Voice
from bot.curation.logbook import Change
from bot.rendering import custom_ids
from bot.rendering.layout import Press, page, row, small
from bot.rendering.markdown import fit
from bot.rendering.people import whoever
from knowledge.models import Snippet

TITLE = 80
"""Characters of a note that say which it is."""

_TARGET = 90


def log_post(change: Change, voice: Voice) -> ui.LayoutView:
    """Who did what to which note, with buttons to see it and to take the change back."""
    title = change.title_in(voice.language)
    presses = _presses(change, voice)
    return page(
        [
            voice.say("log.line", who=_who(change, voice), what=_what(change, voice)),
            f"> {fit(title, TITLE)}" if title and change.count == 1 else None,
            small(_where(change, voice)),
            row(presses) if presses else None,
        ]
    )


def _who(change: Change, voice: Voice) -> str:
    """A mention is shown as a name; nobody is pinged, see `bot.replying.NO_PINGS`."""
    nobody = "log.terminal" if change.entry.place == "terminal" else "log.somebody"
    return whoever(change.entry.user, voice, nobody)


def _what(change: Change, voice: Voice) -> str:
    key = f"log.did.{change.entry.action.replace(' ', '-')}"
    said = voice.say(key if key in voice else "log.did.other")
    return said if change.count == 1 else voice.say("log.many", what=said, count=change.count)


def _where(change: Change, voice: Voice) -> str:
    place = voice.say("log.from_terminal" if change.entry.place == "terminal" else "log.from_discord")
    named = change.content is not None and change.count == 1
    return f"{place} · {fit(change.content_id, _TARGET)}" if named else place


def _presses(change: Change, voice: Voice) -> list[Press]:
    entry = change.entry
    if entry.revision is None:
        return []
    presses = [Press(voice.say("log.undo"), custom_ids.undo(entry.revision))]
    show = custom_ids.show(entry.target)
    if change.count == 1 and isinstance(change.content, Snippet) and custom_ids.SHOW.fullmatch(show):
        presses.insert(0, Press(voice.say("log.show"), show))
    return presses
