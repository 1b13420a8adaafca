"""Look of the window: colours, themes, style sheet, icons."""
