"""The look of the window: light or dark, as the system or as chosen, with the fonts there are.

Fusion draws, a palette colours what Fusion draws, and one style sheet made from the same colours does the rest.
Widgets ask for a look through dynamic properties, see gui/look/style_sheet.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt5.QtWidgets import QApplication, QWidget

from gui.look.colours import DARK, LIGHT, Colours
from gui.look.style_sheet import style_sheet

Mode = Literal["system", "light", "dark"]

# A system palette whose window colour is darker than this counts as dark. Chosen by trial: the lightest dark desktop
# theme tried (Arc-Dark, #383c4a) has 60, the darkest light one (Raleigh, #dcdad5) 218.
DARK_BELOW = 128

# Taken in this order when no desktop has chosen a font (bare X server, where fontconfig falls back to DejaVu Sans).
PREFERRED_FONTS = ("Inter", "Noto Sans", "Source Sans 3", "Cantarell", "Ubuntu", "Noto Sans CJK SC")
CJK_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "Droid Sans Fallback")
MIN_POINT_SIZE = 10.0


class Theme(QObject):
    """The look in use, light or dark.

    One object per process, reached through `theme()`; `changed` tells painters to fetch colours anew.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "system"
        self.colours = LIGHT
        self._system_is_dark = False
        self._prepared = False

    def apply(self, app: QApplication, mode: Mode) -> None:
        """Give the whole application the light or dark look; "system" follows the palette the desktop came with."""
        if not self._prepared:
            # Only before our own palette is set does the application still hold the desktop's.
            self._system_is_dark = system_is_dark(app)
            app.setStyle("Fusion")
            app.setFont(interface_font(app))
            self._prepared = True
        self.mode = mode
        dark = self._system_is_dark if mode == "system" else mode == "dark"
        self.colours = DARK if dark else LIGHT
        app.setPalette(palette(self.colours))
        app.setStyleSheet(style_sheet(self.colours, app.font().pointSizeF()))
        self.changed.emit()

    @contextmanager
    def undressed(self, app: QApplication) -> Iterator[None]:
        """Leave the style sheet off while a window is built.

        While there is one, Qt goes through everything below a widget each time that widget gets a parent: building the
        main window took three times as long.
        """
        app.setStyleSheet("")
        try:
            yield
        finally:
            app.setStyleSheet(style_sheet(self.colours, app.font().pointSizeF()))

    def follow(self, app: QApplication, dark: bool) -> None:
        """Follow the desktop, which has become dark or light, unless the person chose otherwise."""
        if not self._prepared:
            self.apply(app, self.mode)
        self._system_is_dark = dark
        if self.mode == "system" and self.colours.dark != dark:
            self.apply(app, "system")


_theme: Theme | None = None


def theme() -> Theme:
    """Return the process's one Theme."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def colours() -> Colours:
    return theme().colours


def system_is_dark(app: QApplication) -> bool:
    """Return whether the desktop is dark, judged by its window colour, then by GTK's variable: Qt 5 cannot be asked."""
    return _luminance(app.palette().color(QPalette.Window)) < DARK_BELOW or os.environ.get(
        "GTK_THEME", ""
    ).lower().endswith(":dark")


def _luminance(colour: QColor) -> float:
    """Return the perceived brightness, 0..255 (Rec. 601)."""
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue()


def interface_font(app: QApplication) -> QFont:
    """Return the desktop's font where it chose one, else the first modern one installed. Chinese always has a font."""
    font = app.font()
    known = set(QFontDatabase().families())
    if font.family() in ("Sans Serif", "Sans", "DejaVu Sans", ""):
        family = next((name for name in PREFERRED_FONTS if name in known), font.family())
    else:
        family = font.family()
    font.setFamilies([family, *(name for name in CJK_FONTS if name in known and name != family)])
    if font.pointSizeF() < MIN_POINT_SIZE:
        font.setPointSizeF(MIN_POINT_SIZE)
    return font


def palette(c: Colours) -> QPalette:
    result = QPalette()
    pairs = {
        QPalette.Window: c.window,
        QPalette.WindowText: c.text,
        QPalette.Base: c.surface,
        QPalette.AlternateBase: c.surface_alt,
        QPalette.Text: c.text,
        QPalette.Button: c.surface,
        QPalette.ButtonText: c.text,
        QPalette.BrightText: c.danger,
        QPalette.ToolTipBase: c.text,
        QPalette.ToolTipText: c.surface,
        QPalette.Highlight: c.accent,
        QPalette.HighlightedText: c.on_accent,
        QPalette.Link: c.accent,
        QPalette.LinkVisited: c.accent,
        QPalette.PlaceholderText: c.muted,
        QPalette.Mid: c.border_strong,
        QPalette.Light: c.surface,
        QPalette.Dark: c.border_strong,
    }
    for role, colour in pairs.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.WindowText, QPalette.Text, QPalette.ButtonText):
        result.setColor(QPalette.Disabled, role, QColor(c.muted))
    return result


def set_role(widget: QWidget, role: str) -> None:
    """Change a widget's `role` while it is shown; Qt only re-reads dynamic properties when told."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
