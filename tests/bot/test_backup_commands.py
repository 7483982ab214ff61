"""`hallyu backup`, `verify` and `restore`: what they print, and what they say to each fault."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.cli.app import main
from bot.settings import environment_names
from fakes.files import snapshot
from fakes.keeping import add
from fakes.knowing import PACK, a_snippet
from knowledge.backups.manifest import as_text, read_manifest
from knowledge.models import Scope
from knowledge.store import open_store, open_store_readonly, writer_lock


@dataclass(frozen=True)
class Outcome:
    code: int
    out: list[str]
    err: list[str]


@pytest.fixture
def hallyu(monkeypatch, capfd, tmp_path) -> Callable[..., Outcome]:
    """Runs a command line as the console script does, in a folder of its own."""
    for name in environment_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["hallyu", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Outcome(int(end.value.code or 0), out.splitlines(), err.splitlines())

    return run


@pytest.fixture
def database(tmp_path) -> Path:
    path = tmp_path / "data" / "hallyu.db"
    asyncio.run(keep(path, "own"))
    return path


async def keep(path: Path, name: str) -> None:
    async with open_store(path) as store:
        await store.sync(PACK)
        await add(store, 10, a_snippet(name, "Shop seven sells tea."), 1)


async def names(path: Path) -> set[str]:
    async with open_store_readonly(path) as store:
        return {revision.snippet.id for revision in await store.live(Scope(10))}


def the_backup(database: Path) -> Path:
    (backup,) = (database.parent / "backups").glob("hallyu-2*")
    return backup.relative_to(database.parents[1])


def test_a_backup_is_named_with_what_is_in_it(hallyu, database):
    done = hallyu("backup")
    assert (done.code, done.err) == (0, [])
    assert done.out == [f"{the_backup(database)}: 0.1 MB, 6 records, 6 revisions, verified."]


def test_a_backup_goes_where_it_is_told_and_the_oldest_goes(hallyu, database, tmp_path):
    first = hallyu("backup", "--to", tmp_path / "elsewhere").out[0].split(":")[0]
    done = hallyu("backup", "--to", tmp_path / "elsewhere", "--keep", 1)
    assert done.out[1:] == [f"deleted: {first}"]
    assert len(list((tmp_path / "elsewhere").glob("hallyu-2*"))) == 1
    assert not (database.parent / "backups").exists()


def test_a_backup_is_verified_line_by_line(hallyu, database):
    hallyu("backup")
    done = hallyu("verify", the_backup(database))
    assert (done.code, done.err) == (0, [])
    assert [re.split(r": ", line)[0] for line in done.out] == [
        f"ok     {part}"
        for part in (
            *("Manifest", "Checksums", "Database", "References", "Schema", "Records", "Revisions", "Contents"),
        )
    ]


def test_the_data_folder_is_verified_without_a_path(hallyu, database):
    done = hallyu("verify")
    assert (done.code, done.out[-1]) == (0, "ok     Revisions: 6, each with the checksum of its text")


def test_a_fault_is_a_line_and_an_exit_code(hallyu, database):
    hallyu("backup")
    with (the_backup(database) / "hallyu.db").open("r+b") as file:
        file.seek(9_000)
        file.write(b"damage")
    done = hallyu("verify", the_backup(database))
    assert (done.code, done.out[-1]) == (1, "FAULT  Checksums: hallyu.db is missing or not what was written")
    done = hallyu("restore", the_backup(database))
    assert (done.code, done.out, len(done.err)) == (1, [], 1)
    assert "is not restored, since it is not sound. Checksums: hallyu.db" in done.err[0]


def test_a_restore_says_how_to_go_back_and_that_works(hallyu, database):
    hallyu("backup")
    asyncio.run(keep(database, "later"))
    done = hallyu("restore", the_backup(database))
    assert (done.code, done.err) == (0, [])
    assert re.fullmatch(rf"data/hallyu\.db is what {the_backup(database)} holds now, made 2\S+\.", done.out[0])
    assert "later" not in asyncio.run(names(database))
    _, _, command = done.out[1].partition("To go back: hallyu ")
    assert hallyu(*command.split()).code == 0
    assert "later" in asyncio.run(names(database))


def test_a_restore_into_an_empty_folder_has_nothing_to_go_back_to(hallyu, database, monkeypatch, tmp_path):
    hallyu("backup")
    monkeypatch.setenv("HALLYU_DATA_DIR", str(tmp_path / "new"))
    assert len(hallyu("restore", the_backup(database)).out) == 1
    assert asyncio.run(names(tmp_path / "new" / "hallyu.db")) == asyncio.run(names(database))


def test_a_restore_beside_a_running_bot_is_one_sentence(hallyu, database):
    hallyu("backup")
    with writer_lock(database.parent):
        before = snapshot(database.parent)
        done = hallyu("restore", the_backup(database))
        assert snapshot(database.parent) == before
    assert (done.code, done.out) == (1, [])
    assert done.err == ["Another Hallyu is already writing in data. Stop it, or choose another folder."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["backup"], "There is no knowledge at data/hallyu.db yet, so there is nothing to back up."),
        (["verify"], "There is no knowledge at data/hallyu.db yet, so there is nothing to verify."),
        (["verify", "nowhere"], "There is no backup at nowhere. `hallyu backup` makes one."),
        (["restore", "nowhere"], "There is no backup at nowhere. `hallyu backup` makes one."),
    ],
)
def test_what_is_not_there_is_one_sentence_and_makes_nothing(hallyu, tmp_path, words, sentence):
    done = hallyu(*words)
    assert (done.code, done.out, done.err) == (1, [], [sentence])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["backup", "--keep", "0"], ["restore"], ["verify", "a", "b"]])
def test_a_command_line_that_makes_no_sense_is_exit_code_two(hallyu, words):
    assert hallyu(*words).code == 2


def test_a_place_that_is_a_file_is_one_sentence(hallyu, database, tmp_path):
    (tmp_path / "file").touch()
    done = hallyu("backup", "--to", "file")
    assert (done.code, done.err) == (1, ["Backups cannot be written into file, which is no folder. Name another one."])
    done = hallyu("backup", "--to", "file/below")
    assert (done.code, done.err) == (1, ["file/below cannot be written (Not a directory). Nothing was changed."])


def test_the_data_folder_itself_is_no_place_for_backups(hallyu, database):
    sentence = "data is the data folder itself. Name another folder for backups, such as data/backups."
    assert hallyu("backup", "--to", "data").err == [sentence]
    with writer_lock(database.parent):
        assert hallyu("backup", "--to", "data").err == [sentence]
    assert list(database.parent.glob("hallyu-2*")) == []


def test_two_backups_at_once_into_one_folder_are_told_of_each_other(hallyu, database, tmp_path):
    with writer_lock(tmp_path / "elsewhere"):
        done = hallyu("backup", "--to", "elsewhere")
    assert done.err == ["Another Hallyu is writing in elsewhere. Wait until it is done, or name another folder."]


def test_what_a_manifest_says_does_not_write_to_the_terminal(hallyu, database):
    hallyu("backup")
    manifest = the_backup(database) / "manifest.json"
    manifest.write_text(as_text(replace(read_manifest(manifest.parent), made_at="\x1b[2J")))
    done = hallyu("verify", manifest.parent)
    assert (done.code, done.out) == (1, ["FAULT  Manifest: manifest.json is damaged"])
