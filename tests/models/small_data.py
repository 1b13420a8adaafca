"""A small data set for tests of models and federation: a few users of very different activity."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from data.interactions import build
from data.partition import assign_users, deal
from data.split import leave_one_out
from models.descriptor import HyperParameters
from models.registry import MODELS

# What tests train with where nothing else is said; the learning rates are large, so that few rounds show a difference.
_STEPS = {"negatives": 3, "learning_rate": 0.1}
_OWN = {
    "fcf": {"alpha": 0.2, "reg": 0.05},
    "seqfcf": {
        "alpha": 0.2,
        "reg": 0.05,
        "sequence_weight": 1.0,
        "sequence_nearness": 0.0,
        "sequence_dim": 5,
        "sequence_places": 12,
        "sequence_groups": 4,
        "sequence_reg": 0.4,
    },
    "pfedrec": {**_STEPS, "item_lr_scale": 1.0},
    "fedrap": {**_STEPS, "distance_weight": 0.0, "sparsity_weight": 0.0},
}
_COMMON = {"dim": 6, "batch_size": 16, "seed": 5, "view": "global"}


def hyper_of(model, **changes):
    """What a model is told in tests. Changes of settings that it does not have are left out."""
    kind = MODELS[model].settings
    own = _OWN.get(model, {}) | {name: value for name, value in changes.items() if name in kind.model_fields}
    known = {field.name for field in fields(HyperParameters)}
    common = _COMMON | {name: value for name, value in changes.items() if name in known}
    return HyperParameters(own=kind(**own), **common)


HYPER = hyper_of("pfedrec")


def small_interactions(n_users=9, n_items=230, seed=3):
    """Users with 2 (train only), 3, ... up to 60 interactions; taste in two halves of the items."""
    rng = np.random.default_rng(seed)
    lengths = np.concatenate([[2, 3, 60], rng.integers(4, 40, n_users - 3)])
    users, items = [], []
    for user, n in enumerate(lengths):
        half = np.arange(n_items // 2) + (user % 2) * (n_items // 2)
        chosen = rng.choice(half, n, replace=False)
        users += [user] * int(n)
        items += chosen.tolist()
    order = rng.permutation(len(users))

    def ids(n):
        return np.array([f"id-{i}" for i in range(n)], dtype=object)

    return build(
        "small",
        np.array(users)[order],
        np.array(items)[order],
        np.arange(len(users)),
        ids(n_users),
        ids(n_items),
        ids(n_items),
        tuple(() for _ in range(n_items)),
    )


def small_split(protocol="leak-free", **kwargs):
    return leave_one_out(small_interactions(**kwargs), protocol, seed=11)


def small_parties(n_parties, protocol="leak-free", **kwargs):
    """One PartyData per party; together they hold the users of `small_split`."""
    split = small_split(protocol, **kwargs)
    names = [f"party-{i}" for i in range(1, n_parties + 1)]
    return deal(split, names, assign_users(split.n_users, names, seed=7))


def small_party(protocol="leak-free", **kwargs):
    """All users in one party, in dense order."""
    return small_parties(1, protocol, **kwargs)[0]
