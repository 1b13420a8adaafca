"""The jobs: one implementation of each, for the command line and for the engine behind the window. See table.py."""
