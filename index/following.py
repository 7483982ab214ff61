"""A question that goes on from the one before: "and who produced it?", 그럼 걔네 소속사는 어디야?

What it leaves open is filled in with a name that the question and the answer before it were about; "and NewJeans?"
asks the question before again of somebody else, "and in 2022?" of another year. So the rest of the pipeline reads a
question like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.gaps import FIRMS, PERSONS, filled, gaps_in, names_nobody, put_before
from index.query import Query, language_of
from knowledge.kinds import COMMON_KINDS
from knowledge.models import Entity

_SAME_QUESTIONS = (PERSONS | {"group"}, FIRMS, frozenset({"song", "album"}), frozenset({"film", "show"}))

_BEGINNING = re.compile(r"^(?:(?:and|also|so|then|ok|okay)\b|그리고|그럼|그러면|그런데|근데)[\s,]*", re.IGNORECASE)
_ANOTHER = re.compile(
    r"^(?:and|what about|how about|then|그럼|그러면|그리고)\b|(?:은|는|은요|는요)\s*\?*$", re.IGNORECASE
)
"""What shows that a bare name stands in for that of the question before."""

_ANOTHER_YEAR = re.compile(
    r"^(?:(?:and|also|so|then|ok|okay|what about|how about|그리고|그럼|그러면|그런데|근데)[\s,]+)?"
    r"(?:in )?(?P<year>(?:19|20)\d\d)(?:년도?에?[는은엔도]?)?\s*\?*$"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEFINITE = re.compile(r"\bthe (?:[\w'-]+ )?$")
_WHAT = re.compile(r"\bwhat\b|뭐|뭔|무엇", re.IGNORECASE)


Reread = Callable[[str, str | None], Query]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was understood, and the ids of the entities that it and its answer were about, its own first."""

    question: str
    about: tuple[str, ...]

    def after(self, question: str, about: Iterable[str]) -> Exchange:
        """What to go on from after a question that had no answer. One that only names another ("and HYBE?") asks
        nothing that could be asked again: this question stands, and whom that one named was spoken of last."""
        if not _ANOTHER.search(question):
            return Exchange(question, tuple(about))
        return Exchange(self.question, tuple(dict.fromkeys((*about, *self.about))))


@dataclass(frozen=True, slots=True)
class Followed:
    """The question with what it left out, and the entity that is meant by the name filled in, if one is."""

    text: str
    entity: str | None = None


def points_back(query: Query, entities: Mapping[str, Entity]) -> bool:
    """Whether a question is about somebody or something that it does not name: "who runs that company", 걔 누구야."""
    if any(_is_named(mention.entities, entities) for mention in query.mentions):
        return False
    return names_nobody(query.text, query.language)


def go_on(query: Query, before: Exchange, entities: Mapping[str, Entity], reread: Reread) -> Followed | None:
    """What a question asks that goes on from `before`; None where it stands by itself. `reread` understands a text."""
    if any(_is_named(mention.entities, entities) for mention in query.mentions):
        if not _is_bare_name(query):
            return None
        return ask_of_another(query, reread(before.question, None), before.about, entities)
    if another := _ANOTHER_YEAR.search(query.normalised):
        return ask_of_year(another["year"], before.question)
    return fill_in(query, before, entities, reread)


def fill_in(query: Query, before: Exchange, entities: Mapping[str, Entity], reread: Reread) -> Followed | None:
    """A question that names nobody, its gap filled by the first that fits of whom the exchange before was about; None
    where there is no gap, or nothing to fill it with."""
    about = [entities[e] for e in before.about if _is_named([e], entities)]
    begun = _BEGINNING.match(query.text)
    rest = query.text[begun.end() :] if begun else query.text
    gaps = gaps_in(rest, query.language)
    for gap in gaps:
        if entity := next(filter(gap.fits, about), None):
            return Followed(filled(rest, gap, entity, query.language), entity.id)
    if begun and rest and about and not gaps and not _is_whole(reread(rest, None), entities):
        return Followed(f"{about[0].name_in(query.language)}: {rest}", about[0].id)
    return None


def ask_of_year(year: str, before: str) -> Followed | None:
    """The question `before`, asked of a year in the place of its own, or besides; None where it names several."""
    if years := _YEAR.findall(before):
        return Followed(_YEAR.sub(year, before)) if len(years) == 1 else None
    return Followed(f"{year}년에 {before}" if language_of(before) == "ko" else f"{before.rstrip(' ?!.')} in {year}?")


def ask_of_another(
    query: Query, before: Query, about: Sequence[str], entities: Mapping[str, Entity]
) -> Followed | None:
    """The question `before`, asked of the one name that `query` consists of; None where it asked of nothing alike. A
    name of several meanings has that which the exchange was `about`, and the other one that which is alike."""
    text = before.text if len(before.text) == len(before.normalised) else before.normalised
    for mention in before.mentions:
        others = [entities[e] for e in query.mentions[0].entities if e not in mention.entities]
        for one in [e for e in about if e in mention.entities] or mention.entities:
            if other := _most_alike(entities[one], others):
                rest = put_before(text[mention.end :], other.name_in(before.language))
                return Followed(text[: mention.start] + rest, other.id)
    return None


def _is_bare_name(query: Query) -> bool:
    """Whether a question is a name and what shows that it stands in for another: "and NewJeans?"."""
    return len(query.mentions) == 1 and all(g.entities for g in query.groups) and bool(_ANOTHER.search(query.text))


def _is_whole(rest: Query, entities: Mapping[str, Entity]) -> bool:
    """Whether what follows "so" asks about a word of the field by itself: "what is a photocard". "The debut" is
    somebody's, and so is what is asked of such a word alone (데뷔는 언제야), but for what it means."""
    words = [mention for mention in rest.mentions if any(entities[e].kind != "place" for e in mention.entities)]
    if not words or any(_DEFINITE.search(rest.normalised[: word.start]) for word in words):
        return False
    return bool(_WHAT.search(rest.text)) or not all(group.entities for group in rest.groups)


def _is_named(ids: Iterable[str], entities: Mapping[str, Entity]) -> bool:
    """Whether any of them is somebody or something by name, not a word of the language such as "debut"."""
    return any(id in entities and entities[id].kind not in COMMON_KINDS for id in ids)


def _most_alike(one: Entity, others: Iterable[Entity]) -> Entity | None:
    """The first of `others` that is of its kind, or else of one of which the same can be asked."""
    alike = [o for o in others if o.kind == one.kind or any({one.kind, o.kind} <= kinds for kinds in _SAME_QUESTIONS)]
    return min(alike, key=lambda other: other.kind != one.kind, default=None)
