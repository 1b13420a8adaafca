"""One training between Start and its end: how far it is, and what the engine says of it."""

from __future__ import annotations

import time
from enum import Enum

from PyQt5.QtCore import QObject, pyqtSignal

from fl.protocol import events as ev
from gui.engine.client import EngineClient
from gui.train.resume_offers import CutShort
from gui.words.i18n import tr


class Pause(Enum):
    """Whether a training pauses."""

    NO = "no"
    ASKED = "asked"  # the round still runs
    PAUSED = "paused"


class Training(QObject):
    """The facts of the training that runs, or of the last one that ran.

    Signals:
        started: the TrainStarted of a training that is past its preparations.
        round_done: the RoundDone of a round that is on disk.
        refused: the RoundRefused of a sum that is tried again.
        pause_changed: the training pauses, is about to, or goes on.
        changed: the heading or the time left is out of date.

    Attributes:
        run: the name of the run, "" while it has none.
        last: the newest finished round, None before the first one of this training.
        pause: whether the training pauses.
    """

    started = pyqtSignal(object)
    round_done = pyqtSignal(object)
    refused = pyqtSignal(object)
    pause_changed = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.begin()

    def begin(self) -> None:
        """Forget the training before: another one was sent to the engine."""
        self.run = ""
        self.last: ev.RoundDone | None = None
        self.pause = Pause.NO
        self._rested = 0.0  # seconds of pauses that are over
        self._paused_at = 0.0
        self._start: ev.TrainStarted | None = None

    def end(self) -> None:
        """Note that the training is over, in whatever way."""
        self._rested = self.paused_seconds()
        self.pause = Pause.NO

    # --- what the engine says ---------------------------------------------------------------------------------------

    def take(self, event: object) -> None:
        """Take an event on the way to the end; phases and progress are the tab's business."""
        match event:
            case ev.TrainStarted():
                self.run, self._start = event.run, event
                self.started.emit(event)
            case ev.RoundDone():
                self.last = event
                self.round_done.emit(event)
            case ev.RoundRefused():
                self.refused.emit(event)
                return
            case ev.TrainPaused():
                if self.pause is Pause.ASKED:  # else the pause was taken back while the round ended
                    self._set_pause(Pause.PAUSED)
            case ev.TrainUnpaused():
                self._set_pause(Pause.NO)
            case _:
                return
        self.changed.emit()

    # --- what a person asks for -------------------------------------------------------------------------------------

    def pause_or_go_on(self, job: str) -> None:
        """Ask the training to wait after its round, or to go on; the screen answers before the engine does."""
        if self.pause is Pause.NO:
            self._set_pause(Pause.ASKED)
            self._client.pause(job)
        else:
            # A pause that has not begun is taken back at once; of one that has, the engine says when it is over.
            self._client.unpause(job)
            if self.pause is Pause.ASKED:
                self._set_pause(Pause.NO)
        self.changed.emit()

    def paused_seconds(self) -> float:
        """Return how long the training has paused so far."""
        return self._rested + (time.monotonic() - self._paused_at if self.pause is Pause.PAUSED else 0.0)

    def _set_pause(self, pause: Pause) -> None:
        self._rested = self.paused_seconds()
        self._paused_at = time.monotonic()
        self.pause = pause
        self.pause_changed.emit()

    # --- in words -----------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """Return how far a training in its rounds is, as a heading; "" before the first round began."""
        if self.last is not None and self.last.record.round == self.last.rounds:
            return tr("All {0} rounds done, testing").format(self.last.rounds)
        if self.last is not None and self.pause is Pause.PAUSED:
            return tr("Paused after round {round} of {rounds}").format(
                round=self.last.record.round, rounds=self.last.rounds
            )
        if self.pause is Pause.ASKED:
            return tr("Pausing when this round ends")
        if self.last is not None:
            return tr("Round {0} of {1}").format(self.last.record.round + 1, self.last.rounds)
        if self._start is not None:
            return tr("Round {0} of {1}").format(self._start.first_round, self._start.settings.epochs)
        return ""

    def seconds_left(self) -> float:
        """Return how long the rest will take, 0 while that is not known or the training pauses."""
        return self.last.eta_seconds if self.last is not None and self.pause is not Pause.PAUSED else 0.0

    def cut_short(self, sentence: str) -> CutShort | None:
        """Return the run as one that can go on, None while it has no finished round.

        Args:
            sentence: what became of it, with places for its name, the round and the number of rounds.
        """
        if self.last is None:
            return None
        return CutShort(self.run, sentence.format(self.run, self.last.record.round, self.last.rounds))


def outcome(event: ev.TrainDone) -> str:
    """Return how a training ended, as a heading."""
    rounds = event.result.get("rounds")
    if event.stopped_early:
        return tr("Stopped after round {0}; the model is kept").format(rounds)
    return tr("Finished {0} rounds").format(rounds)
