"""Import of an own file: the columns are recognised or chosen, and the report is shown before training."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from data.errors import SettingsError
from data.own.options import ImportOptions
from data.own.report import Preview
from fl.protocol import events as ev
from fl.protocol.commands import ImportFile, InspectFile
from fl.protocol.records import DatasetInfo
from gui.data.import_faults import explain, what_helps
from gui.data.import_form import ImportForm
from gui.data.import_report import ImportReportView
from gui.engine.client import EngineClient
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import MARGIN, SPACE, ElidedLabel, button, label, line
from gui.words import text
from gui.words.engine_texts import said, sentence
from gui.words.i18n import mark, tr

FILE_FILTER = mark("Tables (*.csv *.tsv *.txt *.dat *.parquet *.gz);;All files (*)")


class Step(Enum):
    LOOKING = "looking"  # the engine reads the first rows
    CHOOSING = "choosing"
    IMPORTING = "importing"
    DONE = "done"


class ImportDialog(QDialog):
    """The dialog that imports a file.

    Signals:
        imported: the DatasetInfo of the new data set, when the person wants to train on it.
    """

    imported = pyqtSignal(object)

    def __init__(self, client: EngineClient, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client, self.path = client, path
        self._job = ""
        self.step = Step.LOOKING
        self.dataset: DatasetInfo | None = None
        self._readable = False  # the last look at the file found nothing that keeps it from being imported
        self.setWindowTitle(tr("Import a file"))
        self.resize(880, 660)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(SPACE)
        self.title = ElidedLabel("h2")
        self.title.setText(Path(path).name)
        self.facts = label("", "muted", wrap=True)
        whole.addWidget(self.title)
        whole.addWidget(self.facts)
        self.message = MessageBar()
        whole.addWidget(self.message)
        self.stack = QStackedWidget()
        self.form, self.report = ImportForm(path), ImportReportView()
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.report)
        whole.addWidget(self.stack, 1)
        self._room = QWidget()  # while there is nothing but a message
        whole.addWidget(self._room, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        whole.addWidget(self.bar)
        whole.addWidget(line())
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.reason = label("", "small", wrap=True)
        self.close_button = button(tr("&Close"))
        self.import_button = button(tr("&Import"), "primary")
        self.train_button = button(tr("&Train on it"), "primary")
        row.addWidget(self.reason, 1)
        for one in (self.close_button, self.import_button, self.train_button):
            row.addWidget(one)
        whole.addLayout(row)
        self.form.changed.connect(self._show_state)
        self.form.reading_changed.connect(self._on_reading)
        self.close_button.clicked.connect(self.reject)
        self.close_button.setAutoDefault(False)
        self.import_button.setDefault(True)
        self.import_button.clicked.connect(self.start_import)
        self.train_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        self.inspect()

    # --- jobs ---------------------------------------------------------------------------------------------------

    def inspect(self) -> None:
        """Ask the engine for a look at the file with the present options. Wrong numbers do not matter here."""
        try:
            options = self.form.reading_options() if self.step is not Step.LOOKING else ImportOptions()
        except SettingsError as error:
            self.message.show_message("error", f"{said(error.message)} {said(error.hint)}".strip(), closable=False)
            return
        self._job = self.client.ask(
            InspectFile(path=self.path, options=options), self._on_preview, self._on_failed, instead_of=self._job
        )
        self.bar.setRange(0, 0)
        self._show_state()

    def start_import(self) -> None:
        if self.form.fault() or self.step is not Step.CHOOSING:
            return
        self.step = Step.IMPORTING
        self.message.clear()
        self.bar.setRange(0, 0)
        self._job = self.client.ask(
            ImportFile(path=self.path, name=self.form.chosen_name(), options=self.form.options()),
            self._on_imported,
            self._on_failed,
            on_progress=self._on_progress,
        )
        self._show_state()

    def _on_preview(self, event: ev.FilePreview) -> None:
        first = self.step is Step.LOOKING
        self.step = Step.CHOOSING
        self._show_preview(event.preview)
        self._show_state()
        if first:  # until now, only the button that closes could have the focus
            self.import_button.setFocus()

    def _on_progress(self, event: ev.Progress) -> None:
        self.bar.setRange(0, 1000 if event.total else 0)
        if event.total:
            self.bar.setValue(round(1000 * event.done / event.total))

    def _on_imported(self, event: ev.FileImported) -> None:
        self.step = Step.DONE
        self.dataset = event.dataset
        self.train_button.setDefault(True)
        self.message.clear()
        self.report.show_report(event.report)
        self.stack.setCurrentIndex(1)
        self._show_state()

    def _on_failed(self, event: ev.JobFailed) -> None:
        if self.step is Step.IMPORTING:
            self.step = Step.CHOOSING
        else:
            self._readable = False
        told = explain(event.error, event.hint, self.path)
        self.message.show_message("error", told, details=event.details, closable=False)
        self._show_state()

    def _on_reading(self) -> None:
        if self.step is Step.CHOOSING:
            self.inspect()

    def _on_finished(self) -> None:
        self.client.cancel(self._job)

    def accept(self) -> None:
        super().accept()
        if self.dataset is not None:
            self.imported.emit(self.dataset)

    # --- showing ------------------------------------------------------------------------------------------------

    def _show_preview(self, preview: Preview) -> None:
        kinds = {"parquet": tr("Parquet table"), "text": tr("text table")}
        facts = [kinds.get(preview.kind, preview.kind), text.size(preview.size)]
        if preview.encoding:
            facts.append(preview.encoding)
        if preview.delimiter:
            names = {"\t": tr("tab"), " ": tr("space")}
            facts.append(tr("separated by {sign}").format(sign=names.get(preview.delimiter, preview.delimiter)))
        self.facts.setText(" · ".join(facts))
        self.form.show_preview(preview)
        self._readable = not preview.problem
        if preview.problem:
            told = " ".join(part for part in (sentence(preview.problem), what_helps(preview.hint)) if part)
            self.message.show_message("warning", told, closable=False)
        elif preview.notes:
            self.message.show_message("info", "\n".join(said(note) for note in preview.notes), closable=False)
        else:
            self.message.clear()

    def _show_state(self) -> None:
        """Set every control from the step. Nothing else does."""
        busy = self.client.is_open(self._job)
        fault = self.form.fault() if self.step is not Step.LOOKING else ""
        self.bar.setVisible(busy)
        self.stack.setVisible(self.step is not Step.LOOKING)
        self._room.setVisible(self.step is Step.LOOKING)
        self.form.setEnabled(self.step is Step.CHOOSING)
        self.import_button.setVisible(self.step is not Step.DONE)
        self.train_button.setVisible(self.step is Step.DONE)
        self.import_button.setEnabled(self.step is Step.CHOOSING and not busy and not fault and self._readable)
        self.close_button.setText(tr("&Cancel") if self.step is Step.IMPORTING else tr("&Close"))
        if self.step is Step.CHOOSING and not fault and self.form.will_replace():
            self.reason.setText(tr("Replaces the imported data set of the same name."))
        else:
            words = {
                Step.LOOKING: tr("Looking at the file…") if busy else "",
                Step.IMPORTING: tr("Importing…"),
            }
            self.reason.setText(fault or words.get(self.step, ""))
