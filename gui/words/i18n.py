"""Translation of the window. Every text a person reads passes through `tr`, so that it can be shown in another
language.

The translations are Qt Linguist files in gui/translations, written and compiled by scripts/translations.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PyQt5.QtGui import QFontDatabase

CONTEXT = "SecretRec"  # one context for the whole window: the same words are translated once
FOLDER = Path(__file__).resolve().parents[1] / "translations"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}  # each by its own name, so that everybody finds theirs
SYSTEM = "system"
_installed = "en"


def tr(text: str, n: int = -1) -> str:
    """Return a text in the language of the window.

    Args:
        text: the English text, a literal, with `{name}` places to be filled by `str.format` after the translation;
            with a count, `%n` stands for it, `%Ln` for it with group separators.
        n: count that chooses the plural form; -1 for texts without one.
    """
    return QCoreApplication.translate(CONTEXT, text, None, n)


def mark(text: str) -> str:
    """Return the text itself, noted for translation.

    For tables that are made before a language is chosen; `tr` shows it.
    """
    return text


def language_of(choice: str) -> str:
    """Return the language that a choice ("system", or one of LANGUAGES) stands for on this desktop."""
    if choice in LANGUAGES:
        return choice
    system = QLocale.system()
    # Traditional characters are another language to their readers; they get English until somebody translates.
    simplified = system.language() == QLocale.Chinese and system.script() != QLocale.TraditionalHanScript
    return "zh_CN" if simplified else "en"


def shown_language() -> Literal["en", "zh_CN"]:
    """Return the language that the window was given."""
    return "zh_CN" if _installed == "zh_CN" else "en"


def has_chinese_font() -> bool:
    """Return whether Chinese can be shown at all; without a font it would be a row of boxes."""
    return bool(QFontDatabase().families(QFontDatabase.SimplifiedChinese))


def install(app: QCoreApplication, choice: str) -> str:
    """Give the application its language, before any widget is made, and return the language.

    Numbers follow the language: the desktop's own way of writing them where it speaks that language.
    """
    global _installed
    language = _installed = language_of(choice)
    system = QLocale.system()
    locale = system if system.name().split("_")[0] == language.split("_")[0] else QLocale(language)
    QLocale.setDefault(locale)
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.location(QLibraryInfo.TranslationsPath)),  # Qt's own dialogs
        (f"secretrec_{language}", str(FOLDER)),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
    return language
