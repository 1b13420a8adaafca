"""Scoring functions for people outside the training data, against naive NumPy and against the models themselves."""

import numpy as np
import pytest

from models.base import initial_scoring
from models.fcf_local import LocalFCF
from models.new_user import MAX_STEPS, _batches, recency
from models.registry import MODELS
from tests.models.small_data import hyper_of, small_party

DIM = 5
_CHANGES = {
    "dim": DIM,
    "learning_rate": 0.3,
    "local_epochs": 2,
    "lr_decay": 0.9,
    "reg": 0.03,
    "weight_decay": 0.01,
    "item_learning_rate": 3.0,
}


def told(model, **changes):
    """What a model is told here."""
    return hyper_of(model, **(_CHANGES | changes))


def fit(model, items, picked, rounds, **changes):
    """A newcomer's scoring function."""
    return MODELS[model].load_newcomer()(items, picked, told(model, **changes), rounds)


ITEMS = np.random.default_rng(1).standard_normal((40, 5)).astype(np.float32)
PICKED = np.array([3, 17, 8, 30])


def naive_ridge(items, picked, alpha, reg, weight):
    """The minimum of the loss of `models.fcf` for one user, from its derivatives, summed pair by pair."""
    n_items, dim = items.shape
    hessian, slope = np.zeros((dim, dim)), np.zeros(dim)
    for item in range(n_items):
        q = items[item].astype(float)
        hessian += alpha * np.outer(q, q)
        if item in picked:
            c = weight[list(picked).index(item)]
            hessian += c * np.outer(q, q)
            slope += c * q
    hessian += reg * (sum(weight) + alpha * n_items) * np.eye(dim)
    return np.linalg.inv(hessian) @ slope


def naive_sgd(items, picked, hyper, rounds, step_decay, weight_decay):
    """Stochastic gradient descent by the difference quotient of the loss: no formula of a gradient is shared."""
    w, b = initial_scoring(hyper.dim, hyper.seed)
    theta = np.append(w.astype(float), float(b))
    others = np.array([item for item in range(len(items)) if item not in picked])
    rng = np.random.default_rng([hyper.seed, 3])

    def loss(theta, sample, label):
        total = 0.0
        for item, y in zip(sample, label, strict=True):
            p = 1 / (1 + np.exp(-(theta[:-1] @ items[item].astype(float) + theta[-1])))
            total -= np.log(p) if y else np.log(1 - p)
        return total / len(sample)

    for round_number in range(1, rounds + 1):
        rate = hyper.own.learning_rate * hyper.lr_decay ** (round_number - 1)
        for _ in range(hyper.own.local_epochs):
            for sample, label in _batches(picked, others, hyper, rng):
                gradient = np.zeros_like(theta)
                for place in range(len(theta)):
                    step = np.zeros_like(theta)
                    step[place] = 1e-5
                    gradient[place] = (loss(theta + step, sample, label) - loss(theta - step, sample, label)) / 2e-5
                theta = (1 - rate * weight_decay) * theta - rate * gradient
                rate *= step_decay
    return theta


@pytest.mark.parametrize("weight", [0.0, 4.0])
def test_that_fcf_solves_the_ridge_problem_of_the_picked_items(weight):
    changes = {"recency_weight": weight, "recency_half_life": 2.0}
    found = fit("fcf", ITEMS, PICKED, 9, **changes)
    weights = [1 + weight * 0.5 ** (age / 2) for age in (3, 2, 1, 0)]
    assert recency(4, told("fcf", **changes)) == pytest.approx(weights)
    assert found.w == pytest.approx(naive_ridge(ITEMS, PICKED, 0.2, 0.03, weights), abs=1e-5)
    assert found.b == 0


@pytest.mark.parametrize("recency_weight", [0.0, 10.0])
def test_that_an_fcf_users_history_as_a_basket_gives_the_users_own_scores(recency_weight):
    party = small_party()
    items = np.random.default_rng(2).standard_normal((party.n_items, 5)).astype(np.float32)
    model = LocalFCF(party, told("fcf", recency_weight=recency_weight))
    own = model.scores(np.arange(party.n_users), items)
    for row in range(party.n_users):
        fitted = fit("fcf", items, model.train_items(row), 1, recency_weight=recency_weight)
        assert fitted.scores(items) == pytest.approx(own[row], abs=1e-5)


@pytest.mark.parametrize(("model", "step_decay", "weight_decay"), [("pfedrec", 1.0, 0.0), ("fedrap", 0.95, 0.01)])
@pytest.mark.parametrize("batch_size", [16, 6])
def test_that_affine_models_descend_the_cross_entropy(model, step_decay, weight_decay, batch_size):
    found = fit(model, ITEMS, PICKED, 4, batch_size=batch_size)
    wanted = naive_sgd(ITEMS, PICKED, told(model, batch_size=batch_size), 4, step_decay, weight_decay)
    assert np.append(found.w, found.b) == pytest.approx(wanted, abs=1e-4)


def table_of(model):
    """The items in a table of the model; what stands beside their embeddings says nothing."""
    return np.pad(ITEMS, ((0, 0), (0, told(model).row_length - told(model).dim)))


@pytest.mark.parametrize("model", sorted(MODELS))
def test_that_a_fit_can_be_repeated_and_depends_on_the_picks(model):
    items = table_of(model)
    first, again, other = (fit(model, items, picks, 3) for picks in (PICKED, PICKED, PICKED[:2]))
    assert np.array_equal(first.w, again.w)
    assert first.b == again.b
    assert not np.array_equal(first.w, other.w)
    assert first.scores(items) == pytest.approx(items @ first.w + first.b, abs=1e-5)


@pytest.mark.parametrize("model", sorted(MODELS))
def test_that_picked_items_end_above_the_average(model):
    items = table_of(model)
    score = fit(model, items, PICKED, 20).scores(items)
    assert score[PICKED].mean() > np.delete(score, PICKED).mean()


def test_that_negatives_are_never_picked_items_and_everything_picked_is_seen_once_a_pass():
    rng = np.random.default_rng(0)
    others = np.setdiff1d(np.arange(40), PICKED)
    for _ in range(50):
        batches = list(_batches(PICKED, others, told("pfedrec", batch_size=5), rng))
        sample, label = (np.concatenate(parts) for parts in zip(*batches, strict=True))
        assert [len(one) for one, _ in batches] == [5, 5, 5, 1]
        assert sorted(sample[label == 1]) == sorted(PICKED)
        assert not set(sample[label == 0]) & set(PICKED)


@pytest.mark.parametrize("model", ["pfedrec", "fedrap"])
def test_that_long_trainings_and_full_baskets_end(model):
    everything = fit(model, ITEMS, np.arange(40), 3)
    assert np.array_equal(everything.w, initial_scoring(5, 5)[0]), "nothing to tell the picked items from"
    limited = fit(model, ITEMS, PICKED, MAX_STEPS // 2, lr_decay=1.0)
    assert np.array_equal(limited.w, fit(model, ITEMS, PICKED, 10 * MAX_STEPS, lr_decay=1.0).w)
