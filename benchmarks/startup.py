"""The time a person waits: for help, for the window, for the first round, cold and warm.

    python -m benchmarks.startup                 # needs a display for the window, e.g. xvfb-run -a
    python -m benchmarks.startup --no-window --repeats 3

Cold is the command `train` with everything it starts: SecretFlow, Ray, a process for each of 4 parties. Its first round
is told apart from its test figures, and these from the whole command, which also ends all processes. Warm is the engine
behind the window, whose parties wait for the command. The data set must have been fetched. The demo is what `make run`
trains where there is no display: two parties, the preset's rounds, with its figures cold and warm.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.measure import machine, processor_seconds, repeat, save, summary, table
from fl.settings.presets import with_presets

_UNTIL = ("to_end_of_round_1", "to_figures", "to_end_of_command", "of_processors_to_figures")
ROOT = Path(__file__).resolve().parent.parent


def _run(*words: str, **environment: str) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "TheMain.py"), *words],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def window_seconds() -> float:
    """Return the seconds to the first paint of the main window, which the program reports when asked to."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", _PAINT],
            cwd=ROOT,
            env={**os.environ, "SECRETREC_HOME": folder},
            stdout=subprocess.PIPE,
        )
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("the window did not open")
        seconds = time.perf_counter() - started
        process.terminate()
        process.wait()
    return seconds


def cold_train_seconds(*words: str) -> tuple[float, float, float, float]:
    """Return the seconds of a training to the end of round 1, to the test figures, and to the end of the process.

    The last number is the processor time of all its processes up to the figures.
    """
    started, first_round, figures, processor, lines = time.perf_counter(), 0.0, 0.0, 0.0, []
    with subprocess.Popen(
        [sys.executable, str(ROOT / "TheMain.py"), "train", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith("Round 1 of "):
                first_round = time.perf_counter() - started
            if line.startswith("test figures"):
                figures = time.perf_counter() - started
                processor = processor_seconds(psutil.Process(process.pid))
    if process.returncode or not first_round or not figures:
        raise RuntimeError("".join(lines))
    return first_round, figures, time.perf_counter() - started, processor


# The real window, with one addition: it says when it has painted. A timer set while the window paints rings when all is
# painted and handed to the display, and before what the program itself does then.
_PAINT = """
import sys
from PyQt5.QtCore import QTimer
import gui.app.main_window as main_window
paint = main_window.MainWindow.paintEvent
def painted(self, event):
    QTimer.singleShot(0, lambda: print("painted", flush=True))
    paint(self, event)
main_window.MainWindow.paintEvent = painted
from gui.app.app import main
sys.exit(main([]))
"""


def engine_seconds(dataset: str) -> dict[str, float]:
    """Return the seconds of a warm engine from the train command on, for a first and a second run of one round.

    They end with round 1; those of the demo, last, with its figures.
    """
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "fl.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, "SECRETREC_HOME": os.environ.get("SECRETREC_HOME", folder)},
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")

        def wait(kind: str) -> None:
            for line in process.stdout or ():
                event = json.loads(line)
                if event["type"] == "job_failed":
                    raise RuntimeError(event["error"])
                if event["type"] == kind:
                    return

        started = time.perf_counter()
        wait("engine_ready")
        figures = {"engine_ready": time.perf_counter() - started}
        for name in ("first_run", "second_run"):
            settings = {"dataset": dataset, "model": "pfedrec", "epochs": 1, "name": f"startup {name} {os.getpid()}"}
            started = time.perf_counter()
            process.stdin.write(json.dumps({"type": "train", "job": name, "settings": settings}) + "\n")
            process.stdin.flush()
            wait("round_done")
            figures[name] = time.perf_counter() - started
            wait("train_done")
        demo = {**with_presets({"dataset": "demo"}), "name": f"startup demo {os.getpid()}"}
        started = time.perf_counter()
        process.stdin.write(json.dumps({"type": "train", "job": "demo", "settings": demo}) + "\n")
        process.stdin.flush()
        wait("train_done")
        figures["demo"] = time.perf_counter() - started
        process.stdin.close()
        process.wait()
    return {name: round(value, 2) for name, value in figures.items()}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="ml-100k")
    parser.add_argument("--no-window", action="store_true")
    parser.add_argument("--repeats", type=int, default=1, help="cold trainings; medians are printed")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    result: dict[str, Any] = {"machine": machine(), "command": " ".join(sys.argv)}
    result["help_seconds"] = summary(repeat(5, lambda: _run("--help")))
    if not arguments.no_window:
        result["window_seconds"] = summary([window_seconds() for _ in range(5)])
    words = ("--dataset", arguments.dataset, "--model", "pfedrec", "--epochs", "1", "--parties", "4")
    for what, command in (("cold_train", words), ("cold_demo", ("--dataset", "demo"))):
        runs = [cold_train_seconds(*command) for _ in range(arguments.repeats)]
        for until, seconds in zip(_UNTIL, zip(*runs, strict=True), strict=True):
            result[f"{what}_{until}_seconds"] = summary(list(seconds))
    result["warm_engine_seconds"] = engine_seconds(arguments.dataset)
    rows = [
        [name, value["median"] if isinstance(value, dict) and "median" in value else value]
        for name, value in result.items()
        if name.endswith("seconds")
    ]
    print(table(["what", "seconds (median)"], rows))
    save("startup", result, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
