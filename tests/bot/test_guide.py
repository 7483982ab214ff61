"""`/topics` and `/help` answer only the person, in their language."""

from __future__ import annotations

from fakes.town import shown
from knowledge.models import Topic
from knowledge.store import TopicCount


async def test_topics_are_shown_to_the_person_alone(town, asking):
    asking.topic_counts = [TopicCount(Topic("charts", "Charts", "차트"), 12)]
    town.speaks_korean(town.bob)

    result = await town.alice.slash(town.channel, "topics")

    assert result.ephemeral
    assert "- Charts (12)" in shown(result)
    assert "- 차트 (12)" in shown(await town.bob.slash(town.channel, "topics"))


async def test_help_is_shown_to_the_person_alone(town):
    town.speaks_korean(town.bob)

    result = await town.alice.slash(town.channel, "help")

    assert result.ephemeral
    assert "for 30 days" in shown(result)
    assert "30일" in shown(await town.bob.slash(town.channel, "help"))
