"""The page of `/kb queue`: questions without an answer, and complaints about notes."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.catalogue import Voice
from bot.curation.complaining import Criticised
from bot.curation.unanswered import Group
from bot.rendering import custom_ids
from bot.rendering.layout import Block, Press, page, row, small
from bot.rendering.markdown import fit

ITEMS = 6
"""Entries on a page: four components each, beside the heads and the buttons that turn the page."""

_QUESTION = 220
_NOTE = 200
_REASON = 120
_REASONS = 2


def queue_panel(
    groups: Sequence[Group], criticised: Sequence[Criticised], number: int, done: str | None, voice: Voice
) -> ui.LayoutView:
    """The page `number`, counted from 0, of all that waits; `done` is what has just been done."""
    entries: list[Group | Criticised] = [*groups, *criticised]
    if not entries:
        return page([done, voice.say("queue.empty")])
    number = min(number, (len(entries) - 1) // ITEMS)
    blocks: list[Block | None] = [done, f"### {_head(groups, criticised, voice)}"]
    for entry in entries[number * ITEMS : (number + 1) * ITEMS]:
        blocks += _group(entry, number, voice) if isinstance(entry, Group) else _criticised(entry, number, voice)
    return page([*blocks, _turning(number, len(entries), voice)])


def _head(groups: Sequence[Group], criticised: Sequence[Criticised], voice: Voice) -> str:
    complaints = sum(len(note.complaints) for note in criticised)
    return voice.say("queue.head", questions=len(groups), complaints=complaints)


def _group(group: Group, number: int, voice: Voice) -> list[Block | None]:
    asked, waiting = len(group.questions), group.waiting
    counts = voice.say("queue.asked_waiting" if waiting else "queue.asked", count=asked, waiting=waiting)
    presses = [
        Press(voice.say("queue.answer"), custom_ids.answer_this(group.id), primary=True),
        Press(voice.say("queue.dismiss"), custom_ids.dismiss(group.id, number)),
    ]
    return [f"❓ {fit(group.questions[0].text, _QUESTION)}\n{small(counts)}", row(presses)]


def _criticised(note: Criticised, number: int, voice: Voice) -> list[Block | None]:
    text = fit(note.now.text or note.now.text_ko or note.id, _NOTE) if note.now else voice.say("queue.gone")
    reasons = [f"> {fit(complaint.reason, _REASON)}" for complaint in note.complaints[:_REASONS]]
    further = len(note.complaints) - len(reasons)
    more = [small(voice.say("queue.more_reasons", count=further))] if further else []
    settle = Press(voice.say("queue.settle"), custom_ids.settle(note.id, number))
    shown = [Press(voice.say("queue.show"), custom_ids.show(note.id))] if note.now else []
    return ["\n".join([f"👎 {text}", *reasons, *more]), row([*shown, settle])]


def _turning(number: int, entries: int, voice: Voice) -> Block | None:
    presses = []
    if number > 0:
        presses.append(Press(voice.say("queue.back"), custom_ids.queue(number - 1)))
    if (number + 1) * ITEMS < entries:
        presses.append(Press(voice.say("queue.next"), custom_ids.queue(number + 1)))
    return row(presses) if presses else None
