"""The curvature that is read off a sum of gradients, and the step by it, against hand-worked numbers and the users."""

import numpy as np
import pytest

from fl.federation.curvature import mean_outer_product, secants
from fl.federation.server_optimizers import OPTIMIZERS, Average
from fl.runs.storage import read_arrays, round_file
from models.fcf_local import LocalFCF
from tests.fl.faults import die
from tests.fl.federation.test_models_rounds import set_up
from tests.models.oracle_fcf import NaiveFCF
from tests.models.small_data import hyper_of, small_party

SECANT = {"optimizer": "secant", "learning_rate": 1.0}
ALPHA, REG = 0.2, 0.05  # of `hyper_of("fcf")`


class NaiveSecant(NaiveFCF):
    """The oracle's users, and a server that is told each user's vector: its curvature is the mean over those."""

    def __post_init__(self):
        super().__post_init__()
        self.before = None

    @property
    def weight(self):
        counts = np.bincount(self.data.items, minlength=len(self.items))
        return counts + self.alpha * self.data.n_users

    def mean(self):
        """The mean of p p' over users, each counted n_u + alpha n_items times."""
        n = np.diff(self.data.indptr) + self.alpha * len(self.items)
        return sum(w * np.outer(p, p) for w, p in zip(n, self.p, strict=True)) / n.sum()

    def gradients(self):
        self.p = np.array([self.solve(row) for row in range(self.data.n_users)])
        return sum(self.gradient(row, self.p[row]) for row in range(self.data.n_users))

    def secant_round(self, damping=1.0):
        gradient = self.gradients()
        new, curvature = self.items.copy(), self.mean() + self.reg * np.eye(self.items.shape[1])
        for i, row in enumerate(gradient):
            hessian, length = self.weight[i] * curvature, 1.0
            if self.before is not None:
                moved = self.items[i] - self.before[0][i]
                if moved @ hessian @ moved > 0:
                    length = max(1.0, moved @ (row - self.before[1][i]) / (moved @ hessian @ moved))
            new[i] -= damping * np.linalg.solve(hessian, row) / length
        self.before, self.items = (self.items, gradient), new


def oracle():
    data = small_party()
    return NaiveSecant(data, LocalFCF.initial_items(data.n_items, hyper_of("fcf")), ALPHA, REG)


def test_that_the_mean_of_the_users_products_stands_in_the_gradient():
    naive = oracle()
    for _ in range(2):
        change = -naive.gradients() / naive.weight[:, None]
        found = mean_outer_product(naive.items, change, 7.0 * naive.weight, REG)  # a factor does not matter
        np.testing.assert_allclose(found, naive.mean(), atol=1e-12)
        naive.secant_round()


def test_that_the_mean_is_the_one_worked_out_by_hand():
    # One number an item: Q = (1, 2), D = (0.5, -0.1), W = (1, 3), reg 0.5: Q'W(Q + 2 D) / 4 = (1 * 2 + 6 * 1.8) / 4.
    values = (np.array([[1.0], [2.0]]), np.array([[0.5], [-0.1]]), np.array([1.0, 3.0]), 0.5)
    np.testing.assert_allclose(mean_outer_product(*values), [[3.2]])
    # A sum that no users can have given, as D = -2 Q gives 1 - 4 < 0, tells nothing: the step is the plain one.
    items, change, weight = np.ones((2, 1)), np.full((2, 1), -2.0), np.ones(2)
    np.testing.assert_array_equal(mean_outer_product(items, change, weight, 0.5), [[0.0]])
    step = OPTIMIZERS["secant"](0.5).step(Average(change, items, weight), 0.1)
    np.testing.assert_allclose(step, 0.1 * change)


def test_that_two_steps_are_those_worked_out_by_hand():
    # As above M = 3.2, M + reg = 3.7. Steps 0.5 / 3.7 and -0.1 / 3.7, with rate 1.
    optimizer, weight = OPTIMIZERS["secant"](0.5), np.array([1.0, 3.0])
    items, change = np.array([[1.0], [2.0]]), np.array([[0.5], [-0.1]])
    first = optimizer.step(Average(change, items, weight), 1.0)
    np.testing.assert_allclose(first, [[0.5 / 3.7], [-0.1 / 3.7]])
    # Then item 0 has fallen by 0.9 after a step of 0.2, curvature 4.5; item 1 is where it was.
    items, change = np.array([[1.2], [2.0]]), np.array([[-0.4], [-0.1]])
    curvature = (1.2 * (1.2 - 0.8) + 3 * 2.0 * (2.0 - 0.2)) / 4 + 0.5
    rho = 4.5 / curvature
    assert rho > 1
    second = optimizer.step(Average(change, items, weight), 0.5)
    np.testing.assert_allclose(second, [[0.5 * -0.4 / curvature / rho], [0.5 * -0.1 / curvature]])


def test_that_a_secant_shortens_what_overshot_and_lengthens_nothing():
    moved = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 0.0], [0.0, 0.0]])
    bent = np.array([[6.0, 5.0], [0.0, 3.2], [0.1, 0.0], [1.0, 1.0]])
    # Foretold 2, 4 * 2 = 8, 2 and nothing; seen 6, 6.4, 0.1.
    np.testing.assert_allclose(secants(moved, bent, 2 * np.eye(2)), [3.0, 1.0, 1.0, 1.0])


def test_that_the_curvature_of_a_known_quadratic_is_found_in_two_rounds():
    """Where row i bends h_i times as much as all rows are said to, its secant is h_i, whatever way it went."""
    rng = np.random.default_rng(3)
    curvature, h = np.array([[2.4, 0.5, 0.0], [0.5, 1.4, 0.2], [0.0, 0.2, 0.9]]), rng.uniform(1.0, 3.0, 50)
    moved = rng.normal(size=(50, 3))
    np.testing.assert_allclose(secants(moved, h[:, None] * (moved @ curvature), curvature), h)


@pytest.mark.parametrize(("n_parties", "aggregator"), [(1, "plain"), (2, "masked"), (5, "masked"), (3, "verified")])
@pytest.mark.parametrize("rate", [1.0, 0.6])
def test_that_rounds_give_the_tables_of_the_naive_version(federate, tmp_path, n_parties, aggregator, rate):
    naive = oracle()
    for _ in range(4):
        naive.secant_round(rate)
    model, _, _ = set_up(federate, n_parties, aggregator, **{**SECANT, "learning_rate": rate})
    model.fit(epochs=4, audit_log_dir=tmp_path, validation_data=False)
    found = read_arrays(tmp_path / "server" / round_file(4))["items"]
    # The users are solved in float32, and that is divided by reg.
    np.testing.assert_allclose(found, naive.items, atol=2e-3, rtol=1e-3)


def test_that_few_rounds_reach_the_minimum_of_the_loss():
    """Ten rounds come nearer to the minimum than forty of FedAdam."""
    naive, adam = oracle(), NaiveFCF(small_party(), oracle().items, ALPHA, REG)

    def loss(one):
        one.gradients() if isinstance(one, NaiveSecant) else one.round()
        return sum(one.loss(row, one.p[row], one.items) for row in range(one.data.n_users))

    for _ in range(10):
        naive.secant_round()
    for _ in range(40):
        adam.round()
    assert loss(naive) < loss(adam)


def test_that_the_step_goes_on_over_the_parties_that_are_left(federate, tmp_path):
    """A party lost before it sent: the sum is the others', the weights are everybody's by the share of users left."""
    model, _, parts = set_up(federate, 4, "masked", **SECANT)
    die(model, "party-2", "train_step")
    model.fit(epochs=2, audit_log_dir=tmp_path, validation_data=False)
    left = [LocalFCF(part, hyper_of("fcf")) for part in parts if part.party != "party-2"]
    n_users, everyone = sum(part.n_users for part in parts), small_party()
    counts = np.bincount(everyone.items, minlength=everyone.n_items)
    weight = (counts + ALPHA * n_users) * sum(local.n_users for local in left) / n_users
    optimizer = OPTIMIZERS["secant"](REG)
    items = LocalFCF.initial_items(everyone.n_items, hyper_of("fcf"))
    for number in (1, 2):
        gradient = sum(local.train_round(items, number).item_update.astype(np.float64) for local in left)
        average = Average(-gradient / weight[:, None], items.astype(np.float64), weight)
        items = (items + optimizer.step(average, 1.0)).astype(np.float32)
    np.testing.assert_allclose(read_arrays(tmp_path / "server" / round_file(2))["items"], items, atol=1e-3)
