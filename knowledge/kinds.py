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
    meaning: str
    marks: Marks = _NONE
    marks_ko: Marks = _NONE


_SONG: tuple[Marks, Marks] = (('"', '"'), ("〈", "〉"))
_WORK: tuple[Marks, Marks] = (_NONE, ("《", "》"))

KINDS: Mapping[str, EntityKind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            EntityKind("group", "a group or band, fictional ones too"),
            EntityKind("soloist", "a singer or rapper who performs under their own name, also beside a group"),
            EntityKind("person", "anybody else: producer, composer, executive, scholar, actor …"),
            EntityKind("character", "somebody in a film or a show"),
            EntityKind("company", "a firm: agency, distributor, studio …"),
            EntityKind("label", "a record label inside or outside a company"),
            EntityKind("song", "a song or track", *_SONG),
            EntityKind("album", "an album, EP or single album", *_WORK),
            EntityKind("film", "a film", *_WORK),
            EntityKind("show", "a television or streaming series, survival and music shows too", *_WORK),
            EntityKind("book", "a book", *_WORK),
            EntityKind("video", "a music video or a clip", *_WORK),
            EntityKind("work", "any other work", *_WORK),
            EntityKind("tour", "a concert tour"),
            EntityKind("concert", "a single concert"),
            EntityKind("festival", "a festival"),
            EntityKind("event", "any other thing that happens once or every year"),
            EntityKind("chart", "a chart"),
            EntityKind("award", "an award, its ceremony or one of its categories"),
            EntityKind("platform", "a service: streaming, fan community, video …"),
            EntityKind("publisher", "a newspaper, magazine or news site"),
            EntityKind("broadcaster", "a broadcaster or channel"),
            EntityKind("school", "a school or university"),
            EntityKind("organization", "an association, authority or foundation"),
            EntityKind("venue", "a hall, stadium or park"),
            EntityKind("place", "a city, country or region"),
            EntityKind("fandom", "the fans of somebody under their own name"),
            EntityKind("genre", "a style of music"),
            EntityKind("term", "any other word of the field"),
        )
    }
)


def shown(entity: Entity, language: Language) -> str:
    """The name as a sentence writes it: "Golden" and 〈골든〉 for a song, 《…》 for a Korean work's title."""
    kind = KINDS[entity.kind]
    opening, closing = kind.marks_ko if language == "ko" else kind.marks
    return f"{opening}{entity.name_in(language)}{closing}"
