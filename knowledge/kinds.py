"""The kinds of entities, and how each kind's names stand in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledge.models import Entity, Language

Marks = tuple[str, str]
_NONE: Marks = ("", "")


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of entity; `marks` are what its name stands between in English, `marks_ko` in Korean."""

    id: str
    word_ko: str
    meaning: str
    marks: Marks = _NONE
    marks_ko: Marks = _NONE


_SONG: tuple[Marks, Marks] = (('"', '"'), ("〈", "〉"))
_WORK: tuple[Marks, Marks] = (_NONE, ("《", "》"))

KINDS: Mapping[str, EntityKind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            EntityKind("group", "그룹", "a group or band, fictional ones too"),
            EntityKind("soloist", "솔로 가수", "a singer or rapper under their own name, also beside a group"),
            EntityKind("person", "인물", "anybody else: producer, composer, executive, scholar, actor …"),
            EntityKind("character", "캐릭터", "somebody in a film or a show"),
            EntityKind("company", "회사", "a firm: agency, distributor, studio …"),
            EntityKind("label", "레이블", "a record label inside or outside a company"),
            EntityKind("song", "노래", "a song or track", *_SONG),
            EntityKind("album", "앨범", "an album, EP or single album", *_WORK),
            EntityKind("film", "영화", "a film", *_WORK),
            EntityKind("show", "프로그램", "a television or streaming series, survival and music shows too", *_WORK),
            EntityKind("book", "책", "a book", *_WORK),
            EntityKind("video", "영상", "a music video or a clip", *_WORK),
            EntityKind("work", "작품", "any other work", *_WORK),
            EntityKind("tour", "투어", "a concert tour"),
            EntityKind("concert", "콘서트", "a single concert"),
            EntityKind("festival", "페스티벌", "a festival"),
            EntityKind("event", "행사", "any other thing that happens once or every year"),
            EntityKind("chart", "차트", "a chart"),
            EntityKind("award", "시상식", "an award, its ceremony or one of its categories"),
            EntityKind("platform", "플랫폼", "a service: streaming, fan community, video …"),
            EntityKind("publisher", "매체", "a newspaper, magazine or news site"),
            EntityKind("broadcaster", "방송사", "a broadcaster or channel"),
            EntityKind("school", "학교", "a school or university"),
            EntityKind("organization", "단체", "an association, authority or foundation"),
            EntityKind("venue", "공연장", "a hall, stadium or park"),
            EntityKind("place", "지역", "a city, country or region"),
            EntityKind("fandom", "팬덤", "the fans of somebody under their own name"),
            EntityKind("genre", "장르", "a style of music"),
            EntityKind("term", "용어", "any other word of the field"),
        )
    }
)

COMMON_KINDS = frozenset({"genre", "term", "place"})
"""Kinds whose names are words of the language, and meant as such."""


def shown(entity: Entity, language: Language) -> str:
    """The name as a sentence writes it: "Golden" and 〈골든〉 for a song, 《…》 for a Korean work's title."""
    kind = KINDS[entity.kind]
    opening, closing = kind.marks_ko if language == "ko" else kind.marks
    return f"{opening}{entity.name_in(language)}{closing}"


def kind_in(kind: str, language: Language) -> str:
    """The kind as a word for people."""
    return KINDS[kind].word_ko if language == "ko" else kind
