"""How a text is worded: it stands alone, and stays true when it is read years later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from knowledge.models import Language
from knowledge.pack.draft import Draft, FiledSnippet
from knowledge.pack.editorial.waivers import waived
from knowledge.pack.fault import Fault
from knowledge.sentences import sentence_spans

MOST_SENTENCES = 3
LONGEST_SENTENCE = MappingProxyType({"en": 320, "ko": 200})
"""Characters: about fifty words of English, and what that comes to in Korean."""

_PRONOUNS = MappingProxyType(
    {
        "en": re.compile(
            r"(?:It|He|She|They|We|You|I)\b"
            r"|(?:This|That|These|Those)\s(?:is|was|are|were|has|have|had|made|makes|means|meant|came|comes|followed|gave)\b"
        ),
        "ko": re.compile(r"(?:그는|그가|그녀|그들|이들은|이들이|이는|이것|그것|저것|우리는|우리가)(?=[\s은이]|$)"),
    }
)
_RELATIVE = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:now|nowadays|currently|recently|lately|today|yesterday|tomorrow|tonight|soon|upcoming|so far|to date"
            r"|ago|these days|at present|presently"
            r"|(?:last|this|next) (?:year|month|week|decade|quarter|spring|summer|autumn|fall|winter))\b"
        ),
        "ko": re.compile(
            r"(?<![\d년월일] )(?<![\d년월일])현재|최근|올해(?!의 [가-힣])|올 (?:봄|여름|가을|겨울|상반기|하반기)"
            r"|지난해|지난달|지난주|작년|내년|다음 달|이달(?!의 소녀)"
            r"|(?<![가-힣])오늘(?:날)?(?=[\s은의도까부]|$)"
            r"|(?<![가-힣])(?:어제|내일|지금|요즘|이번|향후|앞으로)(?![가-힣]{2})"
        ),
    }
)


def check_sentences(draft: Draft) -> Iterator[Fault]:
    """A text has one to three sentences, none of them endless."""
    for snippet, field, language, text in _texts(draft):
        spans = sentence_spans(text)
        if len(spans) > MOST_SENTENCES:
            yield snippet.fault(
                field, f"has {len(spans)} sentences, {MOST_SENTENCES} at most. Make two snippets of it."
            )
        for start, end in spans:
            if end - start > LONGEST_SENTENCE[language]:
                yield snippet.fault(
                    field,
                    f"has a sentence of {end - start} characters, {LONGEST_SENTENCE[language]} at most "
                    f"({_beginning(text[start:end])}). Make two of it.",
                )


def check_pronouns(draft: Draft) -> Iterator[Fault]:
    """No sentence has a pronoun for its subject, since it may be shown alone."""
    for snippet, field, language, text in _texts(draft):
        for start, end in sentence_spans(text):
            if found := _PRONOUNS[language].match(text, start):
                yield snippet.fault(
                    field,
                    f"has a sentence that begins with {found[0]} ({_beginning(text[start:end])}). Write the name.",
                )


def check_relative_time(draft: Draft) -> Iterator[Fault]:
    """No word means another day whenever it is read."""
    for snippet, field, language, text in _texts(draft):
        plain = _outside_titles(text)
        for start, end in sentence_spans(plain):  # "Today" inside a sentence is part of a newspaper's name
            if found := _RELATIVE[language].search(plain[start].lower() + plain[start + 1 : end]):
                yield snippet.fault(field, f"says {found[0].strip()}, which changes with the reader. Write the date.")


def _texts(draft: Draft) -> Iterator[tuple[FiledSnippet, str, Language, str]]:
    for snippet in draft.snippets:
        if waived(snippet, "wording"):
            continue
        if snippet.entry.text:
            yield snippet, "text", "en", snippet.entry.text
        if snippet.entry.text_ko:
            yield snippet, "text_ko", "ko", snippet.entry.text_ko


def _outside_titles(text: str) -> str:
    """The text without what stands in quotation marks: a song may be called "Right Now"."""
    return re.sub(r"\"[^\"]*\"|[〈《‘“][^〉》’”]*[〉》’”]", " ", text)


def _beginning(sentence: str) -> str:
    return sentence if len(sentence) <= 40 else f"{sentence[:39]}…"
