"""The language of the window and the engine: records, commands and events."""
