"""The time for which the window's own thread is blocked while a run trains in the real engine. Target: never 50 ms.

    python -m benchmarks.responsiveness                          # ML-1M, with what a person does meanwhile
    python -m benchmarks.responsiveness --quick                  # the demo set, all parties in one process: for tests
    python -m benchmarks.responsiveness --blame                  # also what the thread was doing in its longest blocks

A timer of the window's thread ticks every few milliseconds; a gap between two ticks is time in which no click would
have been answered. Two lengths are given for each: wall time, and processor time of that thread. Where the first is
much longer, the machine was busy with other things (training takes all cores), not the window.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import machine, save

TICK_MS = 5
TARGET_MS = 50.0
STEP_MS = 700  # between two things the person does
WORTH_BLAMING_MS = 25.0


@dataclass(frozen=True)
class Block:
    """A gap between two ticks, in milliseconds beyond the tick, and what the window had been told to do."""

    wall_ms: float
    cpu_ms: float
    doing: str


class Heartbeat:
    """A clock that ticks in the thread that makes it, and keeps the gaps."""

    def __init__(self) -> None:
        from PyQt5.QtCore import Qt, QTimer

        self.blocks: list[Block] = []
        self.doing = ""
        self.last = time.perf_counter()
        self._cpu = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self, doing: str) -> None:
        self.blocks, self.doing = [], doing
        self.last, self._cpu = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> list[Block]:
        self._timer.stop()
        return self.blocks

    def _tick(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.blocks.append(Block(max(0.0, (now - self.last) * 1000 - TICK_MS), (cpu - self._cpu) * 1000, self.doing))
        self.last, self._cpu = now, cpu


class Blame:
    """A look, from another thread, at what the watched one is doing when it has not ticked for a while."""

    def __init__(self, heart: Heartbeat) -> None:
        self._heart, self._watched = heart, threading.get_ident()
        self._stop = threading.Event()
        self.seen: dict[str, int] = {}
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.004):
            if (time.perf_counter() - self._heart.last) * 1000 < WORTH_BLAMING_MS:
                continue
            frame = sys._current_frames().get(self._watched)
            lines = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_stack(frame)[-7:]]
            key = " < ".join(reversed(lines))
            self.seen[key] = self.seen.get(key, 0) + 1

    def report(self) -> list[str]:
        self._stop.set()
        self._thread.join()
        most = sorted(self.seen.items(), key=lambda entry: -entry[1])
        return [f"{count} looks: {where}" for where, count in most[:12]]


def _wait(condition: Callable[[], bool], seconds: float) -> None:
    """Run the event loop until a condition holds.

    Raises:
        TimeoutError: it did not in time.
    """
    from PyQt5.QtCore import QEventLoop, QTimer

    loop, look, limit = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    look.start(50)
    limit.start(int(seconds * 1000))
    loop.exec()
    if not condition():
        raise TimeoutError("the engine did not get so far")


def _person(window: Any) -> list[tuple[str, Callable[[], object]]]:
    """Return what a person does while a run trains."""
    tabs = window.tabs
    return [
        ("looking at the curves", lambda: None),
        ("Evaluate tab", lambda: tabs.setCurrentIndex(2)),
        ("Recommend tab", lambda: tabs.setCurrentIndex(1)),
        ("Train tab", lambda: tabs.setCurrentIndex(0)),
        ("opening the log", lambda: window.train.view.log_fold.set_open(True)),
        ("searching the log", lambda: window.train.log.search.setText("round")),
        ("closing the log", lambda: window.train.view.log_fold.set_open(False)),
        ("making the window larger", lambda: window.resize(1400, 900)),
        ("making the window smaller", lambda: window.resize(1024, 700)),
        ("looking at the curves", lambda: None),
    ]


def measure(settings: dict[str, str], limit_seconds: float, blame: bool) -> dict[str, Any]:
    """Open the window, train by these settings, and measure. Needs SECRETREC_HOME with the data set in it."""
    from PyQt5.QtCore import QTimer

    from gui.app.app import make_application
    from gui.app.main_window import MainWindow
    from gui.engine.client import EngineClient, EngineState
    from gui.look.theme import theme
    from gui.tabs.state import JobState

    app = make_application(["responsiveness"])
    theme().apply(app, "light")
    client = EngineClient()
    window = MainWindow(client)
    heart = Heartbeat()
    watcher = Blame(heart) if blame else None
    window.show()
    heart.start("opening")
    window.start_engine()
    result: dict[str, Any] = {}
    try:
        _wait(lambda: client.state is EngineState.READY and window.train.view.curves.valid.axes is not None, 180)
        opening = heart.stop()
        window.train.form.set_values({**settings, "name": "measured"})
        _wait(lambda: window.train.allowed().start, 60)

        heart.start("pressing Start")
        actions = _person(window)
        step = QTimer()

        def do_next() -> None:
            if window.train.state is JobState.RUNNING:
                heart.doing, act = actions[0]
                actions.append(actions.pop(0))
                act()

        step.timeout.connect(do_next)
        step.start(STEP_MS)
        window.train.start()
        _wait(lambda: window.train.state in (JobState.DONE, JobState.FAILED), limit_seconds)
        step.stop()
        heart.doing = "showing the result"
        _wait(lambda: True, 1)
        training = heart.stop()
        result = {
            "state": window.train.state.value,
            "opening": figures(opening),
            "training": figures(training),
            "blame": watcher.report() if watcher is not None else [],
        }
    finally:
        ended: list[bool] = []
        window.closed.connect(lambda: ended.append(True))
        window.leave()
        _wait(lambda: bool(ended), 60)
    return result


def figures(blocks: list[Block]) -> dict[str, Any]:
    """Return the longest blocks, and how the others are distributed."""
    wall = sorted(block.wall_ms for block in blocks)
    longest = sorted(blocks, key=lambda block: -block.wall_ms)[:5]
    own = max(blocks, key=lambda block: block.cpu_ms)
    return {
        "ticks": len(blocks),
        "longest_ms": round(longest[0].wall_ms, 1),
        "longest_own_work_ms": round(own.cpu_ms, 1),
        "own_work_while": own.doing,
        "percentile_99_9_ms": round(wall[min(len(wall) - 1, int(len(wall) * 0.999))], 1),
        "above_target": sum(value > TARGET_MS for value in wall),
        "longest": [{key: round(x, 1) if isinstance(x, float) else x for key, x in asdict(b).items()} for b in longest],
    }


def line(result: dict[str, Any]) -> str:
    """Return one line for the documents."""
    found = result["training"]
    return (
        f"While {result['dataset']} trains ({result['rounds']} rounds, {result['model']}), the window's thread was "
        f"blocked for {found['longest_ms']} ms at most, of which {found['longest_own_work_ms']} ms at most were its "
        f"own work; 99.9 % of {found['ticks']} gaps stayed below {found['percentile_99_9_ms']} ms."
    )


def main(argv: list[str] | None = None) -> int:
    """Measure, and return 0 when the training was finished; whether the target was kept is printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="ml-1m")
    parser.add_argument("--model", default="fcf")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=900, help="give up after so long")
    parser.add_argument("--quick", action="store_true", help="demo set, 60 rounds, parties in one process")
    parser.add_argument("--blame", action="store_true", help="say what the thread was doing (slows it a little)")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    given = parser.parse_args(argv)
    dataset, rounds, runtime = (
        ("demo", 60, "in-process") if given.quick else (given.dataset, given.rounds, "simulation")
    )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false")
    with tempfile.TemporaryDirectory(prefix="secretrec") as folder:
        from data import paths

        kept = paths.datasets_dir()
        os.environ["SECRETREC_HOME"] = folder  # runs and settings of this measurement are nobody else's
        if kept.is_dir():
            Path(folder, kept.name).symlink_to(kept)
        settings = {"dataset": dataset, "model": given.model, "epochs": str(rounds), "runtime": runtime}
        measured = measure(settings, given.seconds, given.blame)
    result = {
        "machine": machine(),
        "command": " ".join(sys.argv),
        "dataset": dataset,
        "model": given.model,
        "rounds": rounds,
        **measured,
    }
    save("responsiveness", result, given.output)
    print(line(result))
    for entry in result["training"]["longest"] + result["blame"]:
        print(" ", entry)
    kept_to_it = result["training"]["longest_own_work_ms"] < TARGET_MS
    print(f"The target of {TARGET_MS} ms of own work was {'kept' if kept_to_it else 'missed'}.")
    return 0 if result["state"] == "done" else 1


if __name__ == "__main__":
    sys.exit(main())
