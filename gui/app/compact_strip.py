"""The window made small: one strip with what runs, how far it is, Stop and the way back."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QProgressBar, QVBoxLayout, QWidget

from gui.train.training_progress import TrainingProgress
from gui.widgets.widgets import SPACE, ElidedLabel, IconButton, button, label
from gui.words.i18n import tr

SIZE = (460, 74)


class CompactStrip(QFrame):
    """A bar with a heading, and the two buttons that are needed while one looks elsewhere.

    Signals:
        expand: the person wants the whole window back.
        stop: the person wants the training to stop after this round.
    """

    expand = pyqtSignal()
    stop = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 8, 8, 8)
        across.setSpacing(SPACE)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        self.headline = ElidedLabel("h3")
        self.figures = label("", "small")
        line.addWidget(self.headline, 1)
        line.addWidget(self.figures)
        middle.addLayout(line)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        middle.addWidget(self.bar)
        self.time_text = ElidedLabel("small")
        middle.addWidget(self.time_text)
        across.addLayout(middle, 1)
        self.stop_button = button(
            tr("&Stop"), tip=tr("Ends the run when the current round is on disk, and keeps the model.")
        )
        self.stop_button.clicked.connect(self.stop)
        across.addWidget(self.stop_button, 0, Qt.AlignVCenter)
        self.expand_button = IconButton("expand", tr("Whole window (Ctrl+M)"))
        self.expand_button.clicked.connect(self.expand)
        across.addWidget(self.expand_button, 0, Qt.AlignVCenter)

    def follow(self, progress: TrainingProgress, figure: str, *, can_stop: bool) -> None:
        """Show in short what the Train tab shows; `figure` is its HR@10 and what it was measured on."""
        self.headline.setText(progress.headline.full_text())
        self.time_text.setText(progress.time_text.text())
        self.figures.setText(figure)
        self.bar.setRange(progress.bar.minimum(), progress.bar.maximum())
        self.bar.setValue(progress.bar.value())
        self.stop_button.setEnabled(can_stop)


class CompactMode:
    """A switch between the whole content of a window and the strip, which keeps the size of the whole."""

    def __init__(self, window: QMainWindow, strip: CompactStrip, rest: list[QWidget]) -> None:
        self._window, self.strip, self._rest = window, strip, rest
        self.on = False
        self._hidden: list[QWidget] = []
        strip.hide()

    def set_on(self, on: bool) -> None:
        """Show the strip, or the whole content."""
        if on == self.on:
            return
        window = self._window
        self.on = on
        shown = window.isVisible()
        if on:
            self._size, self._minimum = window.size(), window.minimumSize()
            self._maximised = window.isMaximized()
            self._hidden = [part for part in self._rest if not part.isHidden()]
        for part in self._hidden:
            part.setVisible(not on)
        self.strip.setVisible(on)
        # A flag of a shown window hides it: it is shown again below.
        window.setWindowFlag(Qt.WindowStaysOnTopHint, on)
        if on:
            window.setMinimumSize(*SIZE)
            window.setWindowState(window.windowState() & ~Qt.WindowMaximized)
            window.resize(*SIZE)
        else:
            window.setMinimumSize(self._minimum)
            window.resize(self._size)
        if shown:
            window.showMaximized() if not on and self._maximised else window.show()
        (self.strip.expand_button if on else window).setFocus()
