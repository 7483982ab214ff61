"""What is kept about a person, in words."""

from __future__ import annotations

import re

from discord import ui

from bot.catalogue import Voice
from bot.curation.members import Kept
from bot.rendering.layout import Press, page, row, small

FORGET = re.compile(r"hallyu:forget")


def kept_page(kept: Kept, voice: Voice) -> ui.LayoutView:
    """How much of each kind, and what deleting would do."""
    return page([_head(voice), *_kept(kept, voice), small(voice.say("privacy.beside"))])


def confirm_page(kept: Kept, voice: Voice) -> ui.LayoutView:
    """Asks once before anything is deleted; where there is nothing, says so."""
    if not any(kept.values()):
        return kept_page(kept, voice)
    button = row([Press(voice.say("privacy.delete"), FORGET.pattern)])
    return page([_head(voice), *_kept(kept, voice), voice.say("privacy.sure"), button])


def forgotten_page(kept: Kept, voice: Voice) -> ui.LayoutView:
    """What was deleted."""
    lines = _lines(kept, voice)
    done = voice.say("privacy.deleted") if lines else voice.say("privacy.nothing")
    return page([done, "\n".join(lines)])


def _head(voice: Voice) -> str:
    return f"### {voice.say('privacy.head')}"


def _kept(kept: Kept, voice: Voice) -> list[str]:
    lines = _lines(kept, voice)
    if not lines:
        return [voice.say("privacy.nothing")]
    return ["\n".join(lines), voice.say("privacy.names"), voice.say("privacy.rows")]


def _lines(kept: Kept, voice: Voice) -> list[str]:
    return [f"- {voice.say(f'privacy.kept.{kind}', count=count)}" for kind, count in kept.items() if count]
