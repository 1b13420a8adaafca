"""Trainings that ended before their last round: the offer to go on with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PyQt5.QtCore import QObject, pyqtSignal

from fl.runs.records import RunInfo
from gui.widgets.message_bar import MessageBar, Tone
from gui.words.i18n import tr


class CutShort(NamedTuple):
    """A run that can go on.

    Attributes:
        run: its name.
        sentence: what became of it, as the offer to go on says it.
    """

    run: str
    sentence: str


class ResumeOffers(QObject):
    """The notice above the progress: it offers one run at a time, and says what became of the run before this one.

    A run that was cut short while others waited is offered when the queue is through.

    Signals:
        resume: the name of the run that the person wants to go on with.
    """

    resume = pyqtSignal(str)

    def __init__(self, notice: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice = notice
        self.offered: CutShort | None = None  # the run that the notice's button goes on with
        self._last: tuple[Tone, str] | None = None
        self._waiting: list[CutShort] = []  # the newest last
        notice.action.connect(self._accept)

    def begin(self) -> None:
        """Take the offer back: a job begins."""
        self.offered = None
        self._notice.clear()

    def started(self, run: str) -> None:
        """Forget a run that goes on, or is trained anew."""
        self._waiting = [cut for cut in self._waiting if cut.run != run]

    def offer(self, cut: CutShort | None) -> None:
        """Offer to go on with a run, where there is one."""
        if cut is not None:
            self.offered = cut
            self._notice.show_message("info", cut.sentence, action=tr("Resume &it"))

    def offer_interrupted(self, runs: Iterable[RunInfo]) -> None:
        """Offer the newest run that a crash, or the end of the program, cut short."""
        for run in runs:
            if (
                not self._notice.isVisible()
                and run.state == "interrupted"
                and run.rounds > 0
                and not run.problem
                and not run.here_alone
            ):
                sentence = tr('"{0}" was interrupted after round {1} of {2}.')
                self.offer(CutShort(run.name, sentence.format(run.name, run.rounds, run.epochs)))
                return

    def note_last(self, tone: Tone, sentence: str) -> None:
        """Keep what became of a run, for the time when the next one takes its place on the screen."""
        self._last = (tone, sentence)

    def settle(self, cut: CutShort | None, *, next_runs: bool, free: bool) -> None:
        """Say what became of the last run where the next one trains already; else offer a run that waited for that.

        Args:
            cut: what was offered before the next one started: the last run, where it can go on.
            next_runs: the next training has started.
            free: nothing else keeps the engine busy.
        """
        last, self._last = self._last, None
        if next_runs and last is not None:
            tone, sentence = last
            if cut is not None:
                self._waiting.append(cut)
                sentence = f"{sentence} {tr('It can be resumed when the queue is through.')}"
            self._notice.show_message(tone, sentence)
        elif self._waiting and cut is None and not next_runs and free:
            self.offer(self._waiting.pop())

    def set_enabled(self, on: bool) -> None:
        """Let the offer be accepted, or not."""
        self._notice.action_button.setEnabled(on)

    def _accept(self) -> None:
        if self.offered is not None:
            self.resume.emit(self.offered.run)
