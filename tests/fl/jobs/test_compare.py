"""The job `compare`: the same candidates for all, spread over seeds, and what it writes."""

import csv
import json

import pytest

from data.errors import CancelledError, SettingsError
from fl.cli import compare_output as output
from fl.protocol.commands import CompareCommand, EvaluateCommand
from fl.protocol.events import SeedCompared
from fl.protocol.records import CompareRow, Spread
from fl.settings.base import build
from fl.settings.compare import CompareSettings

QUICK = {"models": ("pfedrec",), "epochs": 2, "runtime": "in-process", "threads": 1, "k": (5, 10)}


def settings(**values):
    return build(CompareSettings, {**QUICK, **values})


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """(a small comparison, its events, the job `evaluate` of one of its runs): made once, it takes seconds."""
    from fl.federation.pool import FederationPool
    from fl.jobs.compare import compare
    from fl.jobs.context import JobContext
    from fl.jobs.evaluation import evaluate
    from fl.settings.of_jobs import EvaluateSettings

    events = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRETREC_HOME", str(tmp_path_factory.mktemp("compare")))
        made = JobContext("job", events.append, FederationPool())
        result = compare(
            CompareCommand(settings=settings(seeds=2, baselines=("popularity", "ease"), keep_runs=True)), made
        ).comparison
        run = next(r.run for r in result.results if r.kind == "model" and r.seed == 2024)
        answer = evaluate(
            EvaluateCommand(settings=build(EvaluateSettings, {"run": run, "k": (5, 10)})), made
        ).evaluation
        made.pool.close()
    return result, events, answer


@pytest.fixture
def found(compared):
    return compared[0]


def test_that_models_and_baselines_stand_in_one_table(found, compared):
    assert [(row.scorer, row.k) for row in found.rows] == [
        (scorer, k) for scorer in ("popularity", "ease", "pfedrec") for k in (5, 10)
    ]
    assert all(row.seeds == 2 for row in found.rows)
    by_name = {(row.scorer, row.k): row for row in found.rows}
    # EASE reads tastes, and beats popularity on the demo set by far.
    assert by_name["ease", 10].metrics["hr"].mean > 1.5 * by_name["popularity", 10].metrics["hr"].mean
    model = by_name["pfedrec", 10]
    assert (model.rounds, model.item_view, model.bytes_up > 4 * 400 * 32) == (2, "global", True)
    assert "sums over at least 2 of 2 parties" in model.privacy
    assert "all raw data" in by_name["ease", 10].privacy
    assert [event.type for event in compared[1]].count("seed_compared") == 6


def test_that_the_spread_is_that_of_the_seeds(found):
    hr = [r.rows[1].hr for r in found.results if r.scorer == "ease"]
    row = next(row for row in found.rows if (row.scorer, row.k) == ("ease", 10))
    assert row.metrics["hr"].mean == pytest.approx(sum(hr) / 2)
    assert row.metrics["hr"].deviation == pytest.approx(abs(hr[0] - hr[1]) / 2**0.5)


def test_that_differences_are_paired_over_the_seeds(found):
    """The model comes first; what the others differ by is the difference of the means over the seeds."""
    assert found.against == "pfedrec"
    assert [(row.scorer, row.k) for row in found.paired] == [
        (one, k) for one in ("popularity", "ease") for k in (5, 10)
    ]
    means = {(row.scorer, row.k): row.metrics for row in found.rows}
    for row in found.paired:
        for name, difference in row.metrics.items():
            expected = means[row.scorer, row.k][name].mean - means["pfedrec", row.k][name].mean
            assert difference.value == pytest.approx(expected, abs=2e-6)
            assert difference.low < difference.value < difference.high
    # EASE is far ahead of two rounds of PFedRec.
    assert next(row for row in found.paired if (row.scorer, row.k) == ("ease", 10)).metrics["hr"].is_clear


def test_that_popularity_here_is_popularity_in_evaluate(found, compared):
    answer = compared[2]
    expected = [row for row in answer.rows if row.scorer == "popularity"]
    ours = next(result.rows for result in found.results if (result.scorer, result.seed) == ("popularity", 2024))
    for one, other in zip(ours, expected, strict=True):
        assert one.hr == pytest.approx(other.hr, abs=1e-6)
        assert one.full_ndcg == pytest.approx(other.full_ndcg, abs=1e-6)
        # The parties' own bootstrap weights, so the intervals agree as well.
        for name, ends in other.intervals.items():
            assert one.intervals[name] == pytest.approx(ends, abs=1e-6), name


def test_that_csv_and_markdown_hold_the_figures(found):
    lines = list(csv.DictReader(output.csv_text(found.results).splitlines()))
    assert len(lines) == 3 * 2 * 2
    assert float(lines[0]["hr"]) == found.results[0].rows[0].hr
    text = output.markdown(found)
    assert "±" in text
    assert "Sees all raw data" in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == (2 + 6) + (2 + 4)  # figures, and differences to the first model
    widths = [len(output.HEADER) + 1] * 8 + [len(output.PAIRED) + 3] * 6
    assert [line.count("|") for line in table] == widths


def test_that_a_cancelled_comparison_has_handed_over_what_it_had(context):
    from fl.jobs.compare import compare

    def results():
        return [event.result for event in context.events if isinstance(event, SeedCompared)]

    context.cancelled = lambda: bool(results())
    with pytest.raises(CancelledError):
        compare(CompareCommand(settings=settings(baselines=("popularity", "ease"))), context)
    assert [result.scorer for result in results()] == ["popularity"]


def test_that_a_comparison_leaves_no_runs_unless_asked_to(context):
    from fl.jobs.compare import compare
    from fl.runs.run_folder import RunFolder

    found = compare(CompareCommand(settings=settings(baselines=())), context).comparison
    assert (found.results[0].run, RunFolder.all()) == ("", [])
    kept = compare(CompareCommand(settings=settings(baselines=(), keep_runs=True)), context)
    assert [info.name for info in RunFolder.all()] == [kept.comparison.results[0].run]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"models": (), "baselines": ()}, "Nothing to compare"),
        ({"set": ("pfedrec.dim",)}, "write MODEL.SETTING=VALUE"),
        ({"set": ("pfedrec.seed=3",)}, "must be the same for everything"),
        ({"set": ("other.dim=3",)}, "other, which is not among the models"),
        ({"set": ("pfedrec.dim=many",)}, "dim: must be a valid integer"),
        ({"parties": 1}, "secure aggregation needs at least 2 parties"),
        ({"models": ("fcf", "svd")}, "models, entry 2: must be 'fcf', 'seqfcf', 'pfedrec' or 'fedrap'"),
    ],
)
def test_that_wrong_settings_are_said_before_anything_runs(values, message):
    with pytest.raises(SettingsError, match=message):
        settings(**values).check()


def test_that_a_models_own_setting_reaches_it():
    made = settings(set=("pfedrec.dim=16", "pfedrec.learning-rate=0.05")).train_settings("pfedrec", 7)
    assert (made.dim, made.own.learning_rate, made.seed, made.epochs) == (16, 0.05, 7, 2)


def test_that_one_seed_has_no_deviation():
    assert output.percent(Spread(mean=0.5)) == "50.0"
    assert output.percent(Spread(mean=0.5, deviation=0.01)) == "50.0 ± 1.0"
    assert output.percent(None) == "-"


def test_that_rows_survive_json(found):
    for row in found.rows:
        assert CompareRow(**json.loads(row.model_dump_json())) == row


@pytest.mark.parametrize("kind", [KeyboardInterrupt, CancelledError])
def test_that_an_interrupted_comparison_leaves_no_run(context, kind):
    from data import paths
    from fl.jobs.compare import compare

    def interrupt(event):
        if event.type == "round_done":
            raise kind

    context.on.append(interrupt)
    with pytest.raises(kind):
        compare(CompareCommand(settings=settings()), context)
    assert not list(paths.runs_dir().iterdir())
