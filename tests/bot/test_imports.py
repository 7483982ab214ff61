"""Imports go one way, bot → index → knowledge, in no circle, and each library stays in its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from knowledge.files import MAKERS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "index", "knowledge")
MAY_IMPORT = {"bot": {"bot", "index", "knowledge"}, "index": {"index", "knowledge"}, "knowledge": {"knowledge"}}
ROOMS = {
    "bot": ("aiohttp", "discord", "prometheus_client", "typer", "rich", "pydantic_settings"),
    "index": ("faiss", "numpy", "onnx", "onnxruntime", "sentence_transformers", "Stemmer", "tokenizers", "torch"),
    "knowledge": ("aiosqlite", "sqlite3", "filelock", "markdown_it", "trafilatura"),
}
HOMES = {library: package for package, libraries in ROOMS.items() for library in libraries}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The modules that an import names; `from package import module` names the module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    assert node.level == 0, "imports are absolute"
    for alias in node.names:
        inner = f"{node.module}.{alias.name}"
        yield inner if inner in MODULES else str(node.module)


def all_imports(module: str) -> set[str]:
    """Everything that is imported anywhere in a module, inside functions too."""
    nodes = (node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Import | ast.ImportFrom))
    return {name for node in nodes for name in imported(node)}


def imports_at_import_time(module: str) -> set[str]:
    """What importing the module imports of ours: not what stands in functions or under `if TYPE_CHECKING`."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree_of(module)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update(imported(node))
        waiting += ast.iter_child_nodes(node)
    return found & MODULES.keys()


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way_and_libraries_stay_in_their_room(module):
    package = module.split(".")[0]
    for name in all_imports(module):
        top = name.split(".")[0]
        if top in PACKAGES:
            assert top in MAY_IMPORT[package], f"{module} imports {name}"
            assert name not in PACKAGES, f"{module} imports the bare package {name}"
        else:
            assert HOMES.get(top, package) == package, f"{module} imports {name}, which belongs into {HOMES[top]}/"


def circle_from(module: str, above: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    """The modules of a circle that is reached from `module`, or none."""
    if module in above:
        return (*above[above.index(module) :], module)
    if module in done:
        return ()
    circles = (circle_from(name, (*above, module), done) for name in sorted(imports_at_import_time(module) - {module}))
    circle = next(filter(None, circles), ())
    done.add(module)
    return circle


def test_no_modules_import_each_other_in_a_circle():
    done: set[str] = set()
    assert [circle for module in MODULES if (circle := circle_from(module, (), done))] == []


def test_what_turns_the_pack_into_records_is_in_its_digest():
    refusing = {"knowledge.pack.checks", "knowledge.errors"}
    reached, waiting = {"knowledge.files"} | refusing, ["knowledge.pack.loader"]
    while waiting:
        if (module := waiting.pop()) not in reached:
            reached.add(module)
            waiting += imports_at_import_time(module)
    assert {f"knowledge.{name.replace('/', '.')}" for name in MAKERS} == reached - refusing - {"knowledge.files"}


def test_torch_is_imported_where_the_model_is_exported_alone_and_only_in_functions():
    heavy = {"torch", "sentence_transformers", "transformers", "onnx"}
    users = {module for module in MODULES if {name.split(".")[0] for name in all_imports(module)} & heavy}
    assert users == {f"index.embedding.{module}" for module in ("adapter", "eight_bits", "export")}
    top_level = {
        name.split(".")[0]
        for module in users
        for node in tree_of(module).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
    }
    assert not top_level & heavy


def test_trafilatura_is_imported_by_one_program_alone_and_only_when_it_runs():
    users = {module for module in MODULES if "trafilatura" in {name.split(".")[0] for name in all_imports(module)}}
    assert users == {"knowledge.importing.extraction"}
    top_level = [node for node in tree_of(users.pop()).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert all(not name.startswith("trafilatura") for node in top_level for name in imported(node))


@pytest.mark.parametrize(
    "module", ["bot.asking", "bot.compose", "bot.curation.curating", "bot.settings", "bot.cli.answering"]
)
def test_what_the_terminal_needs_does_not_import_discord(module):
    reached, waiting = set(), {module}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        parents = {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
        waiting |= ((imports_at_import_time(name) | parents) & MODULES.keys()) - reached
    users = [
        name
        for name in sorted(reached)
        for node in tree_of(name).body
        if isinstance(node, ast.Import | ast.ImportFrom) and any(i.split(".")[0] == "discord" for i in imported(node))
    ]
    assert users == []


def test_there_is_something_to_look_at():
    assert len(MODULES) > 100
    assert all(module in MODULES for module in PACKAGES)
