"""The strip at the top of the window: the name, the tabs, the engine's state, the menu."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QTabBar, QToolButton

from gui.look.icons import app_icon
from gui.widgets.widgets import MARGIN, SPACE, IconButton, label
from gui.words.i18n import tr


class Header(QFrame):
    """Assembles the strip.

    Args:
        pages: the words of the tabs.
        menu: hangs on the button at the right.
    """

    def __init__(self, pages: Sequence[str], menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("header")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN - 4, 0)
        row.setSpacing(SPACE)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(26, 26))
        picture.setAccessibleName("SecretRec")
        row.addWidget(picture)
        row.addWidget(label("SecretRec", "brand"))
        row.addSpacing(MARGIN)
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("Pages"))
        for words in pages:
            self.tabs.addTab(words)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self.chip = label("", "chip-busy")
        row.addWidget(self.chip, 0, Qt.AlignVCenter)
        self.menu_button = IconButton("menu", tr("Menu (F10)"))
        self.menu_button.setPopupMode(QToolButton.InstantPopup)
        self.menu_button.setMenu(menu)
        row.addWidget(self.menu_button)
