"""The Recommend tab: a run, one of its users, and the items the user would like next, with what the user had before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QSizePolicy, QSplitter, QStackedWidget, QWidget

from fl import events as ev
from fl.config import RecommendAllSettings, RecommendSettings
from gui import text
from gui.delegates import ScoreDelegate
from gui.engine_client import EngineClient, new_job
from gui.forms import SettingsForm
from gui.job_panel import JobPanel
from gui.pickers import RunBox, UserPicker
from gui.preferences import Preferences
from gui.result_table import ResultTable
from gui.state import Controls
from gui.table_models import HistoryTable, RecommendationTable
from gui.widgets import MARGIN, Card, EmptyState, button, label, page

USER_LIMIT = 200
# Narrower tables keep a readable title by putting genres and date below it.
COMPACT_WIDTH = 460


class RecommendTab(JobPanel):
    """Signals:
    go_train: there is no run yet and the person wants to make one.
    """

    go_train = pyqtSignal()

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(
            client,
            text.translate("RecommendTab", "Recommend"),
            text.translate("RecommendTab", "Recommend &items"),
            parent,
        )
        self._preferences = preferences
        self._users_job = ""
        self._users_of = ""
        self._runs_known = False
        self.run_box = RunBox()
        self.users = UserPicker()
        self.form = SettingsForm(
            RecommendSettings,
            ["run", "user", "scope", "top_k", "batch_size"],
            {"run": self.run_box, "user": self.users},
            parent=self,
        )
        self.form.keep_quiet({"run", "user"})
        self.run_facts = label("", "small", wrap=True)
        fields = self.side.fields
        fields.addWidget(self.form.section(["run"]))
        fields.addWidget(self.run_facts)
        user = self.form.section(["user"])
        user.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Expanding)
        self.users.view.setMinimumHeight(110)
        fields.addWidget(user, 1)
        fields.addWidget(self.form.section(["scope", "top_k", "batch_size"]))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Working"))
        self.bar.hide()
        self.phase = label("", "small", wrap=True)
        self.phase.hide()
        self.all_button = button(
            self.tr("For &all users, into a file…"),
            "link",
            tip=self.tr("The first K items of every user of the run, written to a CSV or JSON-lines file."),
        )
        self.all_button.clicked.connect(self.ask_for_all)
        self.side.foot.addWidget(self.all_button, 0, Qt.AlignCenter)
        self.side.foot.insertWidget(0, self.phase)
        self.side.foot.insertWidget(1, self.bar)

        self._page, column = page(self.side)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.empty = EmptyState("", "")
        self.empty.button.clicked.connect(self.go_train)
        empty_card = Card()
        empty_card.body.addWidget(self.empty)
        self.stack.addWidget(empty_card)
        self.items = ResultTable(
            RecommendationTable(self), empty_text=self.tr("No items left to recommend."), file_name="recommendations"
        )
        self.items.view.setItemDelegateForColumn(RecommendationTable.SCORE, ScoreDelegate(self.items.view))
        self.items.column_widths(
            {RecommendationTable.TITLE: 3, RecommendationTable.GENRES: 2},
            {RecommendationTable.RANK: "10", RecommendationTable.SCORE: "0.000 0.000 00"},
        )
        self.history = ResultTable(
            HistoryTable(self),
            empty_text=self.tr("This user has rated nothing."),
            file_name="history",
            filtering=False,
            beside_filtering=True,
        )
        self.history.column_widths({HistoryTable.TITLE: 3, HistoryTable.GENRES: 2}, {HistoryTable.DATE: "2026-12-28"})
        self.items.make_compact_below(
            COMPACT_WIDTH,
            [RecommendationTable.GENRES],
            RecommendationTable.TITLE,
            lambda record: ", ".join(record.genres),
        )
        self.history.make_compact_below(
            COMPACT_WIDTH,
            [HistoryTable.GENRES, HistoryTable.DATE],
            HistoryTable.TITLE,
            lambda record: " · ".join(part for part in (text.date(record.timestamp), ", ".join(record.genres)) if part),
        )
        splitter = QSplitter(Qt.Horizontal)
        splitter.setHandleWidth(MARGIN)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.items)
        splitter.addWidget(self.history)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([580, 420])
        self.stack.addWidget(splitter)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

        # A quick answer should not flash a progress bar.
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(300)
        self._slow.timeout.connect(self._show_waiting)
        self.form.changed.connect(self.refresh)
        self.run_box.picked.connect(self._on_run)
        self.users.search.connect(lambda _: self.ask_users())
        self.users.activated.connect(self.start)
        self.users.dice.clicked.connect(self.pick_random)
        self.form.set_values(preferences.values("recommend/settings"))
        self._show_empty()
        self.refresh()

    # --- runs and users -----------------------------------------------------------------------------------------

    def show_runs(self, runs: Sequence[ev.RunInfo]) -> None:
        self._runs_known = True
        self.run_box.set_records(runs)
        self._show_empty()

    def choose_run(self, name: str) -> None:
        self.run_box.set_form_value(name)

    def _on_run(self, run: ev.RunInfo | None) -> None:
        # A run that has no round yet has no users to show; it may have them when the next list comes.
        name = run.name if run is not None and self.run_box.records.usable(run) else ""
        facts = ""
        if run is not None:
            facts = self.run_box.records.second_line(run)
        self.run_facts.setText(facts)
        self.run_facts.setVisible(bool(facts))
        if name != self._users_of:
            self._users_of = name
            self.users.say("")
            if name:
                self.ask_users()
        self.refresh()

    def ask_users(self) -> None:
        """Ask for users of the chosen run whose id contains the typed text. A newer question replaces an older one."""
        run = self.run_box.record()
        if run is None or not self.run_box.records.usable(run) or not self.client.state.up:
            return
        self._users_job = new_job()
        if not self.users.model.rowCount():
            self.users.say(self.tr("Reading the users…"))
        self.client.send(ev.ListUsers(job=self._users_job, run=run.name, query=self.users.query(), limit=USER_LIMIT))

    def on_users(self, event: ev.Users) -> None:
        if event.job == self._users_job:
            self.users.set_users(event.users, event.total)

    def owns(self, job: str) -> bool:
        return super().owns(job) or (bool(job) and job == self._users_job)

    def pick_random(self) -> None:
        rows = self.users.model.rowCount()
        if rows:
            self.users.pick_row(random.randrange(rows))

    # --- the job ------------------------------------------------------------------------------------------------

    def command(self, job: str) -> ev.RecommendCommand:
        return ev.RecommendCommand(job=job, settings=self.form.settings)

    def what_runs(self) -> str:
        return self.tr("Recommending")

    def missing(self) -> str:
        run = self.run_box.record()
        if run is None:
            return self.tr("Train a run first.") if self._runs_known else self.tr("Waiting for the list of runs.")
        if run.problem:
            return self.tr("This run cannot be used: {0}").format(run.problem)
        if run.rounds == 0:
            return self.tr("This run has not finished a round yet.")
        if self.users.record() is None:
            return self.tr("Choose a user.")
        return ""

    def on_started(self) -> None:
        self._preferences.set_values("recommend/settings", self.form.values())
        self.bar.setRange(0, 0)
        self.phase.setText("")
        self._slow.start()

    def on_phase(self, event: ev.Phase) -> None:
        self.phase.setText(event.text[:1].upper() + event.text[1:])

    def on_recommendations(self, event: ev.Recommendations) -> None:
        self.finish()
        settings = event.settings
        run = next((record for record in self.run_box.records.records if record.name == settings.run), None)
        scope = self.tr("items not rated yet") if settings.scope == "unrated" else self.tr("all items")
        facts = [scope, settings.run]
        if run is not None:
            facts += [text.model_title(run.model), text.dataset_title(run.dataset)]
        facts.append(self.tr("{0:.2f} s").format(event.seconds))
        self.items.set_heading(
            self.tr("Top {0} for user {1}").format(len(event.items), settings.user), " · ".join(facts)
        )
        self.items.filter.clear()
        self.items.model.set_records(event.items)
        self.history.set_heading(
            self.tr("History of user {0}").format(settings.user),
            self.tr("{0} items, newest first").format(text.number(len(event.history))),
        )
        self.history.model.set_records(event.history)
        dated = any(item.timestamp > 0 for item in event.history)
        self.history.set_column_wanted(HistoryTable.DATE, dated)
        self.stack.setCurrentIndex(1)

    def ask_for_all(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Recommendations for all users"),
            str(Path.home() / f"{self.form.value('run')}-recommendations.csv"),
            self.tr("CSV files (*.csv);;JSON lines (*.jsonl)"),
        )
        if name:
            self.recommend_all(name if name.lower().endswith((".csv", ".jsonl")) else f"{name}.csv")

    def recommend_all(self, path: str) -> None:
        """The lists of all users of the run into a file, as this panel's job."""
        settings = self.form.settings
        if settings is None or not self.all_button.isEnabled():
            return
        wanted = RecommendAllSettings.model_validate(
            {"run": settings.run, "output": path, "top_k": settings.top_k, "scope": settings.scope}
        )
        self.submit(ev.RecommendAllCommand(job=new_job(), settings=wanted))

    def on_progress(self, event: ev.Progress) -> None:
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        if event.total:
            self.phase.setText(
                self.tr("{0} of {1} {2}").format(text.number(event.done), text.number(event.total), event.unit)
            )
        self._show_waiting()

    def on_recommended_all(self, event: ev.RecommendedAll) -> None:
        self.finish()
        self.message.show_message(
            "success",
            self.tr("{0} rows for {1} users saved to {2}").format(
                text.number(event.n_rows), text.number(event.n_users), event.path
            ),
        )

    def show_controls(self, allowed: Controls) -> None:
        self.all_button.setEnabled(allowed.start)
        self.all_button.setVisible(not self.state.busy)

    def on_failed(self, event: ev.JobFailed) -> None:
        if event.job == self._users_job:
            self.users.say(" ".join(part for part in (event.error, event.hint) if part))
        else:
            super().on_failed(event)

    def on_finished(self) -> None:
        self._slow.stop()
        self.bar.hide()
        self.phase.hide()

    def _show_waiting(self) -> None:
        if self.state.busy:
            self.bar.show()
            self.phase.setVisible(bool(self.phase.text()))

    def _show_empty(self) -> None:
        if not self._runs_known:
            self.empty.say(
                self.tr("Recommendations"), self.tr("The list of trained runs appears as soon as the engine is up.")
            )
        elif not self.run_box.records.records:
            self.empty.say(
                self.tr("No trained run yet"),
                self.tr("Recommendations come from a trained run. A first one on the demo data takes about a minute."),
                self.tr("Go to Train"),
            )
        else:
            self.empty.say(
                self.tr("Choose a user"),
                self.tr(
                    "Pick a user on the left and press Recommend, or double-click the user. The user's history "
                    "appears beside the result."
                ),
            )

    def remember(self) -> None:
        self._preferences.set_values("recommend/settings", self.form.values())
