"""The things kept of a run: its folder, checkpoints on disk, round records, details, private files."""
