"""The bundled pack, the bundled model and a real store: whatever is asked, only what is on file is said."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.asking import LONGEST_QUESTION, Asking
from bot.compose import knowing, sync_pack
from bot.settings import load_settings
from fakes.nasty import texts
from index.results import Answer, NoAnswer, Outcome, WhichOne
from knowledge.errors import Refused
from knowledge.golden import load_golden
from knowledge.models import Pack, Revision, Scope
from knowledge.pack import load_pack
from knowledge.store import Store, open_store

pytestmark = pytest.mark.slow

PACK = load_pack()
NAMES = [spelling for entity in PACK.entities for spelling in entity.spellings]
WORDS = sorted(
    {word for snippet in PACK.snippets for text in (snippet.text, snippet.text_ko) for word in (text or "").split()}
)
PHRASES = [
    "who owns",
    "how many",
    "what did",
    "say about",
    "when",
    "언제",
    "누구",
    "며칠 동안",
    "왜",
    "뭐라고 했어?",
    "이 아니라",
    "not",
]

questions = st.one_of(
    texts,
    st.lists(st.sampled_from(NAMES) | st.sampled_from(WORDS) | st.sampled_from(PHRASES), min_size=1, max_size=8).map(
        " ".join
    ),
    st.sampled_from([question.ask for question in load_golden()]),
)


class Asked:
    """Asks on a loop of its own, and knows what is live."""

    def __init__(self, runner: asyncio.Runner, asking: Asking, store: Store) -> None:
        self._runner, self._asking = runner, asking
        self.live: dict[int, Revision] = {revision.id: revision for revision in runner.run(store.live(Scope()))}

    def __call__(self, question: str) -> Outcome | Refused:
        try:
            return self._runner.run(self._asking.ask(question, Scope())).outcome
        except Refused as refused:
            return refused


@pytest.fixture(scope="module")
def ask(tmp_path_factory) -> Iterator[Asked]:
    folder: Path = tmp_path_factory.mktemp("data")
    with asyncio.Runner() as runner:
        opened = open_store(folder / "hallyu.db")
        store = runner.run(opened.__aenter__())
        runner.run(sync_pack(store))
        known = knowing(load_settings(), store, print, keeps=True)
        yield Asked(runner, runner.run(known.__aenter__()).asking, store)
        runner.run(known.__aexit__(None, None, None))
        runner.run(opened.__aexit__(None, None, None))


@given(questions)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_every_sentence_shown_is_a_span_of_its_live_revision(ask: Asked, question: str):
    outcome = ask(question)
    match outcome:
        case Answer():
            assert outcome.lines
            for line in outcome.lines:
                check_line(outcome, line.text, line.quote.revision, line.marks, ask.live)
        case NoAnswer() | WhichOne():
            assert outcome.language in ("en", "ko")
        case Refused():
            assert len(question) > LONGEST_QUESTION or not any(c.isalnum() for c in question)


def check_line(answer: Answer, text: str, revision: int, marks: tuple[int, ...], live: dict[int, Revision]) -> None:
    snippet = live[revision].snippet
    assert text.strip()
    assert text in (snippet.text or "") or text in (snippet.text_ko or "")
    cited = [answer.citations[mark - 1] for mark in marks]
    assert [citation.n for citation in cited] == list(marks)
    assert tuple(citation.source for citation in cited) == snippet.sources
    assert all((citation.revision, citation.snippet) == (revision, snippet.id) for citation in cited)


@pytest.mark.parametrize(
    "question",
    [
        "가" * 10_000,
        "a " * 5_000,
        "@everyone who owns <@1>",
        "[Golden](https://evil.example) 며칠 동안 1위?",
        "'; DROP TABLE snippets; --",
        'title:golden NEAR("a" b*) OR "',
        "<script>alert(1)</script>",
        "golden\ud800\udfff",
        "\u202egolden\u202c \x00\x1b[31m",
        "¿Quién es el dueño de Ithaca Holdings?",
        "誰がゴールデンを歌った？",
    ],
)
def test_nasty_questions_get_an_outcome_or_a_refusal(ask: Asked, question):
    assert isinstance(ask(question), Answer | NoAnswer | WhichOne | Refused)


def test_the_store_holds_the_pack(ask: Asked, pack: Pack):
    assert {revision.snippet.id for revision in ask.live.values()} == {snippet.id for snippet in pack.snippets}


@pytest.mark.parametrize("said", ["hi", "hello", "bye", "nice", "thanks", "안녕", "고마워", "뭐해"])
def test_what_asks_for_nothing_is_not_answered(ask: Asked, said):
    assert isinstance(ask(said), NoAnswer)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("who owns Ithaca Holdings?", "HYBE"),
        ("골든은 스포티파이에서 며칠 연속 1위였어?", "76"),
        ("How many days in a row was Golden No. 1 on Spotify?", "76"),
    ],
)
def test_the_questions_of_the_readme_are_answered(ask: Asked, question, part):
    outcome = ask(question)
    assert isinstance(outcome, Answer)
    assert part in outcome.text
    assert {citation.source.publisher for citation in outcome.citations} == {"Krypton Today"}


@pytest.mark.parametrize(
    "question", ["what's the weather in Seoul", "오늘 서울 날씨 어때?", "who is the prime minister of Japan"]
)
def test_what_is_not_on_file_is_declined(ask: Asked, question):
    assert isinstance(ask(question), NoAnswer)
