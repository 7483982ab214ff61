"""What a moderator sees after removing, restoring and undoing: the note, how it is now, and a way back."""

from __future__ import annotations

from discord import ui

from bot.catalogue import Voice
from bot.curation.corrected import (
    Gone,
    NothingToRestore,
    Overtaken,
    Removal,
    Removed,
    RemovedBefore,
    Restored,
    Restoring,
    Undoing,
    Undone,
    UndoneBefore,
    Unknown,
)
from bot.rendering import custom_ids
from bot.rendering.layout import Press, page, row, sentence
from bot.rendering.markdown import fit
from bot.rendering.people import action_in_words, when, whoever
from knowledge.models import Entity, Snippet

_TITLE = 300
"""UTF-16 units of what names a note in a reply; a note has no title, so it is its text."""
_TEXT = 1000


def corrected_page(result: Removal | Restoring | Undoing, voice: Voice) -> ui.LayoutView:
    """One page for every outcome."""
    match result:
        case Removed(snippet, version, bundled):
            return _changed("hidden" if bundled else "removed", snippet, version.id, voice)
        case Restored(snippet, version, bundled):
            return _changed("restored_bundled" if bundled else "restored", snippet, version.id, voice)
        case Undone():
            return _undone(result, voice)
        case Overtaken():
            return _overtaken(result, voice)
        case UndoneBefore(version, about):
            return page([_head("undone_before", voice, when=when(version.created_at)), titled(about, voice)])
        case NothingToRestore(snippet):
            return page([_head("nothing_to_restore", voice), titled(snippet, voice)])
        case RemovedBefore():
            return sentence(voice.say("correction.removed_before"))
        case Gone():
            return sentence(voice.say("correction.change_gone"))
        case Unknown(id):
            shown = fit(id, 100)
            return sentence(voice.say("correction.unknown", id=shown) if shown else voice.say("correction.no_id"))


def _overtaken(result: Overtaken, voice: Voice, *presses: Press) -> ui.LayoutView:
    """What somebody else has made of it meanwhile."""
    version = result.version
    head = voice.say(
        "correction.overtaken",
        who=whoever(version.author, voice, "correction.somebody"),
        action=action_in_words(version.action, voice),
        when=when(version.created_at),
    )
    now = titled(result.now, voice, _TEXT) if result.now else voice.say("correction.overtaken_gone")
    return page([head, now, row(presses) if presses else None])


def removal_page(result: Removal, voice: Voice) -> ui.LayoutView:
    """As `corrected_page`; where somebody else was faster, with a button that removes what is there now."""
    if not isinstance(result, Overtaken):
        return corrected_page(result, voice)
    id = custom_ids.remove(result.version.record, result.version.id)
    possible = isinstance(result.now, Snippet) and custom_ids.fits(id)
    return _overtaken(result, voice, *([Press(voice.say("correction.anyway"), id)] if possible else []))


def titled(held: Snippet | Entity | None, voice: Voice, room: int = _TITLE) -> str | None:
    """What names a note or a name in a reply: the text in the reader's language where it has one."""
    match held:
        case Snippet():
            text = held.text_in(voice.language) or held.text or held.text_ko or held.id
            return f"> {fit(text, room)}"
        case Entity():
            return "> " + " · ".join(fit(spelling, 80) for spelling in held.spellings[:12])
    return None


def undo_row(revision: int, voice: Voice) -> ui.ActionRow[ui.LayoutView]:
    return row([Press(voice.say("button.undo"), custom_ids.undo(revision))])


def _changed(key: str, snippet: Snippet, revision: int, voice: Voice) -> ui.LayoutView:
    return page([_head(key, voice), titled(snippet, voice), undo_row(revision, voice)])


def _undone(result: Undone, voice: Voice) -> ui.LayoutView:
    if len(result.versions) > 1:
        head = _head("undone_many", voice, count=len(result.versions))
        return page([head, titled(result.about, voice), undo_row(result.versions[0].id, voice)])
    head = _head("undone" if result.now else "undone_gone", voice)
    shown = titled(result.now or result.about, voice, _TEXT if result.now else _TITLE)
    return page([head, shown, undo_row(result.versions[0].id, voice)])


def _head(key: str, voice: Voice, **fields: object) -> str:
    return f"### {voice.say(f'correction.{key}', **fields)}"
