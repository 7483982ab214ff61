"""The name is known, what is asked about it is not: questions made from the structured facts of the bundled pack, asked
with all of it, and asked again with everything taken out that holds the fact.

What is taken out are the notes and facts about the name that also have the value: its entity, its year or its words.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.evaluation.intervals import estimate
from index.pipeline import Draft, Pipeline
from index.retriever import Part, Retriever
from knowledge.facts import RELATIONS, ValueType
from knowledge.models import LANGUAGES, Entity, Language, Pack, Scope, Snippet
from knowledge.pack.loader import load_pack
from tests.benchmarks.figures import Figure
from tests.benchmarks.packs import pipeline_of

PER_RELATION = 14
"""Subjects that are drawn for each relation, so that debut dates are not all there is."""

SEED = 7
GOAL = 0.95

ASKED: Mapping[str, Mapping[Language, tuple[str, ...]]] = {
    "acquired_by": {"en": ("Who acquired {}?",), "ko": ("{} 누가 인수했어?",)},
    "affiliation": {"en": ("What company is {} affiliated with?",), "ko": ("{} 소속 회사가 어디야?",)},
    "broadcaster": {"en": ("Which broadcaster airs {}?",), "ko": ("{} 어느 방송사에서 해?",)},
    "chief_executive": {
        "en": ("Who is the CEO of {}?", "who's {}'s chief executive"),
        "ko": ("{} 대표이사가 누구야?", "{} 대표 누구예요?"),
    },
    "debut_date": {
        "en": ("When did {} debut?", "what was {}'s debut date"),
        "ko": ("{} 언제 데뷔했어?", "{} 데뷔일 알려줘"),
    },
    "disbanded": {"en": ("When did {} disband?",), "ko": ("{} 언제 해체했어?",)},
    "fandom": {
        "en": ("What is the fandom of {} called?", "what are fans of {} called"),
        "ko": ("{} 팬덤 이름이 뭐야?", "{} 팬클럽 이름은?"),
    },
    "first_held": {"en": ("When was {} first held?",), "ko": ("{} 언제 처음 열렸어?",)},
    "founded": {
        "en": ("When was {} founded?", "what year was {} established"),
        "ko": ("{} 언제 설립됐어?", "{} 설립 연도가 언제야?"),
    },
    "founder": {
        "en": ("Who founded {}?", "who is the founder of {}"),
        "ko": ("{} 누가 설립했어?", "{} 창립자 누구야?"),
    },
    "generation": {"en": ("Which generation does {} belong to?",), "ko": ("{} 몇 세대 그룹이야?",)},
    "label": {
        "en": ("What company is {} under?", "Which label is {} signed to?"),
        "ko": ("{} 소속사가 어디야?", "{} 어느 회사 소속이에요?"),
    },
    "launched": {"en": ("When was {} launched?",), "ko": ("{} 언제 출시됐어?",)},
    "leader": {"en": ("Who is the leader of {}?",), "ko": ("{} 리더 누구야?",)},
    "listed_on": {"en": ("Where is {} listed?",), "ko": ("{} 어디에 상장됐어?",)},
    "member": {"en": ("Who are the members of {}?", "who is in {}"), "ko": ("{} 멤버 누구야?", "{} 멤버 알려줘")},
    "operator": {"en": ("Who operates {}?",), "ko": ("{} 누가 운영해?",)},
    "organizer": {"en": ("Who organizes {}?",), "ko": ("{} 누가 주최해?",)},
    "parent": {"en": ("Who owns {}?", "What is the parent company of {}?"), "ko": ("{} 모회사가 어디야?",)},
    "premiere_date": {"en": ("When did {} premiere?",), "ko": ("{} 언제 첫 방송했어?",)},
    "renamed_from": {"en": ("What was {} called before?",), "ko": ("{} 예전 이름이 뭐야?",)},
}
"""Ways to ask for each relation; `{}` is the name."""

ALIKE = (
    frozenset(("label", "affiliation")),
    frozenset(("parent", "acquired_by", "part_of", "merged_into")),
    frozenset(("chief_executive", "chair")),
    frozenset(("operator", "organizer", "broadcaster")),
    frozenset(("member", "leader")),
)
"""Relations one of which answers a question for another one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the fact's subject and relation, and the revisions that hold the fact."""

    question: str
    language: Language
    subject: str
    relation: str
    holding: frozenset[int]

    @property
    def is_for_tuning(self) -> bool:
        """Half of the facts, fixed by a hash; failures of the others are not shown."""
        return zlib.crc32(f"{self.subject}/{self.relation}".encode()) % 2 == 0


def measure() -> list[Figure]:
    """The share of questions that are declined without the fact, and of those answered by it with it."""
    pack = load_pack()
    pipeline = pipeline_of(pack)
    cases = cases_of(pack)
    declined = {case: not _answers(pipeline, case, without=True) for case in cases}
    answered = {case: _answers(pipeline, case, without=False) for case in cases}
    for case in cases:
        if case.is_for_tuning and not (declined[case] and answered[case]):
            what = "made up" if not declined[case] else "not answered"
            print(f"{what}: {case.question} ({case.subject}, {case.relation})")
    return [
        figure
        for language in LANGUAGES
        for half, own in (
            ("", [c for c in cases if c.language == language]),
            (", half for measuring", [c for c in cases if c.language == language and not c.is_for_tuning]),
        )
        for figure in (
            _share(f"relation absent, {language}{half}: declined", [declined[c] for c in own]),
            _share(f"relation present, {language}{half}: answered", [answered[c] for c in own]),
        )
    ]


def _share(name: str, values: Sequence[bool]) -> Figure:
    share = estimate([float(value) for value in values])
    return Figure(name, f"{share} of {share.count}", f"≥ {GOAL:.0%}", share.mean >= GOAL)


def cases_of(pack: Pack) -> list[Case]:
    """The questions; names that several share are left out, since they are asked back."""
    entities = {entity.id: entity for entity in pack.entities}
    chance, cases = random.Random(SEED), []
    stated = [snippet for snippet in pack.snippets if snippet.statement]
    by_subject = {
        relation: sorted({s.statement.subject for s in stated if s.statement and s.statement.relation == relation})
        for relation in ASKED
    }
    for relation, subjects in by_subject.items():
        for subject in chance.sample(subjects, min(PER_RELATION, len(subjects))):
            if _is_shared(entities[subject], pack):
                continue
            holding = frozenset(_holding(pack, subject, relation, entities))
            for language in LANGUAGES:
                ways = ASKED[relation][language]
                question = ways[len(cases) % len(ways)].format(entities[subject].name_in(language))
                cases.append(Case(question, language, subject, relation, holding))
    return cases


def _is_shared(entity: Entity, pack: Pack) -> bool:
    own = {spelling.casefold() for spelling in entity.spellings}
    return any(other.id != entity.id and own & {s.casefold() for s in other.spellings} for other in pack.entities)


def _holding(pack: Pack, subject: str, relation: str, entities: Mapping[str, Entity]) -> Iterator[int]:
    """The revisions about the subject that have a value of the relation, or of one that answers for it."""
    meant = next((family for family in ALIKE if relation in family), frozenset((relation,)))
    values = {
        value
        for snippet in pack.snippets
        if snippet.statement and snippet.statement.subject == subject and snippet.statement.relation in meant
        for value in snippet.statement.values
    }
    for number, snippet in enumerate(pack.snippets, 1):
        about = subject in snippet.entities or (snippet.statement is not None and snippet.statement.subject == subject)
        if about and any(_has(snippet, value, relation, entities) for value in values):
            yield number


def _has(snippet: Snippet, value: str, relation: str, entities: Mapping[str, Entity]) -> bool:
    if value in snippet.entities:
        return True
    said = " ".join(filter(None, (snippet.text, snippet.text_ko))).casefold()
    spelt = entities[value].spellings if value in entities else (value,)
    if RELATIONS[relation].value is ValueType.DATE:
        spelt = (value[:4],)
    return any(spelling.casefold() in said for spelling in spelt)


def _answers(pipeline: Pipeline, case: Case, without: bool) -> bool:
    """Whether a question is answered: by what holds the fact, or where that is taken out at all."""
    reading = pipeline.read(case.question, Scope())
    if without:
        parts = [Part(part.segment, part.dead | case.holding) for part in reading.retriever.parts]
        reading = replace(reading, retriever=Retriever(parts))
    (vectors,) = pipeline.encode([reading])
    drafted = pipeline.draft(reading, vectors)
    if not isinstance(drafted, Draft) or not drafted.answers:
        return False
    return without or any(quote.revision in case.holding for quote in drafted.quotes)
