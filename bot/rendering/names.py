"""What `/name` shows: the spellings of an entity, and what is to be known about a new one."""

from __future__ import annotations

from collections.abc import Iterable

from discord import ui

from bot.catalogue import Voice
from bot.curation.named import (
    Adding,
    Aliasing,
    Everyday,
    Known,
    Named,
    NoEntity,
    NoKind,
    Remark,
    Several,
    Shared,
    Showing,
    Shown,
    Taken,
    Unfindable,
    Unfit,
)
from bot.rendering import limits
from bot.rendering.corrections import undo_row
from bot.rendering.layout import page, sentence, small
from bot.rendering.markdown import cut, fit
from index.name_list import Found
from knowledge.kinds import KINDS, kind_in
from knowledge.models import Entity, Language

_CHOICE = 100
_NAME = 160
_OTHERS = 5
_REMARKS = 10
"""Names in a sentence, and sentences under a name."""


def named_page(result: Adding | Aliasing | Showing, voice: Voice) -> ui.LayoutView:
    """One page for every outcome."""
    match result:
        case Named(entity, version, new, remarks):
            head = voice.say("naming.added" if len(new) == len(entity.spellings) else "naming.aliased")
            lines = [_remark(remark, voice) for remark in remarks[:_REMARKS]]
            return page([f"### {head}", _name(entity, voice), _list(new), *lines, undo_row(version.id, voice)])
        case Shown():
            return _shown(result, voice)
        case Several(typed, entities):
            shown = [f"- {_name(entity, voice)}" for entity in entities[: limits.CHOICES]]
            return page([voice.say("naming.several", name=fit(typed, _NAME)), "\n".join(shown)])
        case Taken(entity):
            return page([voice.say("naming.taken"), _name(entity, voice)])
        case Known(entity, spelling):
            return page([voice.say("naming.known", spelling=fit(spelling, _NAME)), _name(entity, voice)])
        case Unfit(reason, spelling):
            return sentence(voice.say(f"naming.unfit.{reason}", spelling=fit(spelling, _NAME)))
        case NoEntity(typed):
            return sentence(voice.say("naming.nobody", name=fit(typed, _NAME)))
        case NoKind(typed):
            kinds = ", ".join(kind_in(kind, voice.language) for kind in KINDS)
            return page([voice.say("naming.no_kind", kind=fit(typed, _NAME)), small(kinds)])


def entity_label(found: Found, language: Language) -> str:
    """An entity as a suggestion: its names, its kind, and the spelling by which it was found where that is another."""
    entity = found.entity
    names = dict.fromkeys(filter(None, (entity.name_in(language), entity.name, entity.name_ko)))
    also = "" if found.spelling in names else f" · {found.spelling}"
    return cut(f"{' · '.join(names)} ({kind_in(entity.kind, language)}){also}", _CHOICE)


def kind_choices(typed: str, language: Language) -> list[tuple[str, str]]:
    """The kinds whose word or meaning holds what was typed: label and id."""
    wanted = typed.strip().casefold()
    labels = [(f"{kind_in(kind.id, language)}: {kind.meaning}", kind) for kind in KINDS.values()]
    if language == "ko":
        labels = [(f"{kind.word_ko} ({kind.id})", kind) for _, kind in labels]
    found = [(cut(label, _CHOICE), kind.id) for label, kind in labels if wanted in f"{label} {kind.word_ko}".casefold()]
    return sorted(found, key=lambda each: not each[0].casefold().startswith(wanted))[: limits.CHOICES]


def _shown(result: Shown, voice: Voice) -> ui.LayoutView:
    own = voice.say("naming.own")
    lines = [
        f"- {fit(spelling, _NAME)}{f' ({own})' if spelling in result.own and result.bundled else ''}"
        for spelling in result.entity.spellings
    ]
    kept, missing = limits.within(lines, limits.PANEL)
    foot = [
        voice.say("naming.bundled" if result.bundled else "naming.only_here"),
        voice.say("naming.notes", count=result.notes),
        fit(result.entity.id, _NAME),
    ]
    more = small(voice.say("naming.more", count=missing)) if missing else None
    return page([f"### {_name(result.entity, voice)}", "\n".join(kept), more, small(" · ".join(foot))])


def _remark(remark: Remark, voice: Voice) -> str:
    spelling = fit(remark.spelling, _NAME)
    match remark:
        case Shared(others=others):
            shown = ", ".join(_name(entity, voice) for entity in others[:_OTHERS])
            return voice.say("naming.shared", spelling=spelling, others=shown)
        case Everyday():
            return voice.say("naming.everyday", spelling=spelling)
        case Unfindable():
            return voice.say("naming.unfindable", spelling=spelling)


def _name(entity: Entity, voice: Voice) -> str:
    """The name that is shown, and what it is."""
    return f"**{fit(entity.name_in(voice.language), _NAME)}** ({kind_in(entity.kind, voice.language)})"


def _list(spellings: Iterable[str]) -> str:
    kept, _ = limits.within([f"- {fit(spelling, _NAME)}" for spelling in spellings], limits.PANEL // 2)
    return "\n".join(kept)
