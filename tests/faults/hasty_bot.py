"""`hallyu run` with shorter patience and a wall clock that can be set.

python -m faults.hasty_bot TIMES CLOCK
"""

from __future__ import annotations

import sys
from pathlib import Path

import bot.running  # noqa: F401, so that the clock finds everything
from bot.cli import main
from faults.clock import Clock
from faults.hurried import hurried

if __name__ == "__main__":
    times, clock = float(sys.argv[1]), Path(sys.argv[2])
    Clock(clock).install()
    sys.argv = ["hallyu", "run"]
    with hurried(times):
        main()
