"""The page of one note: its texts, what it replaces, where it comes from, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator

from discord import ui

from bot.catalogue import Voice
from bot.curation.showing import Shown
from bot.rendering import custom_ids, limits
from bot.rendering.citations import page_of
from bot.rendering.dates import in_words
from bot.rendering.layout import Block, Press, page, row, small
from bot.rendering.markdown import fit
from knowledge.curation import Version
from knowledge.models import Snippet

_ALONE, _BESIDE = 650, 400
"""UTF-16 units of a text, by itself and where the overridden one stands below it: two languages each."""
_SOURCES = 900
_LINE = 250


def note_page(shown: Shown, voice: Voice) -> ui.LayoutView:
    """A note in full, as far as a message holds it."""
    snippet = shown.snippet
    blocks: list[Block | None] = [
        f"### {voice.say('finding.note.head')}",
        *_texts(snippet, _BESIDE if shown.bundled else _ALONE),
        *_replaced(shown, voice),
        small(" · ".join(_facts(shown, voice))),
        "\n".join(_about(shown, voice)),
        ui.Separator(),
        _sources(snippet, voice),
        small(" · ".join(_kept(shown, voice))),
        small(voice.say("finding.note.restore")) if shown.origin == "removed" else None,
    ]
    presses = [press for press in _presses(shown, voice) if custom_ids.fits(press.custom_id)]
    return page([*blocks, row(presses) if presses else None])


def _texts(snippet: Snippet, room: int) -> list[str]:
    """Both texts as quotations, English first."""
    return [f"> {fit(text, room)}" for text in (snippet.text, snippet.text_ko) if text and text.strip()]


def _replaced(shown: Shown, voice: Voice) -> list[Block | None]:
    """The bundled text that the guild's own stands in place of."""
    if shown.bundled is None:
        return []
    return [f"**{voice.say('finding.note.bundled')}**", *_texts(shown.bundled, _BESIDE)]


def _facts(shown: Shown, voice: Voice) -> Iterator[str]:
    snippet = shown.snippet
    yield voice.say(f"finding.origin.{shown.origin}")
    yield voice.say(f"status.{snippet.status}")
    yield voice.say(f"kind.{snippet.kind}")
    yield voice.say("sources.as_of", date=in_words(snippet.as_of, voice))
    if snippet.valid_until:
        yield voice.say("finding.until", date=in_words(snippet.valid_until, voice))


def _about(shown: Shown, voice: Voice) -> Iterator[str]:
    """Topic, names and ways to ask, as far as there are any."""
    if shown.topic:
        yield voice.say("finding.topic", topic=fit(shown.topic.title_in(voice.language), 100))
    if shown.names:
        names = ", ".join(name.name_in(voice.language) for name in shown.names)
        yield voice.say("finding.note.names", names=fit(names, _LINE))
    if shown.snippet.asks:
        yield voice.say("finding.note.asks", asks=fit(" / ".join(shown.snippet.asks), _LINE))


def _sources(snippet: Snippet, voice: Voice) -> str:
    lines = [f"- {page_of(source, voice)}" for source in snippet.sources]
    kept, missing = limits.within(lines, _SOURCES)
    return "\n".join([*kept, small(voice.say("finding.note.more", count=missing))] if missing else kept)


def _kept(shown: Shown, voice: Voice) -> Iterator[str]:
    """Which version it is, who made it and when, and what members think of it."""
    latest = shown.latest
    yield voice.say("finding.note.version", number=latest.number)
    if isinstance(latest, Version) and latest.author is not None:
        yield voice.say("finding.by", who=f"<@{latest.author}>")
    yield in_words(latest.created_at[:10], voice)
    yield f"👍 {shown.opinions.good} · 👎 {shown.opinions.bad}"
    yield fit(shown.snippet.id, 160)


def _presses(shown: Shown, voice: Voice) -> Iterator[Press]:
    """A removed note is edited by nobody, and there is a history only of what the guild has changed."""
    id = shown.snippet.id
    if shown.origin != "removed":
        yield Press(voice.say("finding.note.edit"), custom_ids.edit(id))
        yield Press(voice.say("finding.note.remove"), custom_ids.remove(id, shown.seen))
    if shown.seen is not None:
        yield Press(voice.say("finding.note.history"), custom_ids.history(shown.seen))
