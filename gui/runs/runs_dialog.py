"""The dialog of all runs: search, sort, note, rename, delete, export and import, and train again as one was trained."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from data import paths
from fl.protocol import events as ev
from fl.protocol.commands import DeleteRun, DescribeRuns, ExportRun, ImportRun, NoteRun, RenameRun
from fl.runs.records import RunInfo
from gui.engine.client import EngineClient
from gui.runs.all_runs_table import AllRunsTable
from gui.runs.export_dialog import ExportDialog
from gui.runs.rename_dialog import RenameDialog
from gui.widgets.delegates import CELL_MARGIN
from gui.widgets.file_dialogs import ask_open, ask_save
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.message_bar import MessageBar
from gui.widgets.open_path import open_path
from gui.widgets.picker_models import RunModel
from gui.widgets.rows_view import rows_view
from gui.widgets.table_models import RecordRole, SortProxy
from gui.widgets.widgets import MARGIN, SPACE, ElidedLabel, SearchField, button, delay, label, overlay_empty_text
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import mark, tr

FILE_FILTER = mark("Runs (*.zip)")
NOTE_DELAY_MS = 800  # after the last key, before a note is kept
MOST_NAMES = 8  # in a question
# Room of the columns but the last, which takes what is left, as texts of that width.
SAMPLES = (
    "amazon-video-pfedrec-20261228-",
    "MovieLens 100K …",
    "PFedRec",
    "2026-12-28",
    "0.000",
    "cannot be read",
    "100 MB",
)


class RunsDialog(QDialog):
    """All runs. What it does is done by the engine, and the lists of the window follow.

    Signals:
        changed: a run was renamed, noted, deleted or imported.
        again: the TrainSettings of a run, to train with again.
    """

    changed = pyqtSignal()
    again = pyqtSignal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._noted = ""  # the run whose note stands in the field
        self._wanted: set[str] = set()  # runs to choose when the list comes
        self.setWindowTitle(tr("All runs"))
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.resize(980, 620)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE)
        self._build_head(layout)
        self._build_table(layout)
        self._build_about(layout)
        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.search.setFocus()
        self._keep_later = delay(self, NOTE_DELAY_MS, self.keep_note)
        client.state_changed.connect(self._refresh)
        self._refresh()

    # --- building -------------------------------------------------------------------------------------------------

    def _build_head(self, layout: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        self.search = SearchField(tr("Search runs by name, data set, model, date or note"), tr("Search runs"))
        head.addWidget(self.search, 1)
        self.import_button = button(tr("&Import…"), tip=tr("A file that another computer wrote with Export."))
        self.import_button.clicked.connect(self.ask_import)
        head.addWidget(self.import_button)
        layout.addLayout(head)
        self.message = MessageBar()
        layout.addWidget(self.message)

    def _build_table(self, layout: QVBoxLayout) -> None:
        self.table = AllRunsTable(self)
        self.proxy = SortProxy(self.table, self)
        self.view = rows_view(self.proxy, tr("All runs"))
        self.view.setTextElideMode(Qt.ElideMiddle)
        self.view.setSelectionMode(QAbstractItemView.ExtendedSelection)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.Interactive)
        for column, sample in enumerate(SAMPLES):
            words = max((sample, self.table.columns[column].title), key=self.fontMetrics().horizontalAdvance)
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(words) + 2 * CELL_MARGIN + 4)
        header.setStretchLastSection(True)
        overlay_empty_text(self.view, tr("No such run."))
        layout.addWidget(self.view, 1)
        self.count = label("", "small")
        layout.addWidget(self.count)
        self.search.textChanged.connect(self._look_for)
        self.search.installEventFilter(self)
        self.view.selectionModel().selectionChanged.connect(self._on_selected)

    def _build_about(self, layout: QVBoxLayout) -> None:
        self.facts = ElidedLabel("small")
        layout.addWidget(self.facts)
        caption = label(tr("N&ote on this run"), "field")
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(tr("What it was for, what was learnt. It is kept with the run."))
        self.note.setAccessibleName(tr("Note on this run"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(3 * self.note.fontMetrics().lineSpacing() + 22)
        caption.setBuddy(self.note)
        layout.addWidget(caption)
        layout.addWidget(self.note)
        self.note.textChanged.connect(self._on_note)
        self.again_button = button(
            tr("&Train again with these settings"), tip=tr("Fills the form of the Train page; nothing starts yet.")
        )
        self.rename_button = button(tr("&Rename…"))
        self.export_button = button(tr("&Export…"), tip=tr("One file for a colleague, or for another computer."))
        self.folder_button = button(tr("Open its &folder"))
        self.delete_button = button(tr("&Delete…"), "danger")
        row = FlowLayout(SPACE, SPACE // 2)
        for control, action in (
            (self.again_button, self.ask_settings),
            (self.rename_button, self.ask_name),
            (self.export_button, self.ask_export),
            (self.folder_button, self._open_folder),
            (self.delete_button, self.ask_delete),
        ):
            control.clicked.connect(action)
            row.addWidget(control)
        layout.addLayout(row)

    # --- the list -------------------------------------------------------------------------------------------------

    def show_runs(self, runs: Sequence[RunInfo]) -> None:
        """Show a new list, keeping what is chosen where it is still there."""
        keep = self._wanted or {run.name for run in self.chosen()}
        self._wanted = set()
        self.view.selectionModel().blockSignals(True)
        self.table.set_records(runs)
        self.view.selectionModel().blockSignals(False)
        self._filter()
        self.choose(keep)

    def choose(self, names: set[str]) -> None:
        """Choose runs, and bring one into view; the first of the list where none of them is there."""
        mode = self.view.selectionMode()
        self.view.setSelectionMode(QAbstractItemView.MultiSelection)
        self.view.clearSelection()
        rows = [row for row in range(self.proxy.rowCount()) if self._run_in(row).name in names]
        for row in rows or range(min(1, self.proxy.rowCount())):
            self.view.selectRow(row)
            self.view.scrollTo(self.proxy.index(row, 0))
        self.view.setSelectionMode(mode)
        self._on_selected()

    def chosen(self) -> list[RunInfo]:
        """Return the chosen runs, from top to bottom."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self._run_in(row) for row in rows]

    def _run_in(self, row: int) -> RunInfo:
        run: RunInfo = self.proxy.index(row, 0).data(RecordRole)
        return run

    def _look_for(self) -> None:
        """Show the runs that have the words, one of them chosen."""
        chosen = {run.name for run in self.chosen()}
        self._filter()
        self.choose(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Go from the search to what it found with Enter or Down; Enter would press a button of the dialog."""
        keys = (Qt.Key_Return, Qt.Key_Enter, Qt.Key_Down)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.KeyPress and event.key() in keys:
            self.view.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _filter(self) -> None:
        self.proxy.setFilterFixedString(self.search.text().strip())
        shown = [self._run_in(row) for row in range(self.proxy.rowCount())]
        total = len(self.table.records)
        parts = [
            tr("{shown} of %Ln runs", n=total).format(shown=text.number(len(shown)))
            if len(shown) < total
            else tr("%Ln runs", n=total),
            tr("{size} on this disk").format(size=text.size(sum(run.bytes for run in shown))),
        ]
        damaged = sum(not run.dataset for run in shown)
        if damaged:
            parts.append(tr("%Ln of them cannot be read", n=damaged))
        self.count.setText(" · ".join(parts))

    def _on_selected(self) -> None:
        chosen = self.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        name = one.name if one is not None else ""
        if name != self._noted:
            self.keep_note()
            self._show_note(name, one.note if one is not None else "")
        self.facts.setText(RunModel().second_line(one) if one is not None else tr("%Ln runs chosen", n=len(chosen)))
        self._refresh()

    def _refresh(self, _: object = None) -> None:
        chosen, up = self.chosen(), self._client.state.up
        one = chosen[0] if len(chosen) == 1 else None
        readable = one is not None and bool(one.dataset)
        self.again_button.setEnabled(up and readable and one is not None and not one.here_alone)
        self.rename_button.setEnabled(up and readable)
        self.export_button.setEnabled(up and readable and one is not None and one.rounds > 0)
        self.folder_button.setEnabled(one is not None)
        self.delete_button.setEnabled(up and bool(chosen))
        self.import_button.setEnabled(up)
        self.note.setEnabled(up and one is not None)

    # --- notes ----------------------------------------------------------------------------------------------------

    def _show_note(self, run: str, note: str) -> None:
        """Show the note of a run; "" for none."""
        self._noted = run
        self.note.blockSignals(True)
        self.note.setPlainText(note)
        self.note.blockSignals(False)

    def _on_note(self) -> None:
        self._keep_later.start()

    def keep_note(self) -> None:
        """Have the note in the field kept, where it is another one."""
        self._keep_later.stop()
        known = {run.name: run.note for run in self.table.records}
        written = self.note.toPlainText().strip()
        if self._noted in known and written != known[self._noted].strip() and self._client.state.up:
            self._client.ask(NoteRun(run=self._noted, note=written), self._on_noted, self.message.show_failure)

    def _on_noted(self, event: ev.RunNoted) -> None:
        self.changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.keep_note()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self.keep_note()
        super().done(result)

    # --- what can be done with one --------------------------------------------------------------------------------

    def ask_settings(self) -> None:
        """Ask the engine for the settings of the chosen run."""
        run = self.chosen()[0].name
        self._client.ask(DescribeRuns(runs=(run,)), self._on_settings, self.message.show_failure)

    def _on_settings(self, event: ev.RunDetails) -> None:
        if event.runs:
            self.accept()
            self.again.emit(event.runs[0])
        for problem in event.problems.values():
            self.message.show_message("error", said(problem))

    def ask_name(self) -> None:
        """Ask the person for another name, and the engine to give it to the run."""
        run = self.chosen()[0].name
        dialog = RenameDialog(run, self)
        dialog.accepted.connect(lambda: self._rename(run, dialog.name()))
        dialog.open()

    def _rename(self, run: str, name: str) -> None:
        self.keep_note()
        self._client.ask(RenameRun(run=run, name=name), self._on_renamed, self.message.show_failure)

    def _on_renamed(self, event: ev.RunRenamed) -> None:
        self.message.clear()
        self._wanted = {event.new}
        self.changed.emit()

    def ask_delete(self) -> None:
        """Ask whether the chosen runs are to go, naming them."""
        chosen = self.chosen()
        names = [run.name for run in chosen[:MOST_NAMES]] + ["…"] * (len(chosen) > MOST_NAMES)
        box = QMessageBox(
            QMessageBox.NoIcon,
            tr("Delete runs"),
            tr("Delete %Ln runs for good?", n=len(chosen)),
            QMessageBox.NoButton,
            self,
        )
        freed = tr("This frees {size}. Reports and lists that were saved elsewhere stay.")
        told = freed.format(size=text.size(sum(run.bytes for run in chosen)))
        box.setInformativeText("\n".join([*names, "", told]))
        delete = box.addButton(tr("&Delete"), QMessageBox.DestructiveRole)
        keep = box.addButton(tr("&Keep"), QMessageBox.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(partial(self.delete, [run.name for run in chosen]))
        box.setAttribute(Qt.WA_DeleteOnClose)
        box.open()

    def delete(self, names: Sequence[str], _: bool = False) -> None:
        """Have runs deleted, one after the other."""
        self.message.clear()
        self._show_note("", "")  # nothing is to be kept of it any more
        for name in names:
            self._client.ask(DeleteRun(run=name), self._on_deleted, self.message.show_failure)

    def _on_deleted(self, event: ev.RunDeleted) -> None:
        self.changed.emit()

    def _open_folder(self) -> None:
        open_path(paths.runs_dir() / self.chosen()[0].name, self)

    # --- files ----------------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask which parts go along and into which file, and have it written."""
        run = self.chosen()[0].name
        dialog = ExportDialog(run, self)
        dialog.accepted.connect(lambda: self._choose_file(run, dialog.private()))
        dialog.open()

    def _choose_file(self, run: str, private: bool) -> None:
        name, _ = ask_save(self, tr("Export a run"), f"{run}.zip", tr(FILE_FILTER), "runs")
        if name:
            self.export(run, name if name.lower().endswith(".zip") else f"{name}.zip", private)

    def export(self, run: str, path: str, private: bool) -> None:
        """Have a run written into a file."""
        self.keep_note()
        self.message.show_message("info", tr("Writing {path}…").format(path=path), closable=False)
        command = ExportRun(run=run, output=path, private=private)
        self._client.ask(command, self._on_exported, self.message.show_failure)

    def _on_exported(self, event: ev.RunExported) -> None:
        if event.private:
            parts = tr("It holds what users had and their own models: give it only to those who may see these.")
        else:
            parts = tr("What users had and their own models are not in it.")
        saved = tr("Saved to {0}").format(event.path)
        self.message.show_message("success", f"{saved} ({text.size(event.bytes)}). {parts}")

    def ask_import(self) -> None:
        """Ask for a file, and have a run made of it."""
        path = ask_open(self, tr("A run in a file"), tr(FILE_FILTER), "runs")
        if path:
            self.take(path)

    def take(self, path: str) -> None:
        """Have a run made of a file."""
        self.message.show_message("info", tr("Reading {path}…").format(path=path), closable=False)
        self._client.ask(ImportRun(path=path), self._on_imported, self.message.show_failure)

    def _on_imported(self, event: ev.RunImported) -> None:
        told = tr('Run "{run}" is here.').format(run=event.run.name)
        if not event.run.private_parts:
            told += " " + tr("It came without its private parts: figures, report, lists for new users and baskets.")
        self.message.show_message("success", told)
        self.search.clear()
        self._wanted = {event.run.name}
        self.changed.emit()
