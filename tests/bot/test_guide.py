"""`/topics` and `/help` answer only the person, in their language."""

from __future__ import annotations

import pytest

from bot.rendering.panels import help_panel
from bot.roles import Role
from fakes.pages import broken_limits, text_of
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


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.ANYONE, []),
        (Role.MEMBER, ["/suggest"]),
        (Role.MODERATOR, ["/suggest", "/kb add"]),
        (Role.ADMIN, ["/suggest", "/kb add", "/setup"]),
    ],
)
def test_help_tells_each_what_they_may_do(catalogue, role, told):
    for language in ("en", "ko"):
        page = help_panel(catalogue.voice(language), role)

        assert [command for command in ("/suggest", "/kb add", "/setup") if command in text_of(page)] == told
        assert broken_limits(page) == []


async def test_help_tells_moderators_more_than_members(town):
    mod = await town.moderator()

    assert "For moderators" in shown(await mod.slash(town.channel, "help"))
    assert "For moderators" not in shown(await town.alice.slash(town.channel, "help"))
