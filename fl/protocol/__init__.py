"""What the window and the engine say to each other: records, commands and events."""
