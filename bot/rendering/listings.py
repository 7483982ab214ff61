"""Pages of notes: ten lines with a button each, and the way to the other pages."""

from __future__ import annotations

from collections.abc import Callable

from discord import ui

from bot.catalogue import Voice
from bot.curation.filters import Filter
from bot.curation.finding import Page
from bot.curation.listed import Listed, Origin
from bot.rendering import custom_ids
from bot.rendering.dates import in_words
from bot.rendering.layout import Block, Press, beside, page, row, small
from bot.rendering.markdown import fit

Turn = Callable[[int], str]
"""The `custom_id` of the button that leads to a page."""

_TEXT = 190
"""UTF-16 units of a text: ten of them and what stands below each are less than a message."""


def list_page(found: Page, filter: Filter, turn: Turn, voice: Voice) -> ui.LayoutView:
    """A page of `/kb list`."""
    return _listed(found, "list", _filtered(filter, voice), turn, voice)


def search_page(found: Page, text: str, origin: Origin | None, turn: Turn, voice: Voice) -> ui.LayoutView:
    """A page of `/kb search`."""
    searched = [f"“{fit(text, 100)}”"] + ([voice.say(f"finding.origin.{origin}")] if origin else [])
    return _listed(found, "search", searched, turn, voice)


def stale_page(found: Page, voice: Voice) -> ui.LayoutView:
    """A page of `/kb stale`."""
    return _listed(found, "stale", [voice.say("finding.stale.why")], custom_ids.stale, voice)


def _listed(found: Page, section: str, about: list[str], turn: Turn, voice: Voice) -> ui.LayoutView:
    blocks: list[Block | None] = [
        f"### {voice.say(f'finding.{section}.head', count=found.total)}",
        small(" · ".join(about)) if about else None,
        *(_line(note, voice) for note in found.notes),
        None if found.notes else voice.say(f"finding.{section}.nothing"),
    ]
    if found.pages > 1:
        blocks += [small(voice.say("finding.page", number=found.number, pages=found.pages)), _turns(found, turn, voice)]
    return page(blocks)


def _line(note: Listed, voice: Voice) -> Block:
    facts = [voice.say(f"finding.origin.{note.origin}"), voice.say(f"status.{note.status}"), dated(note, voice)]
    text = f"{fit(note.text_in(voice.language), _TEXT)}\n{small(' · '.join(facts))}"
    custom_id = custom_ids.show(note.id)
    return beside(text, Press(voice.say("finding.show"), custom_id)) if custom_ids.SHOW.fullmatch(custom_id) else text


def dated(note: Listed, voice: Voice) -> str:
    """Of which day it speaks, and until when it holds."""
    as_of = voice.say("sources.as_of", date=in_words(note.as_of, voice))
    if not note.valid_until:
        return as_of
    return f"{as_of} · {voice.say('finding.until', date=in_words(note.valid_until, voice))}"


def _turns(found: Page, turn: Turn, voice: Voice) -> Block:
    presses = []
    if found.number > 1:
        presses.append(Press(voice.say("finding.previous"), turn(found.number - 1)))
    if found.number < found.pages:
        presses.append(Press(voice.say("finding.next"), turn(found.number + 1)))
    return row(presses)


def _filtered(filter: Filter, voice: Voice) -> list[str]:
    """What the notes of a list have in common, in words."""
    return [
        part
        for part in (
            filter.origin and voice.say(f"finding.origin.{filter.origin}"),
            filter.status and voice.say(f"status.{filter.status}"),
            filter.author is not None and voice.say("finding.by", who=f"<@{filter.author}>"),
            filter.age and voice.say(f"finding.age.{filter.age}"),
            filter.topic and voice.say("finding.topic", topic=fit(filter.topic, 100)),
        )
        if part
    ]
