"""The benchmark of other ways to spend a privacy budget: what noise costs, and its parts beside plain computation."""

import json
import math

import numpy as np
import pytest

from benchmarks.dp_variants import WAYS, Study, Weighted, correlations, shrunk
from fl.privacy.accountant import gaussian_epsilon
from models.clipping import Clip


@pytest.fixture(scope="module")
def study():
    return Study("demo", 4.0, 2024, {"dim": 6, "epochs": 4})


def test_that_rounds_counts_and_figures_together_cost_the_budget(study):
    assert gaussian_epsilon(1 / math.sqrt(study.information), study.settings.delta) == pytest.approx(4.0, rel=0.01)
    # All rounds of the update, and figures with 5 times its noise; nothing is left over.
    of_figures = study.of_rounds / 25
    assert study.of_rounds + of_figures == pytest.approx(study.information)


def test_that_weighted_messages_are_measured_row_by_row(study):
    users, items = Weighted(study.data, study.hyper), study.start.astype(np.float32)
    users.train_round(items, 1, clip=Clip(1.0))
    plain = users.norms
    users.weights = np.ones(len(items))
    users.train_round(items, 1, clip=Clip(1.0))
    np.testing.assert_allclose(users.norms, plain, rtol=1e-5)
    users.weights = np.linspace(0.5, 2.0, len(items))
    users.train_round(items, 1, clip=Clip(1.0))
    own, p, q = study.hyper.own, users._p.vectors[7].astype(float), items.astype(float)
    has = np.zeros(len(q))
    has[users.train_items(7)] = 1.0
    s = q @ p
    message = (own.alpha * s - has * (1 - s))[:, None] * p + own.reg * (own.alpha + has)[:, None] * q
    assert users.norms[7] == pytest.approx(np.linalg.norm(users.weights[:, None] * message), rel=1e-5)


def test_that_correlated_noise_costs_no_more_and_helps_all_sums_but_the_last():
    rounds = 6
    noise = correlations(rounds)
    assert np.allclose(noise, np.tril(noise))
    c = np.linalg.inv(noise)
    # Any messages of norm 1 in every round: none of these changes more than `rounds` allows.
    signs = np.sign(np.random.default_rng(0).standard_normal((500, rounds)))
    assert max(np.sum((c @ x) ** 2) for x in [np.ones(rounds), *signs]) <= rounds * (1 + 1e-9)
    errors = np.sum((np.tril(np.ones((rounds, rounds))) @ noise) ** 2, axis=1)
    alone = np.arange(1, rounds + 1)
    assert errors.sum() < 0.97 * alone.sum()
    assert errors[-1] > alone[-1]


def test_that_shrinking_takes_off_what_noise_added():
    rng = np.random.default_rng(1)
    signal = 3.0 * np.outer(rng.standard_normal(400), rng.standard_normal(8))
    noised = signal + rng.standard_normal(signal.shape)
    assert np.linalg.norm(shrunk(noised, 1.0) - signal) < 0.6 * np.linalg.norm(noised - signal)
    assert not shrunk(rng.standard_normal((400, 8)) * 0.9, 1.0).any()


def test_that_the_quick_benchmark_writes_a_row_for_each_variant(run_benchmark, tmp_path):
    run_benchmark("dp_variants", "--quick", "--out", tmp_path)
    found = json.loads((tmp_path / "dp_variants.json").read_text("utf-8"))["results"]
    assert [result["variant"] for result in found] == list(WAYS)
    text = (tmp_path / "dp_variants.md").read_text("utf-8")
    assert all(f"| demo | {name}: " in text for name in WAYS)
