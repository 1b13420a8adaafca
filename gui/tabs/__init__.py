"""Base of the tabs: one job at a time, one state that sets every control, a trained run to choose."""
