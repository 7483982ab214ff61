"""The store in one SQLite file, through aiosqlite: one writer, any number of readers beside it."""

from knowledge.store.sqlite.connection import sqlite_version
from knowledge.store.sqlite.lock import Locked
from knowledge.store.sqlite.opening import open_store, open_store_readonly

__all__ = ["Locked", "open_store", "open_store_readonly", "sqlite_version"]
