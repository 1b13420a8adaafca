"""The result of a training: test figures with their intervals, and what can be done with the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from data import paths
from fl.protocol import events as ev
from fl.protocol.commands import RenameRun
from fl.runs.left_out import left_out
from gui.engine.client import EngineClient
from gui.runs.rename_dialog import RenameDialog
from gui.train.training_progress import figure_row
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.message_bar import MessageBar
from gui.widgets.open_path import open_path
from gui.widgets.widgets import SPACE, Figure, button, label
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class TrainingResult(QWidget):
    """A row of figures and a row of buttons, hidden while there is no result.

    Signals:
        use: (run, "recommend" or "evaluate") the person wants to go on with the run.
        renamed: the RunRenamed of the run, once it has its new name.
    """

    use = pyqtSignal(str, str)
    renamed = pyqtSignal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.run = ""
        self._result: Mapping[str, Any] = {}
        self._has_intervals = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        hr, ndcg = text.help_text("hr"), text.help_text("ndcg")
        self.final = {
            "hr@10": Figure(tr("HR@10, test"), hr),
            "ndcg@10": Figure(tr("NDCG@10, test"), ndcg),
            "full_hr@10": Figure(tr("HR@10, full rank"), hr),
            "full_ndcg@10": Figure(tr("NDCG@10, full rank"), ndcg),
            "best": Figure(tr("Best round"), tr("Chosen on the validation items; the test items had no say.")),
        }
        self.final_row = figure_row(self.final)
        layout.addWidget(self.final_row)
        self.left_out = label("", "small", wrap=True)
        layout.addWidget(self.left_out)
        self.message = MessageBar()
        layout.addWidget(self.message)
        self.next_row = QWidget()
        row = FlowLayout(SPACE, SPACE // 2)
        self.next_row.setLayout(row)
        row.setContentsMargins(0, 4, 0, 0)
        self.recommend_button = button(tr("Recommend with it"))
        self.evaluate_button = button(tr("Evaluate it"))
        self.recommend_button.clicked.connect(lambda: self.use.emit(self.run, "recommend"))
        self.evaluate_button.clicked.connect(lambda: self.use.emit(self.run, "evaluate"))
        self.rename_button = button(tr("Rename…"), "link", tip=tr("The run is saved already; give it another name."))
        self.rename_button.clicked.connect(self.ask_name)
        self.folder_button = button(tr("Open its folder"), "link")
        self.folder_button.clicked.connect(self._show_folder)
        for part in (self.recommend_button, self.evaluate_button, self.rename_button, self.folder_button):
            row.addWidget(part)
        layout.addWidget(self.next_row)
        self.forget()

    def forget(self) -> None:
        """Hide the result of the training before."""
        self.run = ""
        self.message.clear()
        self.final_row.hide()
        self.left_out.hide()
        self.next_row.hide()
        self.hide()

    def show_done(self, event: ev.TrainDone) -> None:
        """Show a result."""
        self.run = event.run
        self._result, self._has_intervals = event.result, bool(event.intervals)
        for key in ("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10"):
            self._show_figure(key, event.intervals.get(key))
        seconds = event.result.get("median_round_seconds")
        note = tr("{0:.2f} s a round").format(float(seconds)) if isinstance(seconds, int | float) else ""
        self.final["best"].set(str(event.result.get("best_round", "–")), note)
        self.left_out.setText(said(left_out(event.result, None)))
        self.left_out.setVisible(bool(self.left_out.text()))
        self.final_row.show()
        self.next_row.show()
        self.show()

    def _show_figure(self, key: str, interval: tuple[float, float] | None) -> None:
        value, base = self._result.get(key), self._result.get(f"popularity_{key}")
        lines = []
        if interval is not None:
            lines.append(text.interval(*interval))
        if isinstance(value, int | float) and isinstance(base, int | float):
            lines.append(tr("popularity {0}").format(text.metric(base)))
            lines.append(text.beside_popularity(value - base))
        figure = self.final[key]
        figure.set(text.metric(value), "\n".join(lines))

    def sentence(self) -> str:
        """Return name, protocol, seed and traffic of the run in a line."""
        result = self._result
        parts = [self.run]
        if result.get("protocol"):
            parts.append(tr("{0} protocol").format(text.protocol_title(str(result["protocol"]))))
        if result.get("seed") is not None:
            parts.append(tr("seed {0}").format(result["seed"]))
        sent = result.get("bytes_up_per_party_round")
        if isinstance(sent, int | float):
            parts.append(tr("{0} sent per party and round").format(text.size(sent)))
        if self._has_intervals:
            parts.append(tr("ranges are 95% intervals over users"))
        return " · ".join(parts)

    def set_enabled(self, on: bool) -> None:
        """Let the run be renamed, or not, while the engine cannot be asked."""
        self.rename_button.setEnabled(on)

    def ask_name(self) -> None:
        """Ask the person for another name, and the engine to give it to the run."""
        run, dialog = self.run, RenameDialog(self.run, self.window())
        dialog.accepted.connect(lambda: self._rename(run, dialog.name()))
        dialog.open()

    def _rename(self, run: str, name: str) -> None:
        if self._client.state.up:
            self._client.ask(RenameRun(run=run, name=name), self._on_renamed, self.message.show_failure)

    def _on_renamed(self, event: ev.RunRenamed) -> None:
        if self.run == event.old:
            self.run = event.new
            self.message.clear()
        self.renamed.emit(event)

    def _show_folder(self) -> None:
        open_path(paths.runs_dir() / self.run, self.window())
