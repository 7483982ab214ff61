"""Where knowledge is kept: the interface every other room programs against, and its SQLite implementation."""

from knowledge.store.interface import Change, Store, TopicCount, Vote
from knowledge.store.sqlite import Locked, open_store, open_store_readonly, sqlite_version

__all__ = ["Change", "Locked", "Store", "TopicCount", "Vote", "open_store", "open_store_readonly", "sqlite_version"]
