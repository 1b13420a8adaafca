"""Attacks on a run, to see what its messages and its model give away. See docs/privacy.md."""
