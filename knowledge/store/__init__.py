"""Where knowledge is kept: the interface every other room programs against, and its SQLite implementation."""

from knowledge.store.interface import Change, Store, TopicCount, Vote

__all__ = ["Change", "Store", "TopicCount", "Vote"]
