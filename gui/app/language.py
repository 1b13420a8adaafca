"""The change to another language, which takes effect when the window is made anew; one button does that at once."""

from __future__ import annotations

import logging
import os
import sys

from PyQt5.QtWidgets import QMessageBox, QWidget

from gui.words.i18n import language_of

log = logging.getLogger(__name__)

# In the language that was chosen: its reader may not know the one the window is in.
WORDS = {
    "en": ("Language", "English from the next start.", "&Restart now", "&Later"),
    "zh_CN": ("语言", "下次启动时使用简体中文。", "立即重新启动(&R)", "稍后(&L)"),
}


def restart_now(choice: str, parent: QWidget) -> bool:
    """Say when the chosen language comes, ask whether to restart for it at once, and return the answer."""
    title, sentence, now, later = WORDS[language_of(choice)]
    box = QMessageBox(QMessageBox.NoIcon, title, sentence, QMessageBox.NoButton, parent)
    yes = box.addButton(now, QMessageBox.AcceptRole)
    no = box.addButton(later, QMessageBox.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes


def replace_process() -> None:
    """Start this program again in place of itself, with the same arguments; return only where that fails."""
    try:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  # our own program
    except OSError as error:
        log.error("Could not start again: %s", error)
