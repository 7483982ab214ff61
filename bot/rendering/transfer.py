"""What an import would bring, what came of it, and an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discord import ui

from bot.catalogue import Voice
from bot.curation.exporting import Export
from bot.curation.importing import Landed, Preview
from bot.rendering import custom_ids, limits
from bot.rendering.layout import Press, page, row, small
from bot.rendering.markdown import code, fit
from knowledge.importing import LeftOut
from knowledge.models import Snippet

_LINE = 200
_ENDS = 3
"""How many of the first and of the last notes are shown."""


def preview_page(preview: Preview, voice: Voice) -> ui.LayoutView:
    """How much of what is in a file, its first and last notes, and what was left out and why."""
    counts = [
        voice.say("transfer.new", count=len(preview.new)),
        voice.say("transfer.changed", count=len(preview.changed)) if preview.changed else None,
        voice.say("transfer.overriding", count=len(preview.overriding)) if preview.overriding else None,
        voice.say("transfer.unchanged", count=preview.unchanged) if preview.unchanged else None,
        voice.say("transfer.names", count=len(preview.names)) if preview.names else None,
        voice.say("transfer.left_out", count=len(preview.left_out)) if preview.left_out else None,
    ]
    go = Press(_go(preview, voice), custom_ids.land(preview.id), primary=True)
    cancel = Press(voice.say("button.cancel"), custom_ids.cancel(preview.id))
    return page(
        [
            f"### {voice.say('transfer.read', name=fit(preview.name, 80))}",
            "\n".join(f"- {count}" for count in counts if count),
            "\n".join(_ends(preview.snippets)) or None,
            "\n".join(_left_out(preview.left_out, voice)) or None,
            small(" ".join(_next(preview, voice))),
            None if preview.nothing else row([go, cancel]),
        ]
    )


def landed_page(landed: Landed, voice: Voice) -> ui.LayoutView:
    """What waits for review now, and what counts already."""
    waiting = voice.say("transfer.landed", count=landed.notes) if landed.notes else None
    names = voice.say("transfer.landed_names", count=landed.names) if landed.names else None
    take_back = Press(voice.say("transfer.take_back"), custom_ids.take_back(landed.batch))
    return page([waiting, names, row([take_back])])


def exported_page(export: Export, name: str, voice: Voice) -> ui.LayoutView:
    """The file, and what is in it."""
    hidden = [code(id, 100) for id in export.hidden]
    kept, missing = limits.within(hidden, 1500)
    more = voice.say("transfer.more", count=missing) if missing else ""
    return page(
        [
            voice.say("transfer.exported", notes=export.notes, names=export.names)
            if export.text
            else voice.say("transfer.empty"),
            f"{voice.say('transfer.hidden')} {', '.join(kept)} {more}".strip() if hidden else None,
            ui.File(f"attachment://{name}") if export.text else None,
        ]
    )


def _go(preview: Preview, voice: Voice) -> str:
    """What the button says: names alone are not reviewed."""
    count = len(preview.snippets)
    return voice.say("transfer.go", count=count) if count else voice.say("transfer.go_names")


def _next(preview: Preview, voice: Voice) -> Iterator[str]:
    """What happens once the button is pressed."""
    if preview.nothing:
        yield voice.say("transfer.nothing")
    else:
        yield voice.say("transfer.unsaved")
    if preview.snippets:
        yield voice.say("transfer.next")
    if preview.names:
        yield voice.say("transfer.next_names")


def _ends(snippets: Sequence[Snippet]) -> list[str]:
    """The first and the last notes, a line each."""
    if len(snippets) <= 2 * _ENDS:
        return [_line(snippet) for snippet in snippets]
    return [*map(_line, snippets[:_ENDS]), "…", *map(_line, snippets[-_ENDS:])]


def _line(snippet: Snippet) -> str:
    return f"> {fit(snippet.text or snippet.text_ko or '', _LINE)}"


def _left_out(left_out: Sequence[LeftOut], voice: Voice) -> list[str]:
    lines = [f"- {_where(item, voice)}: {voice.say(item.key, **_cut(item))}" for item in left_out[:5]]
    return [f"**{voice.say('transfer.left')}**", *lines] if lines else []


def _where(item: LeftOut, voice: Voice) -> str:
    return voice.say(f"import.at.{item.where.unit}", at=fit(item.where.at, 60))


def _cut(item: LeftOut) -> dict[str, str]:
    return {name: fit(value, 120) for name, value in item.fields.items()}
