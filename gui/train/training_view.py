"""The right column of the Train tab: notice, progress and result, waiting trainings, curves, log."""

from __future__ import annotations

from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from fl.protocol import events as ev
from gui.engine.client import EngineClient
from gui.engine.log_tail import LogTail
from gui.engine.run_queue import RunQueue
from gui.train.epsilon import round_line
from gui.train.log_panel import LogPanel
from gui.train.queue_panel import QueuePanel
from gui.train.training import outcome
from gui.train.training_curves import TrainingCurves
from gui.train.training_progress import Kept, TrainingProgress
from gui.train.training_result import TrainingResult
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.widgets import MARGIN, FoldOut
from gui.words import text
from gui.words.i18n import tr


class TrainingView(VerticalScrollArea):
    """Shows one training from its start to its result.

    All of it scrolls where it does not fit: with the log open, a notice or waiting runs on a small screen.
    """

    def __init__(self, client: EngineClient, queue: RunQueue) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(MARGIN)
        super().__init__(content, whole_width=True)
        self.notice = MessageBar(wide=True)
        column.addWidget(self.notice)
        self.progress = TrainingProgress()
        self.result = TrainingResult(client)
        self.progress.body.addWidget(self.result)
        column.addWidget(self.progress)
        self.queue_panel = QueuePanel(queue)
        column.addWidget(self.queue_panel)
        self.curves = TrainingCurves()
        column.addWidget(self.curves, 1)
        self.log = LogPanel()
        self.progress.trouble.connect(lambda words: self.log.add("warning", words))
        self.log_fold = FoldOut(tr("&Log"), self.log)
        # What libraries write is only worth following while somebody looks.
        self._log_tail = LogTail(self)
        self._log_tail.lines.connect(lambda lines: self.log.add("", lines))
        self.log_fold.toggled.connect(self._log_tail.set_on)
        column.addWidget(self.log_fold)
        self.log_fold.toggled.connect(self._bring_log_into_view)
        self._before: Kept | None = None  # the card of a finished training, while a data set is fetched
        self.progress.show_idle()

    def begin_fetch(self, what: str) -> None:
        """Show that a data set is being fetched; the curves of the last training stay, and its card comes back."""
        self._before = self.progress.kept() if not self.result.isHidden() else None
        self.result.hide()
        self.progress.begin(what, training=False)

    def end_fetch(self) -> bool:
        """Bring back the card of the training that was there before; return whether there was one."""
        before, self._before = self._before, None
        if before is None:
            return False
        self.progress.bring_back(before)
        self.result.show()
        return True

    def begin_training(self) -> None:
        """Show a training that prepares."""
        self.result.forget()
        self.progress.begin(tr("Preparing"), training=True)
        self.curves.reset(0, 1, {})

    def show_started(self, event: ev.TrainStarted) -> None:
        """Show a training whose rounds begin."""
        self.curves.reset(
            event.settings.epochs,
            event.first_round,
            dict(event.popularity),
            event.earlier,
            noisy=event.settings.dp != "none",
        )
        self.progress.show_started(event)

    def show_round(self, event: ev.RoundDone) -> None:
        """Show the figures of a finished round."""
        self.progress.show_round(event)
        self.log.add("info", round_line(event))
        self.curves.add(event)

    def show_done(self, event: ev.TrainDone) -> None:
        """Show the result of a training that ended as it should."""
        self.result.show_done(event)
        self.progress.show_done(outcome(event), self.result.sentence())
        if event.result.get("protocol") == "published":
            self.progress.protocol_warning.show_message("warning", text.published_warning(), closable=False)

    def figure(self) -> str:
        """Return the HR@10 that stands on the screen, and what it was measured on; "" while there is none."""
        done = not self.result.isHidden()
        value = (self.result.final if done else self.progress.live)["hr@10"].value()
        if value == "–":
            return ""
        return (tr("HR@10 {0}, test") if done else tr("HR@10 {0}, validation")).format(value)

    def show_renamed(self) -> None:
        """Show the new name of the run whose result is on the screen."""
        self.progress.sub.setText(self.result.sentence())

    def _bring_log_into_view(self, is_open: bool) -> None:
        if is_open:
            QTimer.singleShot(0, self._scroll_to_log)  # after the layout has made room for it

    def _scroll_to_log(self) -> None:
        self.ensureWidgetVisible(self.log_fold, 0, 0)
