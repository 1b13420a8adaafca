"""How the window looks: colours, themes, style sheet, icons."""
