"""`/kb review`: what members and imports propose is decided on once, by moderators, one after the other."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.cogs import review
from bot.rendering import custom_ids
from fakes.knowing import ENGLISH, GOLDEN_NOTE, a_snippet, small_knowing
from fakes.people import a_moderator, form_values, told
from fakes.town import labels, shown
from index.results import Answer
from knowledge.curation import Act, Applied
from knowledge.models import Scope
from knowledge.queue import Proposal

TEA = a_snippet("tea", "Tiger Tea opened its Busan shop in 2024.")
CAKE = a_snippet("cake", "Tiger Tea baked a cake in 2023.")


@pytest.fixture
async def mia(town, small):
    return await a_moderator(town, small.use_cases.guilds)


async def propose(town, small, *snippets, origin="suggestion", author=None, tell=False, batch=None):
    proposals = [Proposal(f"p-{s.id}", origin, s, author, tell, batch) for s in snippets]
    await small.store.queue.propose(town.guild.id, proposals)


async def an_import(town, small, count, author=None):
    notes = [a_snippet(f"n-{n:03}", f"Shop number {n} of Tiger Tea sells cup {n}.") for n in range(count)]
    await propose(town, small, *notes, origin="import", author=author, batch="import-1")


async def open_review(town, mia):
    return await mia.slash(town.channel, "kb review")


async def answer(small, town, question):
    outcome = (await small.asking.ask(question, Scope(town.guild.id))).outcome
    return outcome.lines[0].text if isinstance(outcome, Answer) else None


async def waiting(small, town):
    return [proposal.id for proposal in await small.store.queue.waiting(town.guild.id, 50)]


async def test_one_proposal_is_shown_with_its_source_and_who_sent_it(town, small, mia):
    await propose(town, small, TEA, CAKE, author=town.alice.id)

    page = await open_review(town, mia)

    assert page.ephemeral
    text = shown(page)
    assert "Waiting for review: 2" in text
    assert CAKE.text in text
    assert TEA.text not in text
    assert "https://kryptontoday.com/?p=10257" in text
    assert f"<@{town.alice.id}>" in text
    assert page.response.message.raw_mentions == [] or not page.response.message.mentions
    assert labels(page) == ["Approve", "Edit", "Reject", "Skip"]


async def test_an_empty_queue_says_so(town, mia):
    assert shown(await open_review(town, mia)) == "Nothing waits for review."


async def test_what_is_approved_is_in_the_next_answer_and_the_next_proposal_is_shown(town, small, mia):
    await propose(town, small, CAKE, TEA)
    page = await open_review(town, mia)

    await town.press(page, "Approve", who=mia)

    assert "✅ Approved: Tiger Tea baked a cake" in shown(page)
    assert "Waiting for review: 1" in shown(page)
    assert TEA.text in shown(page)
    assert labels(page) == ["Undo", "Approve", "Edit", "Reject"]
    assert await answer(small, town, "When did Tiger Tea bake a cake?") == CAKE.text
    (entry,) = [entry for entry in await small.store.edits.log(town.guild.id, 9) if entry.action == "approve"]
    assert (entry.user, entry.target) == (mia.id, "cake")
    await town.press(page, "Approve", who=mia)
    assert "Nothing waits for review." in shown(page)


async def test_buttons_of_an_open_review_survive_a_restart(town, small, mia):
    await propose(town, small, TEA)
    page = await open_review(town, mia)
    await town.restart()

    await town.press(page, "Approve", who=mia)

    assert "✅ Approved" in shown(page)


async def test_two_moderators_do_not_approve_the_same_proposal(town, small, mia):
    noa = await a_moderator(town, small.use_cases.guilds, "noa")
    await propose(town, small, TEA)
    first, second = await open_review(town, mia), await open_review(town, noa)

    await town.press(first, "Approve", who=mia)
    await town.press(second, "Approve", who=noa)

    assert "✅ Approved" in shown(first)
    assert "decided on that one already" in shown(second)
    assert len(await small.store.edits.history(town.guild.id, "snippet", "tea")) == 1


async def test_of_two_approvals_at_the_same_moment_one_counts(town, small):
    await propose(town, small, TEA)
    approve = small.use_cases.reviewing.approve

    approvals = await asyncio.gather(*(approve(town.guild.id, "p-tea", None, user) for user in (1, 2, 3)))

    assert sum(isinstance(approval.outcome, Applied) for approval in approvals) == 1
    assert len(await small.store.edits.history(town.guild.id, "snippet", "tea")) == 1


async def test_what_was_rejected_is_not_approved_any_more(town, small, mia):
    await propose(town, small, TEA)
    page = await open_review(town, mia)
    await small.store.queue.reject(town.guild.id, "p-tea", None, Act(1, "reject"), "tea")

    await town.press(page, "Approve", who=mia)

    assert "decided on that one already" in shown(page)
    assert await small.store.edits.history(town.guild.id, "snippet", "tea") == []


async def test_a_note_that_would_be_replaced_is_shown_and_a_change_of_it_meanwhile_is_told(town, small, mia):
    await small.add(TEA, town.guild.id)
    later = replace(TEA, text="Tiger Tea opened its Busan shop in 2025.")
    await propose(town, small, later)
    page = await open_review(town, mia)
    assert f"This would take the place of a note:\n> {TEA.text}" in shown(page)
    theirs = replace(TEA, text="Tiger Tea never opened a Busan shop.")
    await small.add(theirs, town.guild.id)

    await town.press(page, "Approve", who=mia)

    assert "has changed meanwhile" in shown(page)
    assert theirs.text in shown(page)
    assert await waiting(small, town) == ["p-tea"]
    await town.press(page, "Approve", who=mia)
    assert await answer(small, town, "When did Tiger Tea open its Busan shop?") == later.text


async def test_a_rejection_takes_a_reason_that_the_author_reads_if_they_want_to_hear(town, small, mia):
    await propose(town, small, TEA, author=town.alice.id, tell=True)
    page = await open_review(town, mia)

    form = await town.press(page, "Reject", who=mia)
    await mia.submit_modal(form, {"reason": "The page says *2023*."})

    assert "Rejected: Tiger Tea opened" in shown(page)
    assert "Nothing waits for review." in shown(page)
    (message,) = told(town, town.alice)
    assert "**Fans** has not been added" in message
    assert TEA.text in message
    assert r"The page says \*2023\*." in message
    assert (await small.store.queue.proposal(town.guild.id, "p-tea")).reason == "The page says *2023*."


async def test_an_approval_is_told_to_who_wants_to_hear(town, small, mia):
    await propose(town, small, TEA, author=town.alice.id, tell=True)
    await propose(town, small, CAKE, author=town.bob.id)

    page = await open_review(town, mia)
    await town.press(page, "Approve", who=mia)
    await town.press(page, "Approve", who=mia)

    assert "has been added" in told(town, town.alice)[0]
    assert told(town, town.bob) == []


async def test_closed_direct_messages_are_no_fault(town, small, mia, monkeypatch, logged):
    async def closed(*_: object, **__: object) -> None:
        response = type("Response", (), {"status": 403, "reason": "Forbidden"})()
        raise discord.Forbidden(response, {"code": 50007, "message": "Cannot send messages to this user"})

    monkeypatch.setattr(discord.abc.Messageable, "send", closed)
    await propose(town, small, TEA, author=town.alice.id, tell=True)
    page = await open_review(town, mia)

    await town.press(page, "Approve", who=mia)

    assert "✅ Approved" in shown(page)
    assert any(entry["event"] == "telling.closed" for entry in logged)
    assert not any(entry["log_level"] == "error" for entry in logged)


async def test_who_decided_first_is_the_only_one_whose_reason_is_sent(town, small, mia):
    await propose(town, small, TEA, author=town.alice.id, tell=True)
    page = await open_review(town, mia)
    form = await town.press(page, "Reject", who=mia)
    await small.store.queue.reject(town.guild.id, "p-tea", None, Act(1, "reject"), "tea")

    await mia.submit_modal(form, {"reason": "Late."})

    assert "decided on that one already" in shown(page)
    assert told(town, town.alice) == []


async def test_what_could_not_be_embedded_still_waits(town, small, mia, logged):
    await propose(town, small, TEA)
    page = await open_review(town, mia)
    small.embedder.fault = RuntimeError("the model failed")

    result = await town.press(page, "Approve", who=mia)

    assert TEA.text in shown(page)
    assert len(result.followups) == 1
    assert await waiting(small, town) == ["p-tea"]
    await town.press(page, "Approve", who=mia)
    assert "has changed meanwhile" in shown(page), "it was there for a moment"
    await town.press(page, "Approve", who=mia)
    assert await answer(small, town, "When did Tiger Tea open its Busan shop?") == TEA.text


async def test_skipping_goes_round(town, small, mia):
    await propose(town, small, CAKE, TEA)
    page = await open_review(town, mia)

    await town.press(page, "Skip", who=mia)
    assert TEA.text in shown(page)
    await town.press(page, "Skip", who=mia)
    assert CAKE.text in shown(page)


async def test_a_whole_import_is_approved_after_one_more_question(town, small, mia):
    await an_import(town, small, 12, author=mia.id)
    page = await open_review(town, mia)
    assert "From an import by" in shown(page)

    await town.press(page, "Approve all of this import (12)", who=mia)
    assert len(await waiting(small, town)) == 12
    await town.press(page, "Yes, approve 12", who=mia)

    assert "✅ Approved: 12" in shown(page)
    assert labels(page) == ["Undo the whole import"]
    assert await answer(small, town, "What does shop number 7 of Tiger Tea sell?")
    versions = await small.store.edits.batch(town.guild.id, "import-1")
    assert len(versions) == 12
    await small.curating.undo(town.guild.id, versions[5].id, Act(mia.id, "undo"))
    assert not await answer(small, town, "What does shop number 7 of Tiger Tea sell?")


class Hand:
    """A clock that is moved by hand."""

    def __init__(self):
        self.now = datetime(2026, 11, 5, tzinfo=UTC)

    def __call__(self):
        return self.now

    def later(self):
        self.now += timedelta(minutes=5)


async def approved_whole(small):
    *_, last = [progress async for progress in small.use_cases.reviewing.approve_all(10, "import-1", 1)]
    return last.done, last.left


@pytest.fixture
async def landed(tmp_path):
    """An import that changes two notes, five minutes after they were written, and five minutes ago."""
    clock = Hand()
    async with small_knowing(tmp_path / "hallyu.db", clock=clock) as small:
        for snippet in (TEA, CAKE):
            await small.add(snippet)
        clock.later()
        changed = [replace(s, text=s.text.replace("Tiger Tea", "The Tiger Tea company")) for s in (TEA, CAKE)]
        proposals = [Proposal(f"p-{s.id}", "import", s, 1, batch="import-1") for s in changed]
        await small.store.queue.propose(10, proposals)
        clock.later()
        yield small


async def test_a_note_that_was_changed_after_an_import_landed_is_left_waiting(landed):
    theirs = replace(TEA, text="Tiger Tea opened its Busan shop in May 2024.")
    await landed.add(theirs)

    assert await approved_whole(landed) == (1, 1)
    assert (await landed.curating.standing(10, "tea")).snippet == theirs
    assert [proposal.id for proposal in await landed.store.queue.waiting(10, 9)] == ["p-tea"]


async def test_a_note_that_was_removed_after_an_import_landed_is_left_waiting(landed):
    await landed.remove("tea")

    assert await approved_whole(landed) == (1, 1)
    assert (await landed.curating.standing(10, "tea")).snippet is None


async def test_a_change_that_was_taken_back_keeps_no_import_waiting(landed):
    version = await landed.add(replace(TEA, text="Tiger Tea opened its Busan shop in May 2024."))
    await landed.curating.undo(10, version.id, Act(1, "undo"))

    assert await approved_whole(landed) == (2, 0)


async def test_a_note_that_says_already_what_an_import_proposes_keeps_it_not_waiting(landed):
    proposed = (await landed.store.queue.proposal(10, "p-tea")).snippet
    await landed.add(replace(proposed, entities=("tiger-tea",)))

    assert await approved_whole(landed) == (2, 0)


async def test_progress_is_shown_while_an_import_is_approved(town, small, mia, monkeypatch):
    monkeypatch.setattr(review, "PROGRESS", 0.0)
    seen = []
    deliver = review.deliver

    async def noted(interaction, view):
        seen.append("\n".join(i.content for i in view.walk_children() if isinstance(i, discord.ui.TextDisplay)))
        await deliver(interaction, view)

    monkeypatch.setattr(review, "deliver", noted)
    await an_import(town, small, 3)
    page = await open_review(town, mia)
    await town.press(page, "Approve all of this import (3)", who=mia)
    await town.press(page, "Yes, approve 3", who=mia)

    assert [text for text in seen if "Approving" in text] == [f"Approving… {n} of 3" for n in (1, 2, 3)]


async def test_an_approval_can_be_stopped_and_the_rest_waits(town, small, mia, monkeypatch):
    monkeypatch.setattr(review, "PROGRESS", 0.0)
    deliver, cog = review.deliver, town.env.bot.get_cog("Review")
    offered = []

    async def noted(interaction, view):
        buttons = [item.custom_id for item in view.walk_children() if isinstance(item, discord.ui.Button)]
        await deliver(interaction, view)
        if buttons == [custom_ids.stop_import("import-1")]:  # SimCord lets nobody press while a press is under way
            offered.append(buttons)
            cog._stopped.add((town.guild.id, "import-1"))

    monkeypatch.setattr(review, "deliver", noted)
    await an_import(town, small, 5)
    page = await open_review(town, mia)
    await town.press(page, "Approve all of this import (5)", who=mia)
    await town.press(page, "Yes, approve 5", who=mia)

    assert len(offered) == 1
    assert len(await waiting(small, town)) == 4
    assert len(await small.store.edits.batch(town.guild.id, "import-1")) == 1
    assert "Approved: 1" in shown(page)


async def test_questions_are_answered_while_an_import_is_approved(town, small, mia):
    await an_import(town, small, 40)
    page = await open_review(town, mia)
    await town.press(page, "Approve all of this import (40)", who=mia)

    approving = asyncio.create_task(town.press(page, "Yes, approve 40", who=mia))
    while not await small.store.edits.batch(town.guild.id, "import-1"):
        await asyncio.sleep(0)
    assert await answer(small, town, ENGLISH) == GOLDEN_NOTE.text
    assert await waiting(small, town), "it is still under way"
    await approving
    assert await waiting(small, town) == []


async def test_a_whole_import_is_withdrawn_after_one_more_question(town, small, mia):
    await an_import(town, small, 3)
    await propose(town, small, replace(TEA, id="other"))
    page = await open_review(town, mia)
    await town.press(page, "Skip", who=mia)
    await town.press(page, "Withdraw all of this import (3)", who=mia)
    await town.press(page, "Back", who=mia)
    assert len(await waiting(small, town)) == 4
    await town.press(page, "Skip", who=mia)
    await town.press(page, "Withdraw all of this import (3)", who=mia)
    await town.press(page, "Yes, withdraw 3", who=mia)

    assert "Withdrawn: 3" in shown(page)
    assert await waiting(small, town) == ["p-other"]


async def test_another_guilds_proposals_cannot_be_seen_or_decided_on(town, small, mia):
    await small.store.queue.propose(99, [Proposal("p-tea", "suggestion", TEA, 5)])
    assert shown(await open_review(town, mia)) == "Nothing waits for review."

    approval = await small.use_cases.reviewing.approve(town.guild.id, "p-tea", None, mia.id)

    assert approval.proposal is None
    assert len(await small.store.queue.waiting(99, 5)) == 1


@pytest.mark.parametrize("label", ["Approve", "Edit", "Reject", "Skip"])
async def test_members_can_do_none_of_it(town, small, mia, label):
    await propose(town, small, TEA, CAKE)
    assert "moderators can do this" in shown(await town.alice.slash(town.channel, "kb review"))
    page = await open_review(town, mia)
    await small.use_cases.guilds.change(
        town.guild.id, replace(await small.use_cases.guilds.settings(town.guild.id), moderators=()), Act(1, "settings")
    )

    result = await town.press(page, label, who=mia)

    assert "moderators can do this" in shown(result)
    assert len(await waiting(small, town)) == 2


async def test_edit_opens_the_form_of_notes(town, small, mia):
    await propose(town, small, TEA)

    result = await town.press(await open_review(town, mia), "Edit", who=mia)

    assert result.modal is None or form_values(result)


async def test_what_a_proposal_repeats_is_said(town, small, mia):
    await small.add(replace(TEA, entities=("tiger-tea",)), town.guild.id)
    await propose(town, small, replace(TEA, id="tea-2", text="Tiger Tea opened its shop in Busan in 2025."))
    text = shown(await open_review(town, mia))
    assert "On file, and it says something else (this server's notes)" in text
    assert TEA.text in text


async def test_whose_private_life_a_proposal_touches_is_said(town, small, mia):
    await propose(town, small, replace(CAKE, text="Tiger Tea was hospitalised in 2024."))
    assert "private life (health)" in shown(await open_review(town, mia))


async def test_what_is_approved_is_linked_to_the_names_in_it(town, small, mia):
    await propose(town, small, CAKE)
    await mia.click((await open_review(town, mia)).response, label="Approve")

    assert (await small.curating.standing(town.guild.id, CAKE.id)).snippet.entities == ("tiger-tea",)
