"""Nothing leaves a party but the messages of `fl.aggregation.updates`: every object that crosses a border in a run is
checked.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from secretflow.device import PYUObject

from fl.aggregation.compression import Compression
from fl.aggregation.masking.messages import (
    Advert,
    Agreement,
    Announcement,
    SealedShares,
    SurvivorList,
    UnmaskShares,
    Upload,
)
from fl.aggregation.masking.packing import PackedBlock, unpack_block
from fl.aggregation.updates import N_TOTALS, RoundTotals, pack_update, unpack_totals
from fl.errors import AggregationError
from fl.settings.aggregators import AGGREGATORS
from models.base import LocalUpdate
from models.bootstrap import REPLICATES
from models.evaluation import EvaluationRequest
from models.groups import UserGroup, profile_size
from models.registry import MODELS
from tests.fl.federation.allowed_messages import allowed_down, allowed_up, allowed_up_evaluation
from tests.fl.small_rules import rules_for
from tests.models.small_data import HYPER, hyper_of, small_parties

N_PARTIES, ROUNDS = 3, 2
LABELS = {"gender": ["F", "M"]}
GROUPS = (UserGroup("activity", "all", 1, 99), UserGroup("gender", "F"))
EVERYTHING = EvaluationRequest("test", (5, 10), exposure=True, groups=GROUPS, replicates=REPLICATES, seed=1)
FIGURES = EvaluationRequest("test", (10,), ("hr", "ndcg"))


@dataclass
class Border:
    """What crossed: (from, to, value) between PYUs, and (from, value) of what the driver revealed."""

    moved: list[tuple[str, str, Any]] = field(default_factory=list)
    revealed: list[tuple[str, Any]] = field(default_factory=list)


@pytest.fixture
def border(monkeypatch):
    """Watches both ways out: PYUObject.to moves a value to another device, reveal hands it to the driver."""
    import secretflow.device.driver as driver
    from secretflow.distributed import get as get_values

    # Every module that reveals, or it would do so unseen.
    for name in ["fl.federation.new_fl_model", *(about.made_by.partition(":")[0] for about in AGGREGATORS.values())]:
        import_module(name)

    seen = Border()
    move, reveal = PYUObject.to, driver.reveal

    def watched_move(self, device, *args, **kwargs):
        if device != self.device:
            seen.moved.append((str(self.device), str(device), get_values(self.data)))
        return move(self, device, *args, **kwargs)

    def watched_reveal(value, *args, **kwargs):
        import jax

        for leaf in jax.tree_util.tree_leaves(value):
            if isinstance(leaf, PYUObject):
                seen.revealed.append((str(leaf.device), get_values(leaf.data)))
        return reveal(value, *args, **kwargs)

    monkeypatch.setattr(PYUObject, "to", watched_move)
    monkeypatch.setattr("secretflow.security.aggregation.secure_aggregator.reveal", watched_reveal)
    doors = [name for name, module in sys.modules.items() if name.startswith("fl.") and hasattr(module, "reveal")]
    assert {
        "fl.federation.parties",
        "fl.federation.checkpoints",
        "fl.federation.questions",
        "fl.federation.new_fl_model",
        "fl.federation.dropouts",
        "fl.aggregation.masked",
    } <= set(doors)
    for name in doors:
        monkeypatch.setattr(f"{name}.reveal", watched_reveal)
    return seen


def run_everything(federate, folder, aggregator, view, kind="pfedrec", **rules):
    """A run through every door: train, validate, evaluate, popularity, save, load, prune."""

    model, devices = federate(N_PARTIES, aggregator)
    parts = small_parties(N_PARTIES)
    model.set_up(dict(zip(devices, parts, strict=True)), rules_for(kind, hyper_of(kind, view=view), **rules))
    model.fit(epochs=ROUNDS, audit_log_dir=folder)
    model.load_model(folder, 1)
    model.checkpoints.prune(folder, [1])
    for each in MODELS[kind].views:
        model.evaluate(FIGURES, each)
    model.questions.evaluate_popularity(FIGURES)
    model.questions.groups(LABELS)
    model.evaluate(EVERYTHING)
    model.questions.evaluate_popularity(EVERYTHING)
    return parts


def breaches(border, parts, masked, n_rows=None):
    """Everything that crossed without being allowed to, as readable lines."""
    n_items = parts[0].n_items
    up = [
        *allowed_up(n_items, HYPER.dim, masked, n_rows),
        *allowed_up_evaluation(n_items, (FIGURES, EVERYTHING), profile_size(LABELS), masked),
    ]
    down = allowed_down(n_items, HYPER.dim, n_rows)
    found = []
    for source, target, value in border.moved:
        allowed = up if target == "server" else down if source == "server" else []
        if isinstance(value, Upload):  # `masked` and `verified`: the same messages as ring elements
            value = list(value.blocks) if value.listed else value.blocks[0]
            assert masked
        if isinstance(value, list):
            value = [unpack_block(block) for block in value]
        if not any(kind.fits(value) for kind in allowed) and not is_of_the_protocol(source, target, value):
            found.append(f"{source} -> {target}: {describe(value)}")
    for source, value in border.revealed:
        if source == "server":
            continue  # the aggregate, its report, and what the server did to its own files
        harmless = isinstance(value, int) and not isinstance(value, bool)  # counts of users, of bytes, a public key
        harmless |= isinstance(value, bytes) and len(value) == 32  # public half of an identity, part of a roster's name
        if not (value == "" if isinstance(value, str) else harmless):
            found.append(f"{source} -> driver: {describe(value)}")
    return found


def is_of_the_protocol(source, target, value):
    """Keys, shares, and what verifies a sum: see `fl.aggregation.updates`. None of it depends on a party's data but the
    uploads, which the server shows to everybody.
    """
    if target == "server":
        allowed = (Advert, SealedShares, Agreement, UnmaskShares, int)  # int: a party accepts a sum
    elif source == "server":
        allowed = (Advert, SealedShares, SurvivorList, Agreement, Announcement)
    else:
        allowed = ()
    parts = value if isinstance(value, tuple) else (value,)
    return bool(parts) and all(isinstance(part, allowed) for part in parts)


def describe(value):
    if isinstance(value, Upload):
        value = list(value.blocks)
    arrays = value if isinstance(value, list) else [value]
    return ", ".join(f"{a.dtype} {a.shape}" if isinstance(a, np.ndarray) else repr(a)[:80] for a in arrays)


@pytest.mark.parametrize(
    ("aggregator", "view"),
    [
        ("secure", "global"),
        ("secure", "fine-tuned"),
        ("plain", "fine-tuned"),
        ("masked", "global"),
        ("verified", "global"),
    ],
)
def test_that_only_the_defined_messages_cross_a_border(federate, border, tmp_path, aggregator, view):
    parts = run_everything(federate, tmp_path, aggregator, view)
    assert breaches(border, parts, aggregator != "plain") == []
    # The watch is not blind: all that must cross was seen. One update per party and round; figures of each round, of
    # two test evaluations and of popularity; counts; groups and everything there is to say of model and popularity.
    shapes = [
        re.sub("u?int64|uint32|float32|float64", "x", describe(value))
        for _, to, value in border.moved
        if to == "server"
    ]
    n_items = parts[0].n_items
    assert shapes.count(f"x {(n_items, HYPER.dim)}, x {(N_TOTALS,)}") == N_PARTIES * ROUNDS
    assert shapes.count("x (1, 3)") == N_PARTIES * ROUNDS
    assert shapes.count("x (1, 5)") == N_PARTIES * 3
    assert shapes.count(f"x {(n_items,)}") == N_PARTIES  # counts are summed once
    assert shapes.count(f"x {(profile_size(LABELS),)}") == N_PARTIES
    assert shapes.count("x (203, 13), " + f"x {(2, n_items)}") == N_PARTIES * 2


@pytest.mark.parametrize("aggregator", ["masked", "secure", "plain"])
def test_that_a_model_of_gradients_sends_its_counts_once_and_nothing_else(federate, border, tmp_path, aggregator):
    parts = run_everything(federate, tmp_path, aggregator, "global", "fcf")
    assert breaches(border, parts, aggregator != "plain") == []
    counts = [
        value
        for _, to, value in border.moved
        if to == "server" and describe(value).endswith(f" {(parts[0].n_items,)}") and "), " not in describe(value)
    ]
    assert len(counts) == N_PARTIES  # at set-up, and used for popularity and exposure again


def test_that_fedrap_sends_nothing_but_changes_of_the_common_table(federate, border, tmp_path):
    parts = run_everything(federate, tmp_path, "secure", "personal", "fedrap")
    assert breaches(border, parts, True) == []


@pytest.mark.parametrize("aggregator", ["masked", "verified", "plain"])
def test_that_few_bits_and_some_rows_add_nothing_but_ranges(federate, border, tmp_path, aggregator):
    compression = Compression(12, 0.5, N_PARTIES, 5)
    parts = run_everything(federate, tmp_path, aggregator, "global", compression=compression)
    n_rows = round(0.5 * parts[0].n_items)
    assert breaches(border, parts, aggregator != "plain", n_rows) == []
    packed = [
        block
        for _, to, value in border.moved
        if to == "server"
        for block in (value.blocks if isinstance(value, Upload) else value if isinstance(value, list) else [])
        if isinstance(block, PackedBlock)
    ]
    assert [(block.shape, block.bits) for block in packed] == [((n_rows, HYPER.dim), 12)] * N_PARTIES * (ROUNDS - 1)


@pytest.mark.parametrize("leak", ["items", "users", "indptr"])
def test_that_the_watch_catches_a_worker_that_leaks(federate, border, tmp_path, monkeypatch, leak):
    monkeypatch.setattr(
        "fl.federation.worker.pack_update",
        lambda update: [getattr(leaky[0], leak).astype(np.float32), np.zeros(N_TOTALS, np.float32)],
    )
    monkeypatch.setattr("fl.federation.worker.upload_problem", lambda *_: "")
    leaky = small_parties(1)
    model, devices = federate(N_PARTIES, "plain")
    parts = small_parties(N_PARTIES)
    model.set_up(dict(zip(devices, parts, strict=True)), rules_for())
    with pytest.raises((ValueError, AggregationError)):  # the server stumbles over it as well
        model.fit(epochs=1)
    assert len(breaches(border, parts, False)) == N_PARTIES


def test_that_what_the_server_receives_is_not_the_update(federate, border, tmp_path):
    run_everything(federate, tmp_path, "secure", "global")
    received = [value[0] for _, to, value in border.moved if to == "server" and isinstance(value, list)]
    for masked in received:
        # Uniform over 64 bits: the mean of 1,000 or more values is within 6 standard errors of the middle.
        middle, error = 2.0**63, 2.0**64 / np.sqrt(12 * masked.size)
        assert abs(masked.astype(np.float64).mean() - middle) < 6 * error
        assert len(np.unique(masked)) == masked.size


@pytest.mark.parametrize("n_users", [0, 1, 2**20 - 1, 2**20, 2**33 + 5])
@pytest.mark.parametrize("n_parties", [1, 16])
def test_that_totals_stay_exact_in_float32(n_users, n_parties):
    update = LocalUpdate(np.zeros((2, 3), np.float32), n_users, 3 * n_users + 1, 0.5)
    packed = [pack_update(update)[1] for _ in range(n_parties)]
    assert all(array.dtype == np.float32 for array in packed)
    total = np.sum(packed, axis=0)
    assert unpack_totals(total) == RoundTotals(n_parties * n_users, n_parties * (3 * n_users + 1), 0.5 * n_parties)
