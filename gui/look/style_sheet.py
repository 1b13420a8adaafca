"""The style sheet: everything that Fusion and the palette leave open.

Widgets ask for a look through the dynamic properties `role` (labels, frames) and `kind` (buttons).
"""

from __future__ import annotations

from gui.look.colours import Colours
from gui.look.icons import icon_folder

MONOSPACED = '"JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Liberation Mono", monospace'
MARGIN_TOP = 14  # above the bar that speaks for the whole window


def style_sheet(c: Colours, base_pt: float) -> str:
    """Return the application's style sheet.

    Sizes grow with the font's point size; pixels are Qt's device-independent ones.
    """
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
QLabel[role="chip-warning"] {{
    color: {c.warning}; background: {c.warning_soft}; border-radius: 10px; padding: 3px 10px;
}}
QLabel[role="drop"] {{
    color: {c.accent}; background: {c.accent_soft}; border: 3px dashed {c.accent}; border-radius: 12px;
    font-size: {large:.1f}pt; font-weight: 600;
}}
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

QRadioButton {{ spacing: 8px; outline: none; }}
QRadioButton::indicator {{
    width: 15px; height: 15px; border: 1px solid {c.border_strong}; border-radius: 8px; background: {c.surface};
}}
QRadioButton::indicator:focus {{ width: 13px; height: 13px; border: 2px solid {c.accent}; }}
QRadioButton::indicator:checked {{ width: 7px; height: 7px; border: 5px solid {c.accent}; }}

QLabel#qt_msgbox_informativelabel {{ min-width: 360px; }}  /* Qt makes a column as narrow as the question above */
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
