"""The buttons of a running training: pause, stop, and the next run's way into the queue."""

from __future__ import annotations

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QBoxLayout, QHBoxLayout

from gui.tabs.state import JobState, Stop
from gui.train.training import Pause
from gui.widgets.pages import SidePanel
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, button, label
from gui.words.i18n import tr


class TrainControls(QObject):
    """The buttons at the foot of a side panel.

    Signals:
        pause, stop, enqueue: the button of that name was pressed.
    """

    pause = pyqtSignal()
    stop = pyqtSignal()
    enqueue = pyqtSignal()

    def __init__(self, side: SidePanel, stop_row: QBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pause_button = button("")
        self.queue_button = button(
            tr("Add to &queue"), tip=tr("Train with these settings as well, after what runs and waits now.")
        )
        self.queue_note = label("", "small", wrap=True)
        self.stop_button = button("")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.queue_button, 1)
        row.addWidget(self.pause_button)
        place = side.foot.count() - 1  # above Stop and Cancel
        side.foot.insertWidget(place, self.queue_note)
        side.foot.insertLayout(place + 1, row)
        stop_row.insertWidget(0, self.stop_button, 1)
        self.pause_button.clicked.connect(self.pause)
        self.queue_button.clicked.connect(self.enqueue)
        self.stop_button.clicked.connect(self.stop)

    def show_state(
        self,
        state: JobState,
        stop: Stop,
        pause: Pause,
        *,
        training: bool,
        takes_part: bool,
        leaves: bool,
        can_stop: bool,
        queue_fault: str,
    ) -> None:
        """Set every button.

        Args:
            state: the state of the tab's job.
            stop: the kind of end that was asked for, while the job is stopping.
            pause: whether the job pauses.
            training: the job is a training and not a download.
            takes_part: it is one between organisations, of which none can have the others wait.
            leaves: this member is a party, without which the others may go on.
            can_stop: Stop can be pressed.
            queue_fault: the reason why the present settings cannot wait in the queue, "" when they can.
        """
        self.stop_button.setVisible(training)
        for part in (self.pause_button, self.queue_button):
            part.setVisible(training and not takes_part)
        self.stop_button.setEnabled(can_stop)
        stopping = state is JobState.STOPPING and stop is Stop.AFTER_ROUND
        stop_words = tr("Leave after this r&ound") if leaves else tr("St&op after this round")
        self.stop_button.setText(tr("Stopping…") if stopping else stop_words)
        set_tip(
            self.stop_button,
            tr("Leaves the training when the current round is on disk; the others may go on, and you can come back.")
            if leaves
            else tr("Ends the run when the current round is on disk, and keeps the model."),
        )
        self.pause_button.setEnabled(state in (JobState.STARTING, JobState.RUNNING))
        self.pause_button.setText(tr("Pa&use") if pause is Pause.NO else tr("&Go on"))
        set_tip(
            self.pause_button,
            tr("Waits when the current round is on disk; other work of this machine gets the room.")
            if pause is Pause.NO
            else tr("Goes on with the next round."),
        )
        self.queue_button.setEnabled(training and not queue_fault)
        self.queue_note.setText(queue_fault if training else "")
        self.queue_note.setVisible(training and not takes_part and bool(queue_fault))
