"""The Makefile's own promises; what its targets run is tested elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKE = shutil.which("make") or "make"
SHOW = "import sys; sys.stdout.buffer.write('\\0'.join(sys.argv[1:]).encode('utf-8', 'surrogateescape'))"


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run make without what an outer make handed down."""
    outer = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "Q"}}
    return subprocess.run(
        [MAKE, *arguments], cwd=ROOT, env=outer | environment, capture_output=True, check=False, timeout=60
    )


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A stand-in for hallyu that prints its arguments."""
    script = tmp_path / "show.py"
    script.write_text(SHOW, encoding="utf-8")
    return f"HALLYU={sys.executable} {script}"


@pytest.mark.parametrize(
    "question",
    [
        "who owns Ithaca Holdings?",
        "골든은 며칠 동안 1위였어? 🎤",
        'it\'s "quoted" `id` $HOME $(HOME) ${x} $(shell exit 1) $$ $x',
        "a & b | c > /dev/null; d # e * ? [f] {g,h} ~ ^ %s \\n \\",
        "two\nlines",
        "--json",
        "-n",
    ],
)
def test_ask_hands_over_the_question_exactly_as_typed(program: str, question: str) -> None:
    done = make("-o", "prepared", "ask", f"Q={question}", program)

    assert done.returncode == 0, done.stderr
    assert done.stdout.decode() == f"ask\0--\0{question}"
    assert done.stderr == b""


def test_ask_takes_the_question_from_the_environment_too(program: str) -> None:
    done = make("-o", "prepared", "ask", program, Q="what is $HOME?")

    assert done.stdout.decode() == "ask\0--\0what is $HOME?"


def test_ask_without_a_question_says_how_before_anything_is_set_up() -> None:
    done = make("ask", "VENV=/nonexistent/venv")

    assert done.returncode != 0
    assert done.stderr.decode().startswith("Usage: make ask Q=")
    assert b"Creating" not in done.stderr


def test_help_is_what_make_prints_and_lists_every_target_for_people() -> None:
    listed = make().stdout.decode()

    assert listed == make("help").stdout.decode()
    for target in ("ask", "chat", "run", "test", "check", "bench", "bench-floors", "lock", "clean"):
        assert f"make {target}" in listed


def test_without_a_suitable_python_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = make("check", f"VENV={tmp_path}/venv", PATH=str(tmp_path))

    assert done.returncode != 0
    assert done.stderr.decode().startswith("Hallyu needs Python 3.11, 3.12, 3.13 or 3.14")
    assert not (tmp_path / "venv").exists()
