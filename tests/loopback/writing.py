"""Writing the body of a request into a message."""

from __future__ import annotations

import re

from .wire import COMPONENTS_V2, JSON, LOADING, text_of, walk
from .world import now

PARSED = ("users", "roles", "everyone")


def write(message: JSON, body: JSON) -> JSON:
    """Fills or changes `message`; who only looks at "… is thinking" sees it from now on."""
    if not message["flags"] & LOADING and (message["content"] or message["embeds"] or message["components"]):
        message["edited_timestamp"] = now()
    for key, empty in (("content", ""), ("embeds", []), ("components", [])):
        if key in body:
            message[key] = body[key] or empty
    message["flags"] = message["flags"] & ~LOADING | (body.get("flags") or 0) & COMPONENTS_V2
    for number, part in enumerate(walk(message["components"]), start=1):
        part["id"] = part.get("id") or number
    _ping(message, body.get("allowed_mentions") or {"parse": PARSED})
    return message


def _ping(message: JSON, allowed: JSON) -> None:
    """Notes whom the message pings: whoever its text names, as far as `allowed` lets it."""
    text, parse = text_of(message), allowed.get("parse") or ()
    for key, mark, kind in (("mentions", "<@!?(\\d+)>", "users"), ("mention_roles", "<@&(\\d+)>", "roles")):
        named = re.findall(mark, text)
        message[key] = [number for number in named if kind in parse or number in map(str, allowed.get(kind) or ())]
    message["mention_everyone"] = "everyone" in parse and bool(re.search("@(everyone|here)", text))
