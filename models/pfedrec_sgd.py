"""PFedRec's local training, one user after the other, compiled.

A user's own item table is the global one but for the rows that were in a batch, so only these are copied, a few hundred
rows that stay in the processor's cache, and trained in place.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from models.compiled import BOOL, FLOAT32, FLOAT64, INT, compiled, compiled_for, read, written

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)


@compiled
def _logit(row: Any, w: Any, b: Any) -> Any:
    """Logit of an item row [dim] under a scoring function."""
    total = _ZERO
    for d in range(len(w)):
        total += row[d] * w[d]
    return total + b


@compiled
def _chance(logit: Any) -> Any:
    """Sigmoid that does not overflow."""
    small = np.exp(-abs(logit))
    return (_ONE if logit >= _ZERO else small) / (_ONE + small)


@compiled
def _change_size(items: Any, touched: Any, n_touched: Any, rows: Any, euclidean: Any) -> Any:
    """Norm of what one user changed in the item table: Euclidean, or L1."""
    total: Any = 0.0
    for k in range(n_touched):
        for d in range(rows.shape[1]):
            difference = np.float64(rows[k, d]) - np.float64(items[touched[k], d])
            total += difference * difference if euclidean else abs(difference)
    return np.sqrt(total) if euclidean else total


@compiled
def _train_user(
    items: Any,
    item: Any,
    label: Any,
    user: Any,
    length: Any,
    w: Any,
    b: Any,
    rate: Any,
    item_rate: Any,
    batch_size: Any,
    slot: Any,
    touched: Any,
    rows: Any,
    slope: Any,
    gradient: Any,
) -> Any:
    """Train one user for a round; the first ten arguments as in `train_users`.

    Args:
        slot: int32 [n_items], -1; gets the place of each touched item among them.
        touched: int32 [most]; gets the touched items.
        rows: float32 [most, dim]; gets their rows as the user changed them.
        slope: float32 [most], 0 before and after.
        gradient: float32 [dim], for use in here.

    Returns:
        (number of touched items, sum of the loss over the samples of all epochs).
    """
    dim = items.shape[1]
    n_touched = 0
    for j in range(length):  # every epoch has the same samples in another order
        one = item[0, user, j]
        if slot[one] < 0:
            slot[one] = n_touched
            touched[n_touched] = one
            for d in range(dim):
                rows[n_touched, d] = items[one, d]
            n_touched += 1
    loss = 0.0
    for epoch in range(item.shape[0]):
        for start in range(0, length, batch_size):
            stop = min(start + batch_size, length)
            share = _ONE / np.float32(stop - start)  # the loss is the mean over the batch
            gradient[:] = _ZERO
            total = _ZERO
            for j in range(start, stop):
                k, target = slot[item[epoch, user, j]], label[epoch, user, j]
                logit = _logit(rows[k], w[user], b[user])
                loss += max(logit, _ZERO) - logit * target + np.log1p(np.exp(-abs(logit)))
                step = (_chance(logit) - target) * share
                total += step
                for d in range(dim):
                    gradient[d] += step * rows[k, d]
            for d in range(dim):
                w[user, d] -= rate * gradient[d]
            b[user] -= rate * total
            # The item rows take their step with the scoring function just updated.
            for j in range(start, stop):
                k = slot[item[epoch, user, j]]
                slope[k] += (_chance(_logit(rows[k], w[user], b[user])) - label[epoch, user, j]) * share
            for j in range(start, stop):
                k = slot[item[epoch, user, j]]
                step = item_rate * slope[k]
                slope[k] = _ZERO  # an item that is twice in the batch moves once, by both
                if step != _ZERO:
                    for d in range(dim):
                        rows[k, d] -= step * w[user, d]
    return n_touched, loss


@compiled_for(
    INT,
    INT,
    read(FLOAT32, 2),
    read(types.int32, 3),
    read(FLOAT32, 3),
    read(types.int32),
    read(FLOAT32),
    written(FLOAT32, 2),
    written(FLOAT32),
    FLOAT32,
    FLOAT32,
    INT,
    FLOAT64,
    BOOL,
    read(types.int32, 2),
    written(FLOAT32, 2),
    written(FLOAT32, 2),
    written(FLOAT64, 2),
)
def train_users(
    first_user: Any,
    last_user: Any,
    items: Any,
    item: Any,
    label: Any,
    length: Any,
    weight: Any,
    w: Any,
    b: Any,
    rate: Any,
    item_rate: Any,
    batch_size: Any,
    clip: Any,
    euclidean: Any,
    columns: Any,
    score: Any,
    table: Any,
    update: Any,
) -> Any:
    """Train users first_user..last_user-1 for a round. Several threads may do disjoint users with their own `update`.

    Args:
        items: float32 [n_items, dim] global item embeddings.
        item, label, length: as in `models.samples.Samples`.
        weight: float32 [users] weight of each user's change in the sum.
        w, b: float32 [users, dim], [users] scoring functions; changed in place.
        rate, item_rate: float32 step sizes of the scoring functions and of the item rows.
        batch_size: samples per step.
        clip: largest norm of what a user adds to `update`, its weight included; 0 for none.
        euclidean: whether that is the Euclidean norm, or the L1 norm.
        columns: int32 [users, c] items to score; of width 0 where `score` has a place for every item.
        score: float32 [users, c] or [users, n_items], or of width 0; gets the logits under each user's own item table.
        table: float32 [n_items, dim] holding `items`, or of length 0; gets the own item rows of the user (of one).
        update: float64 [n_items, dim]; gets weight * (the user's table - items) added. Of length 0 where nobody asks.

    Returns:
        Sum of the loss over all samples of all epochs, before the step that used the sample.
    """
    n_items, dim = items.shape
    most = 0
    for user in range(first_user, last_user):
        most = max(most, min(length[user], n_items))
    slot = np.full(n_items, -1, np.int32)
    touched = np.empty(most, np.int32)
    rows = np.empty((most, dim), np.float32)
    slope = np.zeros(most, np.float32)
    gradient = np.empty(dim, np.float32)
    loss = 0.0
    for user in range(first_user, last_user):
        n_touched, own_loss = _train_user(
            items,
            item,
            label,
            user,
            length[user],
            w,
            b,
            rate,
            item_rate,
            batch_size,
            slot,
            touched,
            rows,
            slope,
            gradient,
        )
        loss += own_loss
        for c in range(score.shape[1]):
            one = columns[user, c] if columns.shape[1] > 0 else c
            score[user, c] = _logit(rows[slot[one]] if slot[one] >= 0 else items[one], w[user], b[user])
        own = np.float64(weight[user])
        if clip > 0.0:
            size = own * _change_size(items, touched, n_touched, rows, euclidean)
            if not size <= clip:
                own *= clip / size if size < np.inf else 0.0
        for k in range(n_touched):
            one = touched[k]
            slot[one] = -1
            if len(table) > 0:
                for d in range(dim):
                    table[one, d] = rows[k, d]
            if len(update) > 0:
                for d in range(dim):
                    update[one, d] += own * (np.float64(rows[k, d]) - np.float64(items[one, d]))
    return loss
