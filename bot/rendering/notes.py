"""What a moderator sees after a form was sent: the saved note, what is wrong with it, or what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping

from discord import ui

from bot.catalogue import Voice
from bot.curation.added import Clash, Doubtful, Faulty, Gone, Result, Saved, Unchanged
from bot.rendering import custom_ids
from bot.rendering.citations import page_of
from bot.rendering.dates import in_words
from bot.rendering.layout import Block, Press, page, row, sentence, small
from bot.rendering.markdown import fit
from bot.rendering.people import whoever
from bot.rendering.problems import problem_lines
from index.editing.similar import Similar
from knowledge.models import PACK, Entity, Language, Snippet

_TEXT = 620
"""UTF-16 units of one text: a whole one, but for escapes. Three notes in two languages fit on a page."""


def result_page(result: Result, entities: Mapping[str, Entity], voice: Voice) -> ui.LayoutView:
    """One page for every outcome. `entities` are those that the guild knows, by id."""
    match result:
        case Saved():
            return _saved(result, entities, voice)
        case Unchanged(snippet):
            return page([f"### {voice.say('note.saved_again')}", *texts_of(snippet)])
        case Faulty():
            return _faulty(result, voice)
        case Doubtful():
            return _doubtful(result, voice)
        case Clash():
            return _clash(result, voice)
        case Gone(decided):
            return sentence(voice.say("note.decided" if decided else "note.gone"))


def texts_of(snippet: Snippet, room: int = _TEXT) -> list[str]:
    """The texts as quotations, English first."""
    return [f"> {fit(text, room)}" for text in (snippet.text, snippet.text_ko) if text]


def _saved(result: Saved, entities: Mapping[str, Entity], voice: Voice) -> ui.LayoutView:
    snippet = result.snippet
    names = [fit(entities[id].name_in(voice.language), 80) for id in snippet.entities if id in entities]
    presses = [
        Press(voice.say("button.undo"), custom_ids.undo(result.version.id)),
        Press(voice.say("button.more"), custom_ids.more(snippet.id)),
        Press(voice.say("button.show"), custom_ids.show(snippet.id)),
    ]
    return page(
        [
            f"### {voice.say('note.saved_again' if result.again else 'note.saved')}",
            *texts_of(snippet),
            "\n".join(f"- {page_of(source, voice)}" for source in snippet.sources[:3]),
            small(_facts(snippet, voice)),
            small(voice.say("note.linked", names=", ".join(names)) if names else voice.say("note.not_linked")),
            small(voice.say("note.answers", count=len(result.questions))) if result.questions else None,
            row(presses),
        ]
    )


def _faulty(result: Faulty, voice: Voice) -> ui.LayoutView:
    press = Press(voice.say("button.again"), custom_ids.again(result.draft), primary=True)
    return page([f"### {voice.say('note.faulty')}", problem_lines(result.problems, voice), row([press])])


def _doubtful(result: Doubtful, voice: Voice) -> ui.LayoutView:
    blocks: list[Block | None] = [f"### {voice.say('note.doubtful')}"]
    blocks += [voice.say("note.private", rule=voice.say(f"private.{rule}")) for rule in result.rules]
    blocks += [f"**{voice.say('note.yours')}**", *texts_of(result.snippet)]
    for alike in result.alike[:2]:
        blocks += [ui.Separator(), *_rival(alike, _language(result.snippet), voice)]
    choices = ("keep", "replace", "dispute") if result.alike else ("keep",)
    label = "choice.{}" if result.alike else "choice.anyway"
    presses = [Press(voice.say(label.format(choice)), custom_ids.decide(result.draft, choice)) for choice in choices]
    presses += [
        Press(voice.say("button.again"), custom_ids.again(result.draft)),
        Press(voice.say("button.cancel"), custom_ids.cancel(result.draft)),
    ]
    hint = small(voice.say("note.choices")) if result.alike else None
    return page([*blocks, hint, row(presses)])


def _rival(alike: Similar, language: Language, voice: Voice) -> list[Block | None]:
    revision = alike.revision
    snippet = revision.snippet
    origin = voice.say("source.pack" if revision.owner == PACK else "source.own")
    head = voice.say("note.disagrees" if alike.disagrees else "note.alike", origin=origin)
    text = snippet.text_in(language) or snippet.text or snippet.text_ko or ""
    source = f"- {page_of(snippet.sources[0], voice)}" if snippet.sources else None
    return [f"**{head}**", f"> {fit(text, _TEXT)}", source, small(_facts(snippet, voice))]


def _clash(result: Clash, voice: Voice) -> ui.LayoutView:
    now = result.now.content if result.now else None
    theirs = texts_of(now, 500) if isinstance(now, Snippet) else [voice.say("note.removed_meanwhile")]
    who = whoever(result.now.author if result.now else None, voice, "note.somebody")
    presses = [
        Press(voice.say("choice.mine"), custom_ids.decide(result.draft, "mine")),
        Press(voice.say("choice.theirs"), custom_ids.cancel(result.draft), primary=True),
        Press(voice.say("button.again"), custom_ids.again(result.draft)),
    ]
    return page(
        [
            f"### {voice.say('note.clash', who=who)}",
            f"**{voice.say('note.yours')}**",
            *texts_of(result.snippet, 500),
            f"**{voice.say('note.now')}**",
            *theirs,
            row(presses),
        ]
    )


def _facts(snippet: Snippet, voice: Voice) -> str:
    """Status, kind and dates on one line."""
    facts = [
        voice.say(f"status.{snippet.status}"),
        voice.say(f"kind.{snippet.kind}"),
        voice.say("sources.as_of", date=in_words(snippet.as_of, voice)),
    ]
    if snippet.valid_until:
        facts.append(voice.say("note.valid_until", date=in_words(snippet.valid_until, voice)))
    return " · ".join(facts)


def _language(snippet: Snippet) -> Language:
    return "en" if snippet.text else "ko"
