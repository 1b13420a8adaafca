"""Other ways to spend a privacy budget on FCF, beside the program's own: HR@10 and NDCG@10 by variant and epsilon.

    python -m benchmarks.dp_variants                              ML-1M, epsilon 1 and 8, three splits
    python -m benchmarks.dp_variants --datasets ml-100k --epsilons 4 --seeds 1
    python -m benchmarks.dp_variants --set lr_decay=1             beside one rate of the server for all rounds
    python -m benchmarks.dp_variants --quick                      some seconds on the demo set; what the tests run

What users compute is the program's (`models.fcf_local`), for all of them in one process; the noise of the sum, the
server's step and what a variant does otherwise are here, in NumPy, with numbers from a seed: a variant and the
program's way get the same noise, so they are compared pair by pair. A try-out, not a protected run. Everything that a
variant reads of users is inside epsilon, at the run's delta, and so are validation figures of every round, which the
program reveals (1/26 of the budget); here they are not used. The settings of the variants were chosen on validation
items, by hand and without noise on them; that choice is not in epsilon. Writes dp_variants.json and .md.
"""

from __future__ import annotations

import argparse
import itertools
import math
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from fl.federation import session

session.prepare_environment()

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from scipy import sparse  # noqa: E402
from scipy.optimize import minimize  # noqa: E402

from benchmarks.sweep import Result, Sweep, mean, seeds  # noqa: E402
from data import paths  # noqa: E402
from data.loading import load  # noqa: E402
from fl.federation.rules import rules_of  # noqa: E402
from fl.privacy.mechanism import FIGURES_RATIO  # noqa: E402
from fl.privacy.settings import privacy_of  # noqa: E402
from fl.settings.base import build  # noqa: E402
from fl.settings.hyper_parameters import settled  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402
from models.base import FloatArray  # noqa: E402
from models.clipping import Clip  # noqa: E402
from models.evaluation import EvaluationRequest, Part, evaluate_model, not_competing  # noqa: E402
from models.fcf_local import LocalFCF  # noqa: E402

Table = NDArray[np.float64]  # [n_items, dim]

_AT_A_TIME = 2_000_000  # scores
_ASKED: Final[tuple[Part, ...]] = ("valid", "test")
_SHARED = 5.0  # the weight of what a user says once, beside that of what it says of each item
PROGRAM = "the program's"
_LEAST_STEP = 1e-6  # a diagonal below this makes no matrix of correlated noise


@dataclass(frozen=True)
class Way:
    """The points in which a variant differs from the program; the defaults are the program's way.

    Attributes:
        about: what it is, and whose idea.
        rounds, rate: the preset's, times this.
        decay: the server's rate in a round, in rates of the round before; 0 for the preset's.
        averaged: how many last tables the result is the mean of.
        quantile: adaptive clipping: the share of users whose messages are to fit under the bound; 0 keeps the bound.
        correlated: whether the noise of a round takes off a part of that of earlier ones.
        counts: share of the budget for one noised query of item counts, before the first round.
        start_power: rows of the first table are scaled by their noised count to this power.
        row_power: rows of messages are scaled by their noised count to this power before they are clipped, and scaled
            back when they are summed.
        shrunk: whether singular values of what was learned are shrunk by what noise adds to them.
        solved: least squares of each item from sums of statistics instead of gradient steps: "mean" takes the same
            curvature, up to a factor, for all items, "own" sums one for each.
        ridge: of these least squares, in standard deviations of the noise.
        dim: columns, of the start's main directions; 0 for all of them.
        recency: weight of a user's newest item in the user's own scores.
    """

    about: str = "as the program trains"
    rounds: float = 1.0
    rate: float = 1.0
    decay: float = 0.0
    averaged: int = 1
    quantile: float = 0.0
    correlated: bool = False
    counts: float = 0.0
    start_power: float = 0.0
    row_power: float = 0.0
    shrunk: bool = False
    solved: str = ""
    ridge: float = 3.0
    dim: int = 0
    recency: float = 0.0


WAYS: Mapping[str, Way] = {
    PROGRAM: Way(),
    "rates that fall": Way("each round's server rate is 0.8 of the last one's", decay=0.8),
    "mean of the last 2 tables": Way("averaging of iterates, Polyak and Juditsky 1992", averaged=2),
    "mean of the last 3 tables": Way("the same", averaged=3),
    "adaptive clipping": Way("the bound follows the median norm, Andrew et al. 2021", quantile=0.5),
    "adaptive clipping, 0.25": Way("the same, to the norm that a quarter of the users has", quantile=0.25),
    "correlated noise": Way(
        "matrix mechanism, Denisov et al. 2022, least error of all sums of rounds", correlated=True
    ),
    "counts first": Way("a tenth for item counts, which scale the start", counts=0.1, start_power=0.25),
    "rows by count": Way("less noise in rows of rare items, Krichene et al. 2023", counts=0.1, row_power=-0.25),
    "rows by count, other way": Way("less noise in rows of popular items", counts=0.1, row_power=0.25),
    "singular values shrunk": Way("Gavish and Donoho 2017, of the last table less the first", shrunk=True),
    "private ALS, mean curvature": Way("sums of statistics, one query a round", solved="mean", rounds=0.3),
    "private ALS, own curvature": Way("Chien et al. 2021, 8 columns", solved="own", dim=8, rounds=0.3),
    "recency at home": Way("a user's newest items weigh more in the user's own scores", recency=3.0),
}


class Weighted(LocalFCF):
    """FCF's users, whose messages are measured with a weight for each row.

    Attributes:
        weights: [n_items]; None measures messages as the program does.
        norms: [n], of the last messages, before they were clipped.
    """

    weights: NDArray[np.float64] | None = None
    norms: NDArray[np.float64]

    def _gradient_norms(self, items: FloatArray, clip: Clip) -> NDArray[np.float64]:
        """Return the norm of each user's gradient with its rows times the weights, [n]; the rows: see `LocalFCF`."""
        if self.weights is None:
            self.norms = super()._gradient_norms(items, clip)
            return self.norms
        own, q, weight = self._hyper.own, items.astype(np.float64), self.weights**2
        squared = []
        for rows in np.array_split(np.arange(self.n_users), 1 + self.n_users * len(q) // _AT_A_TIME):
            p, has = self._p.vectors[rows].astype(np.float64), not_competing(self._data, rows)
            s = p @ q.T
            a, b = own.alpha * s - has * (1.0 - s), own.reg * (own.alpha + has)
            of_p, of_q = (p**2).sum(axis=1, keepdims=True), (q**2).sum(axis=1)
            squared.append((a**2 * of_p + 2.0 * a * b * s + b**2 * of_q) @ weight)
        self.norms = np.sqrt(np.concatenate(squared))
        return self.norms


class Study:
    """One data set, split and budget: all users in one process, and the program's settings for them.

    Attributes:
        settings: of the program, for this budget.
        data: of all users.
        start: [n_items, dim], the program's first table.
        information: what the budget allows in all: a sum over Gaussian queries of (what one user changes / noise)^2.
    """

    def __init__(self, dataset: str, epsilon: float, seed: int, given: Mapping[str, Any]) -> None:
        loaded = load(dataset, "leak-free", seed)
        values = {"dataset": dataset, "model": "fcf", "dp": "user", "target_epsilon": epsilon, "seed": seed, **given}
        self.settings: TrainSettings = settled(build(TrainSettings, values), loaded.split)
        (self.data,), _ = loaded.divide(["everybody"], seed)
        privacy = privacy_of(self.settings, self.data.n_users, helpers=1)
        assert privacy is not None
        of_figures = 1.0 + FIGURES_RATIO**-2
        self.information = self.settings.epochs * of_figures / privacy.noise_multiplier**2
        self.of_rounds = self.information / of_figures
        self.hyper = rules_of(self.settings).hyper
        self.start: Table = LocalFCF.initial_items(self.data.n_items, self.hyper, self.data.labels).astype(np.float64)

    def figures(self, items: Table, recency: float = 0.0) -> dict[str, float]:
        """Return HR@10 and NDCG@10 of validation and test items, exact, as "test_hr@10"."""
        own = self.hyper.own.model_copy(update={"recency_weight": recency})
        users = LocalFCF(self.data, replace(self.hyper, own=own, dim=items.shape[1]))
        found: dict[str, float] = {}
        for part in _ASKED:
            request = EvaluationRequest(part, (10,), ("hr", "ndcg"), full=False)
            ((n, hr, ndcg),) = evaluate_model(users, self.data, items.astype(np.float32), request)[0]
            found |= {f"{part}_hr@10": hr / n, f"{part}_ndcg@10": ndcg / n}
        return found

    def learn(self, way: Way, rng: np.random.Generator) -> Table:
        """Return the last table of a run with noise."""
        if way.solved:
            return self._solve(way, rng)
        rounds = max(1, round(way.rounds * self.settings.epochs))
        start, deviation, weights = self.start, math.sqrt(rounds / self.of_rounds / (1.0 - way.counts)), None
        # The noise of every round, in multiples of `deviation`; the same for all variants with as many rounds.
        noise = rng.standard_normal((rounds, *start.shape))
        if way.correlated:
            noise = np.tensordot(correlations(rounds), noise, axes=1)
        if way.counts:
            counts = self._counts(1.0 / math.sqrt(way.counts * self.information), rng)
            start = start * scaled(counts, way.start_power)[:, None]
            weights = scaled(counts, way.row_power) if way.row_power else None
        users = Weighted(self.data, self.hyper)
        users.weights = weights
        bound, items, tables, variance = self.settings.clip_norm, start, [start], 0.0
        for number in range(rounds):
            rate = way.rate * self.settings.server_learning_rate * (way.decay or self.settings.lr_decay) ** number
            step = rate / (self.settings.own.unobserved_weight * self.data.n_users)
            total = users.train_round(items.astype(np.float32), number + 1, clip=Clip(bound)).item_update
            amount = deviation
            if way.quantile:
                amount, next_bound = self._bound(way.quantile, deviation, bound, users.norms, rng)
                # A smaller bound makes smaller sums: the step stays the preset's.
                step *= self.settings.clip_norm / bound
            noised = amount * bound * noise[number]
            items = items - step * (total + (noised if weights is None else noised / weights[:, None]))
            variance += (step * amount * bound) ** 2
            bound = next_bound if way.quantile else bound
            tables.append(items)
        result: Table = np.mean(tables[-way.averaged :], axis=0)
        return start + shrunk(result - start, math.sqrt(variance)) if way.shrunk else result

    def _counts(self, deviation: float, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return noised counts of items, each user's items a vector of norm 1; at least half the noise."""
        lengths = np.diff(self.data.indptr)
        share = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths)
        exact = np.bincount(self.data.items, share, self.data.n_items)
        return np.asarray(np.maximum(exact + deviation * rng.standard_normal(len(exact)), 0.5 * deviation))

    def _bound(
        self, quantile: float, deviation: float, bound: float, norms: NDArray[np.float64], rng: np.random.Generator
    ) -> tuple[float, float]:
        """Return (this round's noise, the next round's bound): Andrew et al. 2021, algorithm 1, theorem 1.

        How many users are within the bound is summed with noise of a 50th of all users. Users send their bit less a
        half, so one user changes the sum by a half.
        """
        of_bits = 0.02 * len(norms)
        amount = 1.0 / math.sqrt(deviation**-2 - (2.0 * of_bits) ** -2)
        within = 0.5 + (np.sum((norms <= bound) - 0.5) + of_bits * rng.standard_normal()) / len(norms)
        return amount, bound * math.exp(-(within - quantile))

    def _solve(self, way: Way, rng: np.random.Generator) -> Table:
        """Return the last table of alternating least squares, each round one noised query of sums of statistics.

        With v = (p, 1) of a user's vector p, a user says v for each item it has ("own": v v'), and once g v v', all
        scaled to norm 1. The server solves alpha G + C_i + reg (...) I for each item, with a ridge that leads back to
        the first table as far as there is noise (Chien et al. 2021 project to what is positive, as here).
        """
        start, own, k = self.start, self.settings.own, way.dim or self.start.shape[1]
        if way.dim:
            left, size, _ = np.linalg.svd(start, full_matrices=False)
            start = left[:, :k] * size[:k]
        rounds = max(1, round(way.rounds * self.settings.epochs))
        noise = math.sqrt(rounds / self.of_rounds)
        data, items = self.data, start
        users, lengths = LocalFCF(data, replace(self.hyper, dim=k)), np.diff(data.indptr)
        has = sparse.csr_matrix((np.ones(len(data.items)), data.items, data.indptr), (data.n_users, data.n_items))

        def symmetric(*shape: int) -> NDArray[np.float64]:
            drawn = noise * rng.standard_normal((*shape, k + 1, k + 1))
            return np.asarray((drawn + np.swapaxes(drawn, -1, -2)) / 2.0)

        ridge = way.ridge * noise
        for _ in range(rounds):
            p = users.vectors_for_scores(np.arange(data.n_users), items.astype(np.float32)).astype(np.float64)
            v = np.column_stack([p, np.ones(len(p))])
            square = (v**2).sum(axis=1)
            said = lengths * (square**2 if way.solved == "own" else square) + (_SHARED * square) ** 2
            weight = 1.0 / np.sqrt(said)
            everybody = (v * weight[:, None]).T @ v + symmetric() / _SHARED
            gram, users_there = positive(everybody[:k, :k]), max(everybody[k, k], 1.0)
            if way.solved == "own":
                outer = np.einsum("ui,uj->uij", v, v).reshape(len(v), -1) * weight[:, None]
                sums = (has.T @ outer).reshape(-1, k + 1, k + 1) + symmetric(data.n_items)
                right, count, curvature = sums[:, :k, k], sums[:, k, k], positive(sums[:, :k, :k])
                count = np.maximum(count, 0.0)
            else:
                sums = has.T @ (v * weight[:, None]) + noise * rng.standard_normal((data.n_items, k + 1))
                right, count = sums[:, :k], np.maximum(sums[:, k], 0.0)
                curvature = count[:, None, None] * gram / users_there
            plain = own.reg_of_items * (own.unobserved_weight * users_there + count) + ridge
            left = own.unobserved_weight * gram + curvature + plain[:, None, None] * np.eye(k)
            items = np.linalg.solve(left, (right + ridge * start)[:, :, None])[:, :, 0]
        return items


def positive(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return symmetric matrices [..., k, k] with their negative eigenvalues set to 0."""
    values, vectors = np.linalg.eigh(matrices)
    return np.asarray((vectors * np.maximum(values, 0.0)[..., None, :]) @ np.swapaxes(vectors, -1, -2))


def scaled(counts: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    """Return counts to a power, of mean square 1, [n_items]."""
    raised = counts**power
    return np.asarray(raised / np.sqrt(np.mean(raised**2)))


def shrunk(table: Table, deviation: float) -> Table:
    """Return a table of signal and noise with singular values that are nearest to the signal's in the mean square.

    Gavish and Donoho, "Optimal Shrinkage of Singular Values", IEEE Transactions on Information Theory 2017, eq. 7, for
    noise of this deviation in every value.
    """
    n, k = table.shape
    left, values, right = np.linalg.svd(table, full_matrices=False)
    y, beta = values / (deviation * math.sqrt(n)), k / n
    kept = np.sqrt(np.maximum((y**2 - beta - 1.0) ** 2 - 4.0 * beta, 0.0)) / y * (y > 1.0 + math.sqrt(beta))
    return np.asarray((left * (kept * deviation * math.sqrt(n))) @ right)


def correlations(rounds: int) -> NDArray[np.float64]:
    """Return M, lower triangular [rounds, rounds]: with noise M z, z independent, a run costs what it costs with z.

    Sums of the first t rounds are released as A x + B z with A = B C, M = C^-1 (Denisov et al. 2022, theorem 2.1). Here
    everybody takes part in every round, with any messages of norm 1: what one user changes is at most the root of the
    sum of |C'C|, which is `rounds` for independent noise. C is the one found with the least mean square error of all
    sums, by descent. The error of the last sum, which the final table has, cannot become less than with independent
    noise: it is what one release of the sum of all rounds would have.
    """
    lower, sums = np.tril_indices(rounds), np.tril(np.ones((rounds, rounds)))

    def matrix(values: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.zeros((rounds, rounds))
        found[lower] = values
        return found

    def error(values: NDArray[np.float64]) -> float:
        c = matrix(values)
        if np.abs(np.diag(c)).min() < _LEAST_STEP:
            return math.inf
        return math.log(np.sum((sums @ np.linalg.inv(c)) ** 2)) + math.log(np.abs(c.T @ c).sum())

    c = matrix(minimize(error, (np.eye(rounds) + 0.05 * sums)[lower], method="L-BFGS-B").x)
    return np.asarray(np.linalg.inv(c) * math.sqrt(np.abs(c.T @ c).sum() / rounds))


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)
    LocalFCF.load()
    settings = dict(one.split("=", 1) for one in given.set)

    @cache
    def study(dataset: str, epsilon: float, seed: int) -> Study:
        return Study(dataset, epsilon, seed, settings)

    def measure(dataset: str, epsilon: float, name: str, pool: object) -> Result:
        runs = []
        for seed in seeds(given.seeds):
            one, way = study(dataset, epsilon, seed), WAYS[name]
            runs.append(one.figures(one.learn(way, np.random.default_rng([seed, 17])), way.recency))
        return {"dataset": dataset, "target_epsilon": epsilon, "variant": name, "about": WAYS[name].about, "runs": runs}

    cases = itertools.product(given.datasets, given.epsilons, given.variants)
    about = "Figures in percent, delta 1e-5; differences to the program's way on the same splits with the same noise."
    return Sweep("dp_variants", about, _line, _table, lambda results: {}).run(Path(given.out), measure, cases)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.dp_variants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--datasets", nargs="+", default=["ml-1m"])
    parser.add_argument("--epsilons", nargs="+", type=float, default=[1.0, 8.0])
    parser.add_argument("--variants", nargs="+", choices=list(WAYS), default=list(WAYS), metavar="NAME")
    parser.add_argument("--seeds", type=int, default=3, help="repetitions, each with a split of its own. Default: 3")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings of the program")
    parser.add_argument("--quick", action="store_true", help="demo set, epsilon 8, one seed")
    parser.add_argument("--out", default=str(paths.home() / "benchmarks"), help="folder of the results")
    given = parser.parse_args(argv)
    if given.quick:
        given.datasets, given.epsilons, given.seeds = ["demo"], [8.0], 1
    return given


def _line(result: Result) -> str:
    return f"{result['dataset']} epsilon {result['target_epsilon']:g} {result['variant']}: {_figures(result)}"


def _figures(result: Result) -> str:
    test = " / ".join(f"{100 * mean(result, f'test_{name}@10'):.1f}" for name in ("hr", "ndcg"))
    return f"{test} ({100 * mean(result, 'valid_hr@10'):.1f})"


def _table(results: list[Result]) -> str:
    """Return a row for each variant, and for each epsilon two columns."""
    base = {
        (one["dataset"], one["target_epsilon"]): [run["test_hr@10"] for run in one["runs"]]
        for one in results
        if one["variant"] == PROGRAM
    }
    cells = {(one["dataset"], one["variant"], one["target_epsilon"]): one for one in results}
    epsilons = list(dict.fromkeys(one["target_epsilon"] for one in results))
    heads = [f"epsilon {e:g}: test HR@10 / NDCG@10 (validation HR@10) | HR@10 less the program's" for e in epsilons]
    lines = [
        "| data set | variant | " + " | ".join(heads) + " |",
        "|---|---|" + "---|---|" * len(epsilons),
    ]
    for dataset, name in dict.fromkeys((one["dataset"], one["variant"]) for one in results):
        row = f"| {dataset} | {name}: {WAYS[name].about} |"
        for epsilon in epsilons:
            one = cells.get((dataset, name, epsilon))
            row += " - | - |" if one is None else f" {_figures(one)} | {_beside(one, base.get((dataset, epsilon)))} |"
        lines.append(row)
    return "\n".join(lines)


def _beside(result: Result, base: list[float] | None) -> str:
    """Return the difference to the program's HR@10, mean and standard deviation over seeds."""
    if base is None or result["variant"] == PROGRAM:
        return "-"
    less = [100 * (run["test_hr@10"] - other) for run, other in zip(result["runs"], base, strict=True)]
    return f"{statistics.fmean(less):+.1f}" + (f" ± {statistics.stdev(less):.1f}" if len(less) > 1 else "")


if __name__ == "__main__":
    sys.exit(main())
