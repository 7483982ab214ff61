"""Files and pages become proposals, knowledge becomes a file, and a file that was exported changes nothing."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.curation.exporting import Export
from bot.pages import ENGLISH as PAGES
from bot.pages import Page
from bot.rendering.transfer import exported_page
from fakes.knowing import GOLDEN_NOTE, a_snippet
from fakes.pages import text_of
from fakes.town import labels, shown
from knowledge.importing.wording import ENGLISH as FILES
from knowledge.models import LANGUAGES, Entity, Scope
from knowledge.store import Store

CSV = """\
text,text_ko,as_of,source_url,source_title
Tiger Tea opened its Busan shop in 2024.,호랑이차는 2024년 부산 매장을 열었다.,2024,https://paper.example/1,One
Tiger Tea sells green tea in Daegu.,,2024-05,https://paper.example/2,Two
"""


@pytest.fixture
async def mod(town):
    return await town.moderator()


async def imported(town, mod, name, data, **options):
    return await mod.slash(town.channel, "kb import", file=(name, data), **options)


async def waiting(store: Store, town):
    return [proposal.snippet.text for proposal in await store.queue.waiting(int(town.guild.id), 5000)]


async def test_a_file_is_previewed_and_lands_in_the_review_queue(town, store, mod):
    result = await imported(town, mod, "notes.csv", CSV.encode())

    assert "new notes: 2" in shown(result)
    assert "> Tiger Tea opened its Busan shop in 2024." in shown(result)
    assert labels(result) == ["Put 2 up for review", "Cancel"]
    assert await waiting(store, town) == []
    landed = await mod.click(result.response, label="Put 2 up for review")
    assert "Waiting for review now: 2" in shown(landed)
    assert len(await waiting(store, town)) == 2
    assert [r.owner for r in await store.live(Scope(int(town.guild.id)))] == [0], "nothing is in an answer yet"


async def test_a_preview_that_is_cancelled_is_forgotten(town, small, store, mod):
    result = await imported(town, mod, "notes.csv", CSV.encode())
    assert (await small.use_cases.members.kept(mod.id))["drafts"] == 1
    await mod.click(result.response, label="Cancel")

    assert (await small.use_cases.members.kept(mod.id))["drafts"] == 0
    assert await waiting(store, town) == []


async def test_pressing_twice_lands_once(town, store, mod, small):
    result = await imported(town, mod, "notes.csv", CSV.encode())
    await mod.click(result.response, label="Put 2 up for review")
    (draft,) = {proposal.batch for proposal in await store.queue.waiting(int(town.guild.id), 10)}
    await small.use_cases.importing.land_kept(int(town.guild.id), int(mod.id), draft)

    assert len(await waiting(store, town)) == 2


async def test_an_import_is_taken_back_as_one(town, store, mod):
    result = await imported(town, mod, "notes.csv", CSV.encode())
    landed = await mod.click(result.response, label="Put 2 up for review")

    assert "Notes that were still waiting: 2" in shown(await mod.click(landed.response, label="Take it back"))
    assert await waiting(store, town) == []


async def test_notes_without_a_source_take_that_of_the_command(town, store, mod):
    text = b"Tiger Tea opened its Busan shop in 2024."
    assert "names no source" in shown(await imported(town, mod, "notes.txt", text))
    result = await imported(town, mod, "notes.txt", text, source="https://paper.example/all")
    await mod.click(result.response, label="Put 1 up for review")

    (proposal,) = await store.queue.waiting(int(town.guild.id), 10)
    assert proposal.snippet.sources[0].url == "https://paper.example/all"


@pytest.fixture
def csv_on_the_web(small, monkeypatch):
    async def fetch(url):
        return Page(url, b"text,as_of\nTiger Tea opened its Busan shop in 2024.,2024\n", "text/csv")

    monkeypatch.setattr(small.use_cases.importing.reader._fetching, "fetch", fetch)


@pytest.mark.usefixtures("csv_on_the_web")
@pytest.mark.parametrize(
    ("options", "cited"),
    [({}, "https://data.example/notes.csv"), ({"source": "https://paper.example/all"}, "https://paper.example/all")],
)
async def test_notes_of_an_address_cite_it_unless_the_command_names_their_source(town, store, mod, options, cited):
    result = await mod.slash(town.channel, "kb import", url="https://data.example/notes.csv", **options)
    await mod.click(result.response, label="Put 1 up for review")

    (proposal,) = await store.queue.waiting(int(town.guild.id), 10)
    assert proposal.snippet.sources[0].url == cited


@pytest.mark.usefixtures("csv_on_the_web")
async def test_a_source_that_nobody_can_open_is_refused_beside_an_address_too(town, mod):
    result = await mod.slash(town.channel, "kb import", url="https://data.example/notes.csv", source="rubbish")

    assert "no link that others can open" in shown(result)


async def test_a_topic_is_taken_by_its_title(town, store, mod):
    result = await imported(town, mod, "notes.csv", CSV.encode(), topic="차트")
    await mod.click(result.response, label="Put 2 up for review")

    assert {proposal.snippet.topic for proposal in await store.queue.waiting(int(town.guild.id), 10)} == {"charts"}


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("notes.csv", "0" * 10_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("notes.png", b"\x89PNG\r\n\x1a\n", "no text file"),
        ("notes.csv", zipped(), "packed file"),
        ("notes.zip", zipped(), "packed file"),
        ("notes.txt", b"\xff\xfe\xfa broken", "UTF-8"),
        ("notes.txt", "notes".encode("utf-16"), "UTF-8"),
        ("notes.csv", b"colour,size\nred,1\n", "columns that are not known"),
        ("notes.yaml", b"a: !!python/object:os.system x\n", "cannot be read"),
        ("notes.yaml", b"a: &a [1]\nb: *a\n", "cannot be read"),
        ("notes.txt", b"", "is empty"),
    ],
)
async def test_a_bad_file_is_refused_in_a_sentence(town, store, mod, name, data, sentence):
    result = await imported(town, mod, name, data)

    assert sentence in shown(result)
    assert labels(result) == []
    assert await waiting(store, town) == []


async def test_a_file_or_an_address_but_not_both(town, mod):
    for options in ({}, {"file": ("a.txt", b"x"), "url": "https://paper.example/"}):
        result = await mod.slash(town.channel, "kb import", **options)
        assert "either a file or the address" in shown(result)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"])
async def test_an_address_inside_is_refused(town, mod, url):
    assert "no address of a public web page" in shown(await mod.slash(town.channel, "kb import", url=url))


async def test_what_is_exported_and_imported_again_changes_nothing(town, small, store, mod):
    guild = int(town.guild.id)
    note = a_snippet("tea", 'Tiger Tea said: "Open #1"\nin 2024.', "when?", entities=("tiger-tea",))
    await small.add(note, guild)
    result = await mod.slash(town.channel, "kb export")

    assert "Notes: 1, names: 0" in shown(result)
    (file,) = result.response.message.attachments
    text = (await small.use_cases.exporting.everything(guild)).text
    assert file.filename == "knowledge.yaml"
    again = await imported(town, mod, "knowledge.yaml", text.encode())
    assert "notes already here, unchanged: 1" in shown(again)
    assert labels(again) == []


async def test_overrides_are_exported_ready_for_a_pull_request(town, small, mod):
    guild = int(town.guild.id)
    await small.add(a_snippet("own", "Only ours."), guild)
    await small.remove(GOLDEN_NOTE.id, guild)
    result = await mod.slash(town.channel, "kb export", what="overrides")

    assert "nothing to export yet" in shown(result)
    assert f"`{GOLDEN_NOTE.id}`" in shown(result)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_note_is_named_as_its_id_is_written(catalogue, language):
    page = exported_page(Export("", 0, 0, ("100-percent/debut_date",)), "x.yaml", catalogue.voice(language))

    assert "`100-percent/debut_date`" in text_of(page)


async def test_names_of_a_file_are_known_at_once_and_go_back_with_it(town, small, store, mod):
    text = "entities:\n  - id: kkotcha\n    kind: soloist\n    names: {en: Kkotcha, ko: 꽃차}\n"
    result = await imported(town, mod, "names.yaml", text.encode())
    assert "Nothing is saved yet. Names need no review: once added, they count at once." in shown(result)
    landed = await mod.click(result.response, label="Add the names")
    assert shown(landed) == "Names that are known from now on: 1"
    guild = int(town.guild.id)

    assert Entity("kkotcha", "soloist", "Kkotcha", "꽃차") in await store.entities(Scope(guild))
    await mod.click(landed.response, label="Take it back")
    assert "kkotcha" not in {entity.id for entity in await store.entities(Scope(guild))}


async def test_of_a_file_with_notes_and_names_both_are_told(town, mod):
    text = """entities:
  - id: kkotcha
    kind: soloist
    names: {en: Kkotcha, ko: 꽃차}
---
topic: charts
title: {en: Charts, ko: 차트}
sources:
  one: {title: One, publisher: Paper, url: "https://paper.example/1"}
snippets:
  - {id: shop, text: "Kkotcha opened a shop in 2024.", kind: event, as_of: 2024, status: reported, sources: [one]}
"""
    result = await imported(town, mod, "both.yaml", text.encode())
    assert "until a moderator approves it. Names need no review" in shown(result)

    landed = await mod.click(result.response, label="Put 1 up for review")
    assert "Waiting for review now: 1" in shown(landed)
    assert "Names that are known from now on: 1" in shown(landed)


async def test_members_can_neither_import_nor_export(town):
    for command in ("kb import", "kb export"):
        assert "Only this server's moderators" in shown(await town.alice.slash(town.channel, command))


async def test_what_is_left_out_of_a_file_is_named_with_its_place(town, mod):
    rows = CSV + ",,2024,https://paper.example/3,Three\nTiger Tea has a third shop.,,2024,,\n"
    text = shown(await imported(town, mod, "notes.csv", rows.encode()))

    assert "left out: 2" in text
    assert "row 5: names no source" in text


@pytest.mark.parametrize("sentences", [FILES, PAGES], ids=["files", "pages"])
def test_the_terminal_and_discord_say_the_same(catalogue, sentences):
    assert {key: catalogue.texts["en"][key] for key in sentences} == dict(sentences)
