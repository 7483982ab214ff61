"""What an admin sets for a guild."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """`moderators` are the ids of the roles that may change knowledge; `private` whether answers are shown to the
    asker alone unless asked otherwise; `log_channel` where changes are posted; `suggestions` whether members may
    propose knowledge; `unanswered` whether questions without an answer are kept for the moderators."""

    moderators: tuple[int, ...] = ()
    private: bool = False
    log_channel: int | None = None
    suggestions: bool = True
    unanswered: bool = True
