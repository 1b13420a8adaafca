"""The HTTP service for a party's own application: lists from a finished run, with nobody else online."""
