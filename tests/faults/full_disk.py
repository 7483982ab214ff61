"""A disk of its own that is full: a small one in memory, which needs Linux and its user namespaces.

python -m faults.full_disk FOLDER TIMES
python -m faults.disk FOLDER TIMES
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from faults.backups import fill_disks

MEGABYTES = 64
NO_DISK = 3
"""The exit code where such a disk cannot be made here."""

_SCRIPT = f'mount -t tmpfs -o size={MEGABYTES}m tmpfs "$1" || exit {NO_DISK}; exec "$2" -m "$3" "$1" "$4"'


def on_a_small_disk(folder: Path, times: int, module: str = "faults.full_disk") -> int:
    """Lets a module fill such a disk, made for one process and its children alone; 0 where nothing was found, `NO_DISK`
    where it cannot be made."""
    folder = folder / f"disk-of-{module}"
    folder.mkdir()
    paths = os.pathsep.join(path for path in sys.path if path)
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", _SCRIPT, "sh", str(folder), sys.executable]
    if shutil.which("unshare") is None or subprocess.run([*command[:3], "true"], stderr=subprocess.DEVNULL).returncode:
        return NO_DISK
    return subprocess.run([*command, module, str(times)], env={**os.environ, "PYTHONPATH": paths}).returncode


def _fill(filler: Path, left: int) -> bool:
    """False where somebody else took some of the room meanwhile."""
    disk = os.statvfs(filler.parent)
    with filler.open("wb") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, max(1, disk.f_bavail * disk.f_frsize - left))
        except OSError as error:
            if error.errno != errno.ENOSPC or not disk.f_bavail:
                raise
            return False
    return True


@contextmanager
def filled(folder: Path, left: int) -> Iterator[None]:
    """Leaves so many bytes on the disk of a folder for a while."""
    filler = folder / "filler"
    try:
        while not _fill(filler, left):
            pass
        yield
    finally:
        filler.unlink()


async def main(folder: Path, times: int) -> int:
    """The exit code: 1 if anything was found."""
    found = await fill_disks(folder, times, seed=1, full=partial(filled, folder))
    print(found, *found.faults, sep="\n", flush=True)
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]))))
