"""The form of `/suggest`, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discord import ui

from bot.catalogue import Voice
from bot.curation.drafting import Problem
from bot.rendering import custom_ids
from bot.rendering.forms import Field, Pick, form
from bot.rendering.layout import Press, page, row, sentence
from bot.rendering.problems import problem_lines
from knowledge.limits import LONGEST_TEXT

_ADDRESS = 500
_TITLE = 200
_DATE = 30


def suggestion_form(token: str, written: Mapping[str, str], voice: Voice) -> ui.Modal:
    """Five fields; `written` is what stands in them."""
    told = ("yes", voice.say("suggest.tell_yes")), ("no", voice.say("suggest.tell_no"))
    return form(
        voice.say("suggest.form"),
        custom_ids.suggestion(token),
        [
            _field("text", voice, written, LONGEST_TEXT, long=True, required=True),
            _field("url", voice, written, _ADDRESS, required=True),
            _field("title", voice, written, _TITLE),
            _field("as_of", voice, written, _DATE),
            Pick("tell", voice.say("suggest.tell"), told, written.get("tell") or "yes"),
        ],
    )


def faults_panel(token: str, problems: Sequence[Problem], voice: Voice) -> ui.LayoutView:
    """Everything that is wrong at once, and a button that opens the form again with what was written."""
    again = Press(voice.say("suggest.again"), custom_ids.suggest_again(token), primary=True)
    return page([voice.say("suggest.faulty"), problem_lines(problems, voice), row([again])])


def received_panel(told: bool, voice: Voice) -> ui.LayoutView:
    """Thanks, and whether the person hears more."""
    return sentence(voice.say("suggest.thanks_told" if told else "suggest.thanks"))


def _field(
    name: str, voice: Voice, written: Mapping[str, str], most: int, *, long: bool = False, required: bool = False
) -> Field:
    hint = voice.say(f"suggest.{name}_hint")
    return Field(name, voice.say(f"suggest.{name}"), hint, written.get(name, ""), long, required, most)
