"""What becomes of a form for a note, without Discord: sent twice, taken back, overtaken, replaced, unchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.curation.added import Clash, Doubtful, Faulty, Gone, Pending, Saved, Unchanged
from bot.curation.drafting import Form, still_about
from bot.curation.sources import About, WebPages
from bot.pages import FetchRefused
from fakes.knowing import BY_MIN, GOLDEN_NOTE, PACK, a_snippet, small_knowing
from index.results import Answer
from knowledge.models import Hidden, Kind, Scope, Source, Statement, Status
from knowledge.queue import OpenQuestion, Proposal

HERE, MIN, EVE = 10, 7, 8
TEXT = "Tiger Tea opened its Busan shop in 2024."
LIKE = "Tiger Tea opened its shop in Busan in 2024."
FORM = {"text": TEXT, "url": "https://paper.example/tea", "title": "Tea", "as_of": "2024-11-05", "asks": ""}


@pytest.fixture
async def small(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db") as small:
        yield small


@pytest.fixture
def adding(small):
    return small.use_cases.adding


async def sent(adding, user=MIN, draft=None, pending=None, **fields):
    draft = draft or await adding.begin(HERE, user, pending or Pending(Form()))
    return await adding.send(HERE, user, draft, {**FORM, **fields})


async def texts(small):
    return sorted(r.snippet.text for r in await small.store.live(Scope(HERE)) if r.owner)


async def undo(small, saved):
    return await small.use_cases.correcting.undo(HERE, saved.version.id, MIN)


async def test_a_form_that_is_sent_again_after_an_undo_is_not_said_to_be_saved(small, adding):
    saved = await sent(adding)
    await undo(small, saved)

    again = await sent(adding, draft=saved.draft)
    assert isinstance(again, Clash)
    assert again.now.action == "undo"
    assert await texts(small) == []
    mine = await adding.decide(HERE, MIN, saved.draft, "mine")
    assert isinstance(mine, Saved)
    assert not mine.again
    assert await texts(small) == [TEXT]


async def test_a_note_that_is_added_again_by_who_removed_it_is_restored(small, adding):
    saved = await sent(adding)
    await small.use_cases.correcting.remove(HERE, saved.snippet.id, MIN)
    again = await sent(adding, title="Tea again")

    assert isinstance(again, Saved)
    assert (again.version.action, again.version.number) == ("restore", 3)
    assert await texts(small) == [TEXT]
    await undo(small, again)
    assert await texts(small) == []


async def test_a_note_that_somebody_else_removed_is_not_added_again_without_a_word(small, adding):
    saved = await sent(adding)
    await small.use_cases.correcting.remove(HERE, saved.snippet.id, MIN)

    assert isinstance(await sent(adding, user=EVE), Clash)
    assert await texts(small) == []


async def test_a_note_that_is_added_again_can_be_marked_as_disputed_with_another(small, adding):
    saved = await sent(adding)
    await small.use_cases.correcting.remove(HERE, saved.snippet.id, MIN)
    await sent(adding, text=LIKE)
    doubtful = await sent(adding)
    await adding.decide(HERE, MIN, doubtful.draft, "dispute")

    assert await texts(small) == sorted([TEXT, LIKE])


async def test_the_same_choice_pressed_twice_is_one_change(small, adding):
    await sent(adding)
    doubtful = await sent(adding, text=LIKE)
    for choice in ("replace", "replace"):
        result = await adding.decide(HERE, MIN, doubtful.draft, choice)
    assert isinstance(result, Saved)
    assert result.again
    assert await texts(small) == [LIKE]


async def test_a_note_that_was_changed_while_somebody_chose_to_replace_it_is_shown_again(small, adding):
    first = await sent(adding)
    doubtful = await sent(adding, user=EVE, text=LIKE)
    theirs = TEXT.replace("2024", "2023")
    await small.curating.save(HERE, replace(first.snippet, text=theirs), first.version.id, BY_MIN)

    for choice in ("replace", "dispute"):
        result = await adding.decide(HERE, EVE, doubtful.draft, choice)
        if choice == "replace":
            assert isinstance(result, Doubtful)
            assert result.alike[0].revision.snippet.text == theirs
            assert await texts(small) == [theirs]
    assert isinstance(result, Saved), "now they have seen it"
    assert await texts(small) == sorted([theirs, LIKE])


async def test_a_note_that_takes_the_place_of_another_leaves_its_own(small, adding):
    await sent(adding)
    other = (await sent(adding, text="Tiger Tea sells green tea in Daegu.")).snippet
    draft, _ = await adding.begin_edit(HERE, MIN, other.id)
    doubtful = await sent(adding, draft=draft, text=LIKE)
    saved = await adding.decide(HERE, MIN, doubtful.draft, "replace")

    assert await texts(small) == [LIKE]
    await undo(small, saved)
    assert await texts(small) == sorted([TEXT, "Tiger Tea sells green tea in Daegu."])


async def test_a_bundled_note_that_takes_the_place_of_another_is_hidden(small, adding):
    await sent(adding)
    draft, _ = await adding.begin_edit(HERE, MIN, GOLDEN_NOTE.id)
    doubtful = await sent(adding, draft=draft, text=LIKE)
    await adding.decide(HERE, MIN, doubtful.draft, "replace")

    assert (await small.curating.standing(HERE, GOLDEN_NOTE.id)).own.content == Hidden(GOLDEN_NOTE.id)
    assert await texts(small) == [LIKE]


async def test_a_dispute_that_was_taken_back_can_be_made_and_taken_back_again(small, adding):
    await sent(adding)
    doubtful = await sent(adding, text=LIKE)
    first = await adding.decide(HERE, MIN, doubtful.draft, "dispute")
    assert [r.snippet.status for r in await small.store.live(Scope(HERE)) if r.owner] == [Status.DISPUTED] * 2
    assert len((await undo(small, first)).versions) == 2

    assert isinstance(await adding.decide(HERE, MIN, doubtful.draft, "dispute"), Clash)
    mine = await adding.decide(HERE, MIN, doubtful.draft, "mine")
    await sent(adding, draft=doubtful.draft, text=LIKE)
    await undo(small, mine)
    assert await texts(small) == [TEXT]


async def test_a_note_that_says_what_is_there_already_is_said_to_be_there(small, adding):
    saved = await sent(adding)
    draft, form = await adding.begin_edit(HERE, MIN, saved.snippet.id)
    assert await adding.send(HERE, MIN, draft, {"text": form.text}) == Unchanged(saved.snippet)


async def test_a_bundled_note_that_is_opened_and_sent_as_it_is_is_not_overridden(small, adding):
    draft, form = await adding.begin_edit(HERE, MIN, GOLDEN_NOTE.id)
    result = await adding.send(HERE, MIN, draft, {"text": form.text, "url": form.url})

    assert isinstance(result, Unchanged)
    assert (await small.curating.standing(HERE, GOLDEN_NOTE.id)).own is None


async def test_whoever_asked_is_told_by_the_first_note_that_answers_alone(small, adding):
    await small.store.queue.note_question(HERE, OpenQuestion("q", "Which shop?", "en", ""))
    pending = Pending(Form(), questions=("q",))
    first = await sent(adding, pending=pending)
    second = await sent(adding, user=EVE, pending=pending, text="Tiger Tea sells green tea in Daegu.")

    assert (first.questions, second.questions) == (("q",), ())


async def test_a_proposal_that_is_edited_keeps_its_further_sources_and_links(small, adding):
    sources = tuple(Source(f"Page {n}", "Paper", f"https://paper.example/{n}") for n in range(3))
    proposed = replace(a_snippet("tea", TEXT, entities=("golden",)), sources=sources)
    await small.store.queue.propose(HERE, [Proposal("p", "import", proposed, MIN)])
    draft, form = await adding.begin_review(HERE, MIN, await small.store.queue.proposal(HERE, "p"))
    saved = await adding.send(HERE, MIN, draft, {"text": TEXT, "url": form.url})

    assert [source.url for source in saved.snippet.sources] == [source.url for source in sources]
    assert "golden" in saved.snippet.entities


async def test_a_proposal_of_what_is_there_already_is_approved_once_with_a_line_in_the_log(small, adding):
    saved = await sent(adding)
    await small.store.queue.propose(HERE, [Proposal("p", "suggestion", saved.snippet, EVE)])
    draft, form = await adding.begin_review(HERE, MIN, await small.store.queue.proposal(HERE, "p"))
    grown: list[int] = []
    small.store.edits.listen(grown.append)
    first = await adding.send(HERE, MIN, draft, {"text": TEXT, "url": form.url})
    again = await adding.send(HERE, MIN, draft, {"text": TEXT, "url": form.url})

    assert (first, again) == (Unchanged(saved.snippet, proposal="p"), Unchanged(saved.snippet))
    latest, *earlier = await small.store.edits.log(HERE, 9)
    assert (latest.action, latest.target, latest.revision) == ("approve", saved.snippet.id, None)
    assert ([entry.action for entry in earlier], grown) == (["add"], [HERE])


class Unreachable:
    """Opens nothing, and notes what it was asked for."""

    def __init__(self):
        self.asked = []

    async def fetch(self, url):
        self.asked.append(url)
        raise FetchRefused("fetch.unreachable", host="x")


BROKEN = ["https://example.org]/x", "https://example.org:99999/x", "https://[", "https://xn--a/"]


@pytest.mark.parametrize("url", BROKEN)
async def test_an_address_that_is_none_is_said_to_be_and_what_was_typed_is_kept(adding, url):
    adding.pages = WebPages(Unreachable())
    result = await sent(adding, url=url, title="")

    assert [problem.key for problem in result.problems] == ["form.bad_url"]
    assert (await adding.form(HERE, MIN, result.draft)).text == TEXT


async def test_what_was_typed_is_kept_before_the_page_is_read(adding):
    class Broken:
        async def about(self, url):
            assert (await adding.form(HERE, MIN, draft)).text == TEXT
            raise RuntimeError("the page could not be read")

    adding.pages = Broken()
    draft = await adding.begin(HERE, MIN, Pending(Form()))
    with pytest.raises(RuntimeError):
        await sent(adding, draft=draft, title="")

    assert (await adding.form(HERE, MIN, draft)).url == FORM["url"]


async def test_a_page_of_discord_is_not_opened_and_one_whose_name_ends_like_it_is():
    fetching = Unreachable()
    for url in ("https://discord.com/a", "https://ptb.discord.com/a", "https://notdiscord.com/a", "https://[", ""):
        assert await WebPages(fetching).about(url) == About()

    assert fetching.asked == ["https://notdiscord.com/a"]


async def test_what_was_known_of_a_page_goes_with_the_address_of_another(adding):
    saved = await sent(adding, publisher="The Paper", published="2024-11-04")
    draft, _ = await adding.begin_edit(HERE, MIN, saved.snippet.id)
    other = await sent(adding, draft=draft, url="https://other.example/tea")
    (source,) = other.snippet.sources

    assert (source.publisher, source.published, source.title) == ("other.example", None, "other.example")


@pytest.mark.parametrize("choice", ["keep", "replace", "dispute", "mine"])
async def test_a_form_of_another_person_or_server_is_gone(adding, choice):
    draft = await adding.begin(HERE, MIN, Pending(Form(text=TEXT)))

    assert await adding.send(HERE, EVE, draft, FORM) == Gone()
    assert await adding.decide(HERE, EVE, draft, choice) == Gone()
    assert await adding.decide(HERE + 1, MIN, draft, choice) == Gone()
    assert await adding.form(HERE, EVE, draft) is None


async def test_nobody_writes_over_the_form_of_another(small, adding):
    draft = await adding.begin(HERE, MIN, Pending(Form(text=TEXT)))
    for guild, user in ((HERE, EVE), (HERE + 1, MIN)):
        await small.store.queue.keep_draft(guild, user, draft, "{}")

    assert (await adding.form(HERE, MIN, draft)).text == TEXT


async def test_english_in_the_form_of_a_korean_note_is_english(adding):
    saved = await sent(adding, text="호랑이차는 2024년 부산 매장을 열었다.")
    draft, form = await adding.begin_edit(HERE, MIN, saved.snippet.id)
    assert (form.text, form.text_ko) == ("", "호랑이차는 2024년 부산 매장을 열었다.")
    english = await adding.send(HERE, MIN, draft, {"text_ko": TEXT})

    assert (english.snippet.text, english.snippet.text_ko) == (TEXT, None)


@pytest.mark.parametrize(("as_of", "until", "fits"), [("2024-11", "2024-10", False), ("2024-11", "2024", True)])
async def test_a_note_ends_no_earlier_than_it_speaks_of(adding, as_of, until, fits):
    result = await sent(adding, as_of=as_of, valid_until=until)

    assert isinstance(result, Saved) if fits else [p.key for p in result.problems] == ["form.ends_before"]
    assert fits or isinstance(result, Faulty)


async def test_only_a_state_ends_and_nothing_is_told_after_it_was_read(small, adding):
    """What a form takes, an import takes too, or a server's export could not be read back."""
    old = replace(a_snippet("tea", TEXT), kind=Kind.EVENT, sources=(Source("T", "P", FORM["url"], None, "2024-01-01"),))
    await small.add(old)
    draft, _ = await adding.begin_edit(HERE, MIN, "tea")
    saved = await sent(adding, draft=draft, as_of="2024-11-05", valid_until="2025")

    assert saved.snippet.kind is Kind.STATE
    assert saved.snippet.sources[0].read > "2024-11-05"
    text = (await small.use_cases.exporting.everything(HERE)).text
    preview = await small.use_cases.importing.reader.read(HERE, "again.yaml", text.encode())
    assert (preview.nothing, preview.left_out) == (True, ())


FACT = replace(
    GOLDEN_NOTE, id="golden/performer/spotify", statement=Statement("golden", "performer", "spotify", "2025")
)


def test_a_fact_in_other_words_is_about_the_same_and_says_what_its_words_say():
    assert still_about(FACT, FACT.text, FACT.text_ko) == FACT.statement
    assert still_about(FACT, "Golden is performed by others.", None) == Statement("golden", "performer", "")
    assert still_about(GOLDEN_NOTE, "Golden.", None) is None


async def test_a_fact_that_another_note_takes_the_place_of_keeps_its_subject_and_relation(small, adding):
    await small.add(replace(a_snippet("tiger-tea/agency/busan", TEXT), statement=Statement("tiger-tea", "agency", "b")))
    doubtful = await sent(adding, text=LIKE)
    saved = await adding.decide(HERE, MIN, doubtful.draft, "replace")

    assert saved.snippet.id == "tiger-tea/agency/busan"
    assert saved.snippet.statement == Statement("tiger-tea", "agency", "")


async def test_a_fact_that_takes_the_place_of_another_note_keeps_its_subject_and_relation(small, adding):
    await sent(adding)
    fact = replace(a_snippet("fact", "Tiger Tea sells tea."), statement=Statement("tiger-tea", "agency", "b"))
    await small.add(fact)
    draft, _ = await adding.begin_edit(HERE, MIN, "fact")
    doubtful = await sent(adding, draft=draft, text=LIKE)
    saved = await adding.decide(HERE, MIN, doubtful.draft, "replace")

    assert saved.snippet.id != "fact"
    assert saved.snippet.statement == Statement("tiger-tea", "agency", "")


async def test_a_fact_that_was_overridden_answers_its_questions_and_comes_back_from_a_file(small, adding):
    await small.store.sync(replace(PACK, snippets=(GOLDEN_NOTE, FACT), digest="facts"))
    draft, _ = await adding.begin_edit(HERE, MIN, FACT.id)
    result = await adding.send(HERE, MIN, draft, {"text": "Golden is performed by Tiger Tea.", "text_ko": ""})
    if isinstance(result, Doubtful):
        result = await adding.decide(HERE, MIN, draft, "keep")
    assert result.snippet.statement == Statement("golden", "performer", "")
    outcome = (await small.asking.ask("Who performs Golden?", Scope(HERE))).outcome
    assert isinstance(outcome, Answer)
    assert [line.text for line in outcome.lines] == ["Golden is performed by Tiger Tea."]

    export = await small.use_cases.exporting.overrides(HERE)
    assert export.notes == 1
    reader = small.use_cases.importing.reader
    assert (await reader.read(HERE, "again.yaml", export.text.encode())).nothing
    elsewhere = await reader.read(HERE + 1, "again.yaml", export.text.encode())
    assert [snippet.statement for snippet in elsewhere.overriding] == [Statement("golden", "performer", "")]
