"""The card that answers a question: one function per outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord
from discord import ui

from bot.catalogue import Catalogue, Voice
from bot.rendering import custom_ids, limits
from bot.rendering.answer_text import answer_text
from bot.rendering.choices import choice_row
from bot.rendering.citations import source_lines
from bot.rendering.dates import in_words
from bot.rendering.layout import Block, Press, page, row, small
from bot.rendering.markdown import clean, fit, unescape
from index.results import Answer, NoAnswer, Outcome, WhichOne

_QUESTION_ID = 1000
_ORIGIN_ID = 1001
_UNDERSTOOD_ID = 1002
"""The numbers of the components that are read back, far above those that Discord gives itself."""
_LINK = re.compile(r"\]\((?P<url>https://[^()\s]+)\)")
_QUOTED = "> "
_UNDERSTOOD = "→ "
"""What the understood question follows, in any language."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around an outcome: the question, what it was understood as where that differs, the message it was
    read from, whether the card may be shared
    with the channel (a private one), the name of who shared it, and whether the question stays open, so that people
    can be told when it is answered."""

    question: str | None = None
    understood: str = ""
    message_url: str | None = None
    shareable: bool = False
    shared_by: str | None = None
    open: bool = False


def card(outcome: Outcome, answer_id: str, setting: Setting, catalogue: Catalogue) -> ui.LayoutView:
    """The whole reply to a question in the question's language, within Discord's limits."""
    voice = catalogue.voice(outcome.language)
    match outcome:
        case Answer():
            return _answer(outcome, answer_id, setting, voice)
        case NoAnswer():
            return _no_answer(outcome, answer_id, setting, voice)
        case WhichOne():
            return _which_one(outcome, setting, voice)


def setting_of(message: discord.Message) -> Setting:
    """What stands around the outcome on a card, read back from the message: it is kept nowhere else."""
    view = ui.LayoutView.from_message(message, timeout=None)
    question, origin, understood = (view.find_item(id) for id in (_QUESTION_ID, _ORIGIN_ID, _UNDERSTOOD_ID))
    link = _LINK.search(origin.content) if isinstance(origin, ui.TextDisplay) else None
    return Setting(
        question=unescape(question.content.removeprefix(_QUOTED)) if isinstance(question, ui.TextDisplay) else None,
        understood=unescape(understood.content.partition(_UNDERSTOOD)[2])
        if isinstance(understood, ui.TextDisplay)
        else "",
        message_url=link["url"] if link else None,
    )


def _answer(answer: Answer, answer_id: str, setting: Setting, voice: Voice) -> ui.LayoutView:
    presses = [_sources(answer_id, voice), _why(answer_id, voice), *_opinions(answer_id, voice)]
    if setting.shareable:
        presses.append(Press(voice.say("button.share"), custom_ids.share(answer_id), primary=True))
    return page([*_head(setting, voice), *_body(answer, voice), row(presses)])


def _no_answer(outcome: NoAnswer, answer_id: str, setting: Setting, voice: Voice) -> ui.LayoutView:
    head = [*_head(setting, voice), voice.say("no_answer.head")]
    if outcome.on_file is not None:
        on_file = [f"**{voice.say('no_answer.on_file')}**", *_body(outcome.on_file, voice)]
        presses = [_sources(answer_id, voice), _why(answer_id, voice), *_opinions(answer_id, voice)]
        return page([*head, *on_file, row(presses)])
    presses = [_why(answer_id, voice)]
    if setting.open:
        presses.append(Press(voice.say("button.tell"), custom_ids.tell(answer_id)))
    return page([*head, _closest(outcome, voice), small(voice.say("no_answer.next")), row(presses)])


def _which_one(outcome: WhichOne, setting: Setting, voice: Voice) -> ui.LayoutView:
    return page(
        [
            *_head(setting, voice, room=limits.WHOLE_QUESTION),
            f"**{voice.say('which_one.head')}**",
            small(voice.say("which_one.next")),
            choice_row(outcome.choices, voice.say("which_one.pick")),
        ]
    )


def _head(setting: Setting, voice: Voice, room: int = limits.QUESTION) -> list[Block | None]:
    """Who shared it, which message it answers, and the question, as far as they are known."""
    blocks: list[Block | None] = []
    if setting.shared_by:
        blocks.append(small(voice.say("answer.shared_by", name=fit(setting.shared_by, 80))))
    if setting.message_url:
        link = f"[{voice.say('answer.this_message')}]({setting.message_url})"
        blocks.append(ui.TextDisplay(small(voice.say("answer.answering", message=link)), id=_ORIGIN_ID))
    if setting.question and clean(setting.question):
        blocks.append(ui.TextDisplay(_QUOTED + fit(setting.question, room), id=_QUESTION_ID))
    if setting.understood:
        text = voice.say("answer.understood") + " " + _UNDERSTOOD + fit(setting.understood, room)
        blocks.append(ui.TextDisplay(small(text), id=_UNDERSTOOD_ID))
    return blocks


def _body(answer: Answer, voice: Voice) -> list[Block | None]:
    """The lines, how old they are, and their sources."""
    text, whole = answer_text(answer, limits.ANSWER)
    sources = source_lines(answer.citations, voice, limits.SOURCES)
    return [
        text,
        None if whole else small(voice.say("answer.cut")),
        small(voice.say("answer.other_language")) if answer.in_other_language else None,
        small(_as_of(answer, voice)),
        ui.Separator(),
        "\n".join(sources),
        small(voice.say("answer.notes")),
    ]


def _as_of(answer: Answer, voice: Voice) -> str:
    key = "as_of.stale" if answer.stale else "as_of.state" if answer.ages else "as_of.event"
    return voice.say(key, date=in_words(answer.as_of, voice))


def _closest(outcome: NoAnswer, voice: Voice) -> str | None:
    titles = [fit(topic.title_in(voice.language), 100) for topic in outcome.closest[:5]]
    return voice.say("no_answer.closest", topics=", ".join(titles)) if titles else None


def _sources(answer_id: str, voice: Voice) -> Press:
    return Press(voice.say("button.sources"), custom_ids.sources(answer_id, voice.language))


def _why(answer_id: str, voice: Voice) -> Press:
    return Press(voice.say("button.why"), custom_ids.why(answer_id))


def _opinions(answer_id: str, voice: Voice) -> list[Press]:
    """Whether the notes that are shown helped; where none are, there is nothing to vote on."""
    return [
        Press(voice.say("button.good"), custom_ids.vote(answer_id, "good")),
        Press(voice.say("button.bad"), custom_ids.vote(answer_id, "bad")),
    ]
