"""The engine process behind the window: `python -m fl.engine`."""
