"""Writing and changing notes as moderators do: form, checks, questions back, and the next answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.answers import GOLDEN
from fakes.cheating import Cheat
from fakes.knowing import GOLDEN_NOTE, a_snippet
from fakes.nasty import PIECES
from fakes.town import controls, labels, shown
from index.results import Answer
from knowledge.models import Scope, Source, Status

TEXT = "Tiger Tea opened its Busan shop in 2024."
WRITTEN = {
    "text": TEXT,
    "url": "https://paper.example/tiger-tea",
    "title": "A shop by the sea",
    "as_of": "5 November 2024",
    "asks": "when did the busan shop open\n부산 매장은 언제 열었어",
}


@pytest.fixture
async def mod(town):
    return await town.moderator()


async def written(town, mod, **fields):
    """The reply to a form that was filled in and sent."""
    opened = await mod.slash(town.channel, "kb add")
    return await mod.submit_modal(opened, {**WRITTEN, **fields})


async def notes(small, town):
    live = await small.store.live(Scope(int(town.guild.id)))
    return [revision.snippet for revision in live if revision.owner]


async def answer(small, town, question):
    outcome = (await small.asking.ask(question, Scope(int(town.guild.id)))).outcome
    return [line.text for line in outcome.lines] if isinstance(outcome, Answer) else []


async def test_a_note_is_saved_with_what_the_form_says_and_is_in_the_next_answer(town, small, mod):
    result = await written(town, mod)

    assert "### Saved. The next /ask finds it." in shown(result)
    assert "Linked names: Tiger Tea" in shown(result)
    assert labels(result) == ["Undo", "More", "Show"]
    assert result.ephemeral
    (note,) = await notes(small, town)
    assert (note.text, note.as_of, note.entities) == (TEXT, "2024-11-05", ("tiger-tea",))
    assert note.asks == ("when did the busan shop open", "부산 매장은 언제 열었어")
    assert note.sources[0].url == "https://paper.example/tiger-tea"
    assert await answer(small, town, "When did Tiger Tea open its Busan shop?") == [TEXT]


async def test_options_of_the_command_stand_in_the_note(town, small, mod):
    opened = await mod.slash(
        town.channel, "kb add", status="official", kind="state", valid_until="2027", topic="Charts"
    )
    await mod.submit_modal(opened, WRITTEN)

    (note,) = await notes(small, town)
    assert (note.status, note.kind, note.valid_until, note.topic) == ("official", "state", "2027", "charts")


async def test_a_topic_is_suggested_and_taken_by_its_title(town, small, mod):
    offered = await Cheat(town, mod, town.channel).type("kb add", "topic", "cha")
    assert [(each["name"], each["value"]) for each in offered.autocomplete_choices] == [("Charts", "charts")]

    await mod.submit_modal(await mod.slash(town.channel, "kb add", topic="차트"), WRITTEN)
    (note,) = await notes(small, town)
    assert note.topic == "charts"


async def test_a_topic_of_which_nothing_can_be_made_is_refused_before_the_form(town, mod):
    opened = await mod.slash(town.channel, "kb add", topic="우리 이야기")

    assert opened.modal is None
    assert "“우리 이야기” is no topic of /topics" in shown(opened)


async def test_korean_in_the_first_field_is_the_korean_text(town, small, mod):
    await written(town, mod, text="호랑이차는 2024년 부산 매장을 열었다.")

    (note,) = await notes(small, town)
    assert (note.text, note.text_ko) == (None, "호랑이차는 2024년 부산 매장을 열었다.")


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(town, small, mod):
    result = await written(town, mod, url="paper", as_of="soon", asks="x" * 250)

    assert shown(result).count("\n- ") == 3
    assert await notes(small, town) == []
    again = await mod.click(result.response, label="Edit again")
    saved = await mod.submit_modal(again, WRITTEN)
    assert "Saved" in shown(saved)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "…!"}, "Please write a sentence"),
        ({"url": ""}, "A note without a source"),
        ({"url": "javascript:alert(1)"}, "no link that others can open"),
        ({"url": "https://user:pass@paper.example/"}, "no link that others can open"),
        ({"url": "http://localhost/"}, "no link that others can open"),
        ({"as_of": "32 May 2024"}, "is no date"),
        ({"as_of": "2999"}, "has not come yet"),
        ({"asks": "\n".join(f"way {n}" for n in range(51))}, "At most 50 ways to ask"),
    ],
)
async def test_a_bad_field_is_refused_in_a_sentence(town, small, mod, fields, sentence):
    assert sentence in shown(await written(town, mod, **fields))
    assert await notes(small, town) == []


async def test_a_form_that_is_sent_twice_is_one_note(town, small, mod):
    opened = await mod.slash(town.channel, "kb add")
    await mod.submit_modal(opened, WRITTEN)
    draft = opened.modal["custom_id"].split(":")[-1]
    again = await small.use_cases.adding.send(int(town.guild.id), int(mod.id), draft, WRITTEN)

    assert again.again
    assert len(await notes(small, town)) == 1


async def test_a_form_from_before_a_restart_is_saved(town, small, mod):
    opened = await mod.slash(town.channel, "kb add")
    await town.restart()

    assert "Saved" in shown(await mod.submit_modal(opened, WRITTEN))


async def test_a_form_is_refused_when_the_role_was_taken_away_meanwhile(town, small, mod):
    opened = await mod.slash(town.channel, "kb add")
    await town.no_moderators()

    assert "Only this server's moderators" in shown(await mod.submit_modal(opened, WRITTEN))
    assert await notes(small, town) == []


async def test_a_near_duplicate_is_shown_and_can_be_kept(town, small, mod):
    await written(town, mod)
    result = await written(town, mod, text="Tiger Tea opened its shop in Busan in 2024.")

    assert "On file already (this server's notes)" in shown(result)
    assert labels(result) == ["Keep both", "Replace", "Mark both disputed", "Edit again", "Cancel"]
    assert len(await notes(small, town)) == 1
    assert "Saved" in shown(await mod.click(result.response, label="Keep both"))
    assert len(await notes(small, town)) == 2


async def test_a_duplicate_can_take_the_place_of_the_other(town, small, mod):
    await written(town, mod)
    result = await written(town, mod, text="Tiger Tea opened its shop in Busan in 2025.")

    assert "it says something else" in shown(result)
    await mod.click(result.response, label="Replace")
    assert [note.text for note in await notes(small, town)] == ["Tiger Tea opened its shop in Busan in 2025."]


async def test_both_can_be_marked_as_disputed_and_undone_as_one(town, small, mod):
    await written(town, mod)
    result = await written(town, mod, text="Tiger Tea opened its shop in Busan in 2025.")
    await mod.click(result.response, label="Mark both disputed")

    assert [note.status for note in await notes(small, town)] == [Status.DISPUTED] * 2


async def test_cancelling_changes_nothing_and_forgets_the_form(town, small, mod):
    await written(town, mod)
    before = (await small.use_cases.members.kept(mod.id))["drafts"]
    result = await written(town, mod, text="Tiger Tea opened its shop in Busan in 2024.")

    assert "Nothing was changed" in shown(await mod.click(result.response, label="Cancel"))
    assert len(await notes(small, town)) == 1
    assert (await small.use_cases.members.kept(mod.id))["drafts"] == before


async def test_private_life_is_asked_about_with_the_rule(town, small, mod):
    result = await written(town, mod, text="Tiger Tea was hospitalised in 2024.")

    assert "This may touch private life (health)" in shown(result)
    assert labels(result) == ["Save anyway", "Edit again", "Cancel"]
    assert await notes(small, town) == []


async def test_a_bundled_note_is_edited_for_this_server_alone(town, small, mod):
    opened = await mod.slash(town.channel, "kb edit", note=GOLDEN_NOTE.id)
    values = controls(opened)
    assert values["text"] == GOLDEN

    await mod.submit_modal(opened, {**values, "text": GOLDEN.replace("76", "77")})
    question = "How many days in a row was Golden No. 1 on Spotify?"
    assert await answer(small, town, question) == [GOLDEN.replace("76", "77")]
    assert [line.text for line in (await small.asking.ask(question, Scope())).outcome.lines] == [GOLDEN]


async def test_the_second_of_two_editors_sees_the_change_of_the_first_and_chooses(town, small, mod):
    await written(town, mod)
    (note,) = await notes(small, town)
    other = await town.moderator("dora")
    first = await mod.slash(town.channel, "kb edit", note=note.id)
    second = await other.slash(town.channel, "kb edit", note=note.id)
    await mod.submit_modal(first, {**WRITTEN, "text": TEXT.replace("2024", "2023")})
    clash = await other.submit_modal(second, {**WRITTEN, "text": TEXT.replace("2024", "2022")})

    assert "has changed this note meanwhile" in shown(clash)
    assert "2023" in shown(clash)
    assert [note.text for note in await notes(small, town)] == [TEXT.replace("2024", "2023")]
    await other.click(clash.response, label="Use mine")
    assert [note.text for note in await notes(small, town)] == [TEXT.replace("2024", "2022")]


async def test_more_adds_a_korean_text_and_a_status(town, small, mod):
    result = await written(town, mod)
    more = await mod.click(result.response, label="More")
    korean = "호랑이차는 2024년 부산 매장을 열었다."
    await mod.submit_modal(more, {**controls(more), "text_ko": korean, "status": ["official"]})

    (note,) = await notes(small, town)
    assert (note.text, note.text_ko, note.status) == (TEXT, korean, "official")
    assert note.asks == ("when did the busan shop open", "부산 매장은 언제 열었어")


async def test_a_message_is_saved_with_its_link_as_source(town, small, mod):
    message = await town.bob.send(town.channel, TEXT)
    opened = await mod.context_menu(town.channel, "Save as knowledge", message)
    values = controls(opened)

    assert (values["text"], values["url"]) == (TEXT, message.jump_url)
    assert "Saved" in shown(await mod.submit_modal(opened, values))
    assert (await notes(small, town))[0].sources[0].publisher == "Fans"


async def test_saving_from_a_hidden_channel_warns_in_the_form(town, mod):
    hidden = town.hidden_channel("staff", mod)
    message = await town.owner_says(hidden, TEXT)

    opened = await mod.context_menu(hidden, "Save as knowledge", message)

    assert "Not everybody here can read that channel" in str(opened.modal)


@pytest.mark.slow
async def test_nasty_texts_are_saved_letter_for_letter_and_shown_as_text(town, small, mod):
    for number, piece in enumerate(PIECES):
        text = f"Note {number} is about {piece} tea."[:600]
        result = await written(town, mod, text=text, title=piece[:300], asks="")
        assert result.response.message is not None, piece
        assert result.response.message.raw_mentions == [], piece


async def test_a_title_as_long_as_an_import_may_bring_stays_whole_when_only_the_text_is_edited(town, small, mod):
    source = Source("T" * 450, "P" * 450, WRITTEN["url"], read="2026-01-01")
    await small.add(replace(a_snippet("tea", TEXT), sources=(source,)), int(town.guild.id))
    form = await mod.slash(town.channel, "kb edit", note="tea")
    saved = await mod.submit_modal(form, {**controls(form), "text": "Tiger Tea opened its Busan shop in May 2024."})

    (note,) = await notes(small, town)
    assert (note.text, note.sources[0].title) == ("Tiger Tea opened its Busan shop in May 2024.", "T" * 450)
    assert controls(await mod.click(saved.response, label="More"))["publisher"] == "P" * 450


async def test_an_unknown_note_cannot_be_edited(town, mod):
    assert "There is no such note here" in shown(await mod.slash(town.channel, "kb edit", note="nobody"))


async def test_members_can_do_none_of_it(town, small):
    message = await town.bob.send(town.channel, TEXT)
    for result in (
        await town.alice.slash(town.channel, "kb add"),
        await town.alice.slash(town.channel, "kb edit", note=GOLDEN_NOTE.id),
        await town.alice.context_menu(town.channel, "Save as knowledge", message),
    ):
        assert "Only this server's moderators" in shown(result)
        assert result.ephemeral
    assert await notes(small, town) == []
