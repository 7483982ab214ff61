"""The part of the interface that guilds need: changing their knowledge, what waits for them, their settings, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from knowledge.curation import Act, Edit, Entry, Holding, Outcome, Standing, Type, Version
from knowledge.guilds import GuildSettings
from knowledge.queue import Asker, Complaint, OpenQuestion, Opinions, Proposal
from knowledge.tallies import Figures, Tallies


class Edits(Protocol):
    """A guild's changes to its knowledge and to the bundled snippets it sees, and their history."""

    async def apply(self, guild: int, edits: Sequence[Edit], act: Act) -> Outcome:
        """All edits or none, in one transaction, durable when this returns."""
        ...

    async def standing(self, guild: int, snippet: str) -> Standing:
        """What the guild sees of a snippet id."""
        ...

    async def name(self, guild: int, entity: str) -> Version | None:
        """The latest version of the guild's own record of an entity."""
        ...

    async def history(self, guild: int, type: Type, record: str) -> list[Version]:
        """Every version of a guild's record, the oldest first; empty where it has none of its own."""
        ...

    async def version(self, guild: int, revision: int) -> Version | None: ...

    async def batch(self, guild: int, batch: str) -> list[Version]:
        """The versions that one import made."""
        ...

    async def overridden(self, guild: int) -> list[Version]:
        """The guild's live versions of snippets that are bundled too."""
        ...

    async def covered(self, guild: int) -> list[int]:
        """The bundled revisions that the guild does not see, since it has its own in their place or hides them."""
        ...

    async def holdings(self, guild: int, since: int = 0) -> list[Holding]:
        """What the guild has under each snippet id, removed ones too, the latest changes first; only what was changed
        after the version `since`."""
        ...

    async def latest_of(self, guild: int, author: int) -> set[int]:
        """The ids of those latest versions of the guild's snippets that this person made."""
        ...

    async def changes(self, guild: int) -> tuple[int, int]:
        """The first and the latest entry of the guild's log, 0 where there is none. The latest is another one after
        every change, the first one only where everything of the guild was deleted meanwhile."""
        ...

    async def log(self, guild: int, most: int, before: int | None = None) -> list[Entry]:
        """The latest changes first, those before the entry `before`."""
        ...

    def listen(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Calls `listener` with the id of a guild whenever its log has grown on disk, until what is returned is called.
        It must neither wait nor raise."""
        ...


class Queue(Protocol):
    """What waits for a guild's moderators. What is decided with an `act` is on disk together with its line in the log,
    which is about the `target`; where there was nothing to decide, neither is."""

    async def propose(self, guild: int, proposals: Sequence[Proposal], act: Act | None = None) -> int:
        """Keeps proposals; how many were new. One whose id is known, from a form that was sent twice, is left. With an
        `act`, the line of the log about them is written along with them, if any was new."""
        ...

    async def proposal(self, guild: int, id: str) -> Proposal | None: ...

    async def waiting(
        self, guild: int, most: int, batch: str | None = None, after: str | None = None
    ) -> list[Proposal]:
        """Proposals to be decided on, of one import or all, suggestions first, then the oldest; only those behind the
        proposal `after`, which may have been decided on."""
        ...

    async def count_waiting(self, guild: int, batch: str | None = None, author: int | None = None) -> int:
        """How many wait, of one import, of one member, or all."""
        ...

    async def reject(self, guild: int, id: str, reason: str | None, act: Act, target: str) -> bool:
        """False when it was decided on before."""
        ...

    async def reopen(self, guild: int, proposal: str | None, questions: Sequence[str]) -> None:
        """Lets an approved proposal wait again, and answered questions be open again: what did that has failed."""
        ...

    async def withdraw(self, guild: int, batch: str, act: Act) -> int:
        """Takes the proposals of an import that still wait out of the queue; how many."""
        ...

    async def note_question(self, guild: int, question: OpenQuestion) -> None:
        """Keeps a question that had no answer, without who asked."""
        ...

    async def questions(self, guild: int) -> list[OpenQuestion]:
        """The open questions of the last 30 days, the latest first."""
        ...

    async def wait_for(self, guild: int, question: str, user: int) -> bool:
        """Notes that somebody wants to be told; False when the question is no longer open."""
        ...

    async def askers(self, guild: int, ids: Sequence[str]) -> list[Asker]:
        """Who wants to be told about these questions."""
        ...

    async def dismiss(self, guild: int, ids: Sequence[str], act: Act, target: str) -> int:
        """Closes questions that will not be answered; how many were open."""
        ...

    async def drop_questions(self, guild: int) -> int:
        """Deletes all questions of a guild, with who waits for an answer; how many."""
        ...

    async def complaints(self, guild: int) -> list[Complaint]:
        """The 👎 with a reason that nobody has dealt with."""
        ...

    async def settle(self, guild: int, complaints: Sequence[Complaint], act: Act, target: str) -> int:
        """Marks these complaints as dealt with, and none that came later; how many were open."""
        ...

    async def opinions(self, guild: int, snippet: str) -> Opinions:
        """What the guild's members think of all versions of a snippet that they have seen, bundled ones too."""
        ...

    async def keep_draft(self, guild: int, user: int, id: str, body: str) -> None:
        """Keeps what somebody has written in a form so far; never in the place of what another person keeps."""
        ...

    async def draft(self, guild: int, user: int, id: str) -> str | None:
        """What `keep_draft` kept for this person."""
        ...

    async def drop_draft(self, guild: int, user: int, id: str) -> None:
        """Deletes what `keep_draft` kept for this person, if anything."""
        ...

    async def forget(self) -> int:
        """Deletes questions and forms older than 30 days; how many questions."""
        ...


class Guilds(Protocol):
    """The settings of guilds, and what becomes of those that removed the bot."""

    async def settings(self, guild: int) -> GuildSettings: ...

    async def keep_settings(self, guild: int, kept: GuildSettings, act: Act) -> None: ...

    async def left(self, guild: int) -> None:
        """Notes the day on which the bot was removed from a guild."""
        ...

    async def returned(self, guild: int) -> None:
        """Takes that note away."""
        ...

    async def known(self) -> list[int]:
        """Every guild of which anything is kept."""
        ...

    async def log_mark(self, guild: int) -> str | None:
        """How far the log of the guild has been posted, as `keep_log_mark` kept it."""
        ...

    async def keep_log_mark(self, guild: int, mark: str) -> None: ...

    async def gone(self, before: str) -> list[int]:
        """The guilds that removed the bot before the ISO time and did not invite it back."""
        ...

    async def purge(self, guild: int) -> bool:
        """Deletes everything of a guild that removed the bot, history included; False where it has it again."""
        ...


class People(Protocol):
    """What is kept under a person's user id."""

    async def kept(self, user: int) -> dict[str, int]:
        """How many entries of each kind hold the id."""
        ...

    async def forget(self, user: int) -> dict[str, int]:
        """Deletes the person's votes and waits, and takes the id off what others rely on; what there was."""
        ...


class Counts(Protocol):
    """What admins are told of in numbers: what became of questions, and how much there is."""

    async def add(self, tallies: Tallies) -> None:
        """Adds to what was counted before, all or nothing."""
        ...

    async def days(self, guild: int | None, days: int) -> dict[str, int]:
        """By outcome, what was counted in the last so many days in UTC, today among them."""
        ...

    async def forget(self) -> int:
        """Deletes what is older than `knowledge.tallies.KEPT`; how many days."""
        ...

    async def figures(self, guild: int) -> Figures: ...
