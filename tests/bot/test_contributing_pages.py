"""The pages of review, queue and suggestions keep Discord's limits and show foreign text as text, whatever it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue import Catalogue
from bot.curation.complaining import Criticised
from bot.curation.drafting import Problem
from bot.curation.reviewing import Progress, Waiting
from bot.curation.unanswered import Group
from bot.rendering.queue import queue_panel
from bot.rendering.reviews import Done, approve_note, progress_panel, review_panel, sure_panel
from bot.rendering.suggest import faults_panel
from bot.rendering.told import answered_note, decision_note
from fakes.answers import a_revision
from fakes.markup import foreign
from fakes.nasty import PIECES
from fakes.pages import broken_limits, text_of
from knowledge.curation import Standing, Version
from knowledge.models import LANGUAGES
from knowledge.queue import Complaint, OpenQuestion, Proposal

TOKEN = "a" * 22
NASTY = [*PIECES, "\\*" * 2000, "긴 글이에요. " * 400]


@pytest.fixture(params=LANGUAGES)
def voice(request):
    return Catalogue.load().voice(request.param)


def a_waiting(text, *, batch=None):
    source = replace(a_revision().snippet.sources[0], title=text, publisher=text)
    snippet = replace(a_revision().snippet, text=text, text_ko=text, asks=(text,) * 10, sources=(source,) * 10)
    before = Version(1, "snippet", snippet.id, 1, "add", snippet, 5, "2026-11-01T00:00:00Z")
    proposal = Proposal("p" * 48, "import" if batch else "suggestion", snippet, 5, batch=batch, created_at="2026-11-02")
    return Waiting(proposal, Standing(None, before), 1000, 900)


@pytest.mark.parametrize("batch", [None, "b" * 48])
def test_a_page_of_review(voice, batch):
    for piece in NASTY:
        waiting = a_waiting("x" + piece, batch=batch)
        done = approve_note(waiting.proposal, 123456789, voice)
        page = review_panel(waiting, done, voice)
        assert broken_limits(page) == [], piece
        text = text_of(page).replace("<@5>", "")
        assert foreign(text, {waiting.proposal.snippet.sources[0].url}) == [], piece


def test_the_small_pages_of_review(voice):
    pages = [
        review_panel(None, None, voice),
        review_panel(None, Done("x"), voice),
        progress_panel(Progress(1, 2, 3, None), "b" * 48, voice),
        *(sure_panel(what, "b" * 48, 1000, voice) for what in ("approve", "withdraw")),
    ]
    assert [broken_limits(page) for page in pages] == [[]] * 5


def test_a_page_of_the_queue(voice):
    for piece in NASTY:
        text = "x" + piece
        groups = [Group((OpenQuestion(f"{n:022}", text, "en", "", 7),) * 3) for n in range(20)]
        snippet = replace(a_revision().snippet, text=text)
        complaints = tuple(Complaint(n, "n" * 80, text, "") for n in range(5))
        notes = [Criticised(f"{n:080}", snippet if n % 2 else None, complaints) for n in range(20)]
        for number in range(24):
            page = queue_panel(groups, notes, number, voice.say("queue.closed"), voice)
            assert broken_limits(page) == [], (piece, number)
            assert foreign(text_of(page)) == [], (piece, number)


def test_what_is_wrong_with_a_suggestion(voice):
    for piece in NASTY:
        page = faults_panel(TOKEN, [Problem("form.bad_as_of", {"written": "x" + piece})] * 5, voice)
        assert broken_limits(page) == [], piece
        assert foreign(text_of(page)) == [], piece


def test_what_people_are_told(voice):
    for piece in NASTY:
        text = "x" + piece
        proposal = replace(a_waiting(text).proposal, state="rejected", reason=text)
        for page in (decision_note(proposal, text, text, voice), answered_note(text, 5, text, voice)):
            assert broken_limits(page) == [], piece
            assert foreign(text_of(page), {"https://discord.com/channels/5"}) == [], piece
