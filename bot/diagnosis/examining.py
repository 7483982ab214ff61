"""All parts, one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from bot.diagnosis import folders, login, machine, notes
from bot.diagnosis.finding import Finding
from bot.settings import Settings


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Looks at one part after the other and changes nothing, neither here nor at Discord."""
    for finding in _here(settings):
        yield finding
    yield await notes.knowledge(settings)
    yield await notes.index(settings)
    async for finding in login.discord(settings):
        yield finding


def _here(settings: Settings) -> Iterator[Finding]:
    yield machine.python()
    yield machine.sqlite()
    yield machine.memory()
    yield folders.data_folder(settings)
    yield folders.file_system(settings)
    yield folders.disk(settings)
    yield folders.secrets(settings)
    yield notes.model(settings)
    yield notes.cache(settings)
    yield notes.corpus()
