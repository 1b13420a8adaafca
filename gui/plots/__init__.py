"""Curves, bars and axes."""
