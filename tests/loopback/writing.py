"""Writing the body of a request into a message."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .wire import COMPONENTS_V2, JSON, LOADING, text_of, walk
from .world import User, now

PARSED = ("users", "roles", "everyone")


def write(message: JSON, body: JSON, users: Mapping[int, User]) -> JSON:
    """Fills or changes `message`; who only looks at "… is thinking" sees it from now on."""
    if not message["flags"] & LOADING and (message["content"] or message["embeds"] or message["components"]):
        message["edited_timestamp"] = now()
    for key, empty in (("content", ""), ("embeds", []), ("components", []), ("attachments", [])):
        if key in body:
            message[key] = body[key] or empty
    message["flags"] = message["flags"] & ~LOADING | (body.get("flags") or 0) & COMPONENTS_V2
    for number, part in enumerate(walk(message["components"]), start=1):
        part["id"] = part.get("id") or number
    _ping(message, body.get("allowed_mentions") or {"parse": PARSED}, users)
    return message


def _ping(message: JSON, allowed: JSON, users: Mapping[int, User]) -> None:
    """Notes whom the message pings: whoever its text names, as far as `allowed` lets it."""
    text, parse = text_of(message), allowed.get("parse") or ()

    def named(pattern: str, kind: str) -> list[str]:
        chosen = set(map(str, allowed.get(kind) or ()))
        return [number for number in re.findall(pattern, text) if kind in parse or number in chosen]

    people = [users.get(int(number)) for number in named(r"<@!?(\d+)>", "users")]
    message["mentions"] = [user.payload() for user in people if user]
    message["mention_roles"] = named(r"<@&(\d+)>", "roles")
    message["mention_everyone"] = "everyone" in parse and bool(re.search("@(everyone|here)", text))
