"""Which entities a new text should be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.entities import Mention
from index.tokens import normalise
from index.vocabulary import Vocabulary
from knowledge.kinds import COMMON_KINDS

MOST = 12
"""Entities that a text of a few sentences is linked to."""

_PEOPLE = frozenset({"person", "soloist", "character"})
_SURNAMES = (
    "Kim|Lee|Park|Choi|Jung|Jeong|Kang|Cho|Jo|Yoon|Yun|Jang|Lim|Im|Han|Oh|Seo|Shin|Kwon|Hwang|Ahn|An|Song|Yoo|Yu|Ryu|Hong"
    "|Jeon|Jun|Ko|Go|Moon|Yang|Son|Bae|Baek|Heo|Nam|Shim|Noh|Ha|Joo|Ju|Min|Chae|Bang|Byun|Tak|Woo|Won|Pyo|Cha|Kwak"
)
_NAME_BEFORE = re.compile(rf"(?:[a-z,;:)] (?P<word>[A-Z][\w’'-]*)|(?:^|[.!?] )(?P<surname>{_SURNAMES})) $")
"""A word with a capital inside a sentence, or at its beginning a common surname."""


def named_in(texts: Iterable[str | None], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The entities that texts name beyond doubt, in order: each by a name that nobody else has, that is no word of the
    language and no part of a longer name. Those that all texts are about, such as K-pop, come only where nothing else
    is named."""
    found = dict.fromkeys(entity for text in texts if text for entity in _named(text, vocabulary))
    entities = vocabulary.names.entities
    special = [entity for entity in found if entities[entity].kind not in COMMON_KINDS]
    return tuple(special or found)[:MOST]


def _named(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    mentions = vocabulary.read_as_written(text).mentions
    for mention in mentions:
        if mention.ordinary or len(mention.entities) != 1:
            continue
        (entity,) = mention.entities
        if vocabulary.names.entities[entity].kind in _PEOPLE and _is_surnamed(text, mention, mentions):
            continue
        yield entity


def _is_surnamed(text: str, mention: Mention, mentions: Iterable[Mention]) -> bool:
    """Whether another name stands right before the one of somebody: "Kim Haneul" is nobody called Haneul."""
    if len(normalise(text)) != len(text):  # the place in the text is not known
        return False
    before = _NAME_BEFORE.search(text[: mention.start])
    return before is not None and not any(
        other.end > before.start("word") for other in mentions if other is not mention and other.start < mention.start
    )
