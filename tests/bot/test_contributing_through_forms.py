"""Proposals and open questions through the form for notes: what is saved settles them, and who waits is told."""

from __future__ import annotations

import pytest

from fakes.knowing import UNKNOWN, a_snippet
from fakes.people import form_values, told
from fakes.town import components, shown
from knowledge.curation import Act
from knowledge.models import Scope
from knowledge.queue import Proposal

TEA = a_snippet("tea", "Seoul weather tastes like tiger tea.")
SAME = "What does the weather of Seoul taste like?"
OTHER = "Who invented the light stick?"


@pytest.fixture
def asking(small):
    """The real one."""
    return small.asking


@pytest.fixture
async def mia(town):
    return await town.moderator("mia")


async def press_first(page, who, label):
    """Presses the first button with a label."""
    return await who.click(
        page.response, custom_id=next(part["custom_id"] for part in components(page) if part.get("label") == label)
    )


async def sent_twice(who, form, written):
    """What comes of a form, and of the same form once more."""
    first = await who.submit_modal(form, written)
    form._interaction.modal_consumed = False
    return first, await who.submit_modal(form, written)


LONG = "Which of the shops that Tiger Tea opened in Seoul " + "and in Busan and in Daegu " * 10 + "is the largest"


@pytest.mark.parametrize("question", ["Tiger Tea? In Busan? Or in Daegu?", "Tiger Tea | Busan | opened", LONG])
async def test_a_question_is_one_way_to_ask_whatever_it_holds_also_when_the_note_is_edited(town, small, mia, question):
    await small.use_cases.unanswered.note(town.guild.id, "q" * 22, question, "en")
    page = await mia.slash(town.channel, "kb queue")
    form = await press_first(page, mia, "Answer this")
    asks = form_values(form)["asks"]
    assert question.startswith(asks)
    note = {"text": TEA.text, "url": "https://example.org/tea", "title": "Tea", "as_of": "2024", "asks": asks}
    saved = await mia.submit_modal(form, {**note, "url": "nowhere"})
    saved = await mia.submit_modal(await press_first(saved, mia, "Edit again"), note)
    assert "Saved." in shown(saved)
    (live,) = [r.snippet for r in await small.store.live(Scope(town.guild.id)) if r.owner]
    assert live.asks == (asks,)

    form = await mia.slash(town.channel, "kb edit", note=live.id)
    await mia.submit_modal(form, {**note, "text": "Seoul weather tastes like green tea.", "asks": f"{asks}\na? b?"})
    (live,) = [r.snippet for r in await small.store.live(Scope(town.guild.id)) if r.owner]
    assert live.asks == (asks, "a?", "b?")


async def test_answering_a_group_closes_it_and_tells_who_waits_once(town, small, mia):
    for question in (UNKNOWN, SAME, OTHER):
        card = await town.ask(question)
        await town.press(card, "Tell me when it is answered", who=town.bob)
    page = await mia.slash(town.channel, "kb queue")
    await town.restart()

    form = await press_first(page, mia, "Answer this")
    asks = form_values(form)["asks"]
    assert asks in (UNKNOWN, SAME)
    note = {"text": TEA.text, "url": "https://example.org/tea", "title": "Tea", "as_of": "2024", "asks": asks}
    await sent_twice(mia, form, note)

    assert [question.text for question in await small.store.queue.questions(town.guild.id)] == [OTHER]
    (message,) = told(town, town.bob)
    assert "Now it can" in message
    assert TEA.text in shown(await town.ask(asks))


async def test_an_edited_proposal_is_approved_by_saving_it_and_its_author_is_told_once(town, small, mia):
    proposal = Proposal("p", "suggestion", TEA, town.alice.id, tell=True)
    await small.store.queue.propose(town.guild.id, [proposal])
    form = await press_first(await mia.slash(town.channel, "kb review"), mia, "Edit")
    written = form_values(form)
    assert written["text"] == TEA.text

    await sent_twice(mia, form, {**written, "text": "Seoul weather tastes like tiger tea in May."})

    assert await small.store.queue.waiting(town.guild.id, 5) == []
    standing = await small.curating.standing(town.guild.id, "tea")
    assert standing.snippet.text == "Seoul weather tastes like tiger tea in May."
    (message,) = told(town, town.alice)
    assert "has been added" in message


async def test_a_proposal_that_was_decided_on_while_it_was_edited_stays_so(town, small, mia):
    await small.store.queue.propose(town.guild.id, [Proposal("p", "suggestion", TEA, town.alice.id, tell=True)])
    page = await mia.slash(town.channel, "kb review")
    form = await press_first(page, mia, "Edit")
    await small.store.queue.reject(town.guild.id, "p", None, Act(1, "reject"), "p")

    await mia.submit_modal(form, form_values(form))

    assert (await small.curating.standing(town.guild.id, "tea")).snippet is None
    assert told(town, town.alice) == []
    again = await press_first(page, mia, "Edit")
    assert again.modal is None
    assert "decided on that one already" in shown(page)
