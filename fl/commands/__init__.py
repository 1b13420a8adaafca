"""What each command of the command line does: settings in, job, and a readable answer (or one JSON object) out."""
