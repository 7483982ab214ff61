"""What moderators do with a guild's knowledge, without a line of Discord: use cases that cogs and the terminal call."""
