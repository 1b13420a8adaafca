"""The data sets of the Train tab: the list, the chosen one's card, and getting one as the tab's job."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from fl.protocol.commands import FetchCommand
from fl.protocol.records import DatasetInfo
from gui.data.dataset_actions import DatasetActions
from gui.data.dataset_card import DatasetCard
from gui.engine.client import EngineClient
from gui.widgets.pickers import DatasetBox
from gui.words import text
from gui.words.i18n import tr


class DatasetJobs(QObject):
    """Keeps the data sets, and starts what can be done with them.

    Signals:
        get: a FetchCommand that the tab is to send as its job.
        shown: another data set is chosen, or the state of the chosen one has changed.

    Attributes:
        fetching: the command that runs as the tab's job, None while no data set is fetched.
    """

    get = pyqtSignal(object)
    shown = pyqtSignal()

    def __init__(self, client: EngineClient, box: DatasetBox, card: DatasetCard, parent: QWidget) -> None:
        super().__init__(parent)
        self.fetching: FetchCommand | None = None
        self._box, self._card = box, card
        self.actions = DatasetActions(client, box.record, parent)
        for signal, slot in (
            (card.download, self.actions.ask_to_download),
            (card.take_file, self.actions.take_file),
            (card.take_folder, self.actions.take_folder),
            (card.import_own, self.actions.choose_own_file),
            (card.look, self.actions.look),
            (card.remove, self.actions.ask_to_remove),
        ):
            signal.connect(slot)
        self.actions.fetch.connect(
            lambda dataset, source: self.get.emit(FetchCommand(dataset=dataset.name, source=source))
        )
        self.actions.imported.connect(box.choose_later)
        box.picked.connect(lambda _: self._show_chosen())

    def show_list(self, datasets: Sequence[DatasetInfo]) -> None:
        """Offer these data sets."""
        text.learn_titles({dataset.name: dataset.title for dataset in datasets})
        self._box.set_records(datasets)
        self._show_chosen()

    def show_fetched(self, dataset: DatasetInfo) -> None:
        """Show the new state of one data set."""
        records = self._box.records.records
        self.show_list([dataset if record.name == dataset.name else record for record in records])

    def missing(self) -> str:
        """Return why the chosen data set cannot be trained on, "" when it can."""
        dataset = self._box.record()
        if dataset is None:
            return tr("Waiting for the list of data sets.")
        if dataset.status == "damaged":
            return tr("{0} is damaged. Import its file again under that name, or remove it.").format(dataset.title)
        if dataset.status != "ready":
            return tr("Get {0} first: download it, or take it from a file or folder.").format(dataset.title)
        return ""

    def what_runs(self) -> str:
        """Return the running fetch in words, "" while there is none."""
        if self.fetching is None:
            return ""
        return tr("Getting {0}").format(text.dataset_title(self.fetching.dataset))

    def takes_files(self) -> bool:
        """Return whether a file may be dropped now."""
        return self._card.own_button.isEnabled()

    def set_enabled(self, *, can_ask: bool, idle: bool) -> None:
        """Enable what the card offers.

        Args:
            can_ask: the engine answers questions.
            idle: the tab has no job, so that a data set can be fetched.
        """
        self._card.set_enabled(can_ask)
        self._card.message.action_button.setEnabled(can_ask and idle)
        self._card.take_button.setEnabled(can_ask and idle)

    def _show_chosen(self) -> None:
        self._card.show_dataset(self._box.record())
        self.shown.emit()
