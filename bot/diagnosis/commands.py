"""Whether the commands that Discord has are those of this version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.asking import Asking
from bot.catalogue import Catalogue
from bot.client import HallyuClient
from bot.compose import Knowing
from bot.diagnosis.finding import Finding
from bot.loop_lag import LoopLag
from bot.models import model_name
from bot.settings import Settings
from bot.use_cases import curation
from bot.watching.pulse import Pulse
from bot.watching.status import Status
from bot.watching.tallying import Tallying
from index.calibration import load_calibration
from index.embedding import load_model_files
from index.embedding.counting import Counting
from index.engine import Engine
from index.knowledge_index import KnowledgeIndex
from index.pipeline import Pipeline
from index.preparation import prepare
from knowledge.errors import HallyuError
from knowledge.store import open_store_readonly

Command = dict[str, Any]

_SEND = "Stop the bot, run `hallyu sync --commands`, and start it again."

_KINDS = (1, 2, 3)
"""Slash commands and both kinds of menus; an activity has an entry of a kind of its own, which is not the bot's."""

_WHAT_IS_SENT = (
    *("type", "name", "name_localizations", "description", "description_localizations", "options", "choices", "value"),
    *("required", "autocomplete", "min_value", "max_value", "min_length", "max_length", "channel_types"),
    *("default_member_permissions", "contexts", "integration_types", "nsfw"),
)
"""The fields of commands, options and choices that an app decides; Discord adds others.
https://discord.com/developers/docs/interactions/application-commands#application-command-object"""


async def commands(settings: Settings, at_discord: Sequence[Command]) -> Finding:
    """Compares what Discord has with what the bot would send."""
    try:
        differences = list(differing(await of_this_version(settings), at_discord))
    except HallyuError:
        return Finding("Commands", False, "cannot be compared", "Put the model and the knowledge in order first.")
    said = "; ".join(differences) if differences else f"{len(at_discord)} at Discord, those of this version"
    return Finding("Commands", not differences, said, _SEND)


async def of_this_version(settings: Settings) -> list[Command]:
    """What the bot would send. They are the same whatever is known: the index stays empty, the model unread."""
    embedder = Counting(load_model_files(settings.cache_dir, model_name(settings)).manifest)
    prepared = prepare(settings.cache_dir)
    index = KnowledgeIndex(prepared.lexicon, embedder.dimension, prepared.contents)
    pipeline = Pipeline(index, embedder, load_calibration())
    async with open_store_readonly(settings.database) as store:
        with Engine(pipeline) as engine:
            known = Knowing(store, index, pipeline, engine, Asking(store, engine, keeps=False), embedder)
            async with curation(known) as use_cases:
                status = Status(known, settings, Pulse(LoopLag()), Tallying(store))
                client = HallyuClient(use_cases=use_cases, store=store, status=status, catalogue=Catalogue.load())
                return await client.payload()


def differing(wanted: Sequence[Command], found: Sequence[Command]) -> Iterator[str]:
    """How what Discord has differs from what would be sent, in words; nothing where it does not."""
    ours = {(each["type"], each["name"]): _sent(each) for each in wanted}
    theirs = {(each.get("type", 1), each["name"]): _sent(each) for each in found if each.get("type", 1) in _KINDS}
    kept = ours.keys() & theirs.keys()
    for what, names in (
        ("missing at Discord", ours.keys() - theirs.keys()),
        ("of another version at Discord", {key for key in kept if ours[key] != theirs[key]}),
        ("unknown to this version", theirs.keys() - ours.keys()),
    ):
        if names:
            yield f"{what}: {', '.join(sorted(name for _, name in names))}"


def _sent(item: Command) -> Command:
    """What of a command, an option or a choice the app has decided: without Discord's fields and what says nothing."""
    said = {
        key: item[key] for key in _WHAT_IS_SENT if item.get(key) not in (None, "", [], {}) and item[key] is not False
    }
    for key in ("options", "choices"):
        if key in said:
            said[key] = [_sent(inner) for inner in said[key]]
    for key in ("contexts", "integration_types", "channel_types"):
        if key in said:
            said[key] = sorted(said[key])
    if "default_member_permissions" in said:
        said["default_member_permissions"] = str(said["default_member_permissions"])
    return said
