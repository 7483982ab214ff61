"""From what somebody wrote into a form to a snippet, or to everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from urllib.parse import urlsplit

from index.query import clean
from index.tokens import has_hangul
from knowledge.dates import is_after, read_date
from knowledge.limits import LONGEST_ASK, LONGEST_TEXT, MOST_ASKS
from knowledge.models import Kind, Snippet, Source, Status
from knowledge.naming import id_for
from knowledge.urls import url_fault

SERVER_NOTES = "server-notes"
"""The topic of what a guild adds, unless it names another."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEPARATORS = re.compile(r"[\n|]+|(?<=\?)\s+")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form holds, as it was written. `id` is that of the snippet which is edited, empty for a new one;
    `entities` are its links, separated by spaces."""

    text: str = ""
    text_ko: str = ""
    url: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    as_of: str = ""
    asks: str = ""
    status: str = ""
    kind: str = ""
    valid_until: str = ""
    topic: str = ""
    id: str = ""

    def filled(self, written: Mapping[str, str]) -> Form:
        """This form with the fields that were sent."""
        known = {name: text.strip() for name, text in written.items() if name in FIELDS}
        return replace(self, **known)


FIELDS = tuple(each.name for each in fields(Form))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a form from being saved: its sentence in the catalogue, and what fills it."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)


def form_of(snippet: Snippet) -> Form:
    """The form that a snippet could have been written in."""
    source = snippet.sources[0] if snippet.sources else Source("", "", "")
    return Form(
        text=snippet.text or "",
        text_ko=snippet.text_ko or "",
        url=source.url,
        title=source.title,
        publisher=source.publisher,
        published=source.published or "",
        as_of=snippet.as_of,
        asks="\n".join(snippet.asks),
        status=snippet.status,
        kind=snippet.kind,
        valid_until=snippet.valid_until or "",
        topic=snippet.topic,
        id=snippet.id,
    )


def read_form(form: Form, today: str, before: Snippet | None = None) -> Snippet | tuple[Problem, ...]:
    """The snippet that a form describes, without links, or every problem. `today` is an ISO date; `before` is the
    snippet that is edited: its further sources stay where the first one does."""
    texts = _texts(form)
    if problems := tuple(_problems(form, texts, today)):
        return problems
    english, korean = texts
    source = _source(form, today, before)
    further = before.sources[1:] if before and before.sources and before.sources[0].url == source.url else ()
    valid_until = read_date(form.valid_until)
    return Snippet(
        id=form.id or id_for(english, korean),
        topic=form.topic or SERVER_NOTES,
        text=english,
        text_ko=korean,
        kind=_kind(form, english or korean or ""),
        as_of=read_date(form.as_of) or source.published or today,
        status=Status(form.status or Status.REPORTED),
        sources=(source, *further),
        asks=_asks(form),
        valid_until=valid_until,
    )


def _texts(form: Form) -> tuple[str | None, str | None]:
    """The English and the Korean text. A text in Hangul is Korean, whichever field it was written into."""
    english, korean = clean(form.text), clean(form.text_ko)
    if not korean and len(_HANGUL.findall(english)) > len(_LATIN.findall(english)):
        english, korean = "", english
    return english or None, korean or None


def _kind(form: Form, text: str) -> Kind:
    """As the form says. Else what names a year is taken for an event, and anything else for a state, which can go
    out of date."""
    if form.kind:
        return Kind(form.kind)
    return Kind.EVENT if _YEAR.search(text) and not form.valid_until else Kind.STATE


def _source(form: Form, today: str, before: Snippet | None) -> Source:
    """The page. Where neither the form nor the page itself says, its domain stands for the publisher."""
    host = (urlsplit(form.url).hostname or "").removeprefix("www.")
    same = before is not None and before.sources and before.sources[0].url == form.url
    read = before.sources[0].read if before and same else today
    return Source(
        title=clean(form.title) or host,
        publisher=clean(form.publisher) or host,
        url=form.url,
        published=read_date(form.published),
        read=read,
    )


def _asks(form: Form) -> tuple[str, ...]:
    """One way to ask a line; "|" and question marks part them too."""
    return tuple(dict.fromkeys(ask for part in _SEPARATORS.split(form.asks) if (ask := clean(part))))


def _problems(form: Form, texts: tuple[str | None, str | None], today: str) -> Iterator[Problem]:
    if not any(text and (has_hangul(text) or any(c.isalnum() for c in text)) for text in texts):
        yield Problem("form.no_text")
    for text in texts:
        if text and len(text) > LONGEST_TEXT:
            yield Problem("form.long_text", {"length": len(text), "most": LONGEST_TEXT})
    if not form.url:
        yield Problem("form.no_source")
    elif url_fault(form.url):
        yield Problem("form.bad_url")
    for name in ("as_of", "published", "valid_until"):
        written = getattr(form, name)
        found = read_date(written)
        if written and found is None:
            yield Problem(f"form.bad_{name}", {"written": written[:40]})
        elif found and name != "valid_until" and is_after(found, today):
            yield Problem(f"form.future_{name}", {"written": written[:40]})
    asks = _asks(form)
    if len(asks) > MOST_ASKS:
        yield Problem("form.many_asks", {"most": MOST_ASKS})
    if any(len(ask) > LONGEST_ASK for ask in asks):
        yield Problem("form.long_ask", {"most": LONGEST_ASK})


def as_json(form: Form) -> dict[str, str]:
    """The fields that hold something."""
    return {name: value for name, value in asdict(form).items() if value}
