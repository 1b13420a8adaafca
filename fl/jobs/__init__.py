"""One implementation of each job, used by the command line and by the engine behind the window."""
