"""The locks in requirements/: complete, hashed, and free of anything that belongs to one machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("runtime", "model", "dev")
ALL = (*LOCKS, "ko", "peers", "torch", "torch-plain")


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> set[str]:
    """The requirement lines, `name==version ; marker`."""
    return {line.rstrip(" \\") for line in lock_text(name).splitlines() if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("name", ALL)
def test_every_requirement_is_pinned_with_a_hash(name: str) -> None:
    requirements = re.findall(r"^[a-z0-9](?:.*\\\n)*.*", lock_text(name), re.MULTILINE)

    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==\S+ ", requirement)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement)


@pytest.mark.parametrize("name", ALL)
def test_no_lock_names_an_index_a_link_or_a_path(name: str) -> None:
    lines = [line for line in lock_text(name).splitlines() if not line.startswith("#")]

    assert not [line for line in lines if re.search(r"^-|://|(^|\s)[./~]|\s@\s", line)]


def test_each_lock_holds_the_smaller_one_with_equal_pins() -> None:
    assert pins("runtime") < pins("model") < pins("dev")


def test_the_lock_for_korean_is_the_kiwi_of_the_project_and_nothing_that_the_bot_has() -> None:
    in_project = re.search(r"kiwipiepy==[\d.]+", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert in_project is not None
    assert {pin.split("==")[0] for pin in pins("ko")} == {"kiwipiepy", "kiwipiepy-model"}
    assert in_project[0] in pins("ko")


def test_what_the_bot_runs_on_needs_no_torch() -> None:
    names = {pin.split("==")[0] for pin in pins("runtime")}

    assert not names & {"torch", "transformers", "sentence-transformers", "onnx", "scipy", "scikit-learn"}


@pytest.mark.parametrize("name", [*LOCKS, "peers"])
def test_torch_and_what_comes_with_cuda_are_left_to_the_torch_locks(name: str) -> None:
    assert not [pin for pin in pins(name) if re.match(r"(torch|triton|cuda-|nvidia-)", pin)]


def test_all_places_name_the_same_torch() -> None:
    in_project = re.search(r'"torch==([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    in_locks = re.findall(r"^torch==([\d.]+)", lock_text("torch") + lock_text("torch-plain"), re.MULTILINE)

    assert in_project is not None
    assert set(in_locks) == {in_project[1]}
