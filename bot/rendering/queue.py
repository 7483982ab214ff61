"""The page of `/kb queue`: questions without an answer, and complaints about notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from discord import ui

from bot.catalogue import Voice
from bot.curation.complaining import Criticised
from bot.curation.unanswered import Group
from bot.rendering import custom_ids
from bot.rendering.layout import Block, Press, page, row, small
from bot.rendering.limits import TEXT, TEXT_BYTES
from bot.rendering.markdown import fit, length
from bot.rendering.reasons import LONGEST_REASON
from knowledge.queue import Complaint

ITEMS = 6
"""Entries on a page: four components each, beside the heads and the buttons that turn the page."""

_QUESTION = 220
_NOTE = 200
_REASON = 2 * LONGEST_REASON + 10
"""UTF-16 units: the longest reason in full, each of its characters escaped."""
_REASONS = 2400
"""Room for the reasons under one note, …"""
_ENTRY = 400
"""… for all else of an entry, …"""
_PAGE = 3400
"""… and for the entries of a page, which holds one of the largest at least."""

Entry = Group | Criticised


def queue_panel(
    groups: Sequence[Group], criticised: Sequence[Criticised], number: int, done: str | None, voice: Voice
) -> ui.LayoutView:
    """The page `number`, counted from 0, of all that waits; `done` is what has just been done."""
    pages = list(_pages([*groups, *criticised]))
    if not pages:
        return page([done, voice.say("queue.empty")])
    number = min(number, len(pages) - 1)
    blocks: list[Block | None] = [done, f"### {_head(groups, criticised, voice)}"]
    for entry in pages[number]:
        blocks += _group(entry, number, voice) if isinstance(entry, Group) else _criticised(entry, number, voice)
    return page([*blocks, _turning(number, len(pages), voice)])


def complaints_on(
    groups: Sequence[Group], criticised: Sequence[Criticised], number: int
) -> dict[str, Sequence[Complaint]]:
    """The complaints whose reasons stand on a page of `queue_panel`, by note."""
    pages = list(_pages([*groups, *criticised])) or [[]]
    entries = pages[min(number, len(pages) - 1)]
    return {entry.id: _shown(entry) for entry in entries if isinstance(entry, Criticised)}


def _pages(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries, as many on a page as fit."""
    held: list[Entry] = []
    room = _PAGE
    for entry in entries:
        needed = _ENTRY + (sum(map(_room, _shown(entry))) if isinstance(entry, Criticised) else 0)
        if held and (len(held) == ITEMS or needed > room):
            yield held
            held, room = [], _PAGE
        held.append(entry)
        room -= needed
    if held:
        yield held


def _shown(note: Criticised) -> Sequence[Complaint]:
    """The oldest complaints, as many as have room; the others are shown when these are settled."""
    fitting = takewhile(lambda room: room <= _REASONS, accumulate(map(_room, note.complaints)))
    return note.complaints[: sum(1 for _ in fitting)]


def _room(complaint: Complaint) -> int:
    """What a reason takes up of a page, in UTF-16 units or in bytes."""
    line = _reason(complaint)
    return 1 + max(length(line), len(line.encode()) * TEXT // TEXT_BYTES)


def _reason(complaint: Complaint) -> str:
    return f"> {fit(complaint.reason, _REASON)}"


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
    reasons = [_reason(complaint) for complaint in _shown(note)]
    further = len(note.complaints) - len(reasons)
    more = [small(voice.say("queue.more_reasons", count=further))] if further else []
    settle = Press(voice.say("queue.settle"), custom_ids.settle(note.id, number))
    shown = [Press(voice.say("queue.show"), custom_ids.show(note.id))] if note.now else []
    return ["\n".join([f"👎 {text}", *reasons, *more]), row([*shown, settle])]


def _turning(number: int, pages: int, voice: Voice) -> Block | None:
    presses = []
    if number > 0:
        presses.append(Press(voice.say("queue.back"), custom_ids.queue(number - 1)))
    if number + 1 < pages:
        presses.append(Press(voice.say("queue.next"), custom_ids.queue(number + 1)))
    return row(presses) if presses else None
