"""The built package, as an image installs it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "index", "knowledge")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(build, cwd=ROOT, check=True)
    return zipfile.ZipFile(next(folder.glob("hallyu-*.whl")))


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_every_file_of_a_package(wheel: zipfile.ZipFile, package: str) -> None:
    files = {path.relative_to(ROOT) for path in (ROOT / package).rglob("*") if path.is_file()}
    wanted = {path.as_posix() for path in files if "__pycache__" not in path.parts}

    assert wanted
    assert wanted <= set(wheel.namelist())


@pytest.mark.slow
def test_the_wheel_holds_the_three_packages_and_both_licence_files(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(PACKAGES)
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


@pytest.mark.slow
def test_the_wheel_brings_the_command_and_asks_for_no_torch(wheel: zipfile.ZipFile) -> None:
    info = next(name for name in wheel.namelist() if name.endswith("/METADATA")).rsplit("/", 1)[0]
    scripts = wheel.read(f"{info}/entry_points.txt").decode()
    required = [
        line
        for line in wheel.read(f"{info}/METADATA").decode().splitlines()
        if line.startswith("Requires-Dist:") and "extra ==" not in line
    ]

    assert "hallyu = bot.cli:main" in scripts
    assert not [line for line in required if "torch" in line or "transformers" in line]
