"""The Evaluate tab, and comparisons of runs."""
