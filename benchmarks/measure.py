"""The common tools of the benchmarks: the machine, the memory of all processes, a table and a JSON file."""

from __future__ import annotations

import json
import os
import statistics
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from benchmarks.machine import description

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    """Return where and with what a figure was measured; the load average says how busy the machine otherwise was."""
    return {**description(), "load_average": [round(x, 2) for x in os.getloadavg()]}


class PeakMemory:
    """The largest sum of PSS (a page shared by n processes counts 1/n) over this process and all below it, in GiB."""

    def __init__(self, every_seconds: float = 0.5) -> None:
        self._every = every_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak_gib = 0.0
        self.processes = 0

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._sample()  # work shorter than the interval would else be missed

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            self._sample()

    def _sample(self) -> None:
        family = [psutil.Process(), *psutil.Process().children(recursive=True)]
        total = 0
        for process in family:
            try:
                total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
        if total / 2**30 > self.peak_gib:
            self.peak_gib, self.processes = total / 2**30, len(family)


def processor_seconds(process: psutil.Process | None = None) -> float:
    """Return the processor time that a process (this one) and all below it have taken so far, those alive now.

    Unlike the time on the clock, it hardly depends on what else the machine does.
    """
    total = 0.0
    top = process or psutil.Process()
    for each in [top, *top.children(recursive=True)]:
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Return median and spread of repeated timings."""
    ordered = sorted(seconds)
    return {
        "median": round(statistics.median(ordered), 4),
        "min": round(ordered[0], 4),
        "max": round(ordered[-1], 4),
        "n": len(ordered),
    }


def repeat(times: int, work: Callable[[], object]) -> list[float]:
    """Return the wall seconds of each of `times` calls."""
    from time import perf_counter

    seconds = []
    for _ in range(times):
        started = perf_counter()
        work()
        seconds.append(perf_counter() - started)
    return seconds


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def save(name: str, result: dict[str, Any], folder: Path | None = None) -> Path:
    """Write a result beside the others, as JSON, and return where."""
    path = (folder or RESULTS) / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return path
