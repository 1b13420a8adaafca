"""The command line: settings in, a job, and a readable answer (or one JSON object) out."""
