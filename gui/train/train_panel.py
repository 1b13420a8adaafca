"""The parts of the Train tab put together, and what they do without a training: data sets, renaming, remembering."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, QTimer, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import FetchCommand, RenameRun
from fl.protocol.records import DatasetInfo
from gui.data.dataset_actions import DatasetActions
from gui.engine.client import EngineClient
from gui.engine.log_tail import LogTail
from gui.engine.run_queue import RunQueue
from gui.preferences import Preferences
from gui.tabs.job_panel import JobPanel
from gui.train.estimate_line import EstimateLine
from gui.train.log_panel import LogPanel
from gui.train.privacy_note import PrivacyNote
from gui.train.queue_panel import QueuePanel
from gui.train.train_controls import TrainControls
from gui.train.train_form import TrainForm
from gui.train.training_curves import TrainingCurves
from gui.train.training_progress import TrainingProgress
from gui.train.training_result import TrainingResult
from gui.widgets.message_bar import MessageBar
from gui.widgets.notifier import Notifier
from gui.widgets.pages import BAR_WIDTH, VerticalScrollArea, page
from gui.widgets.widgets import MARGIN, FoldOut
from gui.words import text
from gui.words.i18n import tr


class TrainPanel(JobPanel):
    """Signals:
    use_run: (run name, "recommend" or "evaluate") the person wants to go on with the finished run.
    runs_changed: a run was made or changed: the lists of runs are out of date.
    datasets_changed: a file was imported or removed: the list of data sets is out of date.
    shown: something that the small view shows has changed.
    """

    use_run = pyqtSignal(str, str)
    runs_changed = pyqtSignal()
    datasets_changed = pyqtSignal()
    shown = pyqtSignal()

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(client, tr("New training run"), tr("&Start training"), parent)
        self._preferences = preferences
        self._fetching: FetchCommand | None = None
        self._run = ""
        self.queue = RunQueue(preferences, self)
        self.notifier = Notifier(self)
        self._build_left()
        self._build_right()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self.form.set_values(preferences.values("train/settings"))
        self.advanced.set_open(preferences.flag("train/advanced_open"))
        self.log_fold.set_open(preferences.flag("train/log_open"))
        self.progress.show_idle()

    def _build_left(self) -> None:
        self.train_form = TrainForm(self.side, self)
        self.form = self.train_form.settings_form
        self.dataset_box, self.advanced = self.train_form.dataset_box, self.train_form.advanced
        self.card = self.train_form.card
        self.actions_ = DatasetActions(self.client, self.dataset_box.record, self)
        for signal, slot in (
            (self.card.download, self.ask_to_download),
            (self.card.take_file, self.actions_.take_file),
            (self.card.take_folder, self.actions_.take_folder),
            (self.card.import_own, self.actions_.choose_own_file),
            (self.card.look, self.actions_.look),
            (self.card.remove, self.actions_.ask_to_remove),
        ):
            signal.connect(slot)
        self.actions_.fetch.connect(self.fetch)
        self.actions_.changed.connect(self.datasets_changed)
        self.actions_.imported.connect(self.dataset_box.choose_later)
        self.actions_.failed.connect(self.message.show_failure)
        self.privacy_note = PrivacyNote()
        self.estimate = EstimateLine(self.client)
        self.side.foot.insertWidget(0, self.privacy_note)
        self.side.foot.insertWidget(1, self.estimate)
        self.controls = TrainControls(self.side, self.button_row, self)
        self.dataset_box.picked.connect(lambda _: self._show_dataset())

    def _build_right(self) -> None:
        self._page, across = page(self.side)
        # All of it scrolls where it does not fit: with the log open, a notice or waiting runs on a small screen.
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(MARGIN)
        self.scroll_area = VerticalScrollArea(content, whole_width=True)
        across.addWidget(self.scroll_area)
        # The bar lies in the page's margin, so that cards end where those of other pages end.
        self._page.layout().setContentsMargins(MARGIN, MARGIN, MARGIN - BAR_WIDTH, MARGIN)
        self.notice = MessageBar(wide=True)
        column.addWidget(self.notice)
        self.progress = TrainingProgress()
        self.result = TrainingResult()
        self.progress.body.addWidget(self.result)
        self.result.use.connect(self.use_run)
        self.result.rename.connect(self._rename)
        column.addWidget(self.progress)
        self.queue_panel = QueuePanel(self.queue)
        column.addWidget(self.queue_panel)
        self.curves = TrainingCurves()
        column.addWidget(self.curves, 1)
        self.log = LogPanel()
        self.progress.trouble.connect(lambda words: self.log.add("warning", words))
        self.log_fold = FoldOut(tr("&Log"), self.log)
        # What libraries write is only worth following while somebody looks.
        self.log_tail = LogTail(self)
        self.log_tail.lines.connect(lambda lines: self.log.add("", lines))
        self.log_fold.toggled.connect(self.log_tail.set_on)
        column.addWidget(self.log_fold)
        self.log_fold.toggled.connect(self._bring_log_into_view)

    def _bring_log_into_view(self, is_open: bool) -> None:
        if is_open:
            QTimer.singleShot(0, self._scroll_to_log)  # after the layout has made room for it

    def _scroll_to_log(self) -> None:
        self.scroll_area.ensureWidgetVisible(self.log_fold, 0, 0)

    def make_plots(self) -> None:
        """Have the axes of the curves ready before there is anything to draw."""
        self.curves.make_plots()

    # --- data sets ----------------------------------------------------------------------------------------------

    def show_datasets(self, datasets: Sequence[DatasetInfo]) -> None:
        text.learn_titles({dataset.name: dataset.title for dataset in datasets})
        self.dataset_box.set_records(datasets)
        self._show_dataset()

    def show_dataset(self, dataset: DatasetInfo) -> None:
        """One data set's state changed (it was fetched)."""
        records = self.dataset_box.records.records
        self.show_datasets([dataset if record.name == dataset.name else record for record in records])

    def _show_dataset(self) -> None:
        self.card.show_dataset(self.dataset_box.record())
        self.refresh()

    def ask_to_download(self) -> None:
        if not self.state.busy:
            self.actions_.ask_to_download()

    def fetch(self, dataset: DatasetInfo, source: str) -> None:
        """Download a data set, or take it from a local file or folder, as this panel's job."""
        if self.state.busy or not self.client.state.up:
            return
        self._fetching = FetchCommand(dataset=dataset.name, source=source)
        self.submit(self._fetching, self.on_fetched)

    def on_fetched(self, event: ev.DatasetFetched) -> None:
        self.show_dataset(event.dataset)
        self.finish()
        self.progress.headline.setText(tr("{0} is ready").format(event.dataset.title))
        self.progress.sub.setText(tr("Press Start to train on it."))

    def open_import(self, path: str) -> None:
        """Look at an own file and import it (also for a dropped one)."""
        self.actions_.open_import(path)

    def takes_files(self) -> bool:
        """Whether a file may be dropped now."""
        return self.card.own_button.isEnabled()

    # --- renaming ---------------------------------------------------------------------------------------------------

    def _rename(self, run: str, name: str) -> None:
        if self.client.state.up:
            self.client.ask(RenameRun(run=run, name=name), self.on_renamed, self.result.message.show_failure)

    def on_renamed(self, event: ev.RunRenamed) -> None:
        self.result.on_renamed(event)
        if not self.state.busy and self._run == event.old:
            self._run = event.new
            self.progress.sub.setText(self.result.sentence())
        self.runs_changed.emit()

    # --- what the next start finds again ------------------------------------------------------------------------------

    def remember(self) -> None:
        self._preferences.set_values("train/settings", self.form.choices())
        self._preferences.set_flag("train/advanced_open", self.advanced.is_open())
        self._preferences.set_flag("train/log_open", self.log_fold.is_open())
        self.estimate.stop()
        self.notifier.close()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(1080, 720)
