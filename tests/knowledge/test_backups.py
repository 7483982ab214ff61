"""Backups: what is made, what verifying finds, and what restoring puts back, on real databases."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fakes.damage import flipped_bytes
from fakes.files import snapshot
from fakes.keeping import add, retire
from knowledge.backups import NotSound, backups_in, made_at, make_backup, restore, verify, verify_live
from knowledge.backups.manifest import DATABASE, MANIFEST, File, as_text, from_text, read_manifest
from knowledge.errors import HallyuError
from knowledge.models import Hidden, Scope
from knowledge.store import Locked, Stopped, open_store, open_store_readonly
from knowledge.store.sqlite.lock import writer_lock
from knowledge.store.sqlite.migrations import MIGRATIONS

GUILD = 10
NEEDS_PERMISSIONS = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture
def backups(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
async def kept(path, make_snippet, make_pack):
    """A database with the pack, a note of a guild, one that was retired, and one that is hidden."""
    async with open_store(path) as store:
        await store.sync(make_pack(make_snippet("golden"), make_snippet("duo")))
        await add(store, GUILD, make_snippet("own"), 1)
        await add(store, GUILD, make_snippet("old"), 1)
        await retire(store, GUILD, "old", 1)
        await add(store, GUILD, Hidden("duo"), 1)
    return path


async def ids(path: Path) -> list[str]:
    async with open_store_readonly(path) as store:
        return sorted(revision.snippet.id for revision in await store.live(Scope(GUILD)))


async def put(path: Path, snippet) -> None:
    async with open_store(path) as store:
        await add(store, GUILD, snippet, 1)


def faults(verified) -> list[str]:
    return [check.part for check in verified.checks if not check.fine]


def changed(path: Path, *statements: str) -> None:
    """Changes a database behind the store's back, past its triggers."""
    with closing(sqlite3.connect(path)) as opened:
        triggers = opened.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _, _ in triggers:
            opened.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            opened.execute(statement)
        tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for _, table, sql in triggers:
            if table in tables:
                opened.execute(sql)
        opened.commit()


def with_body(body: str, id: int) -> str:
    """The statement that gives a revision this body, with its right checksum."""
    return f"UPDATE revision SET body = '{body}', hash = '{hashlib.sha256(body.encode()).hexdigest()}' WHERE id = {id}"


# --- making ------------------------------------------------------------------------------------------------------


async def test_a_backup_is_a_verified_folder_for_its_owners_eyes_only(kept, backups, clock):
    made = make_backup(kept, backups, clock=clock)
    assert made.path == backups / "hallyu-20261123-120000"
    assert sorted(file.name for file in made.path.iterdir()) == [DATABASE, MANIFEST]
    assert faults(verify(made.path)) == []
    modes = {stat.S_IMODE(file.stat().st_mode) for file in made.path.iterdir()}
    assert modes == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (backups, made.path)} == {0o700}


async def test_the_manifest_says_what_is_in_it(kept, backups, clock):
    made = make_backup(kept, backups, clock=clock)
    manifest = from_text((made.path / MANIFEST).read_text())
    assert manifest == made.manifest
    assert (manifest.made_at, manifest.schema) == ("2026-11-23T12:00:00+00:00", MIGRATIONS[-1].version)
    assert (manifest.records, manifest.revisions, manifest.pack) == (6, 7, "digest-1")
    assert made.bytes == (made.path / DATABASE).stat().st_size


async def test_a_backup_beside_a_writer_holds_what_was_acknowledged_and_changes_nothing(path, backups, make_snippet):
    async with open_store(path) as store:
        await add(store, GUILD, make_snippet("own"), 1)  # lies in the log still
        before = path.read_bytes()
        made = make_backup(path, backups)
        assert path.read_bytes() == before
        await add(store, GUILD, make_snippet("later"), 1)
    assert await ids(made.path / DATABASE) == ["own"]


@pytest.mark.slow
async def test_a_backup_under_load_is_of_one_moment_and_keeps_no_writer_waiting(path, backups, make_snippet):
    slowest, acknowledged = 0.0, 0
    async with open_store(path) as store:
        await store.keep_vectors("model", {str(n): os.urandom(1_500) for n in range(20_000)})
        going = True

        async def write() -> None:
            nonlocal slowest, acknowledged
            while going:
                began = asyncio.get_running_loop().time()
                await add(store, GUILD, make_snippet(f"s-{acknowledged:05}"), 1)
                acknowledged += 1
                slowest = max(slowest, asyncio.get_running_loop().time() - began)

        writing = asyncio.create_task(write())
        made = []
        for _ in range(3):
            least = acknowledged
            made.append((least, await asyncio.to_thread(make_backup, path, backups)))
            assert acknowledged > least, "writing went on meanwhile"
        going = False
        await writing
    for least, backup in made:
        found = await ids(backup.path / DATABASE)
        assert found == [f"s-{n:05}" for n in range(len(found))], "no note without those before it"
        assert len(found) >= least
        assert faults(verify(backup.path)) == []
    assert slowest < 2.0


async def test_the_oldest_are_deleted_beyond_the_number_to_keep(kept, backups, clock):
    made = []
    for _ in range(5):
        made.append(make_backup(kept, backups, keep=3, clock=clock))
        clock.forward(hours=1)
    assert [backup.path for backup in made[2:]] == backups_in(backups)
    assert made[-1].deleted == (made[1].path,)


async def test_backups_of_the_same_second_are_all_kept_in_order(kept, backups, clock):
    made = [make_backup(kept, backups, clock=clock).path for _ in range(11)]
    assert backups_in(backups) == made
    assert {made_at(backup) for backup in made} == {datetime(2026, 11, 23, 12, tzinfo=UTC)}


async def test_a_new_backup_is_never_deleted_even_where_the_clock_went_back(kept, backups, clock):
    make_backup(kept, backups, clock=clock)
    clock.forward(days=-30)
    new = make_backup(kept, backups, keep=1, clock=clock)
    assert backups_in(backups) == [new.path]


async def test_nothing_is_deleted_for_a_backup_that_fails(kept, backups, clock):
    good = make_backup(kept, backups, clock=clock)
    changed(kept, "UPDATE revision SET hash = 'x' WHERE id = 1")
    clock.forward(hours=1)
    with pytest.raises(HallyuError, match=r"No backup was made, since .* is not sound. Revisions: 1 of 7 are not what"):
        make_backup(kept, backups, keep=1, clock=clock)
    assert backups_in(backups) == [good.path]


async def test_other_things_in_the_folder_are_left_alone(kept, backups, clock):
    for name in ("hallyu-20200101-000000", "holiday", ".hallyu-mine"):
        (backups / name).mkdir(parents=True)
    make_backup(kept, backups, keep=1, clock=clock)
    assert {path.name for path in backups.iterdir()} > {"hallyu-20200101-000000", "holiday", ".hallyu-mine"}


async def test_a_link_to_a_backup_is_neither_counted_nor_deleted(kept, backups, tmp_path, clock):
    first = make_backup(kept, backups, clock=clock).path
    moved = first.rename(tmp_path / first.name)
    first.symlink_to(moved)
    for _ in range(2):
        clock.forward(hours=1)
        new = make_backup(kept, backups, keep=1, clock=clock).path
    assert backups_in(backups) == [new]
    assert verify(first).fine
    assert list(backups.glob(".hallyu-*.part")) == []


async def test_a_reason_that_the_system_did_not_give_is_told_in_words(kept, backups, monkeypatch):
    def fail(_: Path) -> None:
        raise OSError("the disk said no")

    make_backup(kept, backups)
    monkeypatch.setattr(shutil, "rmtree", fail)
    with pytest.raises(HallyuError, match=r"older ones could not be deleted \(the disk said no\)"):
        make_backup(kept, backups, keep=1)


async def test_what_a_killed_backup_left_is_cleared_away(kept, backups):
    leftover = backups / ".hallyu-20200101-000000.part"
    leftover.mkdir(parents=True)
    (leftover / DATABASE).write_bytes(b"half")
    make_backup(kept, backups)
    assert not leftover.exists()


async def test_two_backups_at_once_into_one_folder_are_refused(kept, backups):
    with writer_lock(backups), pytest.raises(Locked):
        make_backup(kept, backups)
    assert backups_in(backups) == []


def test_without_a_database_there_is_a_sentence_and_no_folder(path, backups):
    with pytest.raises(HallyuError, match=r"There is no knowledge at .* nothing to back up\.$"):
        make_backup(path, backups)
    assert not backups.exists()


async def test_a_place_that_cannot_be_written_is_a_sentence(kept, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HallyuError, match=r"cannot be written"):
        make_backup(kept, tmp_path / "file" / "backups")
    with pytest.raises(HallyuError, match=r"cannot be written"):
        make_backup(kept, tmp_path / "file")


async def test_a_folder_for_backups_that_cannot_be_written_is_not_called_the_data_folder(kept, backups, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("knowledge.store.sqlite.lock.inherit_owner", refuse)
    with pytest.raises(HallyuError, match=r"^The folder for backups .* cannot be written"):
        make_backup(kept, backups)


@NEEDS_PERMISSIONS
@pytest.mark.parametrize("mode", [0o500, 0o000])
async def test_a_folder_that_may_not_be_written_or_looked_into_is_a_sentence(kept, backups, mode):
    make_backup(kept, backups)
    backups.chmod(mode)
    with pytest.raises(HallyuError, match=r"cannot be written"):
        make_backup(kept, backups)
    backups.chmod(0o700)
    assert len(backups_in(backups)) == 1


@NEEDS_PERMISSIONS
async def test_a_backup_on_a_read_only_medium_can_be_verified_and_restored(kept, backups, tmp_path, make_snippet):
    made = make_backup(kept, backups).path
    made.chmod(0o500)
    (made / DATABASE).chmod(0o400)
    assert verify(made).fine
    restore(made, tmp_path / "new" / "hallyu.db")
    await put(tmp_path / "new" / "hallyu.db", make_snippet("later"))
    made.chmod(0o700)


@NEEDS_PERMISSIONS
async def test_a_data_folder_that_may_not_be_written_is_restored_into_by_nobody(kept, backups):
    made = make_backup(kept, backups).path
    before = snapshot(kept.parent)
    kept.parent.chmod(0o500)
    with pytest.raises(HallyuError, match="cannot be written"):
        restore(made, kept)
    kept.parent.chmod(0o700)
    assert snapshot(kept.parent) == before


async def test_a_damaged_database_is_a_sentence_and_leaves_nothing(kept, backups):
    with kept.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 4096 * 4)
    with pytest.raises(HallyuError, match=r"No backup was made|is damaged"):
        make_backup(kept, backups)
    assert [path.name for path in backups.iterdir() if path.name != "hallyu.lock"] == []


@pytest.mark.parametrize("looks", [1, 2, 5])
async def test_a_backup_that_is_told_to_stop_leaves_nothing(path, backups, looks):
    async with open_store(path) as store:
        await store.keep_vectors("model", {str(n): os.urandom(1_500) for n in range(2_000)})
    left = looks

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left <= 0

    with pytest.raises(Stopped):
        make_backup(path, backups, stop=stop)
    assert [path.name for path in backups.iterdir() if path.name != "hallyu.lock"] == []


# --- verifying ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", [MANIFEST, DATABASE])
async def test_a_changed_byte_anywhere_in_a_backup_is_found(kept, backups, name):
    dice = random.Random(name)
    made = make_backup(kept, backups).path
    size = (made / name).stat().st_size
    positions = range(size) if name == MANIFEST else dice.sample(range(size), 300)
    missed = [at for at in flipped_bytes(made / name, positions, dice) if verify(made).fine]
    print(f"{len(positions)} changed bytes in {name}, {len(missed)} not found")
    assert missed == []
    assert verify(made).fine


@pytest.mark.parametrize("name", [MANIFEST, DATABASE])
@pytest.mark.parametrize("damage", [lambda whole: b"", lambda whole: whole[:-1], lambda whole: whole + b"\0", None])
async def test_a_file_that_is_cut_longer_or_missing_is_found(kept, backups, name, damage):
    file = make_backup(kept, backups).path / name
    whole = file.read_bytes()
    file.unlink()
    if damage:
        file.write_bytes(damage(whole))
    assert not verify(file.parent).fine


async def test_a_manifest_of_another_backup_is_found(kept, backups, make_snippet):
    first = make_backup(kept, backups).path
    await put(kept, make_snippet("more"))
    second = make_backup(kept, backups).path
    shutil.copy(first / MANIFEST, second / MANIFEST)
    assert faults(verify(second)) == ["Checksums"]


@pytest.mark.parametrize("more", [{}, {"compressed": True}, {"files": [DATABASE]}])
async def test_a_later_format_is_told_as_such_whatever_it_holds(kept, backups, more):
    made = make_backup(kept, backups).path
    (made / MANIFEST).write_text(json.dumps(json.loads((made / MANIFEST).read_text()) | {"format": 2} | more))
    (check,) = verify(made).checks
    assert (check.fine, check.what) == (False, "of a newer Hallyu. Upgrade Hallyu")


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", "7", '{"checksum": 1}', '{"files": {"a": 1}, "checksum": 1}', '{"format": "2"}'),
        *("[" * 200_000, "[" * 50_000, '{"format": 1, "checksum": 1, "files": ' + "[" * 50_000, " " * 10_000_000),
    ],
    ids=lambda text: text[:20],
)
async def test_what_is_no_manifest_is_found(kept, backups, text):
    made = make_backup(kept, backups).path
    (made / MANIFEST).write_text(text)
    (check,) = verify(made).checks
    assert (check.part, check.fine, check.what) == ("Manifest", False, "manifest.json is damaged")


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {}},
        {"files": {"other.db": File(1, "")}},
        {"files": {"/dev/zero": File(1, "")}},
        {"files": {DATABASE: File(1, ""), "../hallyu.lock": File(0, "")}},
        {"format": 0},
        {"made_at": "\x1b[2J yesterday"},
        {"made_at": "2026-11-23\x1b12:00:00+00:00"},
        {"made_at": 7},
        {"hallyu": "0.1\x1b[31m"},
        {"hallyu": None},
    ],
    ids=str,
)
async def test_a_manifest_that_no_backup_has_is_damaged_though_its_checksum_is_right(kept, backups, changes):
    made = make_backup(kept, backups).path
    (made / MANIFEST).write_text(as_text(replace(read_manifest(made), **changes)))
    (check,) = verify(made).checks
    assert (check.part, check.fine, check.what) == ("Manifest", False, "manifest.json is damaged")


@pytest.mark.parametrize("name", [MANIFEST, DATABASE])
@pytest.mark.parametrize("place", ["endless", "waiting"])
async def test_what_is_no_file_is_not_read_to_its_end(kept, backups, name, place):
    made = make_backup(kept, backups).path
    (made / name).unlink()
    if place == "endless":
        (made / name).symlink_to("/dev/zero")
    else:
        os.mkfifo(made / name)
    assert faults(verify(made)) == ["Manifest" if name == MANIFEST else "Checksums"]


async def test_a_file_of_another_size_is_not_read_at_all(kept, backups, monkeypatch):
    made = make_backup(kept, backups).path
    with (made / DATABASE).open("ab") as file:
        file.write(b"more")
    monkeypatch.setattr("knowledge.backups.verifying.file_of", None)
    assert faults(verify(made)) == ["Checksums"]


async def test_verifying_changes_nothing(kept, backups):
    made = make_backup(kept, backups).path
    before = snapshot(kept.parent)
    verify(made)
    verify(made / DATABASE)
    assert snapshot(kept.parent) == before
    verify_live(kept)
    assert snapshot(kept.parent) == before


async def test_the_live_database_is_verified_beside_its_writer(path, make_snippet):
    async with open_store(path) as store:
        await add(store, GUILD, make_snippet("own"), 1)
        verified = verify_live(path)
        assert [(check.part, check.fine) for check in verified.checks] == [
            (part, True) for part in ("Database", "References", "Schema", "Records", "Revisions")
        ]
        assert verified.checks[-1].what == "1, each with the checksum of its text"


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE record SET head = NULL WHERE slug = 'own'", "Records"),
        ("UPDATE record SET head = 1 WHERE slug = 'own'", "Records"),
        ("UPDATE record SET head = 6 WHERE slug = 'old'", "Records"),
        ("UPDATE revision SET number = 3 WHERE number = 2", "Records"),
        ("INSERT INTO record (owner, type, slug) VALUES (10, 'snippet', 'empty')", "Records"),
        ("UPDATE revision SET body = replace(body, 'says', 'lies') WHERE id = 2", "Revisions"),
        ("UPDATE revision SET body = x'ff00' WHERE id = 2", "Revisions"),
        ("UPDATE revision SET hash = '' WHERE id = 2", "Revisions"),
        ("INSERT INTO quote VALUES ('nowhere', 1, 1, 'en', 0, 1)", "References"),
        ("INSERT INTO migration VALUES (999, 'later', '')", "Schema"),
        ("DELETE FROM migration", "Schema"),
        ("DROP TABLE revision", "Records"),
    ],
)  # fmt: skip
async def test_what_the_store_relies_on_is_checked(kept, statement, part):
    assert verify_live(kept).fine
    changed(kept, statement)
    assert part in faults(verify_live(kept))


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP TRIGGER revision_is_never_changed", "trigger revision_is_never_changed is missing"),
        ("CREATE TRIGGER wipe AFTER INSERT ON note BEGIN DELETE FROM vector; END", "trigger wipe is not Hallyu's"),
        ("DROP TABLE tally", "table tally is missing"),
        ("DROP INDEX answer_by_time", "index answer_by_time is missing"),
        ("CREATE UNIQUE INDEX once ON vector (fingerprint)", "index once is not Hallyu's"),
        ("ALTER TABLE note ADD COLUMN more TEXT", "table note is changed"),
        (
            "CREATE TRIGGER \"their\x1b[2Js\" AFTER INSERT ON note BEGIN SELECT 1; END",
            "trigger their\ufffd[2Js is not Hallyu's",
        ),
    ],
)  # fmt: skip
async def test_a_database_that_is_made_otherwise_is_found(kept, statement, what):
    with closing(sqlite3.connect(kept)) as opened:
        opened.execute(statement)
        opened.commit()
    (check,) = [check for check in verify_live(kept).checks if not check.fine]
    assert check.part == "Schema"
    assert check.what == f"version {MIGRATIONS[-1].version}, but somebody has altered it: {what}"


@pytest.mark.parametrize(
    "statement",
    [
        "ANALYZE",
        "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)",
        "CREATE VIEW theirs AS SELECT 1",
        "CREATE INDEX theirs ON vector (fingerprint)",
    ],
)
async def test_what_a_tool_left_and_changes_nothing_is_no_fault(kept, statement):
    with closing(sqlite3.connect(kept)) as opened:
        opened.execute(statement)
        opened.commit()
    assert verify_live(kept).fine


async def test_an_altered_database_is_neither_backed_up_nor_restored(kept, backups, tmp_path):
    with closing(sqlite3.connect(kept)) as opened:
        opened.execute("DROP TRIGGER record_is_never_deleted")
        opened.commit()
    with pytest.raises(HallyuError, match=r"No backup was made, .* trigger record_is_never_deleted is missing"):
        make_backup(kept, backups)
    with pytest.raises(NotSound, match="trigger record_is_never_deleted is missing"):
        restore(kept, tmp_path / "new" / "hallyu.db")


SNIPPET = '{"as_of":"2025","id":"%s","kind":"event","sources":[],"status":"reported","text":%s,"topic":"%s"}'


@pytest.mark.parametrize(
    ("slug", "body"),
    [
        *(("own", body) for body in ("", "x", "7", "null", "[]", "[" * 100_000, '{"id":"own"}')),
        ("own", SNIPPET % ("other", '"Says."', "charts")),
        ("own", SNIPPET % ("own", '"Says."', "others")),
        ("own", SNIPPET % ("own", "7", "charts")),
        ("own", SNIPPET.replace("reported", "said") % ("own", '"Says."', "charts")),
        ("own", SNIPPET.replace("[]", '[{"title":7,"publisher":"","url":""}]') % ("own", '"Says."', "charts")),
        ("own", '{"hidden":true,"id":"own"}'),
        ("charts", '{"id":"charts","title":"Charts"}'),
        ("charts", '{"id":"charts","title":"Charts","title_ko":7}'),
    ],
    ids=lambda value: value[:60],
)
async def test_a_body_that_cannot_be_read_is_found_though_its_checksum_is_right(kept, slug, body):
    with closing(sqlite3.connect(kept)) as opened:
        (id,) = opened.execute("SELECT head FROM record WHERE slug = ?", (slug,)).fetchone()
    changed(kept, with_body(body, id))
    (check,) = [check for check in verify_live(kept).checks if not check.fine]
    assert (check.part, check.what) == ("Revisions", f"1 of 7 hold what Hallyu cannot read: {id}")


async def test_a_body_that_is_no_text_is_found(kept):
    changed(kept, "UPDATE revision SET body = CAST(body AS BLOB) WHERE id = 2")
    assert faults(verify_live(kept)) == ["Revisions"]


async def test_a_later_schema_says_what_to_do(kept):
    later = MIGRATIONS[-1].version + 1
    changed(kept, f"INSERT INTO migration VALUES ({later}, 'later', '')")
    (check,) = [check for check in verify_live(kept).checks if not check.fine]
    assert check.what == f"version {later}, of a newer Hallyu; this one knows {later - 1}. Upgrade Hallyu"


async def test_what_is_no_database_or_not_there_is_a_sentence(path, tmp_path):
    with pytest.raises(HallyuError, match=r"There is no backup at .*nowhere"):
        verify(tmp_path / "nowhere")
    with pytest.raises(HallyuError, match="nothing to verify"):
        verify_live(path)
    (tmp_path / "text").write_text("this is no database at all" * 100)
    assert faults(verify(tmp_path / "text")) == ["Database"]
    assert faults(verify(tmp_path)) == ["Manifest"]


# --- restoring ---------------------------------------------------------------------------------------------------


async def test_a_restore_brings_everything_back_and_keeps_what_was_there(kept, backups, clock, make_snippet):
    made = make_backup(kept, backups).path
    before = await ids(kept)
    await put(kept, make_snippet("later"))
    restored = restore(made, kept, clock=clock)
    assert await ids(kept) == before
    assert restored.kept == kept.parent / "hallyu-replaced-20261123-120000.db"
    assert await ids(restored.kept) == sorted([*before, "later"])
    assert verify_live(kept).fine


async def test_the_way_back_from_a_restore(kept, backups, make_snippet):
    made = make_backup(kept, backups).path
    await put(kept, make_snippet("later"))
    after = await ids(kept)
    restored = restore(made, kept)
    again = restore(restored.kept, kept)
    assert await ids(kept) == after
    assert again.kept != restored.kept


async def test_a_restore_into_an_empty_folder_on_another_machine(kept, backups, tmp_path):
    made = make_backup(kept, backups).path
    carried = tmp_path / "carried" / "somewhere else"
    shutil.copytree(made, carried)
    other = tmp_path / "new" / "data" / "hallyu.db"
    restored = restore(carried, other)
    assert restored.kept is None
    assert await ids(other) == await ids(kept)
    assert stat.S_IMODE(other.stat().st_mode) == 0o600
    assert sorted(file.name for file in other.parent.iterdir() if file.suffix == ".part") == []


async def test_a_restored_database_goes_on_being_written(kept, backups, make_snippet):
    restore(make_backup(kept, backups).path, kept)
    await put(kept, make_snippet("later"))
    assert "later" in await ids(kept)
    assert verify_live(kept).fine


async def test_a_restore_beside_a_running_bot_is_refused_and_changes_nothing(kept, backups):
    made = make_backup(kept, backups).path
    async with open_store(kept):
        before = snapshot(kept.parent)
        with pytest.raises(Locked):
            restore(made, kept)
        assert snapshot(kept.parent) == before


async def test_a_damaged_backup_is_refused_before_anything_is_touched(kept, backups, tmp_path):
    made = make_backup(kept, backups).path
    (made / DATABASE).write_bytes((made / DATABASE).read_bytes()[:-4096])
    other = tmp_path / "new" / "hallyu.db"
    with pytest.raises(NotSound, match=r"is not restored, .* Checksums: hallyu\.db is .* Nothing was changed\.$"):
        restore(made, other)
    assert not other.parent.exists()


@pytest.mark.parametrize("log", [b"", b"no log at all"])
async def test_a_log_beside_a_backup_does_not_get_into_what_is_restored(kept, backups, tmp_path, log):
    made = make_backup(kept, backups).path
    (made / f"{DATABASE}-wal").write_bytes(log)
    assert verify(made).fine
    restore(made, tmp_path / "new" / "hallyu.db")
    assert await ids(tmp_path / "new" / "hallyu.db") == await ids(kept)


async def test_a_backup_of_a_newer_hallyu_is_refused(kept, tmp_path):
    changed(kept, f"INSERT INTO migration VALUES ({MIGRATIONS[-1].version + 1}, 'later', '')")
    with pytest.raises(NotSound, match="of a newer Hallyu"):
        restore(kept, tmp_path / "new" / "hallyu.db")


async def test_the_database_is_not_restored_onto_itself(kept):
    before = snapshot(kept.parent)
    with pytest.raises(HallyuError, match="in use"):
        restore(kept, kept)
    assert snapshot(kept.parent) == before


def a_crashed_copy(database: Path, folder: Path) -> Path:
    """The database and its log as a crash leaves them: what was written last is in the log alone."""
    folder.mkdir()
    with closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.execute("PRAGMA wal_autocheckpoint = 0")
        opened.execute("INSERT INTO note VALUES ('in the log', 'yes')")
        for file in database.parent.glob("hallyu.db*"):
            shutil.copy(file, folder / file.name)
    assert (folder / "hallyu.db-wal").stat().st_size
    return folder / "hallyu.db"


async def test_the_log_that_a_crash_left_goes_into_what_is_kept_and_not_into_what_is_restored(kept, backups, tmp_path):
    made = make_backup(kept, backups).path
    crashed = a_crashed_copy(kept, tmp_path / "crashed")
    restored = restore(made, crashed)
    async with open_store_readonly(restored.kept) as store:
        assert await store.note("in the log") == "yes"
    async with open_store(crashed) as store:
        assert await store.note("in the log") is None
    assert (made / DATABASE).read_bytes()[100:] == crashed.read_bytes()[100:]


async def test_a_damaged_database_is_kept_with_its_log(kept, backups, tmp_path):
    made = make_backup(kept, backups).path
    crashed = a_crashed_copy(kept, tmp_path / "crashed")
    crashed.write_bytes(b"not a database" * 1_000)
    log = crashed.with_name("hallyu.db-wal").read_bytes()
    restored = restore(made, crashed)
    assert restored.kept.read_bytes() == b"not a database" * 1_000
    assert restored.kept.with_name(restored.kept.name + "-wal").read_bytes() == log
    assert await ids(crashed) == await ids(kept)


async def test_a_log_without_a_database_does_not_get_into_the_restored_one(kept, backups, tmp_path):
    made = make_backup(kept, backups).path
    crashed = a_crashed_copy(kept, tmp_path / "crashed")
    crashed.unlink()
    restore(made, crashed)
    async with open_store(crashed) as store:
        assert await store.note("in the log") is None
    assert verify_live(crashed).fine


async def test_a_reader_beside_does_not_disturb_a_restore(kept, backups, make_snippet):
    made = make_backup(kept, backups).path
    before = await ids(kept)
    await put(kept, make_snippet("later"))
    async with open_store_readonly(kept) as reader:
        assert len(await reader.live(Scope(GUILD))) == len(before) + 1
        restore(made, kept)
        await put(kept, make_snippet("even-later"))
        assert len(await reader.live(Scope(GUILD))) == len(before) + 1, "it goes on seeing what was replaced"
    assert await ids(kept) == sorted([*before, "even-later"])
    assert verify_live(kept).fine


async def test_where_links_cannot_be_made_the_old_one_is_copied(kept, backups, make_snippet, monkeypatch):
    made = make_backup(kept, backups).path
    await put(kept, make_snippet("later"))

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    restored = restore(made, kept)
    assert "later" in await ids(restored.kept)
    assert "later" not in await ids(kept)


async def test_what_a_killed_restore_left_is_cleared_away(kept, backups):
    made = make_backup(kept, backups).path
    kept.with_name("hallyu-restoring.part").write_bytes(b"half")
    alias = kept.with_name("hallyu-replaced-20200101-000000.db")
    os.link(kept, alias)
    restore(made, kept)
    assert not alias.exists()
    assert list(kept.parent.glob("*.part")) == []


async def test_the_manifest_is_json_that_people_can_read(kept, backups):
    made = make_backup(kept, backups).path
    assert set(json.loads((made / MANIFEST).read_text())) == {
        "format", "made_at", "hallyu", "schema", "records", "revisions", "pack", "files", "checksum",
    }  # fmt: skip
