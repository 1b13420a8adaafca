"""The queue of trainings. What waits is on disk at any time, so that nothing is lost with the window."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from pydantic import ValidationError
from PyQt5.QtCore import QObject, pyqtSignal

from fl.settings.train import TrainSettings
from gui.preferences import Preferences

log = logging.getLogger(__name__)

KEY = "train/queue"


class RunQueue(QObject):
    """The settings of the trainings that wait, in their order.

    Signals:
        changed: something was added, taken, moved, or the hold was set or lifted.

    Attributes:
        held: nothing starts by itself, as after a start of the window, or when the engine is gone.
    """

    changed = pyqtSignal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._items: list[TrainSettings] = []
        for stored in preferences.values(KEY).get("runs", []):
            try:
                self._items.append(TrainSettings(**stored))
            except (ValidationError, TypeError) as error:
                # Written by another version, or by hand: what cannot be run is not worth stopping the start.
                log.warning("A queued training cannot be read any more: %s", error)
        self.held = bool(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> Sequence[TrainSettings]:
        """Return what waits."""
        return tuple(self._items)

    def names(self) -> set[str]:
        """Return the names that waiting runs will take."""
        return {settings.name for settings in self._items if settings.name}

    def add(self, settings: TrainSettings) -> None:
        """Let a training wait behind all others."""
        self._items.append(settings)
        self._store()

    def take(self) -> TrainSettings | None:
        """Take the next one out of the queue and return it; None while there is none or the queue is held."""
        if self.held or not self._items:
            return None
        first = self._items.pop(0)
        self._store()
        return first

    def put_back(self, settings: TrainSettings) -> None:
        """Make the one taken last the next again: it came to nothing through no fault of its own."""
        self._items.insert(0, settings)
        self._store()

    def remove(self, place: int) -> None:
        """Take one out of the queue for good."""
        del self._items[place]
        self._store()

    def move(self, place: int, by: int) -> int:
        """Move one up (-1) or down (+1), and return its new place."""
        target = min(max(place + by, 0), len(self._items) - 1)
        self._items.insert(target, self._items.pop(place))
        self._store()
        return target

    def hold(self, on: bool) -> None:
        """Keep anything from starting by itself, or let it start again."""
        if self.held != on:
            self.held = on
            self.changed.emit()

    def _store(self) -> None:
        if not self._items:
            self.held = False
        self._preferences.set_values(KEY, {"runs": [settings.model_dump() for settings in self._items]})
        self._preferences.save()
        self.changed.emit()
