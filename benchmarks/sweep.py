"""Accuracy by a setting: a sweep trains at each value, says each result, and writes what there is after every one."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import machine
from benchmarks.plots import Chart
from fl.engine.streams import divert_to_log
from fl.federation import session
from fl.protocol.commands import TrainCommand
from fl.protocol.events import Event
from fl.settings.base import build
from fl.settings.train import TrainSettings

if TYPE_CHECKING:
    from fl.federation.pool import FederationPool

FIRST_SEED = 2024
Result = dict[str, Any]  # what a value of the setting is, and `runs`: the figures of each seed


@dataclass(frozen=True)
class Sweep:
    """A benchmark that measures many cases, and how it shows its results.

    Attributes:
        name: of its files.
        about: sentences on all figures, above the table.
        line: a result in a line.
        table: all results as a Markdown table.
        charts: pictures of all results, by the last part of their file's name.
    """

    name: str
    about: str
    line: Callable[[Result], str]
    table: Callable[[list[Result]], str]
    charts: Callable[[list[Result]], dict[str, Chart]]

    def run(self, folder: Path, measure: Callable[..., Result], cases: Iterable[tuple[Any, ...]]) -> int:
        """Measure every case; an interrupted sweep keeps what it has.

        Args:
            folder: of the results: one .json, one .md and the charts as .svg.
            measure: gives the result of a case; called with the values of the case and the warm parties.
            cases: what to measure.

        Returns:
            The exit code of the program.
        """
        session.prepare_environment()
        out, err, _ = divert_to_log(self.name)
        from fl.federation.pool import FederationPool

        results: list[Result] = []
        with closing(FederationPool()) as pool:
            for case in cases:
                results.append(measure(*case, pool))
                print(self.line(results[-1]), file=err, flush=True)
                self._write(folder, results)
        print(self.table(results), file=out, flush=True)
        print(f"Written: {folder / f'{self.name}.md'}, .json and .svg", file=err, flush=True)
        return 0

    def _write(self, folder: Path, results: list[Result]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        where = machine.description()
        text = json.dumps({"machine": where, "results": results}, indent=1)
        (folder / f"{self.name}.json").write_text(text, "utf-8")
        head = f"Measured {where['date']}, {where['processor']}, {where['cores']} cores. {self.about}\n\n"
        (folder / f"{self.name}.md").write_text(head + self.table(results) + "\n", "utf-8")
        for name, chart in self.charts(results).items():
            (folder / f"{self.name}-{name}.svg").write_text(chart.svg(), "utf-8")


def trained(
    values: dict[str, Any],
    figures: Sequence[str],
    pool: FederationPool,
    hear: Callable[[Event], None] = lambda event: None,
) -> dict[str, Any]:
    """Train in this process and return figures of the run; the run itself is not kept.

    Args:
        values: settings; the presets have the others.
        figures: keys of `train --json` to keep.
        pool: the warm parties.
        hear: told of every event.
    """
    from fl.jobs.context import JobContext
    from fl.jobs.training import train
    from fl.runs.run_folder import RunFolder

    settings: TrainSettings = build(TrainSettings, {"runtime": "in-process", **values})
    result = train(TrainCommand(settings=settings), JobContext("benchmark", hear, pool)).result
    RunFolder.find(str(result["run"])).discard()
    return {name: result.get(name) for name in figures}


def seeds(n: int) -> range:
    """Return the seeds of n repetitions, each with a split of its own."""
    return range(FIRST_SEED, FIRST_SEED + n)


def mean(result: Result, name: str) -> float:
    """Return the mean of a figure over the seeds; a missing one counts 0."""
    return statistics.fmean(float(run[name] or 0.0) for run in result["runs"])


def accuracy(result: Result) -> str:
    """Return HR@10 / NDCG@10 in percent."""
    return " / ".join(f"{100 * mean(result, name):.1f}" for name in ("hr@10", "ndcg@10"))
