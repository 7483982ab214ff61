"""The card shows the outcome, and nothing in it can break out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.cards import Setting, card
from bot.rendering.urls import linkable
from fakes.answers import GOLDEN, a_citation, a_decline, a_line, a_source, a_which_one, an_answer
from fakes.markup import foreign
from fakes.nasty import texts
from fakes.pages import broken_limits, buttons_of, options_of, text_of
from index.results import Answer, Choice, Citation, Line, NoAnswer, WhichOne
from knowledge.models import Quote, Source, Status, Topic

ID = "AbCdEfGhIjKlMnOpQrSt-_"
KRYPTON = "[open](https://kryptontoday.com/?p=10257)"


def test_an_answer_in_english(catalogue):
    page = card(an_answer(), ID, Setting(question="how long?"), catalogue)

    assert text_of(page).splitlines() == [
        "> how long?",
        f"{GOLDEN} [1]",
        "-# As of 5 November 2025.",
        f"[1] Krypton Today · 5 November 2025 · kryptontoday.com · {KRYPTON} · bundled notes",
        "-# These lines are our notes, based on the sources.",
    ]
    assert buttons_of(page) == {
        "Sources": f"hallyu:sources:{ID}:en",
        "Why?": f"hallyu:why:{ID}",
        "👍": f"hallyu:vote:{ID}:good",
        "👎": f"hallyu:vote:{ID}:bad",
    }


def test_an_answer_in_korean(catalogue):
    page = card(an_answer(language="ko"), ID, Setting(), catalogue)

    assert "2025년 11월 5일 기준이에요." in text_of(page)
    assert "기본 노트" in text_of(page)
    assert list(buttons_of(page)) == ["출처", "왜 이런 답이죠?", "👍", "👎"]


def test_only_a_private_card_can_be_shared(catalogue):
    page = card(an_answer(), ID, Setting(shareable=True), catalogue)

    assert buttons_of(page)["Share"] == f"hallyu:share:{ID}"


@pytest.mark.parametrize(
    ("ages", "stale", "says"),
    [
        (False, False, "As of 5 November 2025."),
        (True, False, "As of 5 November 2025. This can change."),
        (True, True, "As of 5 November 2025. That is a while ago, so it may no longer be true."),
    ],
)
def test_the_date_says_how_far_to_trust_it(catalogue, ages, stale, says):
    page = card(an_answer(ages=ages, stale=stale), ID, Setting(), catalogue)

    assert f"-# {says}" in text_of(page).splitlines()


def test_a_page_that_several_numbers_lead_to_is_listed_once(catalogue):
    citations = (a_citation(1), a_citation(2), a_citation(3, a_source("https://example.org/x", "Example")))
    page = card(an_answer(citations=citations), ID, Setting(), catalogue)

    lines = [line for line in text_of(page).splitlines() if line.startswith("[")]
    assert [line.split(" ")[0] for line in lines] == ["[1][2]", "[3]"]


def test_the_servers_own_notes_are_told_from_bundled_ones(catalogue):
    citations = (a_citation(1, own=True), a_citation(2))
    text = text_of(card(an_answer(citations=citations), ID, Setting(), catalogue))

    assert "this server's notes" in text
    assert "bundled notes" in text


def test_a_disputed_source_is_called_so(catalogue):
    page = card(an_answer(citations=(a_citation(status=Status.DISPUTED),)), ID, Setting(), catalogue)

    assert "bundled notes, disputed" in text_of(page)


def test_the_shown_domain_is_where_the_link_leads(catalogue):
    source = Source("kpop.com", "[BBC](https://bbc.com)", "https://www.evil.example/a(b)?x=[1]")
    text = text_of(card(an_answer(citations=(a_citation(source=source),)), ID, Setting(), catalogue))

    assert r"\[BBC\](https\:\/\/bbc.com) · evil.example · [open](https://www.evil.example/a%28b%29?x=%5B1%5D)" in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://user:pass@example.org/", "ftp://example.org", "x", ""])
def test_what_is_no_web_address_is_not_linked(catalogue, url):
    page = card(an_answer(citations=(a_citation(source=a_source(url)),)), ID, Setting(), catalogue)

    assert "](" not in text_of(page)


def test_a_message_that_is_answered_is_linked(catalogue):
    url = "https://discord.com/channels/1/2/3"
    page = card(an_answer(), ID, Setting(message_url=url), catalogue)

    assert f"-# Answering [this message]({url})" in text_of(page).splitlines()


def test_what_was_understood_stands_under_the_question(catalogue):
    page = card(an_answer(), ID, Setting(question="and it?", understood="Golden, *how* long?"), catalogue)

    assert text_of(page).splitlines()[:2] == ["> and it?", "-# Understood as: → Golden, \\*how\\* long?"]


@pytest.mark.parametrize(("language", "other", "says"), [("en", "ko", "in Korean"), ("ko", "en", "영어")])
def test_a_text_in_the_other_language_is_called_so(catalogue, language, other, says):
    line = Line(GOLDEN, Quote(1, other, 0, len(GOLDEN)), (1,))

    assert says in text_of(card(an_answer(line, language=language), ID, Setting(), catalogue))
    assert says not in text_of(card(an_answer(language=language), ID, Setting(), catalogue))


def test_who_shared_an_answer_is_named_and_not_pinged(catalogue):
    text = text_of(card(an_answer(), ID, Setting(shared_by="<@123> **Al**"), catalogue))

    assert text.splitlines()[0] == "-# Shared by \\<\\@\u200b123\\> \\*\\*Al\\*\\*"


def test_a_long_answer_is_cut_at_a_sentence_and_says_where_the_rest_is(catalogue):
    answer = an_answer(*(a_line(f"Sentence {n} is here and has some words. " * 6, n) for n in range(1, 20)))
    text = text_of(card(answer, ID, Setting(), catalogue))

    assert "words.… [" in text
    assert "press “Sources” for all of it" in text


def test_sources_that_do_not_fit_are_counted(catalogue):
    citations = tuple(a_citation(n, a_source(f"https://example.org/{n}")) for n in range(1, 41))
    text = text_of(card(an_answer(citations=citations), ID, Setting(), catalogue))

    shown = text.count("[open](")
    assert f"and {40 - shown} more under “Sources”" in text


def test_a_decline_names_the_closest_topics_and_a_next_step(catalogue):
    page = card(a_decline("Charts", "Fandom"), ID, Setting(), catalogue)

    assert text_of(page).splitlines() == [
        "I don't know. Nothing in my knowledge answers this.",
        "Closest topics: Charts, Fandom",
        "-# Name the group, person or song in full, or see /topics for what I know about.",
    ]
    assert list(buttons_of(page)) == ["Why?"]


def test_a_decline_whose_question_stays_open_offers_to_tell(catalogue):
    page = card(a_decline("Charts"), ID, Setting(open=True), catalogue)

    assert buttons_of(page) == {"Why?": f"hallyu:why:{ID}", "Tell me when it is answered": f"hallyu:tell:{ID}"}


def test_a_false_premise_gets_what_is_on_file(catalogue):
    page = card(a_decline(on_file=an_answer()), ID, Setting(), catalogue)

    lines = text_of(page).splitlines()
    assert lines[1:3] == ["**What I do have:**", f"{GOLDEN} [1]"]
    assert list(buttons_of(page)) == ["Sources", "Why?", "👍", "👎"]


def test_an_ambiguous_question_offers_its_meanings_as_buttons(catalogue):
    page = card(a_which_one("Rosé (BLACKPINK)", "Rose (film)"), ID, Setting(question="who is rose?"), catalogue)

    assert text_of(page).splitlines()[:2] == ["> who is rose?", "**Which one do you mean?**"]
    assert buttons_of(page) == {"Rosé (BLACKPINK)": "hallyu:choice:entity-0", "Rose (film)": "hallyu:choice:entity-1"}


def test_many_meanings_come_as_a_menu(catalogue):
    page = card(a_which_one(*(f"Meaning {n}" for n in range(30))), ID, Setting(question="?"), catalogue)

    assert len(options_of(page)) == 25
    assert options_of(page)["Meaning 7"] == "entity-7"


def test_a_question_is_shown_whole_when_it_must_be_read_back(catalogue):
    question = "*_~|`<>[]" * 60
    page = card(a_which_one("a", "b"), ID, Setting(question=question[:500]), catalogue)

    assert "…" not in text_of(page).splitlines()[0]


sources = st.builds(
    Source,
    title=texts,
    publisher=texts,
    url=texts | st.sampled_from(["https://example.org/" + "x" * n for n in (1, 400, 3000)]),
    published=st.none() | texts | st.just("2025-11"),
)
citations = st.builds(
    Citation,
    n=st.integers(1, 99),
    quote=texts,
    source=sources,
    snippet=texts,
    revision=st.integers(1, 9),
    status=st.sampled_from(Status),
    own=st.booleans(),
)
languages = st.sampled_from(["en", "ko"])
lines = st.builds(
    Line, text=texts, quote=st.just(Quote(1, "en", 0, 1)), marks=st.lists(st.integers(1, 99), max_size=4).map(tuple)
)
answers = st.builds(
    Answer,
    language=languages,
    lines=st.lists(lines, max_size=4).map(tuple),
    citations=st.lists(citations, max_size=4).map(tuple),
    as_of=texts | st.just("2025"),
    ages=st.booleans(),
    stale=st.booleans(),
    receipt=st.just({}),
)
topics = st.builds(Topic, id=texts, title=texts, title_ko=texts)
declines = st.builds(
    NoAnswer,
    language=languages,
    closest=st.lists(topics, max_size=4).map(tuple),
    receipt=st.just({}),
    on_file=st.none() | answers,
)
choices = st.builds(Choice, label=texts, entity=st.text("abc-019", min_size=1, max_size=80) | texts)
which_ones = st.builds(
    WhichOne, language=languages, choices=st.lists(choices, max_size=30).map(tuple), receipt=st.just({})
)
settings = st.builds(
    Setting,
    question=st.none() | texts,
    understood=texts,
    message_url=st.none() | st.just("https://discord.com/channels/@me/1/2"),
    shareable=st.booleans(),
    shared_by=st.none() | texts,
)


@pytest.mark.slow
@given(outcome=st.one_of(answers, declines, which_ones), setting=settings)
def test_any_outcome_fits_discord_and_carries_no_foreign_markup(catalogue, outcome, setting):
    page = card(outcome, ID, setting, catalogue)

    assert broken_limits(page) == []
    answer = outcome if isinstance(outcome, Answer) else getattr(outcome, "on_file", None)
    links = {linkable(citation.source.url) for citation in answer.citations} if answer else set()
    assert foreign(text_of(page), links | {setting.message_url}) == []
