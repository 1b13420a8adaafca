"""Every text a person reads in the window passes through `tr`, so that it can be shown in another language."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

CONTEXT = "SecretRec"  # one context for the whole window: the same words are translated once


def tr(text: str, n: int = -1) -> str:
    """A text in the language of the window.

    Args:
        text: the English text, a literal, with `{name}` places to be filled by `str.format` after the translation;
            with a count, `%n` stands for it.
        n: count that chooses the plural form; -1 for texts without one.
    """
    return QCoreApplication.translate(CONTEXT, text, None, n)
