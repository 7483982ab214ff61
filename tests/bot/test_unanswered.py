"""Questions without an answer: kept for the moderators, grouped, answered, and told to who wants to know."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.asking import Asking
from bot.curation.question_vectors import QuestionVectors
from bot.rendering.markdown import escape
from bot.telling import Telling
from fakes.embedder import FakeEmbedder
from fakes.knowing import ENGLISH, KOREAN, UNKNOWN, a_snippet, crowded
from fakes.people import a_moderator, told
from fakes.town import labels, shown
from knowledge.curation import Act
from knowledge.guilds import GuildSettings
from knowledge.models import Scope
from knowledge.queue import Asker

TEA = a_snippet("tea", "Seoul weather tastes like tiger tea.")
SAME = "What does the weather of Seoul taste like?"
OTHER = "Who invented the light stick?"
KOREAN_OPEN = "서울 날씨는 무슨 맛이야?"


@pytest.fixture
def asking(small):
    """The real one."""
    return small.asking


@pytest.fixture
async def mia(town, small):
    return await a_moderator(town, small.use_cases.guilds)


@pytest.fixture
def opened(monkeypatch, new_client):
    """What the form for notes is opened for."""
    calls = []

    async def open_question(self, interaction, question, ids):
        calls.append((question, sorted(ids)))
        await interaction.response.defer()

    monkeypatch.setattr("bot.cogs.note_forms.NoteForms.open_question", open_question)
    return calls


async def texts(small, guild):
    await small.asking.finish()
    return [question.text for question in await small.store.queue.questions(guild)]


async def set_unanswered(small, town, kept):
    settings = await small.use_cases.guilds.settings(town.guild.id)
    await small.use_cases.guilds.change(town.guild.id, replace(settings, unanswered=kept), Act(1, "settings"))


# --- keeping them ------------------------------------------------------------------------------------------------


async def test_a_question_without_an_answer_is_kept_without_who_asked(town, small):
    card = await town.ask(UNKNOWN)

    assert labels(card) == ["Why?", "Tell me when it is answered"]
    assert await texts(small, town.guild.id) == [UNKNOWN]
    assert (await small.store.queue.questions(town.guild.id))[0].waiting == 0
    assert await small.store.people.kept(town.alice.id) == dict.fromkeys(
        await small.store.people.kept(town.alice.id), 0
    )


async def test_what_was_answered_asked_back_or_refused_is_not_kept(town, small):
    for question in (ENGLISH, KOREAN, "?!", ""):
        if question:
            await town.ask(question)
    assert await texts(small, town.guild.id) == []


async def test_nothing_is_kept_where_the_guild_wants_none(town, small):
    await set_unanswered(small, town, False)

    card = await town.ask(UNKNOWN)

    assert labels(card) == ["Why?"]
    assert await texts(small, town.guild.id) == []


async def test_nothing_is_kept_of_direct_messages(town, small):
    card = await town.env.create_user("carol").slash("ask", question=UNKNOWN)

    assert labels(card) == ["Why?"]
    assert await texts(small, town.guild.id) == []


async def test_nothing_is_kept_where_answers_are_not_recorded(small):
    quiet = Asking(small.store, small.engine, keeps=False, unanswered=small.use_cases.unanswered)

    reply = await quiet.ask(UNKNOWN, Scope(10))

    assert not reply.open
    assert await texts(small, 10) == []


async def test_another_guild_sees_none_of_it(town, small, mia):
    await small.asking.ask(UNKNOWN, Scope(99))
    await small.asking.finish()

    assert shown(await mia.slash(town.channel, "kb queue")) == "No open questions, and no complaints."


# --- wanting to be told ------------------------------------------------------------------------------------------


async def test_who_wants_to_be_told_is_noted_once_also_after_a_restart(town, small):
    card = await town.ask(UNKNOWN)
    await town.restart()

    for who in (town.bob, town.bob, town.alice):
        result = await town.press(card, "Tell me when it is answered", who=who)
        assert result.ephemeral
        assert "direct message" in shown(result)

    (question,) = await small.store.queue.questions(town.guild.id)
    assert question.waiting == 2


async def test_a_question_that_is_closed_can_no_longer_be_waited_for(town, small):
    card = await town.ask(UNKNOWN)
    (question,) = await small.store.queue.questions(town.guild.id)
    await small.store.queue.dismiss(town.guild.id, [question.id], Act(1, "dismiss"), question.id)

    assert "no longer open" in shown(await town.press(card, "Tell me when it is answered"))


async def test_another_guilds_question_cannot_be_waited_for(small):
    reply = await small.asking.ask(UNKNOWN, Scope(10))

    assert not await small.asking.wait_for(reply.answer_id, 7, Scope(20))
    assert not await small.asking.wait_for(reply.answer_id, 7, Scope())
    assert await small.asking.wait_for(reply.answer_id, 7, Scope(10))


async def test_everybody_who_waits_is_told_once_when_the_answer_is_there(town, small, mia):
    first, second = await town.ask(UNKNOWN), await town.ask(SAME)
    for card in (first, second):
        await town.press(card, "Tell me when it is answered", who=town.bob)
    await town.press(second, "Tell me when it is answered", who=town.alice)
    (group,) = await small.use_cases.unanswered.groups(town.guild.id, mia.id)
    act = Act(mia.id, "add", answers=group.ids)
    await small.curating.save(town.guild.id, TEA, None, act)

    askers = await small.use_cases.unanswered.askers(town.guild.id, group.ids)
    await Telling(town.env.bot._catalogue).answered(town.env.bot, town.guild.id, askers)

    (message,) = told(town, town.bob)
    assert "Now it can" in message
    assert f"[Fans](https://discord.com/channels/{town.guild.id})" in message
    (other,) = told(town, town.alice)
    assert SAME in other
    assert await small.use_cases.unanswered.groups(town.guild.id, mia.id) == []


async def test_who_is_told_in_korean_asked_in_korean(town, catalogue):
    await Telling(catalogue).answered(town.env.bot, town.guild.id, [Asker(town.bob.id, KOREAN_OPEN)])

    assert "이제 답할 수 있어요" in told(town, town.bob)[0]


async def test_a_person_who_is_gone_is_no_fault(town, catalogue, logged):
    await Telling(catalogue).answered(town.env.bot, town.guild.id, [Asker(4, UNKNOWN), Asker(town.bob.id, UNKNOWN)])

    assert len(told(town, town.bob)) == 1


# --- the queue ---------------------------------------------------------------------------------------------------


async def test_the_queue_groups_what_means_the_same_with_counts(town, small, mia):
    for question in (OTHER, UNKNOWN, UNKNOWN, KOREAN_OPEN, KOREAN_OPEN):
        card = await town.ask(question)
    await town.press(card, "답이 생기면 알려 주세요", who=town.bob)

    page = await mia.slash(town.channel, "kb queue")

    assert page.ephemeral
    lines = shown(page).splitlines()
    assert lines[0] == "### Open questions: 3 · complaints: 0"
    assert lines[1::2] == [f"❓ {KOREAN_OPEN}", f"❓ {UNKNOWN}", f"❓ {OTHER}"]
    assert lines[2::2] == ["-# Asked: 2× · want to be told: 1", "-# Asked: 2×", "-# Asked: 1×"]


async def press_first(page, who, label):
    """Presses the first button with a label."""
    custom_ids = [b["custom_id"] for b in all_buttons(page) if b["label"] == label]
    return await who.click(page.response, custom_id=custom_ids[0])


def all_buttons(page):
    waiting, found = list(page.response.components), []
    while waiting:
        part = waiting.pop(0)
        found += [part] if part.get("type") == 2 else []
        waiting = part.get("components", []) + waiting
    return found


async def test_answering_opens_the_form_for_all_of_a_group(opened, town, small, mia):
    for question in (UNKNOWN, SAME, OTHER):
        await town.ask(question)
    ids = {question.text: question.id for question in await small.store.queue.questions(town.guild.id)}
    page = await mia.slash(town.channel, "kb queue")
    await town.restart()

    await press_first(page, mia, "Answer this")

    ((question, answered),) = opened
    assert question in (UNKNOWN, SAME)
    assert answered == sorted([ids[UNKNOWN], ids[SAME]])


async def test_a_question_that_was_closed_meanwhile_is_said_to_be(opened, town, small, mia):
    await town.ask(UNKNOWN)
    page = await mia.slash(town.channel, "kb queue")
    (question,) = await small.store.queue.questions(town.guild.id)
    await small.store.queue.dismiss(town.guild.id, [question.id], Act(1, "dismiss"), question.id)

    assert "no longer open" in shown(await press_first(page, mia, "Answer this"))
    await press_first(page, mia, "Dismiss")
    assert "no longer open" in shown(page)
    assert opened == []


async def test_dismissing_closes_a_group_and_shows_what_is_left(town, small, mia):
    for question in (OTHER, UNKNOWN, SAME):
        await town.ask(question)
    page = await mia.slash(town.channel, "kb queue")

    await press_first(page, mia, "Dismiss")

    assert shown(page).splitlines()[:3] == ["Dismissed: 2", "### Open questions: 1 · complaints: 0", f"❓ {OTHER}"]
    entry = (await small.store.edits.log(town.guild.id, 1))[0]
    assert (entry.user, entry.action) == (mia.id, "dismiss")


async def test_many_questions_are_paged(town, small, mia):
    for n in range(8):
        await town.ask(f"Who baked cake{n} for event{n} in town{n} number{n}?")
    page = await mia.slash(town.channel, "kb queue")
    assert shown(page).count("❓") == 6

    await press_first(page, mia, "Next")
    assert shown(page).count("❓") == 2
    await press_first(page, mia, "Dismiss")
    await press_first(page, mia, "Dismiss")
    assert shown(page).count("❓") == 6, "the page that is left"
    assert "Next" not in labels(page)


async def test_a_complaint_is_listed_with_its_reason_and_settled(town, small, mia):
    note = await small.add(a_snippet("tea", "Tiger Tea opened in 2024.", "when did tiger tea open"), town.guild.id)
    card = await town.ask("When did Tiger Tea open?")
    form = await town.press(card, "👎", who=town.bob)
    await town.bob.submit_modal(form, {"reason": "It was *2023*."})
    page = await mia.slash(town.channel, "kb queue")
    assert shown(page).splitlines() == [
        "### Open questions: 0 · complaints: 1",
        f"👎 {note.content.text}",
        r"> It was \*2023\*.",
    ]
    assert labels(page) == ["Show the note", "Settled"]

    await press_first(page, mia, "Settled")

    assert shown(page) == "Settled complaints: 1\nNo open questions, and no complaints."
    assert await small.store.queue.complaints(town.guild.id) == []


async def complain(town, small, who, reason):
    scope = Scope(town.guild.id)
    reply = await small.asking.ask("When did Tiger Tea open?", scope)
    assert await small.asking.vote(reply.answer_id, who, -1, scope, reason)


async def test_every_reason_is_shown_in_full_and_what_came_later_is_not_settled(town, small, mia):
    await small.add(a_snippet("tea", "Tiger Tea opened in 2024.", "when did tiger tea open"), town.guild.id)
    reasons = [f"Reason {n}: " + "it was *another* year, " * 12 for n in range(3)]
    for who, reason in enumerate(reasons, 100):
        await complain(town, small, who, reason[:300])
    page = await mia.slash(town.channel, "kb queue")
    assert all(escape(reason[:300]) in shown(page) for reason in reasons)
    await complain(town, small, 200, "It closed.")

    await press_first(page, mia, "Settled")

    assert "Settled complaints: 3" in shown(page)
    assert "> It closed." in shown(page)
    assert [c.reason for c in await small.store.queue.complaints(town.guild.id)] == ["It closed."]


@pytest.mark.parametrize("letter", ["x", "*", "가"])
async def test_reasons_that_do_not_fit_are_counted_and_shown_once_those_before_them_are_settled(
    town, small, mia, letter
):
    await small.add(a_snippet("tea", "Tiger Tea opened in 2024.", "when did tiger tea open"), town.guild.id)
    reasons = [f"{n:02}" + letter * 298 for n in range(20)]
    for who, reason in enumerate(reasons, 100):
        await complain(town, small, who, reason)
    page = await mia.slash(town.channel, "kb queue")
    seen = []
    while "complaints: 0" not in shown(page) and "No open questions" not in shown(page):
        now = [reason for reason in reasons if escape(reason) in shown(page)]
        assert now
        left = len(reasons) - len(seen) - len(now)
        assert (f"-# Further reasons: {left}." in shown(page)) == (left > 0)
        seen += now
        await press_first(page, mia, "Settled")
        assert f"Settled complaints: {len(now)}" in shown(page)
    assert sorted(seen) == reasons


async def test_members_see_no_queue(town, small, mia):
    await town.ask(UNKNOWN)
    page = await mia.slash(town.channel, "kb queue")
    assert "moderators can do this" in shown(await town.alice.slash(town.channel, "kb queue"))
    await small.use_cases.guilds.change(town.guild.id, GuildSettings(), Act(1, "settings"))

    for label in ("Answer this", "Dismiss"):
        assert "moderators can do this" in shown(await press_first(page, mia, label))
    assert len(await small.store.queue.questions(town.guild.id)) == 1


# --- the vectors of questions ------------------------------------------------------------------------------------


async def test_a_question_is_embedded_once_and_one_in_an_unknown_script_never(small):
    embedder = FakeEmbedder()
    vectors = QuestionVectors(small.engine, embedder)

    first = await vectors.vectors([UNKNOWN, KOREAN_OPEN, UNKNOWN])
    again = await vectors.vectors([OTHER, UNKNOWN])

    assert set(first) == {UNKNOWN}
    assert set(again) == {OTHER, UNKNOWN}
    assert embedder.encoded == [[UNKNOWN], [OTHER]]


async def test_a_crowd_of_questions_makes_grouping_wait_and_not_fail(small):
    await small.asking.ask(UNKNOWN, Scope(10))
    await small.asking.finish()
    async with crowded(small.engine):
        grouping = asyncio.create_task(small.use_cases.unanswered.groups(10, 7))
        await asyncio.sleep(0.05)
        assert not grouping.done()
    assert len(await grouping) == 1
