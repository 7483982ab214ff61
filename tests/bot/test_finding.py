"""Finding notes: what a guild sees or has taken away, filtered, searched for and suggested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.curation.filters import Filter
from bot.curation.finding import LABEL, Finding
from bot.curation.typed import words_of
from fakes.keeping import add, retire
from fakes.knowing import BY_MIN, GOLDEN_NOTE, PACK, a_snippet, crowded, small_knowing
from fakes.nasty import PIECES
from index.fair_queue import Party
from knowledge.curation import Act, Edit
from knowledge.errors import Refused
from knowledge.guilds import GuildSettings
from knowledge.models import Kind, Status, Topic
from knowledge.queue import Opinions
from knowledge.store import Store

HERE, ELSEWHERE = 10, 20
TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.", "busan shop of tiger tea", entities=("tiger-tea",))
TODAY = date(2026, 11, 26)


@pytest.fixture
async def small(tmp_path):
    async with small_knowing(tmp_path / "hallyu.db", today=lambda: TODAY) as small:
        yield small


@pytest.fixture
def finding(small, monkeypatch) -> Finding:
    finding = small.use_cases.finding
    monkeypatch.setattr(finding, "_today", lambda: TODAY)  # the tests are of that day, whenever they run
    return finding


async def ids(page):
    return [note.id for note in (await page).notes]


async def suggested(finding, typed, guild=HERE, **options):
    return [id for _, id in await finding.suggest(guild, typed, **options)]


# --- suggestions -------------------------------------------------------------------------------------------------


async def test_own_notes_are_suggested_the_latest_first_then_bundled_ones(small, finding):
    await small.add(a_snippet("first", "Golden tea."))
    await small.add(a_snippet("second", "Golden cup."))

    assert await suggested(finding, "gold") == ["second", "first", GOLDEN_NOTE.id]
    assert await suggested(finding, "") == ["second", "first", GOLDEN_NOTE.id]


@pytest.mark.parametrize("typed", ["tig", "TIGER busan", "shop open", "te", "tea", " Tiger  Téa "])
async def test_each_word_that_is_typed_begins_a_word_of_the_note(small, finding, typed):
    await small.add(TEA)

    assert await suggested(finding, typed) == ["tea"]


async def test_a_word_is_not_found_in_the_middle_of_another(small, finding):
    await small.add(TEA)

    assert await suggested(finding, "iger") == []


@pytest.mark.parametrize("typed", ["스", "슾", "스ㅍ", "스포", "스퐅", "스포티파이", "연속 스포티", "76일"])
async def test_hangul_is_found_while_a_syllable_is_still_being_typed(finding, typed):
    assert await suggested(finding, typed) == [GOLDEN_NOTE.id]


def test_a_consonant_counts_where_it_is_typed_and_not_where_it_ends_up():
    (whole,) = words_of("다라")
    assert all(whole.startswith(words_of(typed)[0]) for typed in ("ㄷ", "다", "달", "다라"))


async def test_who_types_an_id_gets_that_note_first(small, finding):
    await small.add(a_snippet("golden", "Tea."))
    await small.add(a_snippet("golden-cup", "Tea."))

    assert await suggested(finding, "golden") == ["golden", "golden-cup", GOLDEN_NOTE.id]


async def test_suggestions_are_labelled_in_the_language_of_the_person(finding):
    (english,) = await finding.suggest(HERE, "gold")
    (korean,) = await finding.suggest(HERE, "gold", language="ko")

    assert english[0].startswith('"Golden"')
    assert korean[0].startswith("〈Golden〉")


async def test_no_more_is_suggested_than_discord_shows(small, finding):
    long = [a_snippet(f"n-{n}", "Cup 🐯 " + "🍵" * 200) for n in range(30)]
    await small.curating.apply(HERE, [Edit("snippet", note.id, note, None) for note in long], BY_MIN)

    found = await finding.suggest(HERE, "cup")

    assert len(found) == 25
    assert all(0 < len(label.encode("utf-16-le")) // 2 <= LABEL for label, _ in found)


async def test_removed_notes_are_suggested_where_they_are_asked_for(small, finding):
    await small.add(TEA)
    await small.remove("tea")
    await small.remove(GOLDEN_NOTE.id)

    assert await suggested(finding, "") == []
    assert await suggested(finding, "", origins=("removed",)) == [GOLDEN_NOTE.id, "tea"]


async def test_suggestions_follow_every_change(small, finding):
    assert await suggested(finding, "tea") == []
    await small.add(TEA)
    assert await suggested(finding, "tea") == ["tea"]
    await small.add(replace(TEA, text="Lion Coffee opened."))
    assert await suggested(finding, "coffee") == ["tea"]
    await small.remove("tea")
    assert await suggested(finding, "tea") == []
    await small.curating.restore(HERE, "tea", BY_MIN)
    assert await suggested(finding, "coffee") == ["tea"]


async def test_suggestions_follow_a_new_pack_and_the_end_of_a_guild(small, finding):
    await small.add(TEA)
    assert await suggested(finding, "") == ["tea", GOLDEN_NOTE.id]
    await small.store.sync(replace(PACK, snippets=(replace(GOLDEN_NOTE, id="new"),), digest="later"))
    assert await suggested(finding, "") == ["tea", "new"]
    await small.store.settings.left(HERE)
    await small.store.settings.purge(HERE)
    assert await suggested(finding, "") == ["new"]
    await small.add(a_snippet("again", "Back again."))
    assert await suggested(finding, "") == ["again", "new"]


@pytest.mark.parametrize("typed", [*PIECES, "x" * 4000, "word " * 800, " " * 4000])
async def test_whatever_is_typed_is_borne(finding, typed):
    assert len(await finding.suggest(HERE, typed)) <= 25
    assert len(await finding.topics(HERE, typed)) <= 25


async def test_topics_are_suggested_by_title_and_id_in_either_language(finding):
    assert await finding.topics(HERE, "cha") == [("Charts", "charts")]
    assert await finding.topics(HERE, "차", "ko") == [("차트", "charts")]
    assert await finding.topics(HERE, "tea") == []


JYP = Topic("jyp", "JYP Entertainment", "JYP엔터테인먼트")


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("jyp", "jyp"),
        ("JYP Entertainment", "jyp"),
        (" jyp-entertainment ", "jyp"),
        ("jyp엔터테인먼트", "jyp"),
        ("차트", "charts"),
        ("Our Café & friends", "our-cafe-friends"),
        ("word " * 40, ("word-" * 12).rstrip("-")),
        (None, ""),
        ("  ", ""),
    ],
)
async def test_a_topic_is_known_by_its_id_and_its_titles_and_any_other_is_a_new_one(small, finding, written, id):
    note = replace(GOLDEN_NOTE, id="of-jyp", topic="jyp")
    pack = replace(PACK, topics=(*PACK.topics, JYP), snippets=(GOLDEN_NOTE, note), digest="later")
    await small.store.sync(pack)

    assert await finding.topic(HERE, written) == id


@pytest.mark.parametrize("written", ["우리 이야기", "차트 2025", "!?", "🐯"])
async def test_of_what_leaves_no_id_no_topic_is_made(finding, written):
    with pytest.raises(Refused) as refusal:
        await finding.topic(HERE, written)
    assert refusal.value.key == "note.no_topic"


# --- lists -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def one_of_each(small):
    """An own note, an overridden one, one that was removed; the bundled one is overridden."""
    await small.store.sync(
        replace(PACK, snippets=(GOLDEN_NOTE, replace(GOLDEN_NOTE, id="plain", status=Status.DISPUTED)), digest="two")
    )
    await add(small.store, HERE, a_snippet("gone", "Gone."), 8)
    await retire(small.store, HERE, "gone", 9)
    await add(small.store, HERE, replace(GOLDEN_NOTE, text="Ours."), 8)
    await add(small.store, HERE, replace(TEA, topic="food", status=Status.OFFICIAL), 7)


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        (Filter(), ["tea", GOLDEN_NOTE.id, "plain"]),
        (Filter(origin="own"), ["tea"]),
        (Filter(origin="overridden"), [GOLDEN_NOTE.id]),
        (Filter(origin="bundled"), ["plain"]),
        (Filter(origin="removed"), ["gone"]),
        (Filter(status=Status.OFFICIAL), ["tea"]),
        (Filter(status=Status.DISPUTED), ["plain"]),
        (Filter(topic="food"), ["tea"]),
        (Filter(topic="nothing"), []),
        (Filter(author=8), [GOLDEN_NOTE.id]),
        (Filter(author=9), []),
        (Filter(author=9, origin="removed"), ["gone"]),
        (Filter(author=7, topic="charts"), []),
    ],
)
async def test_a_list_holds_what_its_filter_admits(finding, one_of_each, filter, found):
    assert await ids(finding.page(HERE, filter)) == found


async def test_a_hidden_note_is_listed_as_removed_with_the_bundled_text(small, finding):
    await small.remove(GOLDEN_NOTE.id)

    (note,) = (await finding.page(HERE, Filter(origin="removed"))).notes

    assert note.text == GOLDEN_NOTE.text
    assert (await finding.page(HERE, Filter())).total == 0


async def test_a_list_can_be_of_what_was_changed_lately(tmp_path, small):
    await small.add(TEA)
    for days, found in ((0, True), (6, True), (8, False)):
        later = date.fromordinal(date.today().toordinal() + days)
        finding = Finding(small.store, small.index, None, small.engine, lambda later=later: later)
        assert ("tea" in await ids(finding.page(HERE, Filter(age="week")))) is found


async def test_pages_hold_ten_notes_and_beyond_the_end_is_the_last_one(small, finding):
    notes = [a_snippet(f"n-{n:02}", f"Cup {n}.") for n in range(23)]
    await small.curating.apply(HERE, [Edit("snippet", note.id, note, None) for note in notes], BY_MIN)
    own = Filter(origin="own")

    assert await ids(finding.page(HERE, own)) == [f"n-{n:02}" for n in range(22, 12, -1)]
    assert await ids(finding.page(HERE, own, 3)) == ["n-02", "n-01", "n-00"]
    last = await finding.page(HERE, own, 99999)
    assert (last.number, last.pages, last.total) == (3, 3, 23)
    assert (await finding.page(HERE, own, 0)).number == 1


# --- out of date -------------------------------------------------------------------------------------------------


async def test_states_that_are_past_their_date_or_a_year_old_are_stale(small, finding):
    dates = {
        "event": ("2019-01-01", None, Kind.EVENT),
        "fresh": ("2025-11-27", None, Kind.STATE),
        "a-year": ("2025-11-26", None, Kind.STATE),
        "old": ("2025-11-25", None, Kind.STATE),
        "this-month-last-year": ("2025-11", None, Kind.STATE),
        "month": ("2025-10", None, Kind.STATE),
        "year": ("2024", None, Kind.STATE),
        "last-year": ("2025", None, Kind.STATE),
        "holds": ("2019-01-01", "2026-11-26", Kind.STATE),
        "past": ("2026-11-01", "2026-11-25", Kind.STATE),
        "past-month": ("2026-01", "2026-10", Kind.STATE),
    }
    notes = [
        replace(a_snippet(id, f"Note {n}."), as_of=as_of, valid_until=until, kind=kind)
        for n, (id, (as_of, until, kind)) in enumerate(dates.items())
    ]
    await small.curating.apply(HERE, [Edit("snippet", note.id, note, None) for note in notes], BY_MIN)

    assert await ids(finding.stale(HERE)) == ["year", "month", "old", "a-year", "past-month", "past"]


async def test_own_stale_notes_come_before_overridden_and_bundled_ones(small, finding):
    old = replace(GOLDEN_NOTE, kind=Kind.STATE, as_of="2020-01-01")
    await small.store.sync(replace(PACK, snippets=(old, replace(old, id="plain")), digest="old"))
    await add(small.store, HERE, replace(old, text="Ours."), 7)
    await add(small.store, HERE, replace(TEA, kind=Kind.STATE, as_of="2024-01-01"), 7)
    await add(small.store, HERE, replace(TEA, id="done", kind=Kind.STATE, status=Status.OUTDATED, as_of="2020"), 7)
    await add(small.store, HERE, replace(TEA, id="gone", kind=Kind.STATE, as_of="2020"), 7)
    await retire(small.store, HERE, "gone", 7)

    assert await ids(finding.stale(HERE)) == ["tea", old.id, "plain"]


# --- search ------------------------------------------------------------------------------------------------------


async def test_a_search_finds_by_meaning_first_and_then_by_words(small, finding):
    await small.add(TEA)
    await small.add(a_snippet("cup", "A busanite shops for tea cups."))

    assert await ids(finding.search(HERE, "busan shop of tiger tea")) == ["tea", "cup"]
    assert await ids(finding.search(HERE, "busa sho te")) == ["cup", "tea"]


async def test_a_search_can_be_of_one_origin(small, finding):
    await small.add(a_snippet("mine", "Golden tea was No. 1 on Spotify."))

    assert set(await ids(finding.search(HERE, "golden spotify"))) == {"mine", GOLDEN_NOTE.id}
    assert await ids(finding.search(HERE, "golden spotify", "own")) == ["mine"]
    assert await ids(finding.search(HERE, "golden spotify", "removed")) == []
    await small.remove("mine")
    assert await ids(finding.search(HERE, "golden spotify", "removed")) == ["mine"]
    assert await ids(finding.search(HERE, "golden spotify")) == [GOLDEN_NOTE.id]


@pytest.mark.parametrize("text", ["", "   ", "?!", "xqzt blorf", *PIECES])
async def test_nothing_is_found_for_what_says_nothing(finding, text):
    assert (await finding.search(HERE, text)).total in (0, 1)


async def test_a_search_that_is_too_long_is_refused_in_words(finding):
    with pytest.raises(Refused, match="at most 500") as refused:
        await finding.search(HERE, "x" * 4000)
    assert refused.value.key == "finding.too_long"


async def test_a_search_among_too_many_questions_is_refused_in_words(small, finding):
    async with crowded(small.engine, Party(HERE)):
        with pytest.raises(Refused) as refused:
            await finding.search(HERE, "golden")
    assert refused.value.key == "refused.busy"


# --- one note ----------------------------------------------------------------------------------------------------


async def test_a_bundled_note_is_shown_with_its_topic_and_names(finding):
    shown = await finding.show(HERE, GOLDEN_NOTE.id)

    assert (shown.origin, shown.snippet, shown.bundled, shown.seen) == ("bundled", GOLDEN_NOTE, None, None)
    assert [name.id for name in shown.names] == ["golden", "spotify"]
    assert shown.topic.title == "Charts"
    assert shown.opinions == Opinions()


async def test_an_overridden_note_is_shown_beside_the_bundled_text(small, finding):
    ours = replace(GOLDEN_NOTE, text="Ours.")
    version = await small.add(ours)

    shown = await finding.show(HERE, GOLDEN_NOTE.id)

    assert (shown.origin, shown.snippet, shown.bundled) == ("overridden", ours, GOLDEN_NOTE)
    assert (shown.latest, shown.seen) == (version, version.id)


async def test_a_removed_note_is_shown_as_it_was_last(small, finding):
    await small.add(TEA)
    await small.add(replace(TEA, text="Later."))
    await small.remove("tea")
    await small.remove(GOLDEN_NOTE.id)

    removed, hidden = [await finding.show(HERE, id) for id in ("tea", GOLDEN_NOTE.id)]

    assert (removed.origin, removed.snippet.text, removed.latest.number) == ("removed", "Later.", 3)
    assert (hidden.origin, hidden.snippet) == ("removed", GOLDEN_NOTE)


async def test_a_bundled_note_that_came_back_is_bundled_again(small, finding):
    await small.remove(GOLDEN_NOTE.id)
    await small.curating.restore(HERE, GOLDEN_NOTE.id, BY_MIN)

    shown = await finding.show(HERE, GOLDEN_NOTE.id)

    assert (shown.origin, shown.snippet) == ("bundled", GOLDEN_NOTE)
    assert shown.seen == (await small.curating.standing(HERE, GOLDEN_NOTE.id)).own.id
    assert await ids(finding.page(HERE, Filter())) == [GOLDEN_NOTE.id]


async def test_what_was_hidden_and_left_the_pack_is_gone(small, finding):
    await small.remove(GOLDEN_NOTE.id)
    await small.store.sync(replace(PACK, snippets=(), digest="none"))

    assert await finding.show(HERE, GOLDEN_NOTE.id) is None
    assert (await finding.page(HERE, Filter(origin="removed"))).total == 0


@pytest.mark.parametrize("id", ["", "nothing", "x" * 4000, *PIECES])
async def test_an_unknown_note_is_none(finding, id):
    assert await finding.show(HERE, id) is None


# --- two guilds --------------------------------------------------------------------------------------------------


async def test_nothing_of_a_guild_is_found_in_another(small, finding):
    await small.add(replace(TEA, topic="secret"), ELSEWHERE)
    await small.add(replace(GOLDEN_NOTE, text="Tiger Tea changed this."), ELSEWHERE)
    await small.add(a_snippet("gone", "Tiger Tea is gone."), ELSEWHERE)
    await small.remove("gone", ELSEWHERE)
    await finding.suggest(ELSEWHERE, "tiger")

    for origin in ("own", "overridden", "removed"):
        assert (await finding.page(HERE, Filter(origin=origin))).total == 0
        assert (await finding.search(HERE, "tiger tea", origin)).total == 0
        assert await finding.suggest(HERE, "", origins=(origin,)) == []
    assert await finding.topics(HERE, "secret") == []
    assert await finding.show(HERE, "tea") is None
    assert await finding.show(HERE, "gone") is None
    assert (await finding.show(HERE, GOLDEN_NOTE.id)).snippet == GOLDEN_NOTE


# --- what buttons carry ------------------------------------------------------------------------------------------


async def test_a_short_text_is_carried_as_it_is_and_a_long_one_is_kept_for_its_person(small, finding):
    store: Store = small.store
    long = "골든은 스포티파이에서 며칠 연속 1위였어? " * 10

    short_id, long_id = await finding.carry(HERE, 7, "골든"), await finding.carry(HERE, 7, long)

    assert short_id == "=골든"
    assert len(long_id) == 13
    assert await finding.carry(HERE, 7, long) == long_id
    assert await finding.carried(HERE, 7, short_id) == "골든"
    assert await finding.carried(HERE, 7, long_id) == long
    assert await finding.carried(HERE, 8, long_id) is None
    assert await finding.carried(ELSEWHERE, 7, long_id) is None
    assert (await store.people.kept(7))["drafts"] == 1


async def test_a_change_by_settings_alone_reads_nothing_anew(small, finding):
    await small.add(TEA)
    before = await finding.suggest(HERE, "")
    await small.store.settings.keep_settings(HERE, GuildSettings(private=True), Act(7, "private"))

    assert await finding.suggest(HERE, "") == before
