"""Runs held against each other user by user, on real small runs."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import SettingsError
from fl.protocol.commands import CompareRuns, EvaluateCommand, TrainCommand
from fl.settings.base import build
from fl.settings.compare import CompareRunsSettings
from fl.settings.of_jobs import EvaluateSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask

KS = (5, 10)


def settings(name, model="fcf", **values):
    usual = {"dataset": "demo", "model": model, "epochs": 2, "runtime": "in-process", "threads": 1, "name": name}
    return build(TrainSettings, usual | values)


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    """The home of three runs, and the evaluations of two; the third has another seed."""
    from fl.federation.pool import FederationPool
    from fl.jobs.context import JobContext
    from fl.jobs.evaluation import evaluate
    from fl.jobs.training import train

    home = tmp_path_factory.mktemp("paired")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRETREC_HOME", str(home))
        context = JobContext("job", lambda event: None, FederationPool())
        for made in (settings("a"), settings("b", "pfedrec", parties=3), settings("c", seed=7, epochs=1)):
            train(TrainCommand(settings=made), context)
            asked = build(EvaluateSettings, {"run": made.name, "k": KS})
            found[made.name] = evaluate(EvaluateCommand(settings=asked), context).evaluation if made.seed != 7 else None
        context.pool.close()
    return home, found


@pytest.fixture
def runs(evaluated, monkeypatch):
    monkeypatch.setenv("SECRETREC_HOME", str(evaluated[0]))
    return evaluated[1]


def row_of(evaluation, k, scorer="model"):
    return next(row for row in evaluation.rows if (row.scorer, row.k) == (scorer, k))


def test_that_users_figures_add_up_to_those_of_the_federation(runs) -> None:
    from fl.jobs.paired import run_figures

    for name, evaluation in runs.items():
        if evaluation is None:
            continue
        figures = run_figures(name, KS)
        assert figures[:, 0].sum() == evaluation.n_users
        columns = ["hr", "ndcg", "mrr"]
        for place, k in enumerate(KS):
            row = row_of(evaluation, k)
            means = figures[:, 1:].sum(axis=0) / evaluation.n_users
            expected = [getattr(row, one) for one in columns] + [getattr(row, f"full_{one}") for one in columns]
            found = [*means[3 * place : 3 * place + 3], *means[6 + 3 * place : 9 + 3 * place]]
            np.testing.assert_allclose(found, expected, atol=1e-6)  # masked sums are rounded


def test_that_differences_are_those_of_the_evaluations(runs) -> None:
    found = ask(CompareRuns(settings=CompareRunsSettings(runs=("a", "b"), k=KS)))
    assert [(row.scorer, row.k) for row in found.rows] == [("b", 5), ("b", 10), ("popularity", 5), ("popularity", 10)]
    assert found.n_users == 300
    for row in found.rows:
        scorer, evaluation = ("model", runs["b"]) if row.scorer == "b" else ("popularity", runs["a"])
        for name, difference in row.metrics.items():
            expected = getattr(row_of(evaluation, row.k, scorer), name) - getattr(row_of(runs["a"], row.k), name)
            assert difference.value == pytest.approx(expected, abs=2e-6)
            assert difference.low <= difference.value <= difference.high
            assert difference.is_clear == (difference.low > 0 or difference.high < 0)


def test_that_a_run_differs_from_itself_in_nothing(runs, evaluated) -> None:
    from fl.jobs.paired import paired_rows, run_figures

    figures = run_figures("a", (10,))
    (row,) = paired_rows({"a": [figures], "again": [figures]}, "a", (10,), 0)
    assert all((one.value, one.low, one.high) == (0, 0, 0) for one in row.metrics.values())
    assert not row.metrics["hr"].is_clear


def test_that_runs_on_other_candidates_are_refused(runs) -> None:
    with pytest.raises(SettingsError, match=r"differ in their seed"):
        ask(CompareRuns(settings=CompareRunsSettings(runs=("a", "c"))))


def test_that_the_command_line_compares_runs(runs, command_line) -> None:
    done = command_line("compare", "--runs", "a", "b", "--k", "10", "--json")
    assert done.returncode == 0
    assert '"scorer": "b"' in done.stdout
    shown = command_line("compare", "--runs", "a", "b").stdout
    assert shown.startswith("Difference to a ")
    assert "300 users." in shown
    for words in (
        ["--runs", "a"],
        ["--runs", "a", "a"],
        ["--runs", "a", "b", "--seeds", "2"],
        ["--runs", "a", "nowhere"],
    ):
        refused = command_line("compare", *words)
        assert refused.returncode in (1, 2)
        assert refused.stderr.startswith("Error: ")
