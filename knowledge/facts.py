"""The vocabulary of structured facts: which relations there are, what their values are, and how they read.

To add a relation, add a line to the table. In the templates

- `{subject}` and `{value}` are the two names (or the literal); in Korean with a particle after the colon,
  `{subject:은/는}`, the form after a final consonant first (see `knowledge.korean`);
- `{is}`, `{are}` and `{has}` in English follow the time: is, has been (since …), was (until …);
- values that hold at once are joined into one, "A, B and C"; `several` is the English for that where a noun or a verb
  changes with it, and `joint` the Korean particle between two of them;
- a Korean state has two predicates, now and past; `{when}` is where its time goes (English puts it last);
- a date as the value of a relation comes with its preposition: `on 2 November 2025`, `2025년 11월 2일에`.

A state can end, and carries `from` and `to`; an event stays true for good, and its `from` is when it happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from knowledge.models import Kind


class ValueType(StrEnum):
    """What the value of a relation is; `TEXT` may be given per language as `{en: …, ko: …}`."""

    ENTITY = "entity"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


ENTITY, DATE, NUMBER, TEXT = ValueType


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of the vocabulary. `many` says that a subject may have several values, at once or in turn; `several`
    is empty where `en` serves for more than one of them too."""

    id: str
    kind: Kind
    value: ValueType
    many: bool
    en: str
    ko: str
    ko_past: str
    several: str = ""
    joint: str = "과/와"

    @property
    def joins(self) -> bool:
        """Whether values that hold at once read as one sentence: two numbers or dates contradict each other."""
        return self.many and self.value in (ValueType.ENTITY, ValueType.TEXT)


def _state(
    id: str,
    value: ValueType,
    en: str,
    ko: str,
    ko_past: str,
    *,
    many: bool = True,
    several: str = "",
    joint: str = "과/와",
) -> Relation:
    return Relation(id, Kind.STATE, value, many, en, ko, ko_past, several, joint)


def _event(id: str, value: ValueType, en: str, ko: str, *, many: bool = False, several: str = "") -> Relation:
    return Relation(id, Kind.EVENT, value, many, en, ko, ko, several)


_S = "{subject:은/는} {when}"
_V = "{value:은/는} {when}{subject}"

_WHO_IS_WHERE = (
    _state("label", ENTITY, "{subject} {is} signed to {value}", _S + "{value} 소속이다", _S + "{value} 소속이었다"),
    _state(
        "member",
        ENTITY,
        "{value} {is} a member of {subject}",
        _V + "의 멤버이다",
        _V + "의 멤버였다",
        several="{value} {are} members of {subject}",
    ),
    _state(
        "leader",
        ENTITY,
        "{value} {is} the leader of {subject}",
        _V + "의 리더이다",
        _V + "의 리더였다",
        several="{value} {are} the leaders of {subject}",
    ),
    _state(
        "member_count",
        NUMBER,
        "{subject} {has} {value} members",
        _S + "멤버가 {value}명이다",
        _S + "멤버가 {value}명이었다",
    ),
    _state(
        "subgroup_of",
        ENTITY,
        "{subject} {is} a sub-unit of {value}",
        _S + "{value}의 유닛이다",
        _S + "{value}의 유닛이었다",
    ),
    _state(
        "affiliation",
        ENTITY,
        "{subject} {is} affiliated with {value}",
        _S + "{value} 소속이다",
        _S + "{value} 소속이었다",
    ),
    _state(
        "role", TEXT, "{subject} {is} {value}", _S + "{value:이다/다}", _S + "{value:이었다/였다}", joint="이자/이자"
    ),
    _state(
        "based_in",
        ENTITY,
        "{subject} {is} based in {value}",
        _S + "{value}에 기반을 두고 있다",
        _S + "{value}에 기반을 두었다",
    ),
    _state(
        "activity",
        TEXT,
        "{subject} {is} {value}",
        _S + "{value:이다/다}",
        _S + "{value:이었다/였다}",
        joint="이자/이자",
    ),
    _state("located_in", ENTITY, "{subject} {is} in {value}", _S + "{value}에 있다", _S + "{value}에 있었다"),
    _state(
        "fandom",
        TEXT,
        "The fandom of {subject} {is} called {value}",
        "{subject}의 팬덤 이름은 {when}{value:이다/다}",
        "{subject}의 팬덤 이름은 {when}{value:이었다/였다}",
        many=False,
    ),
    _state(
        "ambassador",
        ENTITY,
        "{subject} {is} an ambassador for {value}",
        _S + "{value}의 앰배서더이다",
        _S + "{value}의 앰배서더였다",
    ),
)

_COMPANIES = (
    _state("parent", ENTITY, "{subject} {is} owned by {value}", _S + "{value}의 소유이다", _S + "{value}의 소유였다"),
    _state("part_of", ENTITY, "{subject} {is} part of {value}", _S + "{value}에 속한다", _S + "{value}에 속했다"),
    _state(
        "chief_executive",
        ENTITY,
        "{value} {is} the chief executive (CEO) of {subject}",
        _V + "의 최고경영자(CEO)이다",
        _V + "의 최고경영자(CEO)였다",
        several="{value} {are} the chief executives (CEOs) of {subject}",
    ),
    _state(
        "chair",
        ENTITY,
        "{value} {is} the chair of {subject}",
        _V + "의 의장이다",
        _V + "의 의장이었다",
        several="{value} {are} the chairs of {subject}",
    ),
    _state(
        "listed_on",
        ENTITY,
        "{subject} {is} listed on {value}",
        _S + "{value}에 상장되어 있다",
        _S + "{value}에 상장되어 있었다",
    ),
    _state(
        "partner",
        ENTITY,
        "{subject} {has} a partnership with {value}",
        _S + "{value:과/와} 협력하고 있다",
        _S + "{value:과/와} 협력했다",
        several="{subject} {has} partnerships with {value}",
    ),
    _state(
        "distributor",
        ENTITY,
        "{subject} {is} distributed by {value}",
        _S + "{value:이/가} 유통한다",
        _S + "{value:이/가} 유통했다",
    ),
    _state(
        "operator",
        ENTITY,
        "{subject} {is} run by {value}",
        _S + "{value:이/가} 운영한다",
        _S + "{value:이/가} 운영했다",
    ),
    _state(
        "organizer",
        ENTITY,
        "{subject} {is} organised by {value}",
        _S + "{value:이/가} 주최한다",
        _S + "{value:이/가} 주최했다",
    ),
    _state(
        "broadcaster",
        ENTITY,
        "{subject} {is} broadcast by {value}",
        _S + "{value:이/가} 방송한다",
        _S + "{value:이/가} 방송했다",
    ),
    _event(
        "acquired_by",
        ENTITY,
        "{subject} was acquired by {value}",
        "{value:은/는} {when}{subject:을/를} 인수했다",
        many=True,
    ),
    _event("merged_into", ENTITY, "{subject} was merged into {value}", _S + "{value}에 합병되었다"),
    _event("founder", ENTITY, "{subject} was founded by {value}", _S + "{value:이/가} 설립했다", many=True),
    _event(
        "renamed_from", TEXT, "{subject} changed its name from {value}", _S + "{value}에서 이름을 바꾸었다", many=True
    ),
    _event("founded", DATE, "{subject} was founded {value}", "{subject:은/는} {value} 설립되었다"),
    _event("launched", DATE, "{subject} was launched {value}", "{subject:은/는} {value} 시작되었다"),
    _event("first_held", DATE, "{subject} was first held {value}", "{subject:은/는} {value} 처음 열렸다"),
    _event("took_effect", DATE, "{subject} took effect {value}", "{subject:은/는} {value} 시행되었다"),
    _event("ended", DATE, "{subject} ended {value}", "{subject:은/는} {value} 막을 내렸다"),
)

_LIVES = (
    _event(
        "generation",
        TEXT,
        "{subject} belongs to the {value} generation of K-pop",
        "{subject:은/는} 케이팝 {value:으로/로} 꼽힌다",
    ),
    _event("meaning", TEXT, "{subject} means {value}", "{subject:은/는} {value:을/를} 뜻한다"),
    _event("formed_through", ENTITY, "{subject} was formed through {value}", _S + "{value:을/를} 통해 결성되었다"),
    _event("formed_by", ENTITY, "{subject} was formed by {value}", _S + "{value:이/가} 결성했다", many=True),
    _event("formed", DATE, "{subject} was formed {value}", "{subject:은/는} {value} 결성되었다"),
    _event("debut_date", DATE, "{subject} debuted {value}", "{subject:은/는} {value} 데뷔했다"),
    _event("debut_work", ENTITY, "{subject} debuted with {value}", _S + "{value:으로/로} 데뷔했다"),
    _event("disbanded", DATE, "{subject} disbanded {value}", "{subject:은/는} {value} 해체했다"),
    _event("birth_date", DATE, "{subject} was born {value}", "{subject:은/는} {value} 태어났다"),
    _event("birth_place", ENTITY, "{subject} was born in {value}", _S + "{value}에서 태어났다"),
    _event("origin", ENTITY, "{subject} comes from {value}", _S + "{value} 출신이다", many=True),
    _event("studied_at", ENTITY, "{subject} studied at {value}", _S + "{value}에서 공부했다", many=True),
    _event("award_won", ENTITY, "{subject} won {value}", _S + "{value:을/를} 받았다", many=True),
    _event(
        "collaboration",
        ENTITY,
        "{subject} collaborated with {value}",
        _S + "{value:과/와} 협업했다",
        many=True,
    ),
)

_WORKS = (
    _event("performer", ENTITY, "{subject} is performed by {value}", _S + "{value:이/가} 부른 곡이다", many=True),
    _event("artist_of", ENTITY, "{subject} recorded {value}", _S + "{value:을/를} 녹음했다", many=True),
    _event(
        "featured_artist",
        ENTITY,
        "{value} is a featured artist on {subject}",
        _V + "에 피처링으로 참여했다",
        many=True,
        several="{value} are featured artists on {subject}",
    ),
    _event("composer", ENTITY, "{value} composed {subject}", "{value:은/는} {when}{subject:을/를} 작곡했다", many=True),
    _event("lyricist", ENTITY, "{value} wrote the lyrics of {subject}", _V + "의 가사를 썼다", many=True),
    _event("producer", ENTITY, "{value} produced {subject}", _V + "의 프로듀서를 맡았다", many=True),
    _event("director", ENTITY, "{value} directed {subject}", "{value:은/는} {when}{subject:을/를} 연출했다", many=True),
    _event("creator", ENTITY, "{value} created {subject}", "{value:은/는} {when}{subject:을/를} 만들었다", many=True),
    _event("studio", ENTITY, "{subject} was made by {value}", _S + "{value:이/가} 제작했다", many=True),
    _event(
        "cast_member",
        ENTITY,
        "{value} appears in {subject}",
        _V + "에 출연했다",
        many=True,
        several="{value} appear in {subject}",
    ),
    _event("from_work", ENTITY, "{subject} is a song from {value}", _S + "{value}에 나오는 곡이다", many=True),
    _event("from_album", ENTITY, "{subject} is a track on {value}", _S + "{value}에 실린 곡이다", many=True),
    _event("platform", ENTITY, "{subject} was released on {value}", _S + "{value:을/를} 통해 공개되었다", many=True),
    _event("release_date", DATE, "{subject} was released {value}", "{subject:은/는} {value} 발매되었다"),
    _event("premiere_date", DATE, "{subject} premiered {value}", "{subject:은/는} {value} 처음 공개되었다"),
)

RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {relation.id: relation for relation in (*_WHO_IS_WHERE, *_COMPANIES, *_LIVES, *_WORKS)}
)
