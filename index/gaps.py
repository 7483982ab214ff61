"""Words that stand for a name: pronouns, and nouns that point back ("that company", 그 회사)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.korean import particle
from knowledge.models import Entity, Language

Fits = Callable[[Entity], bool]

PERSONS = frozenset({"soloist", "person", "character"})
FIRMS = frozenset({"company", "label"})
_BODIES = FIRMS | {"group", "fandom", "organization", "broadcaster", "publisher", "school"}

_NOUNS: dict[str, frozenset[str]] = {
    "group band 그룹 팀 밴드": frozenset({"group"}),
    "company agency firm label 회사 소속사 기획사 레이블": FIRMS,
    "song track single 노래 곡": frozenset({"song"}),
    "album record 앨범 음반": frozenset({"album"}),
    "film movie 영화": frozenset({"film"}),
    "show series drama program programme 프로그램 예능 드라마 방송": frozenset({"show"}),
    "singer idol artist member rapper person man woman 가수 아이돌 멤버 래퍼 사람 분": PERSONS,
    "tour concert festival 투어 콘서트 공연 페스티벌": frozenset({"tour", "concert", "festival", "event"}),
    "chart award platform app service 차트 시상식 상 플랫폼 앱 서비스": frozenset({"chart", "award", "platform"}),
    "fandom 팬덤": frozenset({"fandom"}),
}
_KINDS = {noun: kinds for nouns, kinds in _NOUNS.items() for noun in nouns.split()}
_ENGLISH_NOUNS = "|".join(noun for noun in _KINDS if noun.isascii())
_KOREAN_NOUNS = "|".join(sorted((noun for noun in _KINDS if not noun.isascii()), key=len, reverse=True))

_OF_NOTHING = re.compile(
    r"\b(?:is|was|isn't|does|did|will|would|can|could) it (?:true|hard|easy|difficult|possible|common|normal|legal|"
    r"illegal|worth|ok|okay|bad|good|like|take|cost|mean|matter|be|called)\b"
    r"|\bit(?:'s)? (?:takes?|costs?|means?|seems?|is|was|true|hard|easy|possible|like)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing named before: "is it hard to …", "how long does it take"."""

_HE = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_HER = re.compile(r"\bher\b(?=\s+\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that stand for a name: where they are, what may fill them, and what follows the name in their place: in
    Korean the pair that its particle is chosen from."""

    pattern: re.Pattern[str]
    fits: Fits
    after: str = ""


def _of(kinds: Iterable[str]) -> Fits:
    wanted = frozenset(kinds)
    return lambda entity: entity.kind in wanted


def _thing(entity: Entity) -> bool:
    return entity.kind not in PERSONS


def _anybody(entity: Entity) -> bool:
    return True


_ENGLISH = (
    Gap(re.compile(r"\b(?:he|she|it|they)(?:'s|'re)(?=\s)", re.IGNORECASE), _anybody, " is"),
    Gap(re.compile(r"\b(?:his|hers)\b", re.IGNORECASE), _of(PERSONS), "'s"),
    Gap(_HER, _of(PERSONS), "'s"),
    Gap(_HE, _of(PERSONS)),
    Gap(re.compile(r"\btheirs?\b", re.IGNORECASE), _of(_BODIES), "'s"),
    Gap(re.compile(r"\b(?:they|them)\b", re.IGNORECASE), _of(_BODIES)),
    Gap(re.compile(r"\btheirs?\b", re.IGNORECASE), _of(PERSONS), "'s"),
    Gap(re.compile(r"\b(?:they|them)\b", re.IGNORECASE), _of(PERSONS)),
    Gap(re.compile(r"\bits\b", re.IGNORECASE), _thing, "'s"),
    Gap(re.compile(r"\bit\b", re.IGNORECASE), _thing),
    Gap(re.compile(r"\b(?:this|that)(?=\s*\??$)", re.IGNORECASE), _thing),
)
_KOREAN = (
    Gap(re.compile(r"(?<![가-힣])(?:그녀|그분(?!야)|걔(?!네)|얘(?!네))"), _of(PERSONS)),
    Gap(re.compile(r"(?<![가-힣])그(?=(?:는|가|의|를|도|와|한테|에게)(?![가-힣]))"), _of(PERSONS)),
    Gap(re.compile(r"(?<![가-힣])(?:그들|걔네들?|얘네들?|쟤네들?)"), _of(_BODIES | PERSONS)),
    Gap(re.compile(r"(?<![가-힣])(?:거기|여기)(?=에서|서|는|의|도|\s|\?|$)"), _of(_BODIES)),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)(?:거|것)"), _thing),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)게(?![가-힣])"), _thing, "이/가"),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)건(?![가-힣])"), _thing, "은/는"),
    Gap(re.compile(r"(?<![가-힣])(?:그|이)걸(?![가-힣])"), _thing, "을/를"),
)
_SAYING = """
true sure certain likely possible fact rumour rumor rumours rumors so say says said saying think thinks thought know
knows knew known believe believes claim claims claimed mean means meant hear heard read confirm confirmed deny denied
announce announced report reported show shows
""".split()  # noqa: SIM905
_NO_CLAUSE = "".join(rf"(?<!\b{word} )" for word in _SAYING)
_ENDINGS = (
    "은|는|이|가|을|를|의|도|만|와|과|랑|이랑|하고|에|엔|에서|에선|에게|에게서|한테|한테서|께서|로|으로|로부터|으로부터"
    "|부터|까지|보다|처럼|끼리|라면|이라면|요|야|이야|지|이지|죠|이죠|예요|이에요|인가|인가요|인지|인데|입니까|입니다"
    "|였어|이었어|였나요|이었나요"
)
_NAMED_KIND = {
    "en": re.compile(
        rf"\b(?:this|the same|{_NO_CLAUSE}that|that(?= \w+\s*\??$)) (?P<noun>{_ENGLISH_NOUNS})\b", re.IGNORECASE
    ),
    "ko": re.compile(
        rf"(?<![가-힣])(?!이상|(?:그|이|해당) ?분야)(?:그|이|해당) ?(?P<noun>{_KOREAN_NOUNS})"
        rf"(?=들?(?:{_ENDINGS})?[은는도만의]?(?![가-힣]))"
    ),
}
"""What points back by a noun. "That" begins a clause after "is it true", unless the noun ends the question; 이상 is "or
more", 분야 "field", and 상황 no 상."""

_PAIRS = re.compile(r"(?P<particle>은|는|이|가|을|를|과|와|으로|로)(?![가-힣])")
_PAIR_OF = {half: pair for pair in ("은/는", "이/가", "을/를", "과/와", "으로/로") for half in pair.split("/")}


def names_nobody(text: str, language: Language) -> bool:
    """Whether somebody or something is meant that the text does not name: "who runs that company", 걔 누구야."""
    pronouns = [gap.pattern for gap in _KOREAN] if language == "ko" else [_HE]
    return any(pattern.search(text) for pattern in (_NAMED_KIND[language], *pronouns))


def gaps_in(text: str, language: Language) -> list[Gap]:
    """The gaps of a text, in the order in which they are to be filled."""
    named = _NAMED_KIND[language]
    gaps = [Gap(named, _of(_KINDS[match["noun"].lower()])) for match in named.finditer(text)]
    if language == "ko" or not _OF_NOTHING.search(text):
        gaps += _KOREAN if language == "ko" else _ENGLISH
    return [gap for gap in gaps if gap.pattern.search(text)]


def filled(text: str, gap: Gap, entity: Entity, language: Language) -> str:
    """The text with the name of an entity in a gap, and the Korean particles that follow that name."""
    name = entity.name_in(language)
    if language == "en":
        return gap.pattern.sub(lambda _: name + gap.after, text)
    after = particle(name, gap.after) if gap.after else ""
    for match in reversed([*gap.pattern.finditer(text)]):
        text = text[: match.start()] + put_before(after + text[match.end() :], name)
    return text


def put_before(rest: str, name: str) -> str:
    """A name before the rest of a text, whose Korean particle, where it begins with one, is made to follow the name."""
    follows = _PAIRS.match(rest)
    return name + (particle(name, _PAIR_OF[follows["particle"]]) + rest[follows.end() :] if follows else rest)
