"""The question before a window is closed while something runs."""

from __future__ import annotations

from PyQt5.QtWidgets import QMessageBox, QWidget

from gui.words.i18n import tr


def may_close(what: str, waiting: int, parent: QWidget, *, trains: bool) -> bool:
    """Ask whether to end what runs, and return whether the person wants that.

    Args:
        what: what runs.
        waiting: the number of trainings in the queue.
        parent: the window.
        trains: it is a training, of which something stays.
    """
    box = QMessageBox(QMessageBox.NoIcon, "SecretRec", tr("{0} is running.").format(what), QMessageBox.NoButton, parent)
    ends = (
        tr("Closing ends it. Finished rounds are on disk, and the run can be resumed at the next start.")
        if trains
        else tr("Closing ends it.")
    )
    if waiting:
        ends += " " + tr("%n runs wait in the queue; they are kept and offered at the next start.", n=waiting)
    box.setInformativeText(ends)
    leave = box.addButton(tr("&End it and close"), QMessageBox.DestructiveRole)
    stay = box.addButton(tr("&Keep it running"), QMessageBox.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave
