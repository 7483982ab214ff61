"""The part of the interface that embedding models need: whose vectors are in force, and the change to another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model: its name or folder, and the fingerprint of all that decides which vectors it makes."""

    name: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.name} (fingerprint {self.fingerprint})"


class Models(Protocol):
    """One model is in use at a time. Vectors of the one before stay, so that there is a way back."""

    async def in_use(self) -> Model | None:
        """None until a writer has settled on one."""
        ...

    async def former(self) -> Model | None:
        """The one in use before the last change, whose vectors are still there."""
        ...

    async def fingerprints(self) -> set[str]:
        """Those of which there are vectors."""
        ...

    async def settle(self, model: Model) -> None:
        """Notes which model is in use. For a database that has none yet: one that has loses the way back, which
        `change` keeps."""
        ...

    async def change(self, model: Model, vectors: Mapping[str, bytes]) -> None:
        """Keeps the vectors of `model` and puts it in use, in one transaction. The one in use becomes the former one;
        the vectors of all others are deleted."""
        ...

    async def discard_former(self) -> int:
        """Deletes the vectors of every model but the one in use; how many."""
        ...
