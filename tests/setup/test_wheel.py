"""The built package, as an image installs it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ("knowledge/corpus/*.yaml", "knowledge/entities/*.yaml", "knowledge/golden/*.yaml", "bot/catalogue/*.yaml")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(build, cwd=ROOT, check=True)
    return zipfile.ZipFile(next(folder.glob("hallyu-*.whl")))


@pytest.mark.slow
@pytest.mark.parametrize("pattern", DATA)
def test_the_wheel_holds_every_data_file(wheel: zipfile.ZipFile, pattern: str) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern)}

    assert files
    assert files <= set(wheel.namelist())


@pytest.mark.slow
def test_the_wheel_holds_the_three_packages_and_both_licence_files(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"bot", "index", "knowledge"}
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
