"""The leak of the published protocol, shown by a scorer that learns nothing at all.

    python -m benchmarks.leak --dataset ml-100k --rounds 100

Under the published protocol training negatives leave out a user's validation and test item, so these are the only
untouched items that are never drawn. The scorer below looks at no interaction: it only counts how often each item was
drawn as the user's training negative, and prefers those that were not. Under the leak-free protocol the same scorer is
at chance: the held-out item is drawn as often as any other (docs/evaluation.md).
"""

from __future__ import annotations

import argparse
import json

import numpy as np
from numpy.typing import NDArray

from data.loading import load
from data.negatives import NegativeSampler
from data.partition import PartyData
from data.split import Protocol
from models.evaluation import EvaluationRequest, evaluate, evaluated

NEGATIVES = 4
PROTOCOLS: tuple[Protocol, ...] = ("published", "leak-free")


def times_drawn(data: PartyData, rounds: int, seed: int) -> NDArray[np.float32]:
    """Return how often each item was a negative of each user in rounds 1..rounds: float32 [n_users, n_items]."""
    drawn = np.zeros(data.n_users * data.n_items, np.float32)
    row = np.repeat(np.arange(data.n_users, dtype=np.int64), np.diff(data.indptr))[:, None] * data.n_items
    sampler = NegativeSampler(data, NEGATIVES, seed)
    for round_number in range(1, rounds + 1):
        items = sampler.round(round_number)
        places = (row + items)[items >= 0]
        drawn += np.bincount(places, minlength=len(drawn)).astype(np.float32)
    return drawn.reshape(data.n_users, data.n_items)


def learns_nothing(dataset: str, protocol: Protocol, rounds: int, seed: int) -> dict[str, float]:
    """Return test figures at K = 10 of the score `-(times drawn as this user's negative)`, fractions in 0..1."""
    (data,), _ = load(dataset, protocol, seed).divide(["everybody"], seed)
    score = -times_drawn(data, rounds, seed)
    request = EvaluationRequest("test", (10,))
    pieces = np.array_split(np.arange(data.n_users), max(1, data.n_users // request.batch_size))
    batches = ((rows, score[rows]) for rows in pieces)
    return evaluated(evaluate(batches, data, request), request).figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--dataset", default="demo")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2024)
    given = parser.parse_args()
    found = {p: learns_nothing(given.dataset, p, given.rounds, given.seed) for p in PROTOCOLS}
    print(json.dumps({"dataset": given.dataset, "rounds": given.rounds, "seed": given.seed, **found}))


if __name__ == "__main__":
    main()
