"""All runs: a list to search, and what can be done with each."""
