"""What opens beside a card, and the pages of `/topics` and `/help`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord import ui

from bot.catalogue import Voice
from bot.rendering import limits
from bot.rendering.citations import page_of
from bot.rendering.dates import in_words
from bot.rendering.layout import page, small
from bot.rendering.markdown import fit
from bot.rendering.receipt import receipt_lines
from bot.roles import Role
from knowledge.models import PACK, Language, Revision
from knowledge.store.interface import TopicCount

_SNIPPET = 1000
_PAGES = 1200
"""UTF-16 units of a snippet and of the list of its pages: less than a panel together, so that one always fits."""


def sources_panel(revisions: Sequence[Revision], shown: Language, voice: Voice) -> ui.LayoutView:
    """The snippets under an answer in full, in the answer's language `shown`."""
    if not revisions:
        return page([voice.say("sources.none")])
    notes = [_note(revision, shown, voice) for revision in revisions]
    return _listed("sources", notes, voice)


def receipt_panel(receipt: Mapping[str, Any], voice: Voice) -> ui.LayoutView:
    """How an answer came about, in plain words."""
    lines = receipt_lines(receipt, voice) or [voice.say("why.empty")]
    return _listed("why", lines, voice)


def topics_panel(topics: Sequence[TopicCount], voice: Voice) -> ui.LayoutView:
    """What can be asked, largest topics first."""
    lines = [
        "- " + voice.say("topics.line", title=fit(entry.topic.title_in(voice.language), 150), count=entry.snippets)
        for entry in topics
    ]
    return _listed("topics", lines or [voice.say("topics.empty")], voice, foot="topics.next")


def help_panel(voice: Voice, role: Role = Role.ANYONE) -> ui.LayoutView:
    """The commands, the buttons and what is kept; what the person may do here beside asking, by their role."""
    own = [("member", Role.MEMBER), ("moderators", Role.MODERATOR), ("admins", Role.ADMIN)]
    more = [part for part, needed in own if role >= needed]
    parts = ("ask", "follow", "message", "topics", "card", "unknown", *more, "kept", "kept_of_you", "left")
    return page([_title("help", voice), *(voice.say(f"help.{part}") for part in parts)])


def _listed(section: str, lines: Sequence[str], voice: Voice, foot: str | None = None) -> ui.LayoutView:
    kept, missing = limits.within(lines, limits.PANEL)
    more = small(voice.say(f"{section}.more", count=missing)) if missing else None
    end = small(voice.say(foot)) if foot else None
    return page([_title(section, voice), "\n".join(kept), more, end])


def _note(revision: Revision, shown: Language, voice: Voice) -> str:
    """One snippet: its text, where it comes from and how sure that is, then its pages."""
    snippet = revision.snippet
    text = snippet.text_in(shown) or snippet.text_in("en") or snippet.text_in("ko") or ""
    facts = [
        voice.say("source.pack" if revision.owner == PACK else "source.own"),
        voice.say(f"status.{snippet.status}"),
        voice.say("sources.as_of", date=in_words(snippet.as_of, voice)),
    ]
    pages, _ = limits.within((f"- {page_of(source, voice)}" for source in snippet.sources), _PAGES)
    return "\n".join([fit(text, _SNIPPET), small(" · ".join(facts)), *pages])


def _title(section: str, voice: Voice) -> str:
    return f"### {voice.say(f'{section}.head')}"
