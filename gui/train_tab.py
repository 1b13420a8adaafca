"""The Train tab: choose data and settings, start, watch, stop; what came of it, and what left the parties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import QT_TRANSLATE_NOOP, QSize, Qt, QTimer, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices, QShowEvent
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from data import paths, registry
from fl import events as ev
from fl.config import MODEL_TITLES, TrainSettings
from fl.presets import preset
from gui import text
from gui.engine_client import EngineClient, new_job
from gui.epsilon import PRIVATE_NAMES, curve_values, round_line, show_loss
from gui.forms import SettingsForm
from gui.import_dialog import FILE_FILTER, ImportDialog
from gui.job_panel import JobPanel
from gui.log_panel import LogPanel
from gui.log_tail import LogTail
from gui.pickers import DatasetBox
from gui.preferences import Preferences
from gui.state import Controls, JobState, Stop
from gui.theme import colours
from gui.widgets import (
    MARGIN,
    SPACE,
    Card,
    ElidedLabel,
    Figure,
    FoldOut,
    IconLabel,
    MessageBar,
    button,
    label,
    page,
)

if TYPE_CHECKING:
    from gui.plots import CurvePlot

MAIN_NAMES = ("epochs", "batch_size", "parties", "name")
ADVANCED = {
    QT_TRANSLATE_NOOP("TrainTab", "Federation"): (
        "aggregator", "spu_protocol", "robust_rule", "trim_fraction", "runtime",
        "server_optimizer", "server_learning_rate", "lr_decay", "averaging",
        "clients_per_round", "client_sampling",
    ),
    QT_TRANSLATE_NOOP("TrainTab", "Differential privacy"): (
        "dp", "target_epsilon", "delta", "clip_norm", "noise_multiplier",
    ),
    QT_TRANSLATE_NOOP("TrainTab", "Model"): (
        "dim", "negatives", "learning_rate", "item_lr_scale", "item_learning_rate", "local_epochs", "alpha", "reg",
        "recency_weight", "recency_half_life",
        "weight_decay", "distance_weight", "sparsity_weight", "weight_schedule", "item_view",
    ),
    QT_TRANSLATE_NOOP("TrainTab", "Run"): ("protocol", "seed", "early_stopping", "threads", "tensorboard"),
}  # fmt: skip
PLACED = ("dataset", "model", *MAIN_NAMES, *(name for names in ADVANCED.values() for name in names))
# Settings that are newer than this page stand at the end.
OTHERS = tuple(name for name in TrainSettings.model_fields if name not in PLACED)
FIELD_NAMES = [name for name in (*PLACED, *OTHERS) if name in TrainSettings.model_fields]
ADVANCED_NAMES = [name for name in FIELD_NAMES if name not in ("dataset", "model", *MAIN_NAMES)]
# A description that ends "(FCF)." or "(PFedRec, FedRAP)." names the only models a setting has a meaning for.
ONLY_FOR = re.compile(r"\(([A-Z]\w+(?:, [A-Z]\w+)*)\)\.$")
# "(aggregator spu)." likewise names the only aggregators.
ONLY_WITH = re.compile(r"\(aggregator (\w+(?:, \w+)*)\)\.$")


def train_defaults(values: Mapping[str, Any]) -> dict[str, Any]:
    """The preset of the chosen model, data set and protocol."""
    dp, protocol = values.get("dp", "none"), values.get("protocol", "leak-free")
    return preset(str(values["model"]), str(values["dataset"]), str(dp), str(protocol))


def applies(name: str, values: Mapping[str, Any]) -> bool:
    """Whether a setting has a meaning for the chosen model and aggregator."""
    if name in PRIVATE_NAMES and values.get("dp", "none") == "none":
        return False
    description = TrainSettings.model_fields[name].description or ""
    with_aggregator = ONLY_WITH.search(description)
    if with_aggregator is not None:
        return values["aggregator"] in with_aggregator[1].split(", ")
    found = ONLY_FOR.search(description)
    return found is None or MODEL_TITLES[values["model"]] in found[1].split(", ")


WIDTH = 560  # of the licence dialog


class LicenceDialog(QDialog):
    """What is about to be downloaded, from where, and under which terms. Nothing is fetched before this is accepted."""

    def __init__(self, dataset: ev.DatasetInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Download {0}").format(dataset.title))
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE + 2)
        layout.addWidget(label(dataset.title, "h2"))
        counts = self.tr("{0} users, {1} items, {2} interactions").format(
            text.number(dataset.n_users), text.number(dataset.n_items), text.number(dataset.n_rows)
        )
        layout.addWidget(label(counts, "muted"))
        layout.addWidget(label(self.tr("Downloaded from {0}").format(dataset.url), wrap=True))
        terms = Card(self.tr("Terms of use"))
        self.licence = label(dataset.licence or self.tr("The source states no licence."), wrap=True)
        terms.body.addWidget(self.licence)
        spec = registry.DATASETS.get(dataset.name)
        if spec is not None and spec.citation:
            terms.body.addWidget(label(self.tr("To cite: {0}").format(spec.citation), "small", wrap=True))
        layout.addWidget(terms)
        buttons = QDialogButtonBox()
        self.accept_button = button(self.tr("&Accept and download"), "primary")
        self.refuse_button = button(self.tr("Do &not download"))
        buttons.addButton(self.accept_button, QDialogButtonBox.AcceptRole)
        buttons.addButton(self.refuse_button, QDialogButtonBox.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        # A dialog's own size hint forgets how high wrapped text is at this width.
        self.resize(WIDTH, layout.heightForWidth(WIDTH))


class TrainTab(JobPanel):
    """Signals:
    use_run: (run name, "recommend" or "evaluate") the person wants to go on with the finished run.
    runs_changed: a run was made or changed: the lists of runs are out of date.
    datasets_changed: a file was imported: the list of data sets is out of date.
    """

    use_run = pyqtSignal(str, str)
    runs_changed = pyqtSignal()
    datasets_changed = pyqtSignal()

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(
            client,
            text.translate("TrainTab", "New training run"),
            text.translate("TrainTab", "&Start training"),
            parent,
        )
        self._preferences = preferences
        self.importer: ImportDialog | None = None
        self._fetching: ev.FetchCommand | None = None
        self._resumable = ""  # run the message bar on the right offers to go on with
        self._run = ""
        self._last_round: ev.RoundDone | None = None
        self._popularity: dict[str, float] = {}
        self._eta_seconds = 0.0
        self._build_form()
        self._build_results()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self.form.set_values(preferences.values("train/settings"))
        self.advanced.set_open(preferences.flag("train/advanced_open"))
        self.log_fold.set_open(preferences.flag("train/log_open"))
        self._show_idle()
        self.refresh()

    # --- left: the form -----------------------------------------------------------------------------------------

    def _build_form(self) -> None:
        self.dataset_box = DatasetBox()
        self.form = SettingsForm(
            TrainSettings, FIELD_NAMES, {"dataset": self.dataset_box}, train_defaults, applies, parent=self
        )
        self.dataset_message = MessageBar()
        self.dataset_message.action.connect(self.ask_to_download)
        self.import_button = button(
            self.tr("From &file or folder…"),
            "link",
            tip=self.tr("Use the official archive, or the folder it unpacks to, that is already on this machine."),
        )
        menu = QMenu(self.import_button)
        menu.addAction(self.tr("Official archive (&zip)…"), self._import_file)
        menu.addAction(self.tr("Unpacked &folder…"), self._import_folder)
        self.import_button.setMenu(menu)
        self.own_button = button(
            self.tr("Import &your own file…"),
            "link",
            tip=self.tr("A table of who chose what: CSV, TSV or Parquet. A file can also be dropped onto the window."),
        )
        self.own_button.clicked.connect(self._choose_own_file)
        self.dataset_facts = label("", "small", wrap=True)
        model_sentence = label("", "small", wrap=True)

        fields = self.side.fields
        fields.addWidget(self.form.section(["dataset"]))
        fields.addWidget(self.dataset_facts)
        fields.addWidget(self.dataset_message)
        links = QHBoxLayout()
        links.setSpacing(2 * SPACE)
        links.addWidget(self.import_button)
        links.addWidget(self.own_button)
        links.addStretch(1)
        fields.addLayout(links)
        fields.addWidget(self.form.section(["model"]))
        fields.addWidget(model_sentence)
        fields.addWidget(self.form.section(MAIN_NAMES))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE)
        for heading, names in {**ADVANCED, "": OTHERS}.items():
            known = [name for name in names if name in FIELD_NAMES]
            if known:
                inside.addWidget(self.form.section(known, text.translate("TrainTab", heading) if heading else ""))
        self.reset_button = button(self.tr("Reset all settings to their defaults"), "link")
        self.reset_button.clicked.connect(lambda: self.form.reset())
        inside.addWidget(self.reset_button)
        self.advanced = FoldOut(self.tr("&Advanced settings"), inner)
        self.changed_note = label("", "small")
        self.advanced.head.insertWidget(1, self.changed_note)
        fields.addWidget(self.advanced)
        fields.addStretch(1)

        privacy = QFrame()
        privacy.setToolTip(self.tr("What a party sends while training with these settings."))
        row = QHBoxLayout(privacy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(IconLabel("shield", lambda: colours().success, 18), 0, Qt.AlignTop)
        inside = QVBoxLayout()
        inside.setSpacing(0)
        self.privacy = label("", "small", wrap=True)
        self.privacy_button = button(self.tr("What exactly?"), "link")
        self.privacy_button.clicked.connect(self._explain_privacy)
        inside.addWidget(self.privacy)
        inside.addWidget(self.privacy_button, 0, Qt.AlignLeft)
        row.addLayout(inside, 1)
        self.side.foot.insertWidget(0, privacy)

        self.stop_button = button(
            self.tr("St&op after this round"),
            tip=self.tr("Ends the run when the current round is on disk, and keeps the model."),
        )
        self.stop_button.clicked.connect(self.stop_after_round)
        self.button_row.insertWidget(0, self.stop_button, 1)

        def show_model() -> None:
            model_sentence.setText(
                text.translate("models", text.MODEL_SENTENCES.get(str(self.form.value("model")), ""))
            )

        self.form.changed.connect(show_model)
        self.form.changed.connect(self._on_form)
        self.dataset_box.picked.connect(lambda _: self._show_dataset())
        show_model()

    # --- right: progress and results ----------------------------------------------------------------------------

    def _build_results(self) -> None:
        self._page, column = page(self.side)
        self.notice = MessageBar(wide=True)
        self.notice.action.connect(self.resume)
        column.addWidget(self.notice)

        progress = Card()
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        self.headline = ElidedLabel("h1")
        self.time_text = label("", "muted")
        top.addWidget(self.headline, 1)
        top.addWidget(self.time_text)
        progress.body.addLayout(top)
        self.sub = label("", "muted", wrap=True)
        progress.body.addWidget(self.sub)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        progress.body.addWidget(self.bar)
        progress.body.addSpacing(2)
        hr, ndcg = text.translate("help", text.HELP["hr"]), text.translate("help", text.HELP["ndcg"])
        self.live = {
            "hr@10": Figure(self.tr("HR@10, validation"), hr),
            "ndcg@10": Figure(self.tr("NDCG@10, validation"), ndcg),
            "loss": Figure(self.tr("Training loss"), text.translate("help", text.HELP["loss"])),
            "best": Figure(self.tr("Best round"), self.tr("Round with the highest validation HR@10 so far.")),
            "bytes": Figure(self.tr("Sent by a party"), self.tr("Bytes that one party uploads in one round.")),
        }
        self.final = {
            "hr@10": Figure(self.tr("HR@10, test"), hr),
            "ndcg@10": Figure(self.tr("NDCG@10, test"), ndcg),
            "full_hr@10": Figure(self.tr("HR@10, full rank"), hr),
            "full_ndcg@10": Figure(self.tr("NDCG@10, full rank"), ndcg),
            "best": Figure(
                self.tr("Best round"), self.tr("Chosen on the validation items; the test items had no say.")
            ),
        }
        self.live_row, self.final_row = QWidget(), QWidget()
        # Shares of the width: at 1024 pixels the longest titles just fit.
        shares = {"loss": 5, "best": 4, "bytes": 5}
        for group, row_widget in ((self.live, self.live_row), (self.final, self.final_row)):
            row = QHBoxLayout(row_widget)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(SPACE)
            for key, figure in group.items():
                row.addWidget(figure, shares.get(key, 6))
            progress.body.addWidget(row_widget)
        self.protocol_warning = MessageBar()
        progress.body.addWidget(self.protocol_warning)
        self.next_row = QWidget()
        next_layout = QHBoxLayout(self.next_row)
        next_layout.setContentsMargins(0, 4, 0, 0)
        next_layout.setSpacing(SPACE)
        self.recommend_button = button(self.tr("Recommend with this run"))
        self.evaluate_button = button(self.tr("Evaluate this run"))
        self.recommend_button.clicked.connect(lambda: self.use_run.emit(self._run, "recommend"))
        self.evaluate_button.clicked.connect(lambda: self.use_run.emit(self._run, "evaluate"))
        next_layout.addWidget(self.recommend_button)
        next_layout.addWidget(self.evaluate_button)
        self.folder_button = button(self.tr("Open its folder"), "link")
        self.folder_button.clicked.connect(self._open_folder)
        next_layout.addSpacing(SPACE)
        next_layout.addWidget(self.folder_button)
        next_layout.addStretch(1)
        progress.body.addWidget(self.next_row)
        column.addWidget(progress)

        charts = QHBoxLayout()
        charts.setSpacing(MARGIN)
        self._loss_card, self._valid_card = Card(), Card()
        charts.addWidget(self._loss_card, 2)
        charts.addWidget(self._valid_card, 3)
        column.addLayout(charts, 1)
        self.loss_plot: CurvePlot | None = None
        self.valid_plot: CurvePlot | None = None
        self._waiting_points: list[tuple[int, dict[str, float], int]] = []
        self._plot_setup: tuple[int, int, dict[str, float]] = (0, 1, {})

        self.log = LogPanel()
        self.log.setMinimumHeight(150)
        self.log_fold = FoldOut(self.tr("&Log"), self.log)
        # What libraries write is only worth following while somebody looks.
        self.log_tail = LogTail(self)
        self.log_tail.lines.connect(lambda lines: self.log.add("", lines))
        self.log_fold.toggled.connect(self.log_tail.set_on)
        column.addWidget(self.log_fold)

    def showEvent(self, event: QShowEvent | None) -> None:  # noqa: N802
        super().showEvent(event)
        if self.loss_plot is None:
            # After the first paint: importing pyqtgraph costs 0.3 s that the window need not wait for.
            QTimer.singleShot(0, self.make_plots)

    def make_plots(self) -> None:
        """Put the curves into their cards, with whatever has come in the meantime."""
        if self.loss_plot is not None:
            return
        from gui.plots import Curve, CurvePlot

        hr, ndcg = text.translate("help", text.HELP["hr"]), text.translate("help", text.HELP["ndcg"])
        self.loss_plot = CurvePlot(
            self.tr("Training loss"),
            [Curve("loss", self.tr("loss"), "curve_loss")],
            self.tr("The loss of each round appears here while a run trains."),
            tip=text.translate("help", text.HELP["loss"]),
        )
        self.valid_plot = CurvePlot(
            self.tr("Validation"),
            [
                Curve("hr@10", "HR@10", "curve_hr", hr),
                Curve("ndcg@10", "NDCG@10", "curve_ndcg", ndcg),
            ],
            self.tr("HR@10 and NDCG@10 on the validation items appear here, with popularity as a dashed line."),
            tip=self.tr("Each user's last but one item, ranked against 99 items the user never touched."),
        )
        self._loss_card.body.addWidget(self.loss_plot)
        self._valid_card.body.addWidget(self.valid_plot)
        self._reset_plots(*self._plot_setup)
        for point in self._waiting_points:
            self._add_point(*point)
        self._waiting_points.clear()

    def _reset_plots(self, rounds: int, first: int, popularity: dict[str, float]) -> None:
        self._plot_setup = (rounds, first, popularity)
        self._waiting_points.clear()
        if self.loss_plot is not None and self.valid_plot is not None:
            for plot in (self.loss_plot, self.valid_plot):
                plot.clear(rounds, first)
            self.valid_plot.set_reference(popularity)

    def _add_point(self, round_: int, values: dict[str, float], best: int) -> None:
        if self.loss_plot is None or self.valid_plot is None:
            self._waiting_points.append((round_, values, best))
            return
        self.loss_plot.add(round_, values)
        self.valid_plot.add(round_, values, best)

    # --- data sets ----------------------------------------------------------------------------------------------

    def show_datasets(self, datasets: Sequence[ev.DatasetInfo]) -> None:
        text.learn_titles({dataset.name: dataset.title for dataset in datasets})
        self.dataset_box.set_records(datasets)
        self._show_dataset()

    def show_dataset(self, dataset: ev.DatasetInfo) -> None:
        """One data set's state changed (it was fetched)."""
        records = self.dataset_box.records.records
        self.show_datasets([dataset if record.name == dataset.name else record for record in records])

    def _show_dataset(self) -> None:
        dataset = self.dataset_box.record()
        self.dataset_message.clear()
        self.import_button.hide()
        if dataset is None:
            self.dataset_facts.setText(self.tr("The list of data sets comes with the engine."))
        else:
            counts = self.tr("{0} users · {1} items · {2} interactions").format(
                text.number(dataset.n_users), text.number(dataset.n_items), text.number(dataset.n_rows)
            )
            ready = dataset.status == "ready"
            self.dataset_facts.setText(f"{counts} · {self.tr('ready')}" if ready else counts)
            if not dataset.available:
                self.dataset_message.show_message(
                    "warning", self.tr("This version cannot read {0} yet.").format(dataset.title), closable=False
                )
            elif not ready:
                self.dataset_message.show_message(
                    "info",
                    self.tr("{0} is not on this machine yet.").format(dataset.title),
                    action=self.tr("Do&wnload…"),
                    closable=False,
                )
                self.import_button.show()
        self.refresh()

    def ask_to_download(self) -> None:
        dataset = self.dataset_box.record()
        if dataset is None or self.state.busy:
            return
        dialog = LicenceDialog(dataset, self)
        dialog.accepted.connect(lambda: self.fetch(dataset, ""))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_own_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("A table of who chose what"), str(Path.home()), text.translate("ImportDialog", FILE_FILTER)
        )
        if name:
            self.open_import(name)

    def open_import(self, path: str) -> None:
        """Look at an own file and import it, in a dialog."""
        if self.importer is not None or not self.client.state.up:
            return
        self.importer = ImportDialog(self.client, path, self)
        self.importer.imported.connect(self._on_imported)
        self.importer.finished.connect(self._on_import_closed)
        self.importer.open()

    def _on_imported(self, dataset: ev.DatasetInfo) -> None:
        self.datasets_changed.emit()
        self.dataset_box.choose_later(dataset.name)

    def _on_import_closed(self) -> None:
        if self.importer is not None:
            if self.importer.dataset is not None:
                self.datasets_changed.emit()
            self.importer.deleteLater()
            self.importer = None

    def _import_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Official archive"), str(Path.home()), self.tr("Archives (*.zip);;All files (*)")
        )
        self._import(name)

    def _import_folder(self) -> None:
        self._import(
            QFileDialog.getExistingDirectory(self, self.tr("Folder with the unpacked files"), str(Path.home()))
        )

    def _import(self, source: str) -> None:
        dataset = self.dataset_box.record()
        if source and dataset is not None:
            self.fetch(dataset, source)

    def fetch(self, dataset: ev.DatasetInfo, source: str) -> None:
        """Download a data set, or take it from a local file or folder, as this panel's job."""
        if self.state.busy or not self.client.state.up:
            return
        self._fetching = ev.FetchCommand(job=new_job(), dataset=dataset.name, source=source)
        self.submit(self._fetching)

    def on_fetched(self, event: ev.DatasetFetched) -> None:
        self.show_dataset(event.dataset)
        self.finish()
        self.headline.setText(self.tr("{0} is ready").format(event.dataset.title))
        self.sub.setText(self.tr("Press Start to train on it."))

    # --- training -----------------------------------------------------------------------------------------------

    def command(self, job: str) -> ev.TrainCommand:
        return ev.TrainCommand(job=job, settings=self.form.settings)

    def resume(self) -> None:
        """Go on with the run the notice is about."""
        if self._resumable and not self.state.busy and self.client.state.up and not self.blocked_by:
            self.submit(ev.ResumeCommand(job=new_job(), run=self._resumable))

    def stop_after_round(self) -> None:
        if self.allowed().stop:
            self.stop_kind = Stop.AFTER_ROUND
            self._set_state(JobState.STOPPING)
            self.client.stop_after_round(self.job)

    def occupies_engine(self) -> bool:
        return self.state.busy and self._fetching is None

    def what_runs(self) -> str:
        if self._fetching is not None:
            return self.tr("Getting {0}").format(text.dataset_title(self._fetching.dataset))
        if self._run:
            return self.tr('Training "{0}"').format(self._run)
        return self.tr("Training")

    def missing(self) -> str:
        dataset = self.dataset_box.record()
        if dataset is None:
            return self.tr("Waiting for the list of data sets.")
        if not dataset.available:
            return self.tr("Choose another data set: this version cannot read {0} yet.").format(dataset.title)
        if dataset.status != "ready":
            return self.tr("Get {0} first: download it, or take it from a file or folder.").format(dataset.title)
        return ""

    def on_started(self) -> None:
        self._eta_seconds = 0.0
        self._last_round = None
        self._run = ""
        self.notice.clear()
        self.next_row.hide()
        self.protocol_warning.clear()
        self.bar.setRange(0, 0)
        self.sub.setText("")
        if self._fetching is not None:
            self.headline.setText(self.what_runs())
        else:
            self._show_figures(final=False)
            for figure in self.live.values():
                figure.set("–")
            self.headline.setText(self.tr("Preparing"))
            self._preferences.set_values("train/settings", self.form.choices())
            self._reset_plots(0, 1, {})
        self.on_tick()

    def on_phase(self, event: ev.Phase) -> None:
        if event.text.startswith("round "):
            return  # "round 5 of 50": RoundDone says that, with figures
        self.log.add("info", event.text)
        if self.state is not JobState.STOPPING:
            self.headline.setText(event.text[:1].upper() + event.text[1:])
        if self.state is JobState.STARTING:
            self.bar.setRange(0, 0)

    def on_progress(self, event: ev.Progress) -> None:
        """Progress of a download or of a preparation; rounds come as RoundDone."""
        if self.state is JobState.RUNNING and self._fetching is None:
            return
        self.bar.setRange(0, 1000 if event.total else 0)
        if event.total:
            self.bar.setValue(round(1000 * event.done / event.total))
        if event.unit in ("bytes", "B"):
            done, total = text.size(event.done), text.size(event.total)
        else:
            done, total = text.number(event.done), f"{text.number(event.total)} {event.unit}"
        self.sub.setText(self.tr("{0} of {1}").format(done, total) if event.total else done)

    def on_train_started(self, event: ev.TrainStarted) -> None:
        self._run = event.run
        settings = event.settings
        self._popularity = dict(event.popularity)
        self._reset_plots(settings.epochs, event.first_round, self._popularity)
        self.bar.setRange(0, settings.epochs)
        self.bar.setValue(event.first_round - 1)
        self.headline.setText(self.tr("Round {0} of {1}").format(event.first_round, settings.epochs))
        facts = self.tr("{0}: {1} on {2}, {3} users at {4} parties, {5} items, {6} training samples.").format(
            event.run,
            text.model_title(settings.model),
            text.dataset_title(settings.dataset),
            text.number(event.n_users),
            settings.parties,
            text.number(event.n_items),
            text.number(event.n_train),
        )
        self.sub.setText(" ".join([facts, *event.notes]))
        if settings.protocol == "published":
            self.protocol_warning.show_message("warning", text.published_warning(), closable=False)
        self.running()
        self.runs_changed.emit()

    def on_round(self, event: ev.RoundDone) -> None:
        self.running()
        self._last_round = event
        self._eta_seconds = event.eta_seconds
        self.bar.setRange(0, event.rounds)
        self.bar.setValue(event.round)
        if self.state is not JobState.STOPPING and event.round < event.rounds:
            self.headline.setText(self.tr("Round {0} of {1}").format(event.round + 1, event.rounds))
        elif event.round == event.rounds:
            self.headline.setText(self.tr("All {0} rounds done, testing").format(event.rounds))
        for key in ("hr@10", "ndcg@10"):
            if key in event.valid:
                base = self._popularity.get(key)
                note = self.tr("popularity {0}").format(text.metric(base)) if base is not None else ""
                self.live[key].set(text.metric(event.valid[key]), note)
        show_loss(self.live["loss"], event)
        self.live["best"].set(str(event.best_round), self.tr("of {0} so far").format(event.round))
        self.live["bytes"].set(text.size(event.bytes_up), self.tr("per round"))
        self.log.add("info", self._round_line(event))
        self._add_point(event.round, {**curve_values(event), **event.valid}, event.best_round)
        self.on_tick()

    def _round_line(self, event: ev.RoundDone) -> str:
        figures = ", ".join(f"{key.upper()} {text.metric(value)}" for key, value in event.valid.items())
        if event.loss is None:
            return round_line(event, figures)
        return self.tr("{0}: round {1} of {2}, loss {3:.4f}, validation {4}, {5:.2f} s").format(
            event.run, event.round, event.rounds, event.loss, figures, event.seconds
        )

    def on_done(self, event: ev.TrainDone) -> None:
        result = event.result
        self._run = event.run
        rounds = result.get("rounds")
        self.finish()
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        if event.stopped_early:
            self.headline.setText(self.tr("Stopped after round {0}; the model is kept").format(rounds))
        else:
            self.headline.setText(self.tr("Finished {0} rounds").format(rounds))
        for key in ("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10"):
            self._show_final(key, result)
        seconds = result.get("median_round_seconds")
        note = self.tr("{0:.2f} s a round").format(float(seconds)) if isinstance(seconds, int | float) else ""
        self.final["best"].set(str(result.get("best_round", "–")), note)
        self._show_figures(final=True)
        self.sub.setText(self._result_sentence(event.run, result))
        published = result.get("protocol") == "published"
        if published:
            self.protocol_warning.show_message("warning", text.published_warning(), closable=False)
        self.next_row.show()
        self.runs_changed.emit()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.runs_dir() / self._run)))

    def _show_figures(self, *, final: bool) -> None:
        """The figures of the running training, or those of the finished one."""
        self.live_row.setVisible(not final)
        self.final_row.setVisible(final)

    def _show_final(self, key: str, result: dict[str, Any]) -> None:
        value, base = result.get(key), result.get(f"popularity_{key}")
        note = ""
        if isinstance(value, int | float) and isinstance(base, int | float):
            note = self.tr("popularity {0}\n{1}").format(text.metric(base), text.signed(value - base))
        self.final[key].set(text.metric(value), note)

    def _result_sentence(self, run: str, result: dict[str, Any]) -> str:
        parts = [run]
        if result.get("protocol"):
            parts.append(self.tr("{0} protocol").format(text.protocol_title(str(result["protocol"]))))
        if result.get("seed") is not None:
            parts.append(self.tr("seed {0}").format(result["seed"]))
        sent = result.get("bytes_up_per_party_round")
        if isinstance(sent, int | float):
            parts.append(self.tr("{0} sent per party and round").format(text.size(sent)))
        return " · ".join(parts)

    def on_cancelled(self) -> None:
        run, last = self._run, self._last_round
        super().on_cancelled()
        self._stopped_bar()
        self.headline.setText(self.tr("Cancelled"))
        if last is not None:
            self.sub.setText(self.tr('The {0} finished rounds of "{1}" are kept.').format(last.round, run))
            self._offer_resume(
                run, self.tr('"{0}" was cancelled after round {1} of {2}.').format(run, last.round, last.rounds)
            )
        else:
            self.sub.setText(self.tr("Nothing was kept."))

    def on_failed(self, event: ev.JobFailed) -> None:
        run, last = self._run, self._last_round
        super().on_failed(event)
        self._stopped_bar()
        self.headline.setText(self.tr("Not finished"))
        self.sub.setText(event.error)
        if last is not None:
            self._offer_resume(run, self.tr('"{0}" ended after round {1} of {2}.').format(run, last.round, last.rounds))

    def on_finished(self) -> None:
        if self._last_round is not None and self.loss_plot is not None and self.valid_plot is not None:
            self.loss_plot.end_at(self._last_round.round)
            self.valid_plot.end_at(self._last_round.round)
        self._fetching = None
        # Long runs are left alone: have the desktop point at the window when one is over.
        QApplication.alert(self.window())
        self.time_text.setText(self.tr("took {0}").format(text.duration(self.elapsed)))
        self.runs_changed.emit()

    def _stopped_bar(self) -> None:
        if self.bar.maximum() == 0:
            self.bar.setRange(0, 1)
            self.bar.setValue(0)

    def offer_interrupted(self, runs: Sequence[ev.RunInfo]) -> None:
        """At the start: the newest run that a crash cut short can go on."""
        if self.state.busy or self.notice.isVisible():
            return
        for run in runs:
            if run.state == "interrupted" and run.rounds > 0 and not run.problem:
                sentence = self.tr('"{0}" was interrupted after round {1} of {2}.')
                self._offer_resume(run.name, sentence.format(run.name, run.rounds, run.epochs))
                return

    def _offer_resume(self, run: str, sentence: str) -> None:
        self._resumable = run
        self.notice.show_message("info", sentence, action=self.tr("Resume &it"))

    # --- controls and standing texts ----------------------------------------------------------------------------

    def on_tick(self) -> None:
        parts = [self.tr("{0} elapsed").format(text.duration(self.elapsed))]
        if self._eta_seconds > 0 and self.state is JobState.RUNNING:
            parts.append(self.tr("{0} left").format(text.rough_duration(self._eta_seconds)))
        self.time_text.setText(" · ".join(parts))

    def show_controls(self, allowed: Controls) -> None:
        self.stop_button.setVisible(self.state.busy and self._fetching is None)
        self.stop_button.setEnabled(allowed.stop)
        stopping = self.state is JobState.STOPPING
        self.stop_button.setText(
            self.tr("Stopping…")
            if stopping and self.stop_kind is Stop.AFTER_ROUND
            else self.tr("St&op after this round")
        )
        self.reset_button.setEnabled(allowed.inputs)
        self.import_button.setEnabled(allowed.inputs and self.client.state.up)
        self.own_button.setEnabled(allowed.inputs and self.client.state.up)
        self.dataset_message.action_button.setEnabled(allowed.inputs and self.client.state.up)
        self.notice.action_button.setEnabled(allowed.inputs and self.client.state.up and not self.blocked_by)
        if stopping:
            self.headline.setText(
                self.tr("Cancelling") if self.stop_kind is Stop.CANCEL else self.tr("Stopping after this round")
            )

    def _on_form(self) -> None:
        if self.form.settings is not None:  # else the last sentence stands: a typing error changes nothing about it
            self.privacy.setText(text.what_leaves_in_short(self.form.settings))
            self.privacy.setToolTip(text.what_leaves(self.form.settings))
        wrong = [name for name in ADVANCED_NAMES if name in self.form.errors()]
        if wrong and not self.advanced.is_open():
            # A complaint nobody can see would be a riddle.
            self.advanced.set_open(True)
        changed = [name for name in ADVANCED_NAMES if name in self.form.changed_names()]
        self.changed_note.setText(self.tr("{0} changed").format(len(changed)) if changed else "")
        self.refresh()

    def _explain_privacy(self) -> None:
        box = QMessageBox(
            QMessageBox.NoIcon,
            self.tr("What leaves a party"),
            self.privacy.toolTip().replace("\n", "\n\n"),
            QMessageBox.Close,
            self,
        )
        box.setAttribute(Qt.WA_DeleteOnClose)
        box.open()

    def _show_idle(self) -> None:
        self._show_figures(final=False)
        self.headline.setText(self.tr("Ready to train"))
        self.sub.setText(
            self.tr(
                "The demo data set is built in: press Start for a first run of about a minute. All settings "
                "have sensible values."
            )
        )
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self.next_row.hide()
        self.time_text.setText("")

    def stop_control(self) -> QPushButton:
        return self.stop_button if self._fetching is None else self.cancel_button

    def remember(self) -> None:
        self._preferences.set_values("train/settings", self.form.choices())
        self._preferences.set_flag("train/advanced_open", self.advanced.is_open())
        self._preferences.set_flag("train/log_open", self.log_fold.is_open())

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(1080, 720)
