"""Tells Discord about the commands, only when they have changed: syncs are limited to some two hundred a day."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

import structlog
from discord import app_commands

from bot.discord_api import passes
from bot.trying import Patience, tries
from knowledge.errors import HallyuError
from knowledge.store.interface import Store

_PATIENCE = Patience(first=5.0, longest=600.0, seconds=math.inf)

log = structlog.stdlib.get_logger(__name__)

Tree = app_commands.CommandTree[Any]


async def sync_commands(tree: Tree, store: Store, application_id: int, *, force: bool = False) -> bool:
    """Sends the commands if their payload differs from the one sent last, or if `force`; whether it did.

    Raises `discord.HTTPException` or `app_commands.CommandSyncFailure` when Discord refuses them; nothing is noted
    then, so that the next start tries again.
    """
    key = f"commands_hash:{application_id}"
    digest = payload_digest(await payload(tree))
    if not force and await store.note(key) == digest:
        return False
    await tree.sync()
    await store.keep_note(key, digest)
    log.info("commands.synced", digest=digest[:12])
    return True


async def try_to_sync(tree: Tree, store: Store, application_id: int) -> bool:
    """As `sync_commands`; False if it may succeed later. The commands that Discord knows keep working meanwhile, so a
    failure is logged only."""
    try:
        await sync_commands(tree, store, application_id)
    except HallyuError as error:  # they were sent, and the next start will send them again
        log.warning("commands.not_noted", cause=str(error))
    except Exception as error:
        if passes(error):
            log.warning("commands.not_synced", cause=type(error).__name__)
            return False
        log.error("commands.not_synced", exc_info=error)
    return True


async def keep_trying_to_sync(tree: Tree, store: Store, application_id: int) -> None:
    """Syncs as soon as Discord can be reached."""
    async for number in tries(_PATIENCE):
        if number and await try_to_sync(tree, store, application_id):
            return


async def payload(tree: Tree) -> list[dict[str, Any]]:
    """What `tree.sync` sends, in a stable order."""
    translator = tree.translator
    commands = sorted(tree.get_commands(), key=lambda command: (str(type(command)), command.name))
    if translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, translator) for command in commands]


def payload_digest(commands: list[dict[str, Any]]) -> str:
    """SHA-256 over the canonical JSON, hex."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
