"""The page that measures lists of another program, and writes the split that such a program needs."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from data.sentences import Said
from fl.protocol import events as ev
from fl.protocol.commands import EvaluateLists, ExportSplit
from fl.settings.of_jobs import ListsSettings, SplitSettings
from gui.engine.client import EngineClient
from gui.evaluate.lists_view import ListsView
from gui.forms.forms import SettingsForm
from gui.preferences import Preferences
from gui.tabs.job_panel import JobPanel
from gui.widgets.file_dialogs import ask_folder
from gui.widgets.file_field import FileField
from gui.widgets.message_bar import MessageBar
from gui.widgets.open_path import open_path
from gui.widgets.pages import BAR_WIDTH, page
from gui.widgets.pickers import DatasetBox
from gui.widgets.tips import set_tip
from gui.widgets.widgets import MARGIN, SPACE, Card, EmptyState, button
from gui.words.i18n import mark, tr

_KEY = "evaluate/lists"
_COLUMNS = ("user", "item", "ranking")
_SAY_ORDER = mark('Say so on the left, under "Lists are ordered by".')
# What helps, in the window's words, by the code of the engine's hint, which speaks of options.
_WHAT_HELPS = {
    "lists.no-order-hint": mark(
        'Give the name of the column on the left, and say under "Lists are ordered by" whether it holds ranks or '
        "scores, or that the rows stand in their order."
    ),
    "lists.rank-or-score-hint": _SAY_ORDER,
    "lists.no-number-hint": mark("Correct the row, or give another column on the left."),
    "import.say-column": mark("Give the column's name on the left, or its number from 1."),
}


class ListsPanel(JobPanel):
    """A file of lists, the data set it is for, and its figures.

    Signals:
        back: the person wants to evaluate one run again.
    """

    back = pyqtSignal()
    light = True

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(client, tr("Lists from elsewhere"), tr("Mea&sure the lists"), parent)
        self._preferences = preferences
        self._exported = ""
        filters = tr("Tables (*.csv *.tsv *.txt *.gz);;All files (*)")
        self.file = FileField(tr("Choose a file of lists"), filters, "lists")
        self.file.line.setPlaceholderText(tr(ListsSettings.declared()["lists"].placeholder))
        self.dataset_box = DatasetBox()
        names = ["lists", "dataset", "k", "seed", "protocol", "order", *_COLUMNS]
        self.form = SettingsForm(ListsSettings, names, {"lists": self.file, "dataset": self.dataset_box}, parent=self)
        self.form.keep_quiet({"lists", "dataset"})
        fields = self.side.fields
        fields.addWidget(self.form.section(["lists"]))
        fields.addWidget(self.form.section(["dataset"]))
        fields.addWidget(self.form.section(["k", "seed", "protocol", "order", *_COLUMNS]))
        fields.addStretch(1)
        self.export_message = MessageBar()
        self.export_message.action.connect(lambda: open_path(Path(self._exported), self.window()))
        self.export_button = button(tr("&Export the split…"))
        set_tip(
            self.export_button,
            tr("Writes train, validation and test items and the candidates of this data set, for another program."),
        )
        self.export_button.clicked.connect(self.ask_export)
        self.back_button = button(tr("Back to &one run"))
        self.back_button.clicked.connect(self.back)
        self.side.foot.insertWidget(0, self.export_message)
        more = QHBoxLayout()
        more.setSpacing(SPACE)
        more.addWidget(self.export_button, 1)
        more.addWidget(self.back_button, 1)
        self.side.foot.addLayout(more)

        whole, column = page(self.side)
        whole.layout().setContentsMargins(MARGIN, MARGIN, MARGIN - BAR_WIDTH, MARGIN)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        holder, card = QWidget(), Card()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, BAR_WIDTH, 0)
        beside.addWidget(card)
        self.empty = EmptyState(
            tr("Lists from elsewhere"),
            tr(
                "Choose a table of user, item, and rank or score that another program made. It is measured on the same "
                "split and, where they apply, the same candidates as a run. Export the split first, so that the other "
                "program trains on the same items."
            ),
        )
        card.body.addWidget(self.empty)
        self.view = ListsView()
        self.stack.addWidget(holder)
        self.stack.addWidget(self.view)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(whole)
        self.form.set_values(preferences.values(_KEY))
        self.form.changed.connect(self.refresh)
        self.dataset_box.picked.connect(lambda _: self.refresh())
        self.refresh()

    def missing(self) -> str:
        record = self.dataset_box.record()
        if record is None:
            return tr("Waiting for the list of data sets.")
        if not self.dataset_box.records.usable(record) or record.status != "ready":
            return tr("This data set is not on this machine yet: fetch it in Train.")
        return "" if self.form.value("lists") else tr("Choose a file of lists.")

    def refresh(self) -> None:
        super().refresh()
        record = self.dataset_box.record()
        ready = record is not None and record.status == "ready"
        wrong = {"seed", "protocol"} & set(self.form.errors())
        self.export_button.setEnabled(ready and not wrong and self.client.state.up and not self.state.busy)

    # --- measuring ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self.submit(EvaluateLists(settings=self.form.settings), self._on_measured)

    def what_runs(self) -> str:
        return tr("Measuring lists")

    def on_started(self) -> None:
        self.remember()

    def _on_measured(self, event: ev.ListsEvaluated) -> None:
        self.finish()
        self.view.show_lists(event.evaluation)
        self.stack.setCurrentIndex(1)

    def on_failed(self, event: ev.JobFailed) -> None:
        code = event.hint.code if isinstance(event.hint, Said) else ""
        super().on_failed(event.model_copy(update={"hint": tr(_WHAT_HELPS[code])}) if code in _WHAT_HELPS else event)

    def remember(self) -> None:
        self._preferences.set_values(_KEY, self.form.choices())

    # --- the split ------------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask where to, and have the split written into a folder of its own there."""
        chosen = ask_folder(self.window(), tr("Choose where the folder of the split is to be"), "split")
        if chosen:
            name = f"{self.form.value('dataset')}-{self.form.value('protocol')}-{self.form.value('seed')}"
            self.export(Path(chosen) / f"split-{name}")

    def export(self, folder: Path) -> None:
        """Have the engine write the split into a folder."""
        self.export_message.clear()
        values = self.form.values()
        settings = SplitSettings(
            dataset=values["dataset"], protocol=values["protocol"], seed=values["seed"], export=str(folder)
        )
        self.client.ask(ExportSplit(settings=settings), self._on_exported, self.export_message.show_failure)

    def _on_exported(self, event: ev.SplitExported) -> None:
        self._exported = event.path
        self.export_message.show_message(
            "success", tr("The split is in {0}").format(event.path), action=tr("Open the &folder")
        )
