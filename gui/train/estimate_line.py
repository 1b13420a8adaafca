"""The line that says, before Start is pressed, how long a training will take and how much memory it needs."""

from __future__ import annotations

from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import EstimateTraining
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient
from gui.widgets.tips import set_tip
from gui.widgets.widgets import label
from gui.words import text
from gui.words.i18n import tr

DELAY_MS = 300  # after the last change of a field, before the engine is asked


def time_words(low: float, high: float) -> str:
    """Return a span of seconds in words, as a range where its ends differ enough: "about 2 min", "20 s to 2 min"."""
    near, far = text.rough_duration(low), text.rough_duration(high)
    if near == far or high < 1.5 * low:
        return text.rough_duration((low + high) / 2)
    return tr("{low} to {high}").format(low=near, high=far)


class EstimateLine(QWidget):
    """A line that asks the engine when settings change, and shows its answer until they change again."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self._job = ""
        self._settings: TrainSettings | None = None
        self._asked: TrainSettings | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.words = label("", "small", wrap=True)
        self.warning = label("", "error", wrap=True)
        layout.addWidget(self.words)
        layout.addWidget(self.warning)
        self.words.hide()
        self.warning.hide()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self.ask)

    def follow(self, settings: TrainSettings | None) -> None:
        """Follow the form to other settings; None while it is not valid."""
        named = settings.model_copy(update={"name": ""}) if settings is not None else None
        if named == self._asked and named is not None:
            return
        self._settings = named
        self._asked = None
        self.client.forget(self._job)
        self.words.setText("")
        self.words.hide()
        self.warning.hide()
        if named is None:
            self._delay.stop()
        else:
            self._delay.start()

    def forget(self) -> None:
        """Ask again: there is another run, by which the time may be better known."""
        self._asked = None
        if self._settings is not None:
            self._delay.start()

    def stop(self) -> None:
        """Ask no more: the window closes."""
        self._delay.stop()

    def ask(self) -> None:
        """Ask the engine about the settings that were followed last."""
        self._delay.stop()
        if self._settings is None or not self.client.state.up:
            return
        self._asked = self._settings
        # A failure is not shown: without an estimate the training can start all the same.
        self._job = self.client.ask(
            EstimateTraining(settings=self._settings), self._show_estimate, instead_of=self._job
        )

    def _show_estimate(self, event: ev.TrainEstimate) -> None:
        words = tr("Takes {time}, {memory} of memory").format(
            time=time_words(*event.seconds), memory=text.size(event.memory_bytes)
        )
        if event.from_run:
            source = tr("as your last such run")
            tip = tr('From the rounds of your run "{run}".').format(run=event.from_run)
        else:
            source = tr("a rough estimate")
            tip = tr(
                "From rounds measured on a machine with two cores. After a first run with this data set, model and "
                "number of parties, its rounds are taken instead."
            )
        self.words.setText(tr("{words} ({source}).").format(words=words, source=source))
        set_tip(self.words, tip)
        self.words.show()
        short = event.memory_bytes > event.memory_free
        self.warning.setText(
            tr("Only {free} of memory are free: close other programs, or choose fewer parties.").format(
                free=text.size(event.memory_free)
            )
        )
        self.warning.setVisible(short)
