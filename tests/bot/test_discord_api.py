"""The API may be reached through a proxy, and the token never travels in the clear."""

from __future__ import annotations

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.client import HallyuClient
from bot.discord_api import checked_api_url, point_at
from knowledge.errors import HallyuError


def test_the_undocumented_names_that_the_setting_rests_on_exist():
    assert Route.BASE == "https://discord.com/api/v10"
    assert URL("wss://gateway.discord.gg/") == DiscordWebSocket.DEFAULT_GATEWAY


def test_requests_go_where_the_setting_says(monkeypatch):
    monkeypatch.setattr(Route, "BASE", Route.BASE)

    point_at("http://127.0.0.1:8080/api/v10")

    assert Route("GET", "/users/@me").url == "http://127.0.0.1:8080/api/v10/users/@me"


@pytest.mark.parametrize(
    "address", ["https://proxy.example/api/v10/", "http://127.0.0.1:1/api", "http://[::1]:1", "http://localhost:8080"]
)
def test_encrypted_and_local_addresses_are_taken(address):
    assert checked_api_url(address) == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "http://proxy.example",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "ftp://x",
        "x",
        "",
        "http://[",
        "https://",
    ],
)
def test_any_other_address_is_refused_in_words(address):
    with pytest.raises(HallyuError, match="DISCORD_API_URL is"):
        checked_api_url(address)


async def test_a_client_with_such_an_address_is_not_built(small, catalogue):
    with pytest.raises(HallyuError):
        HallyuClient(
            use_cases=small.use_cases,
            store=small.store,
            status=small.status,
            catalogue=catalogue,
            api_url="http://proxy.example",
        )


async def test_the_client_asks_for_no_privileged_intent(new_client):
    intents = new_client().intents

    assert [name for name, wanted in intents if wanted] == ["guilds"]
