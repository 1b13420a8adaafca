"""Real organisations: who is in a federation, with which keys, on what terms, and whether they reach each other."""
