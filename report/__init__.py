"""The report of a run: one file with settings, figures, plots, protocol and privacy, to be sent to somebody.

It is made from a `RunDetail` alone, knows no model and starts nothing. HTML is made here; the PDF by a short process of
its own (`report.pdf_process`), because it needs Qt, which the engine must not load.
"""
