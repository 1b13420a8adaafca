"""Sweeps: what is trained, what is left after an interruption, and when something is the best."""

from __future__ import annotations

import math

import pytest

from data import paths
from data.errors import CancelledError, SettingsError, UnknownNameError
from fl.jobs.sweep import clearly_best, interval, spread
from fl.protocol.commands import DescribeSweeps, ForgetSweep, KeepSweep, SweepCommand
from fl.protocol.events import RoundDone, TrainStarted
from fl.protocol.records import SweepRow
from fl.runs import sweeps
from fl.runs.run_folder import RunFolder
from fl.settings.base import build
from fl.settings.sweep import SweepSettings
from tests.fl.asking import ask

BASE = {"dataset": "demo", "epochs": "2", "runtime": "in-process", "threads": "1"}


def settings(name="s", **values):
    return build(SweepSettings, {"name": name, "base": BASE, **values})


def test_that_every_combination_is_planned_with_every_seed() -> None:
    plan = settings(vary=("dim=8,16", "--server-optimizer=fedadam,secant"), seeds=2, first_seed=5).plan()
    assert [one.settings.name for one in plan] == [f"s-{n}-{seed}" for n in (1, 2, 3, 4) for seed in (5, 6)]
    assert [(one.settings.dim, one.settings.server_optimizer, one.settings.seed) for one in plan][::3] == [
        (8, "fedadam", 5),
        (8, "secant", 6),
        (16, "secant", 5),
    ]
    assert plan[0].values == {"dim": "8", "server_optimizer": "fedadam"}
    # Without anything to vary, it is the same training again.
    assert [one.settings.name for one in settings(seeds=2).plan()] == ["s-2024", "s-2025"]
    # What a value brings along by its preset comes along.
    kinds = {one.settings.model: one.settings.epochs for one in settings(vary=("model=fcf,pfedrec",), base={}).plan()}
    assert kinds["fcf"] != kinds["pfedrec"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"vary": ("dim",)}, "write SETTING=VALUE,VALUE"),
        ({"vary": ("dim=",)}, "write SETTING=VALUE,VALUE"),
        ({"vary": ("seed=1,2",)}, "cannot be varied"),
        ({"vary": ("dim=8", "dim=16")}, "stands twice"),
        ({"vary": ("dim=8,none",)}, "dim"),
        ({"vary": ("nothing=1",)}, "nothing"),
        ({"vary": ("dim=1,2,3,4,5,6,7,8,9,10,11",), "seeds": 20}, "220 runs"),
    ],
)
def test_that_what_cannot_be_trained_is_refused_before_anything(values, message) -> None:
    with pytest.raises(SettingsError, match=message):
        ask(KeepSweep(settings=settings(**values)))
    assert sweeps.all_sweeps() == []


def test_that_names_are_not_mixed_up() -> None:
    ask(KeepSweep(settings=settings(seeds=2)))
    ask(KeepSweep(settings=settings(seeds=2)))  # the same again is no other
    with pytest.raises(SettingsError, match="has other settings"):
        ask(KeepSweep(settings=settings(seeds=3)))
    (paths.runs_dir() / "t-2024").mkdir(parents=True)
    with pytest.raises(SettingsError, match="'t-2024' exists already"):
        ask(KeepSweep(settings=settings("t")))
    with pytest.raises(UnknownNameError, match="'other'"):
        sweeps.find("other")
    assert [one.settings.name for one in ask(DescribeSweeps()).sweeps] == ["s"]
    assert ask(ForgetSweep(name="s")).sweeps == ()


def test_that_an_interrupted_sweep_goes_on_with_what_is_missing(context) -> None:
    """The first run is finished, the second is cut short after its first round, the third has not begun."""
    from fl.jobs.sweep import sweep

    wanted = settings(seeds=3)
    ask(KeepSweep(settings=wanted))
    rounds: list[str] = []

    def cut(event):
        if isinstance(event, RoundDone):
            rounds.append(event.run)
            if rounds == ["s-2024", "s-2024", "s-2025"]:
                context.cancelled = lambda: True

    context.on.append(cut)
    with pytest.raises(CancelledError):
        sweep(SweepCommand(name="s"), context)
    (half,) = ask(DescribeSweeps()).sweeps
    assert [one.name for one in half.missing] == ["s-2025", "s-2026"]
    assert (half.rows[0].finished, half.rows[0].metrics["hr@10"].deviation, half.best) == (1, None, {})

    context.on.clear()
    context.events.clear()
    context.cancelled = lambda: False
    (whole,) = sweep(SweepCommand(name="s"), context).sweeps
    started = [(event.run, event.first_round) for event in context.events if isinstance(event, TrainStarted)]
    assert started == [("s-2025", 2), ("s-2026", 1)]  # one gone on with, one begun, the first left alone
    assert whole.missing == ()
    results = [RunFolder.find(f"s-{seed}").result()["hr@10"] for seed in (2024, 2025, 2026)]
    assert len(set(results)) > 1
    assert whole.rows[0].metrics["hr@10"] == spread(results)
    assert whole.rows[0].runs == ("s-2024", "s-2025", "s-2026")


def test_that_the_interval_is_students() -> None:
    """By hand: three values of mean 2 and deviation 1; t(0.975, 2) = 4.303."""
    low, high = interval([1.0, 2.0, 3.0])
    assert (low, high) == pytest.approx((2 - 4.30265 / math.sqrt(3), 2 + 4.30265 / math.sqrt(3)), abs=1e-4)
    assert interval([1.0]) is None


def test_that_the_best_is_named_only_where_intervals_do_not_overlap() -> None:
    def row(*values):
        ends = interval(values)
        return SweepRow(
            values={},
            runs=(),
            finished=len(values),
            metrics={"m": spread(values)},
            intervals={"m": ends} if ends else {},
        )

    low, near, far = row(0.1, 0.11, 0.12), row(0.12, 0.13, 0.14), row(0.5, 0.51, 0.52)
    assert clearly_best([low, far], "m") == 1
    assert clearly_best([low, near], "m") is None
    assert clearly_best([far, near, low], "m") == 0
    assert clearly_best([far], "m") is None  # with nothing beside it
    assert clearly_best([far, row(0.1)], "m") is None  # one seed has no interval


def test_that_the_command_line_shows_and_keeps_a_sweep(command_line) -> None:
    refused = command_line("sweep")
    assert (refused.returncode, "--name" in refused.stderr) == (2, True)
    assert "No sweeps yet" in command_line("sweep", "--show").stdout
    ask(KeepSweep(settings=settings(vary=("dim=8,16",))))
    shown = command_line("sweep", "--name", "s", "--show").stdout
    assert "Sweep s, seeds 2024 to 2026" in shown
    assert "6 missing. To go on: TheMain.py sweep --name 's'" in shown
    assert command_line("sweep", "--name", "nowhere", "--show").returncode == 1
