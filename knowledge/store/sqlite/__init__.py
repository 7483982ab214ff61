"""The store in one SQLite file, through aiosqlite: one writer, any number of readers beside it."""

from knowledge.store.sqlite.clock import Clock, stamp, utc_now
from knowledge.store.sqlite.connection import sqlite_version
from knowledge.store.sqlite.copying import copy_database
from knowledge.store.sqlite.examining import examine
from knowledge.store.sqlite.file_system import file_system_of, is_shared
from knowledge.store.sqlite.files import inherit_owner, logs_of, remove_database, to_disk
from knowledge.store.sqlite.lock import Locked, writer_lock
from knowledge.store.sqlite.models import model_in_use
from knowledge.store.sqlite.opening import open_store, open_store_readonly
from knowledge.store.sqlite.refusals import writing_to
from knowledge.store.sqlite.replacing import replace_database

__all__ = [
    "Clock",
    "Locked",
    "copy_database",
    "examine",
    "file_system_of",
    "inherit_owner",
    "is_shared",
    "logs_of",
    "model_in_use",
    "open_store",
    "open_store_readonly",
    "remove_database",
    "replace_database",
    "sqlite_version",
    "stamp",
    "to_disk",
    "utc_now",
    "writer_lock",
    "writing_to",
]
