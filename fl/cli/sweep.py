"""The command `sweep`: one training repeated with seeds and with values of chosen settings, and its table."""

from __future__ import annotations

import argparse
from typing import Any

from data.errors import SettingsError
from data.sentences import say
from fl.cli.arguments import add_json, add_settings, given_settings
from fl.cli.compare_output import percent
from fl.cli.start import answer_to, read_for_run
from fl.cli.terminal import Terminal
from fl.protocol.commands import DescribeSweeps, KeepSweep, SweepCommand
from fl.protocol.records import SweepTable
from fl.runs import sweeps
from fl.settings.base import build
from fl.settings.sweep import SweepSettings
from fl.settings.train import TrainSettings

_HEADINGS = ("valid HR", "valid NDCG", "HR", "NDCG", "full HR", "full NDCG")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a sweep, and those of `train` that all its runs share."""
    add_settings(parser, SweepSettings, needed=False)
    parser.add_argument("--show", action="store_true", help="only show the table; without --name, of all sweeps")
    add_settings(parser, TrainSettings, skip=("name", "seed"))
    add_json(parser)


def sweep(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Train what is missing of a sweep, and show its table. Asked again, it goes on.

    Raises:
        SettingsError: no name, or a sweep of this name has other settings.
    """
    own, base = given_settings(arguments, SweepSettings), given_settings(arguments, TrainSettings)
    base = {name: value for name, value in base.items() if name not in ("name", "seed")}
    if arguments.show and "name" not in own:
        with answer_to(DescribeSweeps(), terminal) as found:
            _show(found.sweeps, terminal)
        return
    if "name" not in own:
        raise SettingsError(say("cli.sweep-needs-name", "Name the sweep: --name NAME."))
    settings = _settings(own, base)
    if arguments.show:
        sweeps.find(settings.name)
    else:
        plan = {(one.settings.dataset, one.settings.protocol): one.settings for one in settings.plan()}
        for one in plan.values():
            read_for_run(one)  # what is wrong with the data is said at once
    with answer_to(KeepSweep(settings=settings), terminal) as kept:
        found = kept
    if found.sweeps[0].missing and not arguments.show:
        with answer_to(SweepCommand(name=settings.name), terminal) as found:
            _show(found.sweeps, terminal)
    else:
        _show(found.sweeps, terminal)


def _settings(own: dict[str, Any], base: dict[str, Any]) -> SweepSettings:
    """Return the sweep that is meant: the one on disk where nothing but its name is given."""
    if set(own) == {"name"} and not base and any(one.name == own["name"] for one in sweeps.all_sweeps()):
        return sweeps.find(own["name"])
    made: SweepSettings = build(SweepSettings, {**own, "base": base})
    return made


def _show(found: tuple[SweepTable, ...], terminal: Terminal) -> None:
    for one in found:
        settings, varied = one.settings, list(one.settings.varied)
        last = settings.first_seed + settings.seeds - 1
        seeds = f"seeds {settings.first_seed} to {last}" if settings.seeds > 1 else f"seed {last}"
        terminal.say(
            f"Sweep {settings.name}, {seeds}: percent at K = 10, mean ± standard deviation over the seeds; * where its "
            "95% interval lies above all others"
        )
        terminal.table(
            [*varied, "runs", *_HEADINGS],
            [
                [*row.values.values(), f"{row.finished} of {len(row.runs)}", *_cells(one, number)]
                for number, row in enumerate(one.rows)
            ],
        )
        if one.missing:
            terminal.say(f"{len(one.missing)} missing. To go on: TheMain.py sweep --name '{settings.name}'")
        terminal.say()
    if not found:
        terminal.say("No sweeps yet. Make one: TheMain.py sweep --name NAME --vary dim=16,32 --seeds 3")
    terminal.finish({"sweeps": [one.model_dump() for one in found]})


def _cells(one: SweepTable, number: int) -> list[str]:
    from fl.jobs.sweep import METRICS

    row = one.rows[number]
    return [percent(row.metrics.get(name)) + (" *" if one.best.get(name) == number else "") for name in METRICS]
