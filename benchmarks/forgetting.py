"""The rounds without a forgotten user that it takes until the item table shows nothing of the user any more.

    python -m benchmarks.forgetting                               ml-100k, three models
    python -m benchmarks.forgetting --dataset demo --models fcf --before 10 --after 10

Users are drawn at random: a tenth is never trained on, a tenth is trained on and then forgotten, the others stay.
The model trains `before` rounds with those to be forgotten and `after` rounds without them, as `TheMain.py forget` and
`train --resume` do it: the item table and the server's memory go on, item counts are not summed anew. Beside it, the
same is done with one single user, and a model is trained without them from the beginning. By round after forgetting:

    distance     of the item table from the one that never saw them, after the best rotation (orthogonal Procrustes),
                 over the norm of that one; a rotation changes no score. SeqFCF's embeddings have one, and its tables of
                 the order one for all of them
    membership   area under the curve of `fl.audit.membership`, on the embeddings: are the forgotten told from those
                 who never took part? Beside it the same for the table that never saw them, which is what chance gives.
    by order     the same for SeqFCF's tables of the order: how likely they make each next item of a person's list

All users are in one party, in this process, without SecretFlow: what a round computes does not depend on the division.
Leak-free protocol, presets. The table goes to standard output and to forgetting.md.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import description
from data.loading import load
from data.partition import PartyData, take
from fl.aggregation.updates import pack_update
from fl.audit.curves import auc_interval
from fl.audit.membership import membership_scores, order_scores
from fl.federation.rules import RoundRules, rules_of
from fl.federation.server import ItemServer
from fl.settings.base import build
from fl.settings.hyper_parameters import settled
from fl.settings.train import TrainSettings
from models.base import LocalModel
from models.registry import MODELS
from models.seqfcf import TABLES

SHOWN = (0, 1, 2, 3, 5, 10, 15, 20, 30, 40, 60, 80, 100)


class Training:
    """A model of some users that trains round by round."""

    def __init__(self, settings: TrainSettings, data: PartyData, local: LocalModel | None = None) -> None:
        rules = rules_of(settings)
        self._rules = RoundRules(**{**rules.__dict__, "n_users": data.n_users})
        self._local = local or MODELS[settings.model].load_local()(data, rules.hyper)
        self._server = ItemServer()
        self._server.set_up(self._local.initial_items(data.n_items, rules.hyper), self._rules)
        self._counts = np.bincount(data.items, minlength=data.n_items).astype(np.float64)
        self._server.take_counts(self._counts)
        self.round = 0

    @property
    def table(self) -> NDArray[np.float32]:
        """The item table."""
        return np.array(self._server.items())

    def train(self, rounds: int) -> Iterator[int]:
        """Train so many rounds; yield after each."""
        for _ in range(rounds):
            self.round += 1
            update = self._local.train_round(self.table, self.round)
            _, report = self._server.apply(pack_update(update), 0, self.round)
            if report["problem"]:
                raise RuntimeError(str(report["problem"]))
            yield self.round

    def without(self, settings: TrainSettings, data: PartyData, rows: NDArray[np.int64]) -> Training:
        """Return this training as it goes on with some of its users alone."""
        state = self._local.state_of(self._local.private_state(), rows, data.n_users)
        left = Training(settings, take(data, rows))
        left._local.load_private_state(state)
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "server.safetensors")
            self._server.save(path)
            left._server.load(path)
        left._server.take_counts(self._counts)
        left.round = self.round
        return left


def distance(table: NDArray[np.float32], other: NDArray[np.float32], dim: int) -> float:
    """Return how far a table is from another one after the best rotations, over the other one's norm.

    Args:
        table, other: [n_items, row_length].
        dim: columns of the embeddings; SeqFCF's others are its tables of the order and a number an item.
    """
    apart = 0.0
    for a, b in zip(_turned_alike(table, dim), _turned_alike(other, dim), strict=True):
        left, _, right = np.linalg.svd(a.T @ b, full_matrices=False)
        apart += float(np.sum((a @ (left @ right) - b) ** 2))
    return float(np.sqrt(apart) / np.linalg.norm(other))


def _turned_alike(table: NDArray[np.float32], dim: int) -> list[NDArray[np.float64]]:
    """Return the parts of a table, each of which a rotation may turn without a change of any score."""
    wide = np.asarray(table, np.float64)
    if wide.shape[1] == dim:
        return [wide]
    return [wide[:, :dim], np.vstack(np.split(wide[:, dim:-1], TABLES, axis=1)), wide[:, -1:]]


def measured(dataset: str, model: str, seed: int, before: int, after: int) -> list[list[str]]:
    """Return the rows of the table of one model."""
    loaded = load(dataset, "leak-free", seed)
    settings = settled(build(TrainSettings, {"dataset": dataset, "model": model, "seed": seed}), loaded.split)
    (everybody,), _ = loaded.divide(["everybody"], seed)
    drawn = np.random.default_rng([seed, 15]).permutation(np.flatnonzero(np.diff(everybody.indptr) >= 2))
    tenth = len(drawn) // 10
    never, forgotten = np.sort(drawn[:tenth]), np.sort(drawn[tenth : 2 * tenth])
    staying = np.setdiff1d(np.arange(everybody.n_users), np.concatenate([never, forgotten]))
    clean = Training(settings, take(everybody, staying))
    of_clean = {0: clean.table}
    for number in clean.train(before + after):
        of_clean[number] = clean.table
    hyper = rules_of(settings).hyper

    def by_taste(table: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        return membership_scores(table[:, : settings.dim], everybody, rows)

    def by_order(table: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        return order_scores(table, hyper, everybody, rows)

    attacks = [by_taste, by_order] if settings.row_length > settings.dim else [by_taste]
    shown: dict[int, list[str]] = {t: [str(t)] for t in SHOWN if t <= after}
    for gone in (forgotten, forgotten[:1]):
        rows = np.sort(np.concatenate([staying, gone]))
        data = take(everybody, rows)
        training = Training(settings, data)
        list(training.train(before))
        training = training.without(settings, data, np.flatnonzero(np.isin(rows, staying)))
        tables = {0: training.table, **{number - before: training.table for number in training.train(after)}}
        for t, cells in shown.items():
            cells.append(f"{distance(tables[t], of_clean[before + t], settings.dim):.5f}")
            if len(gone) == 1:
                continue
            for attack in attacks:
                for table in (tables[t], of_clean[before + t]):
                    value, low, high = auc_interval(attack(table, gone), attack(table, never), seed)
                    cells.append(f"{value:.3f} ({low:.3f} to {high:.3f})")
            cells.extend(["-"] * (4 - 2 * len(attacks)))
    return [[model, *cells] for cells in shown.values()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="ml-100k")
    parser.add_argument("--models", default="fcf,seqfcf,pfedrec", help="comma-separated")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--before", type=int, default=40)
    parser.add_argument("--after", type=int, default=40)
    parser.add_argument("--output", type=Path, default=Path("forgetting.md"))
    given = parser.parse_args(arguments)
    never = "never trained on them"
    head = ["model", "rounds after", "distance, a tenth", "membership", never, "by order", never, "distance, one user"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for model in given.models.split(","):
        rows = measured(given.dataset, model, given.seed, given.before, given.after)
        lines += [f"| {' | '.join(row)} |" for row in rows]
        print("\n".join(lines[-len(rows) :]), flush=True)
    facts = ", ".join(f"{name} {value}" for name, value in description().items())
    where = f"{given.dataset}, seed {given.seed}, {given.before} rounds before; {facts}"
    given.output.write_text("\n".join([where, "", *lines, ""]), "utf-8")


if __name__ == "__main__":
    main()
