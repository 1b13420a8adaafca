"""Tooltips: the one place where they are set, so that none is a single line across the screen."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QComboBox, QWidget

from gui.words.text import wrapped


def set_tip(widget: QWidget, words: str) -> None:
    """Give a widget a tooltip, in lines that fit a screen; "" takes it away."""
    widget.setToolTip(wrapped(words))


def set_tip_of_choice(box: QComboBox, row: int, words: str) -> None:
    """Give one entry of a combo box a tooltip, in lines that fit a screen."""
    box.setItemData(row, wrapped(words), Qt.ToolTipRole)
