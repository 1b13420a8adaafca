"""Actions on data sets: download, take from a file, import an own one, look inside, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QMessageBox, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import PreviewDataset, RemoveDataset
from fl.protocol.records import DatasetInfo
from fl.runs.records import RunInfo
from gui.data.dataset_preview import PreviewDialog
from gui.data.import_dialog import FILE_FILTER, ImportDialog
from gui.data.licence_dialog import LicenceDialog
from gui.engine.client import EngineClient
from gui.widgets.file_dialogs import ask_folder, ask_open
from gui.words.i18n import tr

MOST_NAMES = 8  # of runs in a question


class DatasetActions(QObject):
    """Dialogs and light jobs around the chosen data set.

    Signals:
        fetch: (data set, source) download it, or take it from there, as the tab's job.
        changed: the list of data sets is out of date.
        imported: name of a data set that the person wants to train on.
        failed: the JobFailed of a removal.
    """

    fetch = pyqtSignal(object, str)
    changed = pyqtSignal()
    imported = pyqtSignal(str)
    failed = pyqtSignal(object)

    def __init__(self, client: EngineClient, chosen: Callable[[], DatasetInfo | None], parent: QWidget) -> None:
        super().__init__(parent)
        self.client = client
        self._chosen = chosen
        self._window = parent
        self.runs: Sequence[RunInfo] = ()  # all that are known
        self.importer: ImportDialog | None = None
        self.preview: PreviewDialog | None = None

    # --- the official files ---------------------------------------------------------------------------------------

    def ask_to_download(self) -> None:
        dataset = self._chosen()
        if dataset is None:
            return
        dialog = LicenceDialog(dataset, self._window)
        dialog.accepted.connect(lambda: self.fetch.emit(dataset, ""))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self) -> None:
        filters = tr("Archives (*.zip);;All files (*)")
        self.take(ask_open(self._window, tr("Official archive"), filters, "archives"))

    def take_folder(self) -> None:
        self.take(ask_folder(self._window, tr("Folder with the unpacked files"), "archives"))

    def take(self, source: str) -> None:
        dataset = self._chosen()
        if source and dataset is not None:
            self.fetch.emit(dataset, source)

    # --- an own file ------------------------------------------------------------------------------------------------

    def choose_own_file(self) -> None:
        name = ask_open(self._window, tr("A table of who chose what"), tr(FILE_FILTER), "tables")
        if name:
            self.open_import(name)

    def open_import(self, path: str) -> None:
        """Open the dialog that looks at an own file and imports it."""
        if self.importer is not None or not self.client.state.up:
            return
        self.importer = ImportDialog(self.client, path, self._window)
        self.importer.imported.connect(self._on_imported)
        self.importer.finished.connect(self._on_import_closed)
        self.importer.open()

    def _on_imported(self, dataset: DatasetInfo) -> None:
        self.changed.emit()
        self.imported.emit(dataset.name)

    def _on_import_closed(self) -> None:
        if self.importer is not None:
            if self.importer.dataset is not None:
                self.changed.emit()
            self.importer.deleteLater()
            self.importer = None

    # --- a look inside ------------------------------------------------------------------------------------------------

    def look(self) -> None:
        dataset = self._chosen()
        if dataset is None or self.preview is not None or not self.client.state.up:
            return
        self.preview = PreviewDialog(dataset, self._window)
        self.preview.finished.connect(self._on_preview_closed)
        self.client.ask(PreviewDataset(dataset=dataset.name), self.preview.show_preview, self.preview.show_failure)
        self.preview.open()

    def _on_preview_closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
            self.preview = None

    # --- removing -----------------------------------------------------------------------------------------------------

    def ask_to_remove(self) -> None:
        dataset = self._chosen()
        if dataset is None or not self.client.state.up:
            return
        box = QMessageBox(
            QMessageBox.NoIcon,
            tr("Remove a data set"),
            tr('Remove "{title}" from this machine?').format(title=dataset.title),
            QMessageBox.NoButton,
            self._window,
        )
        box.setInformativeText("\n".join([tr("The file it was imported from stays."), *self._needing(dataset)]))
        remove = box.addButton(tr("&Remove"), QMessageBox.DestructiveRole)
        keep = box.addButton(tr("&Keep"), QMessageBox.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        remove.clicked.connect(lambda: self._remove(dataset))
        box.finished.connect(box.deleteLater)
        box.open()

    def _needing(self, dataset: DatasetInfo) -> list[str]:
        """Return which runs need a data set, a line each."""
        names = [run.name for run in self.runs if run.dataset == dataset.name]
        if not names:
            return [tr("No run was trained on it.")]
        stay = tr(
            "%Ln runs were trained on it. They stay and still recommend, but cannot be evaluated, audited or resumed "
            "until it is imported again:",
            n=len(names),
        )
        return [stay, *names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])]

    def _remove(self, dataset: DatasetInfo) -> None:
        self.client.ask(RemoveDataset(dataset=dataset.name), self._on_removed, self.failed.emit)

    def _on_removed(self, event: ev.DatasetRemoved) -> None:
        self.changed.emit()
