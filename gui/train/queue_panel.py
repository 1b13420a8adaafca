"""The list of waiting trainings, which can be moved, removed, and started when they are held."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QListWidget, QWidget

from fl.settings.train import TrainSettings
from gui.engine.run_queue import RunQueue
from gui.widgets.widgets import SPACE, Card, IconButton, button, label
from gui.words import text
from gui.words.i18n import tr

VISIBLE_ROWS = 4


def describe(settings: TrainSettings) -> str:
    """Return a waiting training in a line."""
    parts = [
        settings.name or tr("automatic name"),
        tr("{model} on {data}").format(
            model=text.model_title(settings.model), data=text.dataset_title(settings.dataset)
        ),
        tr("%n rounds", n=settings.epochs),
    ]
    return " · ".join(parts)


class QueuePanel(Card):
    """A card with the waiting trainings, hidden while nothing waits.

    Signals:
        start: the person wants to go on with a held queue.
    """

    start = pyqtSignal()

    def __init__(self, queue: RunQueue, parent: QWidget | None = None) -> None:
        super().__init__(tr("Waiting"), parent)
        self.queue = queue
        self.note = label("", "small", wrap=True)
        self.start_button = button(tr("Start the queue"))
        self.start_button.clicked.connect(self.start)
        self.up_button = IconButton("chevron-up", tr("Move up"))
        self.down_button = IconButton("chevron-down", tr("Move down"))
        self.remove_button = IconButton("close", tr("Remove from the queue"))
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove)
        for part in (self.up_button, self.down_button, self.remove_button):
            self.head.addWidget(part)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Waiting trainings"))
        self.list.setProperty("role", "framed")
        self.list.currentRowChanged.connect(self._show_buttons)
        self.body.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.start_button)
        self.body.addLayout(foot)
        queue.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now."""
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for settings in self.queue.items():
            self.list.addItem(describe(settings))
        count = len(self.queue)
        self.title.setText(tr("Waiting: %n runs", n=count))
        self.list.setCurrentRow(min(row, count - 1))
        row_height = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 8) if count else 0
        self.list.setFixedHeight(min(max(count, 1), VISIBLE_ROWS) * row_height + 6)
        self.note.setText(
            tr("These were waiting when the window was closed, or when the engine ended.")
            if self.queue.held
            else tr("The next one starts when the running one ends, whether it succeeds or not.")
        )
        self.start_button.setVisible(self.queue.held)
        self._show_buttons()
        self.setVisible(count > 0)

    def set_can_start(self, on: bool) -> None:
        """Let a held queue be started, or not."""
        self.start_button.setEnabled(on)

    def _show_buttons(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < count - 1)
        self.remove_button.setEnabled(row >= 0)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.list.setCurrentRow(self.queue.move(row, by))

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.queue.remove(row)
