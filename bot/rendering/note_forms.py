"""The two forms for a note: what everybody writes, and what stands under "More"."""

from __future__ import annotations

from discord import ui

from bot.catalogue import Voice
from bot.curation.drafting import Form
from bot.rendering import custom_ids
from bot.rendering.forms import Field, Pick, form
from knowledge.limits import LONGEST_ASKS, LONGEST_TEXT
from knowledge.models import Status
from knowledge.urls import LONGEST_URL


def first_form(draft: str, held: Form, voice: Voice, warning: str | None = None) -> ui.Modal:
    """Text, source and date. A note in Korean alone is written into the same field."""
    title = voice.say("note_form.edit" if held.id else "note_form.add")
    text = held.text or held.text_ko
    name = "text" if held.text or not held.text_ko else "text_ko"
    return form(
        title,
        custom_ids.note(draft),
        [
            Field(
                name,
                voice.say("note_form.text"),
                warning or voice.say("note_form.text_hint"),
                text,
                True,
                True,
                LONGEST_TEXT,
            ),
            Field("url", voice.say("note_form.url"), voice.say("note_form.url_hint"), held.url, most=LONGEST_URL),
            Field("title", voice.say("note_form.title"), voice.say("note_form.title_hint"), held.title),
            Field("as_of", voice.say("note_form.as_of"), voice.say("note_form.as_of_hint"), held.as_of, most=40),
            Field(
                "asks",
                voice.say("note_form.asks"),
                voice.say("note_form.asks_hint"),
                held.asks,
                True,
                most=LONGEST_ASKS,
            ),
        ],
    )


def second_form(draft: str, held: Form, voice: Voice) -> ui.Modal:
    """Korean text, status, and how long it holds; publisher and date of the page."""
    statuses = [(str(status), voice.say(f"status.{status}")) for status in Status]
    return form(
        voice.say("note_form.more"),
        custom_ids.note(draft),
        [
            Field(
                "text_ko",
                voice.say("note_form.text_ko"),
                voice.say("note_form.text_ko_hint"),
                held.text_ko,
                True,
                most=LONGEST_TEXT,
            ),
            Pick("status", voice.say("note_form.status"), statuses, held.status or str(Status.REPORTED)),
            Field(
                "valid_until",
                voice.say("note_form.valid_until"),
                voice.say("note_form.valid_until_hint"),
                held.valid_until,
                most=40,
            ),
            Field("publisher", voice.say("note_form.publisher"), None, held.publisher),
            Field(
                "published",
                voice.say("note_form.published"),
                voice.say("note_form.as_of_hint"),
                held.published,
                most=40,
            ),
        ],
    )
