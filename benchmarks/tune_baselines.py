"""Choose the baselines' settings on the validation items: how the table in baselines/registry.py was made.

    python -m benchmarks.tune_baselines --dataset ml-100k
    python -m benchmarks.tune_baselines --dataset amazon-video --baselines sasrec      minutes for each setting

Leak-free protocol. Prints a line per setting, best first: HR@10 and NDCG@10 of the validation items in percent.
Settings within a standard error of the best are equal for all one can tell.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator

from baselines.base import Baseline
from baselines.ease import EASE
from baselines.ials import IALS
from baselines.item_knn import ItemKNN
from baselines.sasrec import SASRec
from data.loading import load
from models.evaluation import EvaluationRequest, evaluate, evaluated

RIDGES = (0.001, 0.003, 0.01, 0.03, 0.1)
ALPHAS = (0.03, 0.1, 0.3, 1.0)
TUNED = ("ials", "ease", "item-knn", "sasrec")


def candidates(dims: list[int], seed: int) -> Iterator[tuple[str, Baseline]]:
    """Yield the settings to try, each in words that begin with the baseline's name, and the baseline."""
    for dim, ridge, alpha in itertools.product(dims, RIDGES, ALPHAS):
        yield f"ials dim={dim} ridge={ridge} alpha={alpha}", IALS(dim, alpha, ridge, seed=seed)
    for ridge in (30.0, 100.0, 300.0, 1000.0):
        yield f"ease ridge={ridge:g}", EASE(ridge)
    for neighbours in (20, 50, 100, 200, 500):
        yield f"item-knn neighbours={neighbours}", ItemKNN(neighbours)
    for batch, length, dropout in itertools.product((32, 64, 128), (20, 50), (0.3, 0.5)):
        words = f"sasrec batch={batch} length={length} dropout={dropout}"
        yield words, SASRec(batch=batch, length=length, dropout=dropout, seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="demo")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--dims", type=int, nargs="+", default=[32])
    parser.add_argument("--baselines", nargs="+", choices=TUNED, default=TUNED, help="default: all of them")
    given = parser.parse_args()
    parts, _ = load(given.dataset, "leak-free", given.seed).divide(["everybody"], given.seed)
    request = EvaluationRequest("valid", (10,))
    found = []
    for name, baseline in candidates(given.dims, given.seed):
        if name.split()[0] not in given.baselines:
            continue
        baseline.fit(parts)
        figures = evaluated(evaluate(baseline.score_batches(0, 512), parts[0], request), request).figures
        found.append((figures["hr@10"], figures["ndcg@10"], name))
    for hr, ndcg, name in sorted(found, reverse=True):
        print(f"{100 * hr:.1f} / {100 * ndcg:.1f}  {name}")


if __name__ == "__main__":
    main()
