"""Differential privacy: clipped contributions, noise that the parties add, and the account of what was revealed."""
