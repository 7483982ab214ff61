"""What is known and where it came from: models, corpus files and their loader, the store, entities."""
