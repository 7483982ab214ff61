"""Install locked packages into the environment of the Python that runs this: `python requirements/install.py SET`.

SET names a lock beside this file: `runtime` (what the bot needs), `model` (runtime and what exports the model), `dev`
(everything), `ko` (runtime and what analyses Korean), or `peers` (only what benchmarks compare with). `TORCH_SETS`
bring torch, whose CPU build is in an index of its own. Standard library only, because it runs before anything is
installed. pip's own configuration stays in force: an index is only ever added.
"""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

LOCKS = Path(__file__).resolve().parent
SETS = ("runtime", "model", "dev", "ko", "peers")
TORCH_SETS = ("model", "dev", "peers")
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PROBE_SECONDS = 3.0
# pip's words when no index offers a file that fits; the second ones come when a constraint names the package too.
NOT_TO_BE_HAD = ("No matching distribution found", "ResolutionImpossible")
PIP_INSTALL = (sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes")


class InstallError(Exception):
    """pip failed; what it printed has been shown."""


def say(line: str) -> None:
    """Progress goes to stderr: stdout belongs to the answer of `make ask`."""
    print(line, file=sys.stderr, flush=True)


def pip_install(lock: str, *options: str) -> str:
    """Install a lock; returns "" or, when a package is not to be had at all, what pip said. Else InstallError."""
    command = [*PIP_INSTALL, *options, "-r", str(LOCKS / lock)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode == 0:
        return ""
    if any(words in done.stderr for words in NOT_TO_BE_HAD):
        return done.stderr
    say(done.stderr.strip())
    raise InstallError


def answers(url: str, seconds: float = PROBE_SECONDS) -> bool:
    """Whether a web server answers at `url` in time. The thread bounds the name look-up too."""
    answered = threading.Event()

    def ask() -> None:
        try:
            urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=seconds).close()
            answered.set()
        except urllib.error.HTTPError:
            pass
        except urllib.error.URLError as error:
            # It did answer; whether its certificate is trusted is for pip, which may be configured for it.
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                answered.set()
        except (OSError, ValueError, http.client.HTTPException):
            pass

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return answered.is_set()


def install_torch() -> None:
    """The CPU build where it can be had, else the general one, which works the same and is larger."""
    linux = sys.platform == "linux"
    say("Installing PyTorch (CPU build) …")
    index = ("--extra-index-url", CPU_INDEX) if linux and answers(CPU_INDEX + "/torch/") else ()
    missing = pip_install("torch.txt", "--no-compile", *index)
    if missing and linux:
        say("No CPU build of PyTorch can be had here: installing the general build, about 5 GB; it works the same …")
        missing = pip_install("torch-plain.txt", "--no-compile")
    if missing:
        say(missing.strip())
        raise InstallError


def install(name: str, compile_runtime: bool) -> None:
    """Install the set `name`; byte code is made for the runtime only, because only that has to start quickly."""
    runtime_option = "--compile" if compile_runtime else "--no-compile"
    steps = [] if name == "peers" else [("runtime.txt", runtime_option)]
    if name != "runtime":
        steps.append((f"{name}.txt", "--no-compile"))
    for lock, option in steps:
        if missing := pip_install(lock, option):
            say(missing.strip())
            raise InstallError
    if name in TORCH_SETS:
        install_torch()


def main() -> int:
    parser = argparse.ArgumentParser(description="Install Hallyu's locked packages.")
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--no-compile", action="store_true", help="make no byte code: smaller, starts slower")
    options = parser.parse_args()
    if importlib.util.find_spec("pip") is None:
        say("This Python has no pip: delete the .venv folder and run the same command again.")
        return 1
    try:
        install(options.set, compile_runtime=not options.no_compile)
    except InstallError:
        say(
            "The packages could not be installed (pip's message is above): check the network and that "
            "2 GB of disk are free, then run the same command again; it goes on where it stopped."
        )
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
