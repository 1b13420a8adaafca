"""Colours, type sizes and the style sheet.

Every colour has a meaning and a light and a dark value; nothing else names colours.

Fusion draws, a palette colours what Fusion draws, and one style sheet made from the same colours does the rest.
Widgets ask for a look through the dynamic properties `role` (labels, frames) and `kind` (buttons), see `style_sheet`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt5.QtWidgets import QApplication, QWidget

from gui.icons import icon_folder

Mode = Literal["system", "light", "dark"]

# A system palette whose window colour is darker than this counts as dark. Chosen by trial: the lightest dark desktop
# theme tried (Arc-Dark, #383c4a) has 60, the darkest light one (Raleigh, #dcdad5) 218.
DARK_BELOW = 128

# Taken in this order when no desktop has chosen a font (bare X server, where fontconfig falls back to DejaVu Sans).
PREFERRED_FONTS = ("Inter", "Noto Sans", "Source Sans 3", "Cantarell", "Ubuntu", "Noto Sans CJK SC")
CJK_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "Droid Sans Fallback")
MONOSPACED = '"JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono", monospace'
MIN_POINT_SIZE = 10.0
MARGIN_TOP = 14  # above the bar that speaks for the whole window


@dataclass(frozen=True)
class Colours:
    """One theme. `x_soft` is a background for text in colour `x`, readable at 4.5:1 or better."""

    dark: bool
    window: str
    surface: str  # cards, fields
    surface_alt: str  # hovered rows, table headers
    border: str
    border_strong: str  # around things one can type into
    text: str
    muted: str  # secondary text
    accent: str
    accent_hover: str
    accent_soft: str
    focus: str  # ring around a focused button that is itself in the accent colour
    on_accent: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    # Curves: blue, vermilion and bluish green (dark: sky blue, orange) of Okabe and Ito's palette for colour-blind
    # people, all at 3:1 or better on a card; their dashes and marks differ too (gui/plots.py).
    curve_hr: str
    curve_ndcg: str
    curve_loss: str
    # Further runs of a comparison.
    curve_4: str
    curve_5: str
    curve_6: str
    bar: str  # score bars behind numbers


LIGHT = Colours(
    dark=False,
    window="#f4f5f8",
    surface="#ffffff",
    surface_alt="#f6f8fb",
    border="#e2e6ec",
    border_strong="#c5ccd6",
    text="#18212d",
    muted="#586374",
    accent="#2a5bd7",
    accent_hover="#2149b0",
    accent_soft="#e9effd",
    focus="#0f2a6e",
    on_accent="#ffffff",
    success="#17734a",
    success_soft="#e5f5ec",
    warning="#7d4e00",
    warning_soft="#fff4dc",
    danger="#b3261e",
    danger_soft="#fdecea",
    curve_hr="#0072b2",
    curve_ndcg="#d55e00",
    curve_loss="#00835f",
    curve_4="#7b3fb3",
    curve_5="#b3246f",
    curve_6="#5c6b1f",
    bar="#cbd9f8",
)

DARK = Colours(
    dark=True,
    window="#14171c",
    surface="#1c2027",
    surface_alt="#232831",
    border="#2d343f",
    border_strong="#465061",
    text="#e7ebf1",
    muted="#9ca7b8",
    accent="#7ea4ff",
    accent_hover="#9bb9ff",
    accent_soft="#222f4d",
    focus="#ffffff",
    on_accent="#0c1428",
    success="#62cf98",
    success_soft="#17322a",
    warning="#f0bf62",
    warning_soft="#382d17",
    danger="#ff8f86",
    danger_soft="#3d2022",
    curve_hr="#56b4e9",
    curve_ndcg="#e69f00",
    curve_loss="#2fbf93",
    curve_4="#c39bf2",
    curve_5="#ff8ac2",
    curve_6="#b9c96a",
    bar="#33497d",
)


class Theme(QObject):
    """The look in use.

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

    def follow(self, app: QApplication, dark: bool) -> None:
        """The desktop is dark, or is not: shown unless the person chose otherwise."""
        if not self._prepared:
            self.apply(app, self.mode)
        self._system_is_dark = dark
        if self.mode == "system" and self.colours.dark != dark:
            self.apply(app, "system")


_theme: Theme | None = None


def theme() -> Theme:
    """The process's one Theme."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def colours() -> Colours:
    return theme().colours


def system_is_dark(app: QApplication) -> bool:
    """Qt 5 has no colour-scheme call: judge by the desktop's window colour, then by GTK's variable."""
    return _luminance(app.palette().color(QPalette.Window)) < DARK_BELOW or os.environ.get(
        "GTK_THEME", ""
    ).lower().endswith(":dark")


def _luminance(colour: QColor) -> float:
    """Perceived brightness, 0..255 (Rec. 601)."""
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue()


def interface_font(app: QApplication) -> QFont:
    """The desktop's font when it chose one, else the first modern one installed. Chinese always has a font."""
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


def style_sheet(c: Colours, base_pt: float) -> str:
    """The application's style sheet. Sizes grow with the font's point size; pixels are Qt's device-independent ones."""
    small, large, huge = base_pt * 0.9, base_pt * 1.2, base_pt * 1.5
    icons = icon_folder()
    tone = "dark" if c.dark else "light"
    return f"""
QWidget {{ color: {c.text}; }}
QMainWindow, QDialog, QWidget#root {{ background: {c.window}; }}
QFrame#header {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.border}; }}
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 10px; }}
QFrame[role="line"] {{ background: {c.border}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
QStackedWidget {{ background: transparent; }}
QGraphicsView {{ background: {c.surface}; border: none; }}

QLabel {{ background: transparent; }}
QLabel[role="brand"] {{ font-size: {large:.1f}pt; font-weight: 600; }}
QLabel[role="h1"] {{ font-size: {huge:.1f}pt; font-weight: 600; }}
QLabel[role="h2"] {{ font-size: {large:.1f}pt; font-weight: 600; }}
QLabel[role="h3"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="small"] {{ color: {c.muted}; font-size: {small:.1f}pt; }}
QLabel[role="field"] {{ color: {c.muted}; font-size: {small:.1f}pt; }}
QLabel[role="field-changed"] {{ color: {c.accent}; font-size: {small:.1f}pt; }}
QLabel[role="error"] {{ color: {c.danger}; font-size: {small:.1f}pt; }}
QLabel[role="value"] {{ font-size: {huge:.1f}pt; font-weight: 600; }}
QLabel[role="number"] {{ font-size: {large:.1f}pt; font-weight: 600; }}
QLabel[role="chip-ok"] {{ color: {c.success}; background: {c.success_soft}; border-radius: 10px; padding: 3px 10px; }}
QLabel[role="chip-busy"] {{ color: {c.accent}; background: {c.accent_soft}; border-radius: 10px; padding: 3px 10px; }}
QLabel[role="chip-bad"] {{ color: {c.danger}; background: {c.danger_soft}; border-radius: 10px; padding: 3px 10px; }}

QFrame[role="bar-info"] {{ background: {c.accent_soft}; border: none; border-radius: 8px; }}
QFrame[role="bar-warning"] {{ background: {c.warning_soft}; border: none; border-radius: 8px; }}
QFrame[role="bar-error"] {{ background: {c.danger_soft}; border: none; border-radius: 8px; }}
QFrame[role="bar-success"] {{ background: {c.success_soft}; border: none; border-radius: 8px; }}
QFrame#banner {{ margin-top: {MARGIN_TOP}px; }}
QFrame[role="bar-info"] QLabel {{ color: {c.text}; }}
QFrame[role="bar-warning"] QLabel {{ color: {c.warning}; }}
QFrame[role="bar-error"] QLabel {{ color: {c.danger}; }}
QFrame[role="bar-success"] QLabel {{ color: {c.success}; }}

QPushButton, QToolButton, QCheckBox {{ outline: none; }}
QPushButton {{
    background: {c.surface}; border: 1px solid {c.border_strong}; border-radius: 6px; padding: 6px 14px;
}}
QPushButton:hover {{ background: {c.surface_alt}; border-color: {c.muted}; }}
QPushButton:pressed {{ background: {c.border}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.surface_alt}; border: 1px solid {c.border}; }}
QPushButton:disabled {{ padding: 6px 14px; }}
QPushButton[kind="primary"] {{
    background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}; font-weight: 600; padding: 8px 16px;
}}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.focus}; padding: 7px 15px; }}
QPushButton[kind="primary"]:disabled {{
    background: {c.surface_alt}; color: {c.muted}; border: 1px solid {c.border}; padding: 8px 16px;
}}
QPushButton[kind="danger"] {{ color: {c.danger}; }}
QPushButton[kind="danger"]:disabled {{ color: {c.muted}; }}
QPushButton[kind="link"] {{
    background: transparent; color: {c.accent}; border: 1px solid transparent; padding: 2px 0; text-align: left;
}}
QPushButton[kind="link"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="link"]:hover {{ color: {c.accent_hover}; text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {c.accent}; }}
QPushButton[kind="link"]:disabled {{ color: {c.muted}; background: transparent; }}
QPushButton[kind="segment"] {{
    background: {c.surface}; color: {c.muted}; border: 1px solid {c.border_strong}; border-radius: 0; padding: 5px 8px;
}}
QPushButton[kind="segment"][place="first"] {{ border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QPushButton[kind="segment"][place="last"] {{
    border-top-right-radius: 6px; border-bottom-right-radius: 6px; border-left: none;
}}
QPushButton[kind="segment"][place="middle"] {{ border-left: none; }}
QPushButton[kind="segment"]:checked {{ background: {c.accent_soft}; color: {c.text}; font-weight: 600; }}
QPushButton[kind="segment"]:focus {{ color: {c.accent}; text-decoration: underline; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }}
QToolButton:hover {{ background: {c.surface_alt}; }}
QToolButton:checked {{ background: {c.accent_soft}; border: 1px solid {c.accent}; }}
QToolButton[kind="fold"]:checked {{ background: transparent; border: 1px solid transparent; }}
QToolButton:focus {{ border: 1px solid {c.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[kind="tiny"] {{ padding: 0; border-radius: 4px; }}
QToolButton[kind="fold"] {{ color: {c.accent}; padding: 4px 6px 4px 2px; }}

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {{
    background: {c.surface}; border: 1px solid {c.border_strong}; border-radius: 6px; padding: 5px 8px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {c.muted}; }}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {{
    border: 2px solid {c.accent}; padding: 4px 7px;
}}
QLineEdit[bad="true"], QAbstractSpinBox[bad="true"], QComboBox[bad="true"] {{ border-color: {c.danger}; }}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{
    color: {c.muted}; background: {c.surface_alt}; border-color: {c.border};
}}
QPlainTextEdit[role="mono"] {{ font-family: {MONOSPACED}; font-size: {small:.1f}pt; }}
QPlainTextEdit {{ background: {c.surface_alt}; border-color: {c.border}; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    background: transparent; border: none; width: 18px; subcontrol-origin: border;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 3px 3px 0 0; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 3px 3px 0; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.border}; border-radius: 3px; }}
QAbstractSpinBox::up-arrow {{ image: url({icons}/chevron-up-{tone}.svg); width: 9px; height: 9px; }}
QAbstractSpinBox::down-arrow {{ image: url({icons}/chevron-down-{tone}.svg); width: 9px; height: 9px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView::item {{ min-height: 26px; padding: 2px 6px; border-radius: 4px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url({icons}/chevron-down-{tone}.svg); width: 11px; height: 11px; }}
QComboBox QAbstractItemView {{
    background: {c.surface}; border: 1px solid {c.border_strong}; padding: 4px; outline: none;
    selection-background-color: {c.accent_soft}; selection-color: {c.text};
}}

QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{
    width: 15px; height: 15px; border: 1px solid {c.border_strong}; border-radius: 4px; background: {c.surface};
}}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; }}
QCheckBox::indicator:checked {{
    background: {c.accent}; border-color: {c.accent}; image: url({icons}/check-{tone}.svg);
}}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

QTabBar#tabs {{ background: transparent; }}
QTabBar#tabs::tab {{
    background: transparent; color: {c.muted}; border: none; border-bottom: 3px solid transparent;
    padding: 14px 12px 11px 12px; margin: 0 4px;
}}
QTabBar#tabs::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
QTabBar#tabs::tab:hover {{ color: {c.text}; }}
QTabBar#tabs::tab:focus {{ color: {c.accent}; }}

QTabBar[kind="small"] {{ background: transparent; }}
QTabBar[kind="small"]::tab {{
    background: transparent; color: {c.muted}; border: none; border-bottom: 2px solid transparent;
    padding: 0 4px 3px 4px; margin-right: 10px;
}}
QTabBar[kind="small"]::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
QTabBar[kind="small"]::tab:hover {{ color: {c.text}; }}
QTabBar[kind="small"]::tab:focus {{ color: {c.accent}; }}

QTableView, QListView, QTreeView {{
    background: {c.surface}; alternate-background-color: {c.surface_alt}; border: none; outline: none;
    selection-background-color: {c.accent_soft}; selection-color: {c.text};
}}
QTableView::item, QListView::item {{ padding: 4px 5px; border: none; }}
QTableView::item:selected, QListView::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QTableView:focus, QListView:focus {{ border: 1px solid {c.accent}; }}
QListView[role="framed"], QTableView[role="framed"] {{ border: 1px solid {c.border_strong}; border-radius: 6px; }}
QListView[role="framed"]:focus, QTableView[role="framed"]:focus {{ border: 2px solid {c.accent}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{
    background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.border}; padding: 6px 8px;
    font-size: {small:.1f}pt;
}}
QHeaderView::section:hover {{ color: {c.text}; }}
QHeaderView::up-arrow {{ image: url({icons}/chevron-up-{tone}.svg); width: 9px; height: 9px; }}
QHeaderView::down-arrow {{ image: url({icons}/chevron-down-{tone}.svg); width: 9px; height: 9px; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}

QProgressBar {{ background: {c.border}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}

QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {c.border_strong}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {c.border}; }}

QMenu {{ background: {c.surface}; border: 1px solid {c.border_strong}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 22px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 5px 8px; }}
QToolTip {{ background: {c.text}; color: {c.surface}; border: none; padding: 5px 7px; }}
"""
