"""The menu behind the button at the right of the header. It says what was chosen; the window acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QActionGroup, QMenu, QWidget

from gui.words.i18n import LANGUAGES, SYSTEM, has_chinese_font, tr


class MainMenu(QMenu):
    """Entries that each have a signal for having been chosen.

    Signals:
        theme_chosen, language_chosen: carry the mode and the language.
    """

    theme_chosen = pyqtSignal(str)
    language_chosen = pyqtSignal(str)
    runs = pyqtSignal()
    data_folder = pyqtSignal()
    restart_engine = pyqtSignal()
    shortcuts = pyqtSignal()
    glossary = pyqtSignal()
    about = pyqtSignal()
    leave = pyqtSignal()

    def __init__(self, theme_mode: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Menu"))
        self.themes = self._choice(
            tr("&Theme"),
            {"system": tr("As the &system"), "light": tr("&Light"), "dark": tr("&Dark")},
            theme_mode,
            self.theme_chosen.emit,
        )
        # In both languages: whoever cannot read the one must find the other.
        names = {SYSTEM: tr("As the &system")} | {code: f"&{number} {name}" for number, (code, name) in _numbered()}
        self.languages = self._choice("&Language / 语言", names, language, self.language_chosen.emit)
        if not has_chinese_font():
            self.languages["zh_CN"].setEnabled(False)
            submenu = self.languages["zh_CN"].parent()
            assert isinstance(submenu, QMenu)  # noqa: S101  # for mypy
            submenu.addAction(tr("No Chinese font is installed (for example fonts-noto-cjk).")).setEnabled(False)
        self.addAction(tr("&All runs…"), self.runs.emit, QKeySequence("Ctrl+R"))
        self.addAction(tr("Open the &data folder"), self.data_folder.emit)
        self.addAction(tr("&Restart the engine"), self.restart_engine.emit)
        self.addSeparator()
        self.addAction(tr("&Keyboard shortcuts"), self.shortcuts.emit, QKeySequence("F1"))
        self.addAction(tr("&What the words mean"), self.glossary.emit, QKeySequence("Shift+F1"))
        self.addAction(tr("A&bout SecretRec"), self.about.emit)
        self.addSeparator()
        self.addAction(tr("&Quit"), self.leave.emit, QKeySequence.Quit)

    def with_shortcuts(self) -> list[QAction]:
        """Return the entries with a shortcut, which only works when the window too has the entry."""
        return [action for action in self.actions() if not action.shortcut().isEmpty()]

    def _choice(
        self, title: str, names: Mapping[str, str], chosen: str, choose: Callable[[str], object]
    ) -> dict[str, QAction]:
        """Add a submenu in which one of several is ticked, and return its entries by key."""
        menu = self.addMenu(title)
        group = QActionGroup(self)
        actions = {}
        for key, name in names.items():
            action = QAction(name, menu)
            menu.addAction(action)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(partial(_tell, choose, key))
            group.addAction(action)
            actions[key] = action
        return actions


def _numbered() -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(LANGUAGES.items(), 1))


def _tell(choose: Callable[[str], object], key: str, checked: bool = False) -> None:
    choose(key)
