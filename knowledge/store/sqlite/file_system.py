"""On which file system a folder lies: the write-ahead log needs memory that all its users share."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

_SHARED = re.compile(
    r"nfs4?|cifs|smb3|smbfs|ncpfs|afs|ceph|lustre|gfs2?|ocfs2|beegfs|virtiofs|vboxsf|prl_fs|fakeowner|fuse\.grpcfuse"
    r"|fuse\.(sshfs|s3fs|rclone|gcsfuse|glusterfs|ceph|davfs|gvfsd-fuse|vmhgfs-fuse|osxfs|juicefs)"
)
"""Network file systems, and folders that a virtual machine shares with its host."""


def file_system_of(path: Path) -> str:
    """The kind of file system, as Linux names it; empty where the system does not tell."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    where, kind = os.path.realpath(path), ""
    longest = 0
    for line in mounts:
        before, _, after = line.partition(" - ")
        point = _unescaped(before.split()[4])
        if (where + "/").startswith(point.rstrip("/") + "/") and len(point) >= longest:  # the last one covers others
            longest, kind = len(point), after.split()[0]
    return kind


def is_shared(kind: str) -> bool:
    """Whether SQLite's write-ahead log is not safe there (https://sqlite.org/wal.html, "same host computer")."""
    return _SHARED.fullmatch(kind) is not None


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)
