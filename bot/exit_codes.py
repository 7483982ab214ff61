"""How the process ends, for whoever supervises it."""

from __future__ import annotations

from knowledge.errors import HallyuError

NEEDS_ADMIN = 78
"""EX_CONFIG of sysexits.h. `deploy/hallyu.service` does not restart after it."""


class NeedsAdmin(HallyuError):
    """A fault that no restart puts right: somebody has to change a setting, the token, or the version."""


def exit_code(error: HallyuError) -> int:
    """What the process ends with after a fault that was told in a sentence."""
    return NEEDS_ADMIN if isinstance(error, NeedsAdmin) else 1
