"""Starting the trainings that wait, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal

from fl.settings.train import TrainSettings
from gui.engine.run_queue import RunQueue
from gui.words.i18n import tr


class QueueRunner(QObject):
    """Takes the next training out of the queue when the engine is free.

    Args:
        queue: what waits.
        free: whether a training could start now.

    Signals:
        start: the settings of the training that is to start now.
    """

    start = pyqtSignal(object)

    def __init__(self, queue: RunQueue, free: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue, self._free = queue, free
        self._taken: TrainSettings | None = None  # what runs now, where it waited before

    def fault(self, settings: TrainSettings | None, running: str) -> str:
        """Return why settings cannot wait in the queue, "" when they can.

        Args:
            settings: what the form says, None while one of its fields is wrong.
            running: the name of the run that trains now.
        """
        if settings is None:
            return tr("Correct the marked fields first.")
        if settings.name and (settings.name in self._queue.names() or settings.name == running):
            return tr('"{run}" is taken: give the next run another name.').format(run=settings.name)
        return ""

    def more_to_come(self) -> bool:
        """Return whether another training starts when this one has ended."""
        return len(self._queue) > 0 and not self._queue.held

    def start_next(self) -> None:
        """Start what waits, when nothing else keeps the engine busy."""
        if not self._free():
            return
        settings = self._queue.take()
        if settings is not None:
            self._taken = settings
            self.start.emit(settings)

    def go_on(self) -> None:
        """Start what waits, although it was held."""
        self._queue.hold(False)
        self.start_next()

    def hold(self, *, put_back: bool) -> None:
        """Start nothing by itself any more.

        Args:
            put_back: what runs has no finished round yet; if it waited before, it waits again.
        """
        if put_back and self._taken is not None:
            self._queue.put_back(self._taken)
            self._taken = None
        self._queue.hold(len(self._queue) > 0)

    def ended(self) -> None:
        """Note that what was taken last has ended."""
        self._taken = None
