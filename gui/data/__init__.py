"""Data sets in the window: cards, previews, import."""
