"""`hallyu health`: whether the running bot lives, for a container's HEALTHCHECK."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException

import typer

SECONDS = 3.0


def health() -> None:
    """Ask the running bot on this machine whether it lives; exit code 1 when it does not."""
    from bot.settings import load_settings

    settings = load_settings()
    if not settings.http_port:
        print("Not known: HALLYU_HTTP_PORT is 0, so the bot cannot be asked.")
        raise typer.Exit(1)
    alive, sentence = ask(address(settings.http_host, settings.http_port))
    print(sentence)
    raise typer.Exit(0 if alive else 1)


def address(host: str, port: int) -> str:
    """Of /livez on this machine, also where the bot listens on every interface."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{near}]' if ':' in near else near}:{port}/livez"


def ask(url: str) -> tuple[bool, str]:
    """Whether the bot lives, and a sentence about it."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
    try:
        with opener.open(url, timeout=SECONDS) as response:
            return True, f"Alive: {_shown(response.read())}."
    except urllib.error.HTTPError as error:
        return False, f"Not alive: {_shown(error.read())}."
    except (OSError, HTTPException, ValueError) as error:  # nobody there, who speaks no HTTP, or no address
        return False, f"Not alive: {url} does not answer ({str(getattr(error, 'reason', error)).strip()})."


def _shown(body: bytes) -> str:
    try:
        found = json.loads(body)
        age, lag, pause = found["heartbeat_age_s"], found["loop_lag_ms"], found["pause_s"]
    except (ValueError, KeyError, TypeError):
        return "something else answers at this address"
    if pause:
        return f"it waits {pause:g} s before it connects, as its log says"
    return f"last heartbeat acknowledged {age:g} s ago, event loop late by {lag:g} ms"
