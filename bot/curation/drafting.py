"""From what somebody wrote into a form to a snippet, or to everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from index.query import clean
from index.tokens import has_hangul
from knowledge.dates import is_after, lies_ahead, read_date
from knowledge.limits import LONGEST_ASK, LONGEST_TEXT, MOST_ASKS
from knowledge.models import Kind, Snippet, Source, Statement, Status
from knowledge.naming import id_for
from knowledge.urls import host_of, url_fault

SERVER_NOTES = "server-notes"
"""The topic of what a guild adds, unless it names another."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEPARATORS = re.compile(r"\|+|(?<=\?)\s+")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form holds, as it was written. `id` is that of the snippet which is edited, empty for a new one;
    `question` what stood in it as a way to ask when it was opened."""

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
    question: str = ""

    def filled(self, written: Mapping[str, str]) -> Form:
        """This form with the fields that were sent. What was known of the page goes with the address of another one,
        unless it has just been written."""
        known = {name: text.strip() for name, text in written.items() if name in FIELDS}
        form = replace(self, **known)
        if not self.url or form.url == self.url:
            return form
        return replace(form, **{name: "" for name in _OF_PAGE if getattr(form, name) == getattr(self, name)})


FIELDS = tuple(each.name for each in fields(Form))
_OF_PAGE = ("title", "publisher", "published")


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
    texts, asks = _texts(form), _asks(form, before)
    if problems := tuple(_problems(form, texts, asks, today)):
        return problems
    english, korean = texts
    source = _source(form, today, before)
    further = before.sources[1:] if before and before.sources and before.sources[0].url == source.url else ()
    valid_until = read_date(form.valid_until)
    as_of = read_date(form.as_of) or source.published or today
    return Snippet(
        id=form.id or id_for(english, korean),
        topic=form.topic or SERVER_NOTES,
        text=english,
        text_ko=korean,
        kind=_kind(form, english or korean or ""),
        as_of=as_of,
        status=Status(form.status or Status.REPORTED),
        sources=(source, *further),
        asks=asks,
        valid_until=valid_until,
        statement=still_about(before, english, korean),
    )


def still_about(before: Snippet | None, english: str | None, korean: str | None) -> Statement | None:
    """What a structured fact is about under new texts: the same subject and relation, so that the same questions get
    it, but what it says of them stands in its words alone."""
    if before is None or before.statement is None or (before.text, before.text_ko) == (english, korean):
        return before.statement if before else None
    return Statement(before.statement.subject, before.statement.relation, "")


def _texts(form: Form) -> tuple[str | None, str | None]:
    """The English and the Korean text. A text in Hangul is Korean and one without any is English, whichever field it
    was written into."""
    english, korean = clean(form.text), clean(form.text_ko)
    if not korean and len(_HANGUL.findall(english)) > len(_LATIN.findall(english)):
        english, korean = "", english
    elif not english and _LATIN.search(korean) and not has_hangul(korean):
        english, korean = korean, ""
    return english or None, korean or None


def _kind(form: Form, text: str) -> Kind:
    """As the form says, but that only a state ends. Else what names a year is taken for an event, and anything else for
    a state, which can go out of date."""
    if form.kind and not form.valid_until:
        return Kind(form.kind)
    return Kind.EVENT if _YEAR.search(text) and not form.valid_until else Kind.STATE


def _source(form: Form, today: str, before: Snippet | None) -> Source:
    """The page. Where neither the form nor the page itself says, its domain stands for the publisher."""
    host = host_of(form.url)
    same = before is not None and before.sources and before.sources[0].url == form.url
    published, told = read_date(form.published), read_date(form.as_of)
    read = before.sources[0].read if before and same else today
    if read and any(day and is_after(day, read) for day in (published, told)):
        read = today  # it says something later than when it was read last
    return Source(
        title=clean(form.title) or host,
        publisher=clean(form.publisher) or host,
        url=form.url,
        published=published,
        read=read,
    )


def one_ask(question: str) -> str:
    """A question as a way to ask: of a long one the first words."""
    whole = clean(question)
    if len(whole) <= LONGEST_ASK:
        return whole
    return whole[: LONGEST_ASK + 1].rpartition(" ")[0] or whole[:LONGEST_ASK]


def _asks(form: Form, before: Snippet | None) -> tuple[str, ...]:
    """One way to ask a line; "|" and question marks part them too, but for lines that were there before."""
    whole = {form.question, *(before.asks if before else ())}
    lines = form.asks.splitlines()
    parts = (part for line in lines for part in ([line] if clean(line) in whole else _SEPARATORS.split(line)))
    return tuple(dict.fromkeys(ask for part in parts if (ask := clean(part))))


def _problems(form: Form, texts: tuple[str | None, str | None], asks: Sequence[str], today: str) -> Iterator[Problem]:
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
        elif found and name != "valid_until" and lies_ahead(found, today):
            yield Problem(f"form.future_{name}", {"written": written[:40]})
    as_of, until = read_date(form.as_of), read_date(form.valid_until)
    if as_of and until and is_after(as_of, until):
        yield Problem("form.ends_before", {"written": form.valid_until[:40]})
    if len(asks) > MOST_ASKS:
        yield Problem("form.many_asks", {"most": MOST_ASKS})
    if any(len(ask) > LONGEST_ASK for ask in asks):
        yield Problem("form.long_ask", {"most": LONGEST_ASK})


def as_json(form: Form) -> dict[str, str]:
    """The fields that hold something."""
    return {name: value for name, value in asdict(form).items() if value}
