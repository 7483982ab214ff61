"""The pages of `/kb review`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discord import ui

from bot.catalogue import Voice
from bot.curation.reviewing import Progress, Waiting, WholeImport
from bot.rendering import custom_ids, limits
from bot.rendering.citations import page_of
from bot.rendering.dates import in_words
from bot.rendering.layout import Block, Press, page, row, small
from bot.rendering.markdown import fit
from index.editing.similar import Similar
from knowledge.models import PACK, Snippet
from knowledge.queue import Proposal

_TEXT = 650
_REPLACED = 500
_NEAR = 140
_SOURCES = 500
_ASKS = 300
_NOTE = 300


@dataclass(frozen=True, slots=True)
class Done:
    """What has just been decided, and the version by which it can be undone, with all of its import if `whole`."""

    text: str
    version: int | None = None
    whole: bool = False


def review_panel(waiting: Waiting | None, done: Done | None, voice: Voice) -> ui.LayoutView:
    """What was done last, and the next proposal with what can be done with it."""
    head = _done(done, voice)
    if waiting is None:
        return page([*head, voice.say("review.empty")])
    title = f"### {voice.say('review.head', count=waiting.remaining)}"
    return page([*head, title, *_proposed(waiting, voice), row(_decisions(waiting, voice)), _whole(waiting, voice)])


def sure_panel(what: WholeImport, batch: str, count: int, voice: Voice) -> ui.LayoutView:
    """Asks before all that waits of an import is decided on."""
    yes = Press(voice.say(f"review.{what}_sure", count=count), custom_ids.whole_import_sure(what, batch), primary=True)
    back = Press(voice.say("review.back"), custom_ids.review())
    return page([voice.say(f"review.{what}_ask", count=count), row([yes, back])])


def progress_panel(progress: Progress, batch: str, voice: Voice) -> ui.LayoutView:
    """How far the approval of an import is, and how to end it."""
    stop = Press(voice.say("review.stop"), custom_ids.stop_import(batch))
    text = voice.say("review.progress", done=progress.done + progress.left, total=progress.total)
    return page([text, row([stop])])


def reject_note(proposal: Proposal, voice: Voice) -> Done:
    return Done(voice.say("review.rejected", text=_short(proposal.snippet)))


def approve_note(proposal: Proposal, version: int | None, voice: Voice) -> Done:
    return Done(voice.say("review.approved", text=_short(proposal.snippet)), version, whole=proposal.batch is not None)


def _done(done: Done | None, voice: Voice) -> list[Block | None]:
    if done is None:
        return []
    if done.version is None:
        return [done.text, ui.Separator()]
    label = voice.say("review.undo_import" if done.whole else "review.undo")
    return [done.text, row([Press(label, custom_ids.undo(done.version))]), ui.Separator()]


def _proposed(waiting: Waiting, voice: Voice) -> list[Block | None]:
    proposal, snippet = waiting.proposal, waiting.proposal.snippet
    texts = [fit(text, _TEXT) for text in (snippet.text, snippet.text_ko) if text]
    facts = [voice.say(f"status.{snippet.status}"), voice.say("sources.as_of", date=in_words(snippet.as_of, voice))]
    sources, _ = limits.within((f"- {page_of(source, voice)}" for source in snippet.sources), _SOURCES)
    asks = fit(" · ".join(snippet.asks), _ASKS)
    return [
        *texts,
        small(" · ".join(facts)),
        "\n".join(sources),
        voice.say("review.asks", asks=asks) if asks else None,
        _replaced(waiting, voice),
        *(f"⚠️ {voice.say('note.private', rule=voice.say(f'private.{rule}'))}" for rule in waiting.rules),
        *(_near(alike, voice) for alike in waiting.alike[:2]),
        small(_origin(proposal, voice)),
    ]


def _replaced(waiting: Waiting, voice: Voice) -> str | None:
    now = waiting.standing.snippet
    if now is None:
        return None
    text = now.text or now.text_ko or ""
    return f"⚠️ {voice.say('review.replaces')}\n> {fit(text, _REPLACED)}"


def _near(alike: Similar, voice: Voice) -> str:
    """A note on file that the proposal repeats or contradicts."""
    snippet = alike.revision.snippet
    origin = voice.say("source.pack" if alike.revision.owner == PACK else "source.own")
    head = voice.say("note.disagrees" if alike.disagrees else "note.alike", origin=origin)
    return f"⚠️ {head}\n> {fit(snippet.text or snippet.text_ko or '', _NEAR)}"


def _origin(proposal: Proposal, voice: Voice) -> str:
    date = in_words(proposal.created_at[:10], voice)
    if proposal.author is None:
        return voice.say(f"review.{proposal.origin}", date=date)
    return voice.say(f"review.{proposal.origin}_by", date=date, who=f"<@{proposal.author}>")


def _decisions(waiting: Waiting, voice: Voice) -> Sequence[Press]:
    id = waiting.proposal.id
    presses = [
        Press(voice.say("review.approve"), custom_ids.approve(id, waiting.seen), primary=True),
        Press(voice.say("review.edit"), custom_ids.edit_proposal(id)),
        Press(voice.say("review.reject"), custom_ids.reject(id)),
    ]
    return [*presses, Press(voice.say("review.skip"), custom_ids.skip(id))] if waiting.remaining > 1 else presses


def _whole(waiting: Waiting, voice: Voice) -> Block | None:
    batch, count = waiting.proposal.batch, waiting.of_import
    if batch is None:
        return None
    return row(
        [
            Press(voice.say("review.approve_all", count=count), custom_ids.whole_import("approve", batch)),
            Press(voice.say("review.withdraw_all", count=count), custom_ids.whole_import("withdraw", batch)),
        ]
    )


def _short(snippet: Snippet) -> str:
    return fit(snippet.text or snippet.text_ko or snippet.id, _NOTE)
