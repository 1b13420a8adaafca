"""The codes by which a command tells the shell how it has ended."""

DONE, FAILURE, USAGE_ERROR, INTERRUPTED = 0, 1, 2, 130
CLOSED_PIPE = 141  # what a shell says of a program that SIGPIPE ended: 128 + 13
