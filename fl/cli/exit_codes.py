"""The codes by which a command tells the shell how it has ended."""

DONE, FAILURE, USAGE_ERROR, INTERRUPTED = 0, 1, 2, 130
