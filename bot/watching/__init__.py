"""Watching the running bot: what is observed, how it is counted, and where it can be asked for."""
