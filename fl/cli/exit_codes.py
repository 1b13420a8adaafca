"""What a command tells the shell when it has ended."""

DONE, FAILURE, USAGE_ERROR, INTERRUPTED = 0, 1, 2, 130
