"""Items that only one party, or one user, has, and what a sum says of them.

    python -m benchmarks.lone_items                                   # the three real data sets; 2, 4, 8, 16 parties
    python -m benchmarks.lone_items --datasets demo --parties 2 --rounds 2

Counted: items that one party alone has train interactions of, those of them that one user alone has, and the share of
test items among them. Counted too: rows of a party's PFedRec update that are zero: no user there had or drew the
item. Read: under FCF every row of the sum is A q_i, which all users add, and a part of the item's own users. From the
sum alone, A is fitted to the rows of the rarest items (least squares), taken off, and what is left of the items of one
user is compared with that user's vector, which never leaves the party: an attack of a server that follows the protocol,
under any aggregator, and a simple one.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from fl.federation import session

session.prepare_environment()

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from benchmarks.measure import machine, save, table  # noqa: E402
from data.loading import Loaded, load  # noqa: E402
from data.partition import PartyData  # noqa: E402
from data.popularity import popularity_scores  # noqa: E402
from fl.federation.pool import FederationPool  # noqa: E402
from fl.federation.rules import rules_of  # noqa: E402
from fl.federation.session import party_names  # noqa: E402
from fl.jobs.context import JobContext  # noqa: E402
from fl.jobs.federations import federation_for  # noqa: E402
from fl.settings.base import build  # noqa: E402
from fl.settings.hyper_parameters import settled  # noqa: E402
from fl.settings.presets import preset  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402
from models.fcf_local import LocalFCF  # noqa: E402
from models.registry import MODELS  # noqa: E402

_FITTED = 5  # times the dimensions: so many of the rarest items' rows tell A


def count(loaded: Loaded, parties: int, seed: int) -> dict[str, Any]:
    """Return how many items one party alone has, with so many parties."""
    parts, _ = loaded.divide(party_names(parties), seed)
    held = np.array([popularity_scores(part) for part in parts])
    lone, total = (held > 0).sum(axis=0) == 1, held.sum(axis=0)
    tested = np.concatenate([part.test_item for part in parts])
    tested = tested[tested >= 0]
    return {
        "dataset": loaded.interactions.name,
        "parties": parties,
        "items": int((total > 0).sum()),
        "of_one_party": int(lone.sum()),
        "of_one_user": int((lone & (total == 1)).sum()),
        "share_of_interactions": round(float(held[:, lone].sum() / held.sum()), 5),
        "share_of_test_items": round(float(lone[tested].mean()), 4),
        "zero_rows_pfedrec": round(_zero_rows(loaded, parts, seed), 4),
    }


def _zero_rows(loaded: Loaded, parts: list[PartyData], seed: int) -> float:
    """Return the share of the rows of parties' first PFedRec updates that are zero."""
    hyper = rules_of(_settings(loaded, "pfedrec", seed)).hyper
    local = MODELS["pfedrec"].load_local()
    local.load()
    items = local.initial_items(parts[0].n_items, hyper)
    updates = (local(part, hyper).train_round(items.copy(), 1).item_update for part in parts)
    return float(np.mean([np.mean(~update.any(axis=1)) for update in updates]))


def read(loaded: Loaded, rounds: int, seed: int) -> dict[str, Any]:
    """Return how well the vectors of users who alone have an item are read from FCF's sum after so many rounds."""
    settings = _settings(loaded, "fcf", seed)
    with closing(FederationPool()) as pool:
        federation = federation_for(settings, JobContext("benchmark", lambda _: None, pool))
        federation.set_up(loaded.divide(party_names(2), seed)[0], rules_of(settings))
        federation.model.fit(epochs=rounds, validation_data=False)
        items = federation.model.questions.item_table()
    (everybody,), _ = loaded.divide(["everybody"], seed)
    LocalFCF.load()
    local = LocalFCF(everybody, rules_of(settings).hyper)
    # A sum over parties is the update of all users together, whoever has them.
    total = local.train_round(items.copy(), rounds + 1).item_update.astype(np.float64)
    vectors = local._p.vectors.astype(np.float64)
    counts = popularity_scores(everybody)
    left = what_is_left(total, items.astype(np.float64), counts, settings.own.reg_of_items)
    lone = np.flatnonzero(counts == 1)
    owner = np.zeros(everybody.n_items, np.int64)
    owner[everybody.items] = np.repeat(np.arange(everybody.n_users), np.diff(everybody.indptr))
    alike = np.abs(_unit(left[lone]) @ _unit(vectors).T)
    found = alike[np.arange(len(lone)), owner[lone]]
    return {
        "dataset": loaded.interactions.name,
        "rounds": rounds,
        "items_of_one_user": len(lone),
        "items_of_nobody": int((counts == 0).sum()),
        "users": everybody.n_users,
        "cosine_median": round(float(np.median(found)), 4) if len(lone) else None,
        "cosine_of_other_users": round(float(np.median(alike)), 4) if len(lone) else None,
        "user_named": round(float(np.mean(found >= alike.max(axis=1) - 1e-12)), 4) if len(lone) else None,
    }


def what_is_left(
    total: NDArray[np.float64], items: NDArray[np.float64], counts: NDArray[Any], reg: float
) -> NDArray[np.float64]:
    """Return FCF's sum without what all users add to each row, as far as the rows of the rarest items tell it.

    Args:
        total: [n_items, dim], the sum of all users' gradients.
        items: [n_items, dim] that they were made for.
        counts: [n_items] interactions of each item.
        reg: FCF's, which adds a multiple of each row that follows from its count.
    """
    total = total - reg * counts[:, None] * items
    rarest = np.argsort(counts, kind="stable")[: _FITTED * items.shape[1]]
    shared = np.linalg.lstsq(items[rarest], total[rarest], rcond=None)[0]
    return np.asarray(total - items @ shared, np.float64)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-30), np.float64)


def _settings(loaded: Loaded, model: str, seed: int) -> TrainSettings:
    name = loaded.interactions.name
    values = {**preset(model, name), "dataset": name, "model": model, "seed": seed}
    values |= {"parties": 2, "runtime": "in-process", "aggregator": "plain"}
    return settled(build(TrainSettings, values), loaded.split)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", nargs="+", default=["ml-100k", "ml-1m", "amazon-video"])
    parser.add_argument("--parties", nargs="+", type=int, default=[2, 4, 8, 16])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    given = parser.parse_args(argv)
    counted, readings = [], []
    for dataset in given.datasets:
        loaded = load(dataset, "leak-free", given.seed)
        counted += [count(loaded, parties, given.seed) for parties in given.parties]
        readings.append(read(loaded, given.rounds, given.seed))
    for results in (counted, readings):
        print(table(list(results[0]), [list(result.values()) for result in results]), end="\n\n")
    save(
        "lone_items",
        {"machine": machine(), "command": " ".join(sys.argv), "counted": counted, "read": readings},
        given.output,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
