"""The Discord side and the process: settings, composition root, use cases, client, cogs, rendering, CLI."""
