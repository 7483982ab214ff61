"""A question that goes on from the one before: "and who produced it?", 그럼 걔네 소속사는 어디야?

What it leaves open is filled in with a name that the question and the answer before it were about, and "and
NewJeans?" asks the question before again of somebody else, so that the rest of the pipeline reads a question like any
other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.query import Query
from knowledge.kinds import COMMON_KINDS
from knowledge.korean import particle
from knowledge.models import Entity, Language

_PERSONS = frozenset({"soloist", "person", "character"})
_FIRMS = frozenset({"company", "label"})
_BODIES = _FIRMS | {"group", "fandom", "organization", "broadcaster", "publisher", "school"}

_SAME_QUESTIONS = (_PERSONS | {"group"}, _FIRMS, frozenset({"song", "album"}), frozenset({"film", "show"}))

_NOUNS: dict[str, frozenset[str]] = {
    "group band 그룹 팀 밴드": frozenset({"group"}),
    "company agency firm label 회사 소속사 기획사 레이블": _FIRMS,
    "song track single 노래 곡": frozenset({"song"}),
    "album record 앨범 음반": frozenset({"album"}),
    "film movie 영화": frozenset({"film"}),
    "show series drama program programme 프로그램 예능 드라마 방송": frozenset({"show"}),
    "singer idol artist member rapper person man woman 가수 아이돌 멤버 래퍼 사람 분": _PERSONS,
    "tour concert festival 투어 콘서트 공연 페스티벌": frozenset({"tour", "concert", "festival", "event"}),
    "chart award platform app service 차트 시상식 상 플랫폼 앱 서비스": frozenset({"chart", "award", "platform"}),
    "fandom 팬덤": frozenset({"fandom"}),
}
_KINDS = {noun: kinds for nouns, kinds in _NOUNS.items() for noun in nouns.split()}
_ENGLISH_NOUNS = "|".join(noun for noun in _KINDS if noun.isascii())
_KOREAN_NOUNS = "|".join(sorted((noun for noun in _KINDS if not noun.isascii()), key=len, reverse=True))

_BEGINNING = re.compile(r"^(?:(?:and|also|so|then|ok|okay)\b|그리고|그럼|그러면|그런데|근데)[\s,]*", re.IGNORECASE)
_OF_NOTHING = re.compile(
    r"\b(?:is|was|isn't|does|did|will|would|can|could) it (?:true|hard|easy|difficult|possible|common|normal|legal|"
    r"illegal|worth|ok|okay|bad|good|like|take|cost|mean|matter|be|called)\b"
    r"|\bit(?:'s)? (?:takes?|costs?|means?|seems?|is|was|true|hard|easy|possible|like)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing named before: "is it hard to …", "how long does it take"."""

_HE = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_HER = re.compile(r"\bher\b(?=\s+\w)", re.IGNORECASE)

_ANOTHER = re.compile(
    r"^(?:and|what about|how about|then|그럼|그러면|그리고)\b|(?:은|는|은요|는요)\s*\?*$", re.IGNORECASE
)
"""What shows that a bare name stands in for that of the question before."""

Fits = Callable[[Entity], bool]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was understood, and the ids of the entities that it and its answer were about, its own first."""

    question: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that stand for a name: where they are, what may fill them, and what follows the name in their place: in
    Korean the pair that its particle is chosen from."""

    pattern: re.Pattern[str]
    fits: Fits
    after: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """The question with the name filled in, and the entity that is meant by it."""

    text: str
    entity: str


def _of(kinds: Iterable[str]) -> Fits:
    wanted = frozenset(kinds)
    return lambda entity: entity.kind in wanted


def _thing(entity: Entity) -> bool:
    return entity.kind not in _PERSONS


def _anybody(entity: Entity) -> bool:
    return True


_ENGLISH = (
    Gap(re.compile(r"\b(?:he|she|it|they)(?:'s|'re)(?=\s)", re.IGNORECASE), _anybody, " is"),
    Gap(re.compile(r"\b(?:his|hers)\b", re.IGNORECASE), _of(_PERSONS), "'s"),
    Gap(_HER, _of(_PERSONS), "'s"),
    Gap(_HE, _of(_PERSONS)),
    Gap(re.compile(r"\btheirs?\b", re.IGNORECASE), _of(_BODIES), "'s"),
    Gap(re.compile(r"\b(?:they|them)\b", re.IGNORECASE), _of(_BODIES)),
    Gap(re.compile(r"\btheirs?\b", re.IGNORECASE), _of(_PERSONS), "'s"),
    Gap(re.compile(r"\b(?:they|them)\b", re.IGNORECASE), _of(_PERSONS)),
    Gap(re.compile(r"\bits\b", re.IGNORECASE), _thing, "'s"),
    Gap(re.compile(r"\bit\b", re.IGNORECASE), _thing),
    Gap(re.compile(r"\b(?:this|that)(?=\s*\??$)", re.IGNORECASE), _thing),
)
_KOREAN = (
    Gap(re.compile(r"(?<![가-힣])(?:그녀|그분|걔(?!네)|얘(?!네))"), _of(_PERSONS)),
    Gap(re.compile(r"(?<![가-힣])그(?=(?:는|가|의|를|도|와|한테|에게)(?![가-힣]))"), _of(_PERSONS)),
    Gap(re.compile(r"(?<![가-힣])(?:그들|걔네들?|얘네들?|쟤네들?)"), _of(_BODIES | _PERSONS)),
    Gap(re.compile(r"(?<![가-힣])(?:거기|여기)(?=에서|서|는|의|도|\s|\?|$)"), _of(_BODIES)),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)(?:거|것)"), _thing),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)게(?![가-힣])"), _thing, "이/가"),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)건(?![가-힣])"), _thing, "은/는"),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)걸(?![가-힣])"), _thing, "을/를"),
)
_NAMED_KIND = {
    "en": re.compile(rf"\b(?:this|that|the same) (?P<noun>{_ENGLISH_NOUNS})\b", re.IGNORECASE),
    "ko": re.compile(rf"(?<![가-힣])(?:그|이|해당) ?(?P<noun>{_KOREAN_NOUNS})"),
}
_PAIRS = re.compile(r"(?P<particle>은|는|이|가|을|를|과|와|으로|로)(?![가-힣])")
_PAIR_OF = {half: pair for pair in ("은/는", "이/가", "을/를", "과/와", "으로/로") for half in pair.split("/")}


def points_back(query: Query, entities: Mapping[str, Entity]) -> bool:
    """Whether a question is about somebody or something that it does not name: "who runs that company", 걔 누구야."""
    if any(_is_named(mention.entities, entities) for mention in query.mentions):
        return False
    pronouns = [gap.pattern for gap in _KOREAN] if query.language == "ko" else [_HE]
    return any(pattern.search(query.text) for pattern in (_NAMED_KIND[query.language], *pronouns))


def go_on(
    query: Query, before: Exchange, entities: Mapping[str, Entity], reread: Callable[[str, str | None], Query]
) -> Followed | None:
    """What a question asks that goes on from `before`; None where it stands by itself. `reread` understands a text."""
    if any(_is_named(mention.entities, entities) for mention in query.mentions):
        return ask_of_another(query, reread(before.question, None), entities) if _is_bare_name(query) else None
    return follow(query.text, query.language, [entities[e] for e in before.about if _is_named([e], entities)])


def follow(question: str, language: Language, about: Sequence[Entity]) -> Followed | None:
    """The question with its gap filled by the first of `about` that fits; None where there is no gap, or nothing to
    fill it with. `question` is cleaned and names nobody; `about` are the entities of the exchange before."""
    begun = _BEGINNING.match(question)
    rest = question[begun.end() :] if begun else question
    gaps = [gap for gap in _gaps(rest, language) if gap.pattern.search(rest)]
    for gap in gaps:
        if entity := next(filter(gap.fits, about), None):
            return Followed(_filled(rest, gap, entity, language), entity.id)
    if begun and rest and about and not gaps:
        return Followed(f"{about[0].name_in(language)}: {rest}", about[0].id)
    return None


def ask_of_another(query: Query, before: Query, entities: Mapping[str, Entity]) -> Followed | None:
    """The question `before`, asked of the one name that `query` consists of; None where it asked of nothing alike."""
    other = entities[query.mentions[0].entities[0]]
    text = before.text if len(before.text) == len(before.normalised) else before.normalised
    for mention in before.mentions:
        if _alike(entities[mention.entities[0]], other) and other.id not in mention.entities:
            name, after = other.name_in(before.language), text[mention.end :]
            if follows := _PAIRS.match(after):
                after = particle(name, _PAIR_OF[follows["particle"]]) + after[follows.end() :]
            return Followed(text[: mention.start] + name + after, other.id)
    return None


def _is_bare_name(query: Query) -> bool:
    """Whether a question is a name and what shows that it stands in for another: "and NewJeans?"."""
    return len(query.mentions) == 1 and all(g.entities for g in query.groups) and bool(_ANOTHER.search(query.text))


def _is_named(ids: Iterable[str], entities: Mapping[str, Entity]) -> bool:
    """Whether any of them is somebody or something by name, not a word of the language such as "debut"."""
    return any(id in entities and entities[id].kind not in COMMON_KINDS for id in ids)


def _alike(one: Entity, other: Entity) -> bool:
    """Whether the same can be asked of both."""
    return one.kind == other.kind or any({one.kind, other.kind} <= kinds for kinds in _SAME_QUESTIONS)


def _gaps(text: str, language: Language) -> list[Gap]:
    named = _NAMED_KIND[language]
    gaps = [Gap(named, _of(_KINDS[match["noun"].lower()])) for match in named.finditer(text)]
    if language == "ko":
        return [*gaps, *_KOREAN]
    return gaps if _OF_NOTHING.search(text) else [*gaps, *_ENGLISH]


def _filled(text: str, gap: Gap, entity: Entity, language: Language) -> str:
    name = entity.name_in(language)
    if language == "en":
        return gap.pattern.sub(lambda _: name + gap.after, text)
    after = particle(name, gap.after) if gap.after else ""
    pieces, end = [], 0
    for match in gap.pattern.finditer(text):
        pieces += [text[end : match.start()], name, after]
        end = match.end()
        if follows := _PAIRS.match(text, end):
            pieces.append(particle(name, _PAIR_OF[follows["particle"]]))
            end = follows.end()
    return "".join([*pieces, text[end:]])
