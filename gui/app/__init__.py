"""The main window, its menu and dialogs, and how the program starts and ends."""
