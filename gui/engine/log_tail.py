"""Following the engine's log files: libraries write there, and now and then only they say why something failed."""

from __future__ import annotations

import os
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from data import paths

POLL_MS = 700
FIRST_BYTES = 16_000  # of what was there before
MOST_BYTES = 200_000  # at a time: beyond that the older part is skipped


def engine_log_files() -> list[Path]:
    """Return the paths of the engine's own log, and of the raw output of the libraries it uses."""
    return [paths.logs_dir() / "engine.log", paths.logs_dir() / "engine.output"]


def last_lines(path: Path, count: int) -> list[str]:
    """Return the last lines of a text file; none when it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - FIRST_BYTES))
            return file.read().decode("utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []


class LogTail(QObject):
    """A follower of the log files that emits what is added to them while it is on.

    Polled, not watched: file-system notifications are missing on network homes, and twice a second is cheap.
    """

    lines = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at: dict[Path, int] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)

    def set_on(self, on: bool) -> None:
        if on and not self._timer.isActive():
            self._timer.start()
            self.poll()
        elif not on:
            self._timer.stop()

    def poll(self) -> None:
        for path in engine_log_files():
            try:
                size = path.stat().st_size
            except OSError:
                continue
            at = self._at.get(path, max(0, size - FIRST_BYTES))
            if size < at:
                at = 0  # rotated, or written anew by the next engine
            if size > at:
                start = max(at, size - MOST_BYTES)
                with path.open("rb") as file:
                    file.seek(start)
                    text = file.read(size - start).decode("utf-8", errors="replace")
                if text.strip():
                    self.lines.emit(text.rstrip())
            self._at[path] = size
