"""Saving of a run's report: asks where, has the engine write it, and says how that ended."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QPushButton, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import WriteReport
from fl.settings.of_jobs import ReportSettings
from gui.engine.client import EngineClient
from gui.widgets.file_dialogs import ask_save
from gui.widgets.message_bar import MessageBar
from gui.widgets.open_path import open_path
from gui.widgets.tips import set_tip
from gui.words.i18n import shown_language, tr

SUFFIXES = (".pdf", ".html", ".htm")


class ReportExport(QObject):
    """The button that saves a report, one at a time.

    Args:
        client: the engine.
        button: starts it; greyed out while a report is written.
        message: tells how it ended, with a button that opens the file.
    """

    def __init__(self, client: EngineClient, button: QPushButton, message: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._client, self._button, self._message = client, button, message
        self._window = parent
        self._run = ""
        self._job = ""
        self._path = ""
        button.setText(tr("Save rep&ort…"))
        set_tip(
            button,
            tr(
                "One file to send or keep, as PDF or HTML: settings, figures, plots, protocol, privacy statement, data "
                "set and versions."
            ),
        )
        button.clicked.connect(self.ask)
        message.action.connect(self._open)
        client.state_changed.connect(lambda _: self._refresh())
        self._refresh()

    def set_run(self, name: str) -> None:
        """Set the run to report on; "" for none."""
        self._run = name
        self._refresh()

    def ask(self) -> None:
        name, chosen = ask_save(
            self._window,
            tr("Save the report"),
            f"{self._run}.pdf",
            tr("PDF files (*.pdf);;HTML files (*.html)"),
            "reports",
        )
        if name:
            given = name.lower().endswith(SUFFIXES)
            self.write(Path(name if given else name + (".html" if "html" in chosen else ".pdf")))

    def write(self, path: Path) -> None:
        """Have the engine write the report there."""
        self._message.clear()
        settings = ReportSettings(run=self._run, output=str(path), language=shown_language())
        self._job = self._client.ask(WriteReport(settings=settings), self._on_written, self._on_failed)
        self._refresh()

    def _on_written(self, event: ev.ReportWritten) -> None:
        self._refresh()
        self._path = event.path
        told = tr("Saved to {0}").format(event.path)
        if event.missing:
            told += ". " + tr("It says what is missing in it, and why.")
            self._message.show_message("info", told, action=tr("Open &it"))
        else:
            self._message.show_message("success", told, action=tr("Open &it"))

    def _on_failed(self, event: ev.JobFailed) -> None:
        self._refresh()
        self._path = ""
        self._message.show_failure(event)

    def _open(self) -> None:
        if self._path:
            open_path(Path(self._path), self._window)

    def _refresh(self) -> None:
        self._button.setEnabled(bool(self._run) and not self._client.is_open(self._job) and self._client.state.up)
