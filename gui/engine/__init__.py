"""The window's end of the engine process: client, open jobs, queue, log files."""
