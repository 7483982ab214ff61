"""The commands: each is acknowledge → one call of a use case → render → deliver."""
