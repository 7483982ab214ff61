"""requirements/install.py, run by a fresh Python on tiny packages made here, with no index in reach."""

import base64
import hashlib
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "requirements" / "install.py"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the two builds of torch"),
]


def make_wheel(folder: Path, name: str, version: str) -> str:
    """An empty package; returns its requirement with its hash."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},sha256={_digest(text)},{len(text)}" for path, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for entry, text in files.items():
            archive.writestr(entry, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


class Machine:
    """A virtual environment and the one folder its pip may look into."""

    def __init__(self, root: Path, python: Path) -> None:
        self.shelf = root / "shelf"
        self.locks = root / "requirements"
        self.python = python
        for folder in (self.shelf, self.locks):
            folder.mkdir()
        shutil.copy(INSTALLER, self.locks)

    def write_locks(self, locks: Mapping[str, str]) -> None:
        for name, text in locks.items():
            (self.locks / f"{name}.txt").write_text(text + "\n", encoding="utf-8")

    def install(self, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        # The proxy leads nowhere, so the probe of PyTorch's index fails at once on any machine.
        environment |= {
            "PATH": "/usr/bin:/bin",
            "PIP_CONFIG_FILE": "/dev/null",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.shelf),
            "https_proxy": "http://127.0.0.1:9",
        }
        command = [str(self.python), str(self.locks / "install.py"), name]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def version(self, name: str) -> str | None:
        code = f"import importlib.metadata as m; print(m.version({name!r}))"
        done = subprocess.run([str(self.python), "-c", code], capture_output=True, text=True, check=False)
        return done.stdout.strip() or None


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh Python with pip and nothing else."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    return folder / "bin" / "python"


@pytest.fixture
def machine(tmp_path: Path, python: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path, python)
    shelf = machine.shelf
    tool = make_wheel(shelf, "tool", "2.0")
    runtime = make_wheel(shelf, "needed", "1.0")
    torch_cpu = make_wheel(shelf, "torch", "9.0+cpu")
    torch_plain = make_wheel(shelf, "torch", "9.0")
    machine.write_locks(
        {"runtime": runtime, "dev": f"{runtime}\n{tool}", "torch": torch_cpu, "torch-plain": torch_plain}
    )
    yield machine
    uninstall = [str(python), "-m", "pip", "uninstall", "-qq", "--yes", "needed", "tool", "torch"]
    subprocess.run(uninstall, check=True, capture_output=True)


def test_the_runtime_set_brings_no_torch(machine: Machine) -> None:
    done = machine.install("runtime")

    assert done.returncode == 0, done.stderr
    assert machine.version("needed") == "1.0"
    assert machine.version("torch") is None


def test_the_cpu_build_of_torch_is_taken_where_it_can_be_had(machine: Machine) -> None:
    done = machine.install("dev")

    assert done.returncode == 0, done.stderr
    assert machine.version("tool") == "2.0"
    assert machine.version("torch") == "9.0+cpu"
    assert done.stdout == ""


def test_without_a_cpu_build_the_general_one_is_taken_and_one_line_says_so(machine: Machine) -> None:
    next(machine.shelf.glob("torch-9.0+cpu*")).unlink()

    done = machine.install("dev")

    assert done.returncode == 0, done.stderr
    assert machine.version("torch") == "9.0"
    assert done.stderr.count("No CPU build of PyTorch can be had here") == 1


def test_the_general_build_is_taken_on_a_machine_whose_pip_caps_torch_too(machine: Machine, tmp_path: Path) -> None:
    next(machine.shelf.glob("torch-9.0+cpu*")).unlink()
    cap = tmp_path / "constraints.txt"
    cap.write_text("torch<=9.1\n", encoding="utf-8")

    done = machine.install("dev", PIP_CONSTRAINT=str(cap))

    assert done.returncode == 0, done.stderr
    assert machine.version("torch") == "9.0"


def test_a_file_with_another_hash_is_refused_and_nothing_else_taken_for_it(machine: Machine) -> None:
    wheel = next(machine.shelf.glob("torch-9.0+cpu*"))
    wheel.write_bytes(wheel.read_bytes() + b"changed")

    done = machine.install("dev")

    assert done.returncode == 1
    assert "HASHES" in done.stderr
    assert machine.version("torch") is None


def test_a_missing_package_ends_with_a_sentence_on_what_to_do(machine: Machine) -> None:
    next(machine.shelf.glob("needed*")).unlink()

    done = machine.install("runtime")

    assert done.returncode == 1
    assert "needed" in done.stderr
    assert "check the network" in done.stderr
    assert "Traceback" not in done.stderr
