"""The Dockerfile, compose.yaml and the systemd unit, as far as they can be judged without running them."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
import yaml

from bot.exit_codes import NEEDS_ADMIN
from bot.settings import environment_names

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["hallyu"]
UNIT = (ROOT / "deploy/hallyu.service").read_text(encoding="utf-8")


def stage(name: str) -> str:
    return re.split(r"^FROM ", DOCKERFILE.partition(f" AS {name}\n")[2], flags=re.MULTILINE)[0]


def test_the_last_stage_is_the_one_without_torch_and_holds_only_what_runs() -> None:
    assert re.findall(r"^FROM .* AS (\w+)$", DOCKERFILE, re.MULTILINE) == [
        "build",
        "trimmed",
        "base",
        "full",
        "runtime",
    ]
    assert re.findall(r"^COPY (.*)$", stage("runtime"), re.MULTILINE) == ["--from=trimmed /opt/hallyu /opt/hallyu"]


def test_the_image_runs_without_root_and_watches_its_health() -> None:
    base = stage("base")
    assert "USER 10001:10001" in base
    assert "VOLUME /data" in base
    assert 'CMD ["hallyu", "health"]' in base
    labels = set(re.findall(r"org\.opencontainers\.image\.(\w+)=", base))
    assert labels >= {"title", "description", "licenses", "version", "revision"}


def test_what_the_build_copies_is_let_in_by_dockerignore() -> None:
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    lines = re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    copied = [word.rstrip("/") for line in lines for word in line.split()]
    assert copied
    assert [name for name in copied if f"\n!{name}\n" not in allowed] == []


def test_compose_takes_everything_from_the_container_that_it_does_not_need() -> None:
    assert COMPOSE["read_only"] is True
    assert COMPOSE["cap_drop"] == ["ALL"]
    assert COMPOSE["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "cpus", "pids_limit", "tmpfs", "init"} <= set(COMPOSE)
    assert COMPOSE["volumes"] == ["hallyu-data:/data"]
    assert "DISCORD_TOKEN" not in COMPOSE["environment"]


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT, str(COMPOSE)], ids=["Dockerfile", "unit", "compose"])
def test_only_settings_that_exist_are_set(text: str) -> None:
    assert set(re.findall(r"\b(?:HALLYU|DISCORD)_[A-Z_]+\b", text)) <= set(environment_names())


def test_the_unit_restarts_after_a_failure_but_not_for_ever_and_holds_no_token() -> None:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str
    parsed.read_string(UNIT)
    service = parsed["Service"]
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == str(NEEDS_ADMIN)
    assert int(parsed["Unit"]["StartLimitBurst"]) > 0
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert "EnvironmentFile" in service
    assert "DISCORD_TOKEN=" not in UNIT
