"""The image's tree run as compose.yaml runs it, without Docker: a root of its own that is read-only, user 10001, no
capabilities, nothing gained by execution, `/data` and `/tmp` alone to write into.

Needs root, and `unshare`, `chroot` and `setpriv` of util-linux. The system's folders are this machine's, in the place
of the base image's. Not covered: limits of memory, processor and processes, a network of its own, `init`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from .dockerfile import Step, environment_of, stages

TOOLS = ("unshare", "chroot", "setpriv")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", sys.base_prefix)
ACCOUNTS = ("passwd", "group", "shadow", "gshadow", "login.defs")
"""What the base stage adds its user to; copied, so that this machine gains none."""

SECRET = "/run/secrets/discord_token"
USER = "10001"

_SCRIPT = """
set -eu
tree=$1 data=$2 token=$3 root=$4 base_run=$5; shift 5
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$root"
read_only() { mkdir -p "$root$2"; mount --bind "$1" "$root$2"; mount -o remount,ro,bind "$root$2"; }
for folder in $SYSTEM; do
    if [ -L "$folder" ]; then cp -a "$folder" "$root$folder"
    elif [ -d "$folder" ]; then read_only "$folder" "$folder"; fi
done
mkdir -p "$root/etc" "$root/dev" "$root/proc" "$root/tmp" "$root/data" "$root/run/secrets"
for name in $ACCOUNTS; do if [ -f "/etc/$name" ]; then cp "/etc/$name" "$root/etc/$name"; fi; done
for name in null zero urandom; do touch "$root/dev/$name"; mount --bind "/dev/$name" "$root/dev/$name"; done
mount --bind "$data" "$root/data"
chroot "$root" /bin/sh -ec "$base_run"
mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev tmpfs "$root/tmp"
read_only "$tree" /opt/hallyu
read_only "$tree" "$tree"  # its scripts name the place where it was made
install -m 0600 -o $USER "$token" "$root/run/secrets/discord_token"
mount -t proc proc "$root/proc"
mount -o remount,ro "$root"
exec chroot "$root" setpriv --reuid=$USER --regid=$USER --clear-groups --inh-caps=-all --bounding-set=-all \\
    --no-new-privs env -i -C /data "$@"
"""


def missing() -> list[str]:
    """What this machine lacks for it."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    return absent if os.geteuid() == 0 else ["root", *absent]


def command(tree: Path, scratch: Path, token: str, words: list[str], **settings: str) -> list[str]:
    """What runs `words` in the container; `scratch` holds its volume and its secret."""
    parts = stages()
    volume, secret, root = scratch / "volume", scratch / "secret", scratch / "root"
    for folder in (volume, root):
        folder.mkdir(exist_ok=True)
    secret.write_text(f"{token}\n", encoding="utf-8")
    environment = environment_of(parts["base"]) | environment_of(parts["runtime"])
    environment["PATH"] = environment["PATH"].replace("$PATH", "/usr/bin:/bin")
    environment |= {"HOME": "/data", "LANG": "C.UTF-8", "DISCORD_TOKEN_FILE": SECRET} | settings
    script = (
        _SCRIPT.replace("$SYSTEM", " ".join(SYSTEM)).replace("$ACCOUNTS", " ".join(ACCOUNTS)).replace("$USER", USER)
    )
    runs = " && ".join(step.rest for step in parts["base"] if step.instruction == "RUN")
    outer = ["unshare", "--mount", "/bin/sh", "-c", script, "container"]
    inner = [f"{name}={value}" for name, value in environment.items()]
    return [*outer, str(tree), str(volume), str(secret), str(root), runs, *inner, *words]


def said(stage: list[Step], instruction: str) -> list[str]:
    """The words of a stage's `CMD` or `HEALTHCHECK`, as in `CMD ["hallyu", "run"]`."""
    (step,) = (step for step in stage if step.instruction == instruction)
    return re.findall(r'"([^"]+)"', step.rest)
