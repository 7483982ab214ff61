"""The history of a note: who changed what and when, the words that went struck out and those that came in bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from discord import ui

from bot.catalogue import Voice
from bot.curation.corrected import Change, History, Unknown
from bot.curation.differences import FieldChange, Piece, fields_changed, texts_changed
from bot.rendering import custom_ids, limits
from bot.rendering.corrections import corrected_page, titled
from bot.rendering.dates import in_words
from bot.rendering.layout import Press, page, row, small
from bot.rendering.markdown import ELLIPSIS, escape, fit, length
from bot.rendering.people import action_in_words, when, who
from knowledge.models import Entity, Snippet, Source

A_PAGE = 3
"""Changes on a page: three of the longest fit."""

_CHANGE = 1000
"""UTF-16 units of one change, below its head."""
_TEXT = 600
"""… and of one text in it."""
_AROUND = 8
"""Words that stay on each side of a long stretch without changes."""
_ENTRY = 160


def history_page(history: History | Unknown, voice: Voice, revision: int | None = None) -> ui.LayoutView:
    """The changes from a version backwards, from the latest where none is named."""
    if isinstance(history, Unknown):
        return corrected_page(history, voice)
    numbers = [change.version.id for change in history.changes]
    start = numbers.index(revision) if revision in numbers else 0
    shown = history.changes[start : start + A_PAGE]
    blocks = [_change(change, history.names, voice) for change in shown]
    head = f"### {voice.say('history.head')}"
    about = titled(history.snippet or history.bundled or _last(history), voice)
    return page([head, about, _state(history, voice), *blocks, *_turning(history, start, voice)])


def diff(pieces: Sequence[Piece], room: int) -> str:
    """A text with what went ~~struck out~~ and what came in **bold**, cut at a word with "…" where it is too long."""
    shown: list[str] = []
    for mark, words in _stretches(pieces):
        fitting, missing = _words_within(words, room)
        room -= sum(length(word) + 1 for word in fitting) + 2 * len(mark)
        if fitting:
            shown.append(f"{mark}{' '.join(fitting)}{mark}")
        if missing:
            return " ".join([*shown, ELLIPSIS])
    return " ".join(shown)


def _stretches(pieces: Sequence[Piece]) -> Iterator[tuple[str, list[str]]]:
    """The marks around each run of words, and the words, escaped; long runs of unchanged ones are shortened."""
    marks = {"same": "", "gone": "~~", "new": "**"}
    for position, piece in enumerate(pieces):
        words = [escaped for word in piece.words if (escaped := _inside(word))]
        if piece.fate == "same" and len(pieces) > 1:
            words = _shortened(words, first=position == 0, last=position == len(pieces) - 1)
        if words:
            yield marks[piece.fate], words


def _inside(word: str) -> str:
    """A word escaped where it never begins a line, so that "2025." is no list."""
    return escape(f"… {word}")[2:]


def _shortened(words: list[str], *, first: bool, last: bool) -> list[str]:
    head, tail = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) <= head + tail + 2:
        return words
    return [*words[:head], ELLIPSIS, *words[len(words) - tail :]]


def _words_within(words: Sequence[str], room: int) -> tuple[list[str], bool]:
    kept, missing = limits.within(words, room)
    return kept, missing > 0


def _change(change: Change, names: Mapping[str, Entity], voice: Voice) -> str:
    version = change.version
    line = voice.say(
        "history.line",
        action=action_in_words(version.action, voice),
        who=who(version.author, voice),
        when=when(version.created_at),
    )
    kept, missing = limits.within(_lines(change, names, voice), _CHANGE)
    more = [small(voice.say("history.more"))] if missing else []
    return "\n".join([f"**{version.number}.** {line}", *(kept or [small(voice.say("history.nothing"))]), *more])


def _lines(change: Change, names: Mapping[str, Entity], voice: Voice) -> Iterator[str]:
    before, after = change.before, change.after
    for language, pieces in texts_changed(before, after):
        label = voice.say("history.text" if language == "en" else "history.text_ko")
        yield f"- {label}: {diff(pieces, _TEXT)}"
    if before and after:
        for each in fields_changed(before, after):
            yield _field(each, names, voice)
    if change.version.content is None and after is not None:
        yield small(voice.say("history.back_to_bundled"))


def _field(change: FieldChange, names: Mapping[str, Entity], voice: Voice) -> str:
    gone = [f"~~{entry}~~" for entry in _entries(change, change.gone, names, voice)]
    new = [f"**{entry}**" for entry in _entries(change, change.new, names, voice)]
    return f"- {voice.say(f'history.field.{change.field}')}: {' '.join([*gone, *new])}"


def _entries(change: FieldChange, held: Iterable[object], names: Mapping[str, Entity], voice: Voice) -> Iterator[str]:
    """The entries of a field in words."""
    for entry in held:
        match change.field, entry:
            case _, Source():
                yield fit(f"{entry.title} ({entry.publisher}, {entry.url})", _ENTRY)
            case (("status" | "kind"), _):
                yield voice.say(f"{change.field}.{entry}")
            case (("as_of" | "valid_until"), str()):
                yield in_words(entry, voice)
            case "entities", str() if entry in names:
                yield fit(names[entry].name_in(voice.language), _ENTRY)
            case _:
                yield fit(str(entry), _ENTRY)


def _state(history: History, voice: Voice) -> str | None:
    """How the note stands now, where that is not plain."""
    if not history.changes:
        return small(voice.say("history.untouched"))
    if history.snippet is None:
        return small(voice.say("history.hidden" if history.bundled else "history.removed"))
    overridden = history.bundled is not None and history.changes[0].version.content is not None
    return small(voice.say("history.overridden")) if overridden else None


def _turning(history: History, start: int, voice: Voice) -> list[str | ui.ActionRow[ui.LayoutView]]:
    """Where one is, and the buttons that lead on."""
    changes = history.changes
    if not changes:
        return []
    presses = []
    if start > 0:
        newer = changes[max(0, start - A_PAGE)].version.id
        presses.append(Press(voice.say("history.newer"), custom_ids.history(newer)))
    if start + A_PAGE < len(changes):
        presses.append(Press(voice.say("history.older"), custom_ids.history(changes[start + A_PAGE].version.id)))
    presses.append(Press(voice.say("history.undo"), custom_ids.undo(changes[0].version.id)))
    end = min(start + A_PAGE, len(changes))
    numbers = {"from": start + 1, "to": end, "count": len(changes)}
    place = [small(voice.say("history.page", **numbers))] if len(changes) > A_PAGE else []
    return [*place, row(presses)]


def _last(history: History) -> Snippet | None:
    """The last text of a note that is gone."""
    return next((each for change in history.changes for each in (change.after, change.before) if each), None)
