"""What the documents say is there is there, and what is there is in the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import simcord
import typer
from discord import app_commands

from bot.cli.app import app
from bot.cli.ask_json import refused_as_json
from bot.settings import Settings, environment_names

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "docs/*.md",
        "knowledge/corpus/*.md",
        "knowledge/entities/*.md",
        ".env.example",
        "Dockerfile",
    )
    for path in ROOT.glob(pattern)
)
SOURCES = sorted(path for package in ("bot", "index", "knowledge") for path in (ROOT / package).rglob("*.py"))
HALLYU = typer.main.get_command(app)


def read(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


COMMANDS_PAGE = read("docs/commands.md")
FOR_MEMBERS = read("README.md") + "\n" + COMMANDS_PAGE


def leaves(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    """Every command that does something, with its name."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(path), command
        return
    for name, below in inner.items():
        yield from leaves(below, (*path, name))


LEAVES = dict(leaves(HALLYU))


def options_of(command: object) -> list[str]:
    return [option for parameter in command.params for option in parameter.opts if option.startswith("-")]


# --- the command line --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_and_option_is_documented(name):
    assert f"`hallyu {name}" in COMMANDS_PAGE
    options = options_of(LEAVES[name])
    if options:
        _, _, section = COMMANDS_PAGE.partition(f"### hallyu {name}\n")
        section = section.partition("\n#")[0]
        assert [option for option in options if f"`{option}`" not in section] == []


def command_lines(text: str) -> list[str]:
    """What stands behind `hallyu` in code: spans in back-quotes, and lines behind a prompt."""
    return re.findall(r"(?:`|^\$ )(?:\.venv/bin/)?hallyu ([^`\n]+)", text, re.MULTILINE)


def stray(line: str) -> list[str]:
    """The words of a command line that name no command or option."""
    command, words = HALLYU, line.split()
    while words and hasattr(command, "commands"):
        if words[0] not in command.commands:
            return words[:1]
        command = command.commands[words.pop(0)]
    known = [*options_of(command), "--help"] if not hasattr(command, "commands") else ["--help"]
    return [word for word in words if word.startswith("--") and word not in known]


@pytest.mark.parametrize("path", [*PAGES, *SOURCES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_that_is_named_exists(path):
    assert {line: stray(line) for line in command_lines(read(path)) if stray(line)} == {}


def test_a_command_that_does_not_exist_would_be_noticed():
    text = "Run `hallyu frob`, or `hallyu ask --jsn x`:\n$ hallyu corpus chek\n$ .venv/bin/hallyu ask --json x\n"
    assert [stray(line) for line in command_lines(text)] == [["frob"], ["--jsn"], ["chek"], []]


def test_the_fields_of_the_json_object_are_documented():
    table = COMMANDS_PAGE.partition("always has these fields:")[2].partition("\n\n`ask`")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(refused_as_json("", "en"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_make_target_that_is_named_exists(path):
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = re.findall(r"(?:`|^\$ )make (?:PYTHON=\S+ )?([a-z-]+)", read(path), re.MULTILINE)
    assert set(named) <= targets


# --- Discord -----------------------------------------------------------------------------------------------------


def slash_commands(simulation: simcord.Env) -> Iterator[app_commands.Command | app_commands.ContextMenu]:
    """Commands and menus, those of a group one by one."""
    for command in simulation.bot.tree.get_commands():
        yield from command.walk_commands() if isinstance(command, app_commands.Group) else [command]


async def test_every_slash_command_option_and_menu_is_documented(simulation):
    commands = list(slash_commands(simulation))
    assert commands
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            assert f"**{command.name}**" in COMMANDS_PAGE
            continue
        (line,) = re.findall(rf"^\| `/{command.qualified_name}\b([^`]*)`", COMMANDS_PAGE, re.MULTILINE)
        assert re.findall(r"(\w+):", line) == [parameter.name for parameter in command.parameters]


async def test_every_slash_command_that_is_named_exists(simulation):
    known = {command.name for command in simulation.bot.tree.get_commands()}
    named = set(re.findall(r"`/([a-z]+)[ `:]", FOR_MEMBERS)) | set(
        re.findall(r"^/([a-z]+) ", FOR_MEMBERS, re.MULTILINE)
    )
    assert named == known & named


def test_every_button_is_documented(catalogue):
    for name in ("sources", "why", "good", "bad", "share", "undo", "tell"):
        assert catalogue.say(f"button.{name}", "en") in COMMANDS_PAGE
    for key in ("correction.anyway", "history.undo", "history.newer", "history.older"):
        assert f"**{catalogue.say(key, 'en')}**" in COMMANDS_PAGE


# --- settings ----------------------------------------------------------------------------------------------------

ROWS = dict(re.findall(r"^\| `([A-Z_]+)` \|(.*)$", read("docs/configuration.md"), re.MULTILINE))


def test_every_setting_is_documented_and_nothing_else():
    assert list(ROWS) == environment_names()


def test_the_template_has_every_setting_and_nothing_else():
    assert re.findall(r"^(?:# )?([A-Z_]+)=", read(".env.example"), re.MULTILINE) == environment_names()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_setting_that_is_named_exists(path):
    assert set(re.findall(r"\b(?:HALLYU|DISCORD)_[A-Z_]+\b", read(path))) <= set(environment_names())


@pytest.mark.parametrize("field", Settings.model_fields.values(), ids=environment_names())
def test_the_documented_default_is_the_one_in_force(field):
    if isinstance(field.default, str | Path):
        default = ROWS[str(field.validation_alias)].split("|")[0]
        assert f"{field.default}`" in default


def test_the_template_is_valid_and_changes_nothing(monkeypatch, tmp_path):
    for name in environment_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    plain = Settings()
    (tmp_path / ".env").write_text(read(".env.example"), encoding="utf-8")
    assert Settings() == plain


# --- links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_project_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", read(path))
    assert [target for target in targets if not (path.parent / target).exists()] == []
