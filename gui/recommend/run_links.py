"""The offers of the Recommend tab around a run whose data change: forget a user, and train on with new data."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QMessageBox, QWidget

from fl.protocol.commands import ForgetUser
from gui.engine.client import EngineClient
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.widgets import SPACE, button
from gui.words.i18n import tr


class RunLinks(QWidget):
    """Two links below the form.

    Signals:
        forgotten: the UserForgotten of the run.
        failed: the JobFailed of a forgetting.
        train_on: name of the run that a new one is to go on from.
    """

    forgotten = pyqtSignal(object)
    failed = pyqtSignal(object)
    train_on = pyqtSignal(str)

    def __init__(self, client: EngineClient, parent: QWidget) -> None:
        super().__init__(parent)
        self._client = client
        self._run = self._user = ""
        self.forget_button = button(
            tr("Forget this user…"),
            "link",
            tip=tr("Delete what the run holds of the chosen user alone: private parameters and history."),
        )
        self.update_button = button(
            tr("Train on with new data"),
            "link",
            tip=tr("Import the grown file under the same name first. A new run goes on from this one, which stays."),
        )
        self.forget_button.clicked.connect(self.ask_to_forget)
        self.update_button.clicked.connect(lambda: self.train_on.emit(self._run))
        row = FlowLayout(SPACE, 0)
        row.addWidget(self.forget_button)
        row.addWidget(self.update_button)
        self.setLayout(row)

    def offer(self, run: str, user: str) -> None:
        """Offer these for a run and one of its users; "" for none."""
        self._run, self._user = run, user
        self.forget_button.setEnabled(bool(run and user))
        self.update_button.setEnabled(bool(run))

    def ask_to_forget(self) -> None:
        """Ask the person whether the user is to be forgotten."""
        if not (self._run and self._user and self._client.state.up):
            return
        command = ForgetUser(run=self._run, user=self._user)
        box = QMessageBox(
            QMessageBox.NoIcon,
            tr("Forget a user"),
            tr('Have "{run}" forget user {user}?').format(run=command.run, user=command.user),
            QMessageBox.NoButton,
            self,
        )
        box.setInformativeText(
            tr(
                "The user's private parameters and history are deleted from all rounds of this run, for good. What the "
                "item table has learned with this user stays, and fades with rounds that are trained from now on."
            )
        )
        forget = box.addButton(tr("&Forget"), QMessageBox.DestructiveRole)
        keep = box.addButton(tr("&Keep"), QMessageBox.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        forget.clicked.connect(lambda: self._client.ask(command, self.forgotten.emit, self.failed.emit))
        box.finished.connect(box.deleteLater)
        box.open()
