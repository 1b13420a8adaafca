"""FedRAP's local training as compiled loops: one user after the other, one pass over a user's touched rows per step.

With the old scoring function fixed within a step, the rows of a batch do not depend on each other, so the logit, the
gradient of the scoring function and the step of the personal and the common row need each row once. A batch enters only
by how often each row is in it, as a positive and as a negative; samples are never copied. A user with a single batch
has the same counts in every epoch. The two tables of one user's touched rows (a few hundred KB) stay in the processor's
second-level cache over all local epochs, whatever the size of the data set.

A step that leaves a row out only shrinks it; that factor is kept per row and applied when the row is used next.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numba import types

from data.rng import GAMMA
from models import fedrap
from models.compiled import BOOL, FLOAT32, FLOAT64, INT, compiled, compiled_for, read, written

STEP_DECAY: Final = np.float32(fedrap.STEP_DECAY)

_ZERO, _ONE, _TWO = np.float32(0.0), np.float32(1.0), np.float32(2.0)
_1 = np.uint64(1)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)
_MULTIPLY_1, _MULTIPLY_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_BUCKETS = 4096
_BUCKET_SHIFT = np.uint64(52)
_INDICES = read(types.int32)  # what most arguments of the loops below are
_NEARLY_FULL = 1e290  # a float64 product grows to about here before its logarithm is taken


@compiled
def _mix(z: Any) -> Any:
    """Mix one number as `data.rng.mix` does."""
    z ^= z >> _30
    z *= _MULTIPLY_1
    z ^= z >> _27
    z *= _MULTIPLY_2
    return z ^ (z >> _31)


@compiled
def _touched(first: Any, last: Any, positives: Any, drawn: Any, slot: Any, touched: Any, of_sample: Any) -> Any:
    """List the different items among the samples of the positives first..last-1 of one user.

    Args:
        positives: int32 [n_train].
        drawn: int32 [n_train, negatives], -1 where there is no sample.
        slot: int32 [n_items], all -1; gets each touched item's place in the list.
        touched: int32 [n_items]; gets the items.
        of_sample: int32 [samples]; gets the place of each sample's item, -1 for no sample.

    Returns:
        Number of touched items.
    """
    n = 0
    place = 0
    for j in range(first, last):
        for k in range(-1, drawn.shape[1]):
            item = positives[j] if k < 0 else drawn[j, k]
            if item < 0:
                of_sample[place] = -1
            else:
                if slot[item] < 0:
                    slot[item] = n
                    touched[n] = item
                    n += 1
                of_sample[place] = slot[item]
            place += 1
    return n


@compiled_for(read(INT), _INDICES, read(types.int32, 2), read(BOOL), read(INT), _INDICES, INT)
def count_new_rows(
    indptr: Any, positives: Any, drawn: Any, takes_part: Any, stored_indptr: Any, stored_item: Any, n_items: Any
) -> Any:
    """Count the touched rows, not stored yet, of each user that takes part: int64 [n]; arguments as `train_users`."""
    n_users = len(indptr) - 1
    result = np.zeros(n_users, np.int64)
    seen = np.full(n_items, -1, np.int64)  # the last user seen with the item
    for user in range(n_users):
        if not takes_part[user]:
            continue
        for k in range(stored_indptr[user], stored_indptr[user + 1]):
            seen[stored_item[k]] = user
        for j in range(indptr[user], indptr[user + 1]):
            for k in range(-1, drawn.shape[1]):
                item = positives[j] if k < 0 else drawn[j, k]
                if item >= 0 and seen[item] != user:
                    seen[item] = user
                    result[user] += 1
    return result


@compiled
def _deal_batches(user_id: Any, prefix: Any, of_sample: Any, batch_size: Any, key: Any, batch: Any) -> None:
    """Write into `batch` [samples] which batch of a shuffled epoch each sample is in.

    The order is that of `data.negatives.shuffle_keys`, but only the batch is worked out: samples fall into buckets by
    the upper bits of their key, and just the buckets that lie across a border between batches are sorted.

    Args:
        prefix: `data.rng.key` of the epoch.
        of_sample: int32 [samples], -1 for what is no sample.
        key: uint64 [samples], scratch.
    """
    stream = _mix((np.uint64(user_id) ^ prefix) + GAMMA)
    count = np.zeros(_BUCKETS, np.int64)
    for j in range(len(of_sample)):
        key[j] = _mix((np.uint64(j) + _1) * GAMMA + stream)
        if of_sample[j] >= 0:
            count[key[j] >> _BUCKET_SHIFT] += 1
    start = np.zeros(_BUCKETS, np.int64)
    across = 0
    total = 0
    for k in range(_BUCKETS):
        start[k] = total
        total += count[k]
        if count[k] and start[k] // batch_size != (total - 1) // batch_size:
            across += count[k]
    edge = np.empty(across, np.int64)
    n_edge = 0
    for j in range(len(of_sample)):
        if of_sample[j] < 0:
            continue
        k = key[j] >> _BUCKET_SHIFT
        if start[k] // batch_size == (start[k] + count[k] - 1) // batch_size:
            batch[j] = start[k] // batch_size
        else:
            edge[n_edge] = j
            n_edge += 1
    edge_key = np.empty(n_edge, np.uint64)
    for j in range(n_edge):
        edge_key[j] = key[edge[j]]
    for j in np.argsort(edge_key):
        k = edge_key[j] >> _BUCKET_SHIFT
        batch[edge[j]] = start[k] // batch_size
        start[k] += 1


@compiled
def _step(
    personal: Any,
    common: Any,
    late: Any,
    n_touched: Any,
    times: Any,
    liked: Any,
    n: Any,
    w: Any,
    b: Any,
    rate: Any,
    item_rate: Any,
    weight_decay: Any,
    distance: Any,
    sparsity: Any,
    gradient: Any,
) -> Any:
    """Take one SGD step of one user on one batch, in place.

    Args:
        personal, common: float32 [touched, dim] the user's rows.
        late: float32 [touched] what each row is still to be multiplied by.
        times, liked: int32 [touched] how often each row is in the batch, and how often as a positive.
        n: samples of the batch.
        w, b: float32 [dim], [1].
        rate, item_rate: step sizes.
        gradient: float32 [dim], scratch.

    Returns:
        Sum over the samples of the cross-entropy before the step.
    """
    dim = personal.shape[1]
    keep = _ONE - item_rate * weight_decay
    share = _ONE / np.float32(n)
    apart_share = _TWO * distance * share / np.float32(dim)
    sparse_share = sparsity * share / np.float32(dim)
    slope_sum: Any = _ZERO
    loss: Any = 0.0
    product: Any = 1.0
    for d in range(dim):
        gradient[d] = _ZERO
    bias = b[0]
    for k in range(n_touched):
        if times[k] == 0:
            late[k] *= keep
            continue
        count = np.float32(times[k])
        factor = late[k]
        late[k] = _ONE
        logit = _ZERO
        for d in range(dim):
            logit += (personal[k, d] + common[k, d]) * w[d]
        logit = factor * logit + bias
        # The cross-entropy of a sample is max(x, 0) - label * x + log(1 + exp(-|x|)); a logarithm of a product is
        # taken instead of a sum of logarithms.
        small = np.float32(math.exp(-abs(logit)))
        for _ in range(times[k]):
            product *= 1.0 + small
            if product > _NEARLY_FULL:
                loss += math.log(product)
                product = 1.0
        loss += max(logit, _ZERO) * count - logit * np.float32(liked[k])
        chance = _ONE / (_ONE + small)
        if logit < _ZERO:
            chance = small * chance
        slope = (count * chance - np.float32(liked[k])) * share
        slope_sum += slope
        apart = apart_share * count
        sparse = sparse_share * count
        for d in range(dim):
            p = factor * personal[k, d]
            c = factor * common[k, d]
            gradient[d] += slope * (p + c)
            pull = slope * w[d]
            push = apart * (p - c)
            sign = _ONE if c > _ZERO else (-_ONE if c < _ZERO else _ZERO)
            personal[k, d] = keep * p - item_rate * (pull - push)
            common[k, d] = keep * c - item_rate * (pull + push + sparse * sign)
    keep_network = _ONE - rate * weight_decay
    for d in range(dim):
        w[d] = keep_network * w[d] - rate * gradient[d]
    b[0] = keep_network * bias - rate * slope_sum
    return loss + math.log(product)


@compiled
def _size(row: Any, euclidean: Any) -> Any:
    """Sum of the squares of a row, or of its absolute values."""
    total: Any = 0.0
    for d in range(len(row)):
        value = np.float64(row[d])
        total += value * value if euclidean else abs(value)
    return total


@compiled
def _change_norm(
    touched: Any,
    n_touched: Any,
    late: Any,
    common: Any,
    items: Any,
    items_size: Any,
    kept: Any,
    euclidean: Any,
) -> Any:
    """Norm of what one user changed in the common table: its touched rows, and kept - 1 times every other row.

    Args:
        items_size: `_size` of all rows of `items` together.
        others: as in `train_users`.
    """
    inside: Any = 0.0
    elsewhere = items_size
    for k in range(n_touched):
        item = touched[k]
        inside += _size(late[k] * common[k] - items[item], euclidean)
        elsewhere -= _size(items[item], euclidean)
    factor = abs(np.float64(kept) - 1.0)
    elsewhere = max(elsewhere, 0.0)
    if euclidean:
        return math.sqrt(inside + factor * factor * elsewhere)
    return inside + factor * elsewhere


@compiled_for(
    INT,
    INT,
    read(FLOAT32, 2),
    _INDICES,
    read(INT),
    _INDICES,
    read(types.int32, 2),
    read(BOOL),
    read(FLOAT32),
    written(FLOAT32, 2),
    written(FLOAT32, 2),
    written(FLOAT32),
    read(FLOAT32, 2),
    read(INT),
    _INDICES,
    _INDICES,
    written(FLOAT32, 2),
    read(INT),
    written(types.int32),
    read(FLOAT32),
    INT,
    read(types.uint64),
    FLOAT64,
    BOOL,
    written(FLOAT64, 2),
)
def train_users(
    first_user: Any,
    last_user: Any,
    items: Any,
    users: Any,
    indptr: Any,
    positives: Any,
    drawn: Any,
    takes_part: Any,
    weight: Any,
    w: Any,
    b: Any,
    shrink: Any,
    start: Any,
    stored_indptr: Any,
    stored_item: Any,
    stored_place: Any,
    rows: Any,
    new_indptr: Any,
    new_item: Any,
    settings: Any,
    batch_size: Any,
    prefixes: Any,
    clip: Any,
    euclidean: Any,
    update: Any,
) -> Any:
    """Train users first_user..last_user-1 for a round. Several threads may do disjoint users with their own `update`.

    Args:
        items: float32 [n_items, dim] global item embeddings.
        users: int32 [n] dense ids.
        indptr, positives: the users' train items, as in `PartyData`.
        drawn: int32 [n_train, negatives], as `NegativeSampler.round`.
        takes_part: bool [n].
        weight: float32 [n] weight of each user's change in the sum.
        w, b, shrink: float32 [n, dim], [n, 1], [n]; changed in place.
        start: float32 [n_items, dim] everybody's personal table before the first round.
        stored_indptr, stored_item, stored_place: int64 [n + 1], int32 [m], int32 [m]: which personal rows of each user
            are stored, and where in `rows`.
        rows: float32 [m + new, dim]; changed in place. New rows stand behind the old ones, in order of users.
        new_indptr: int64 [n + 1], cumulated `count_new_rows`.
        new_item: int32 [new]; gets the items of the new rows.
        settings: float32 [5] step size of w and b, step size of the rows, weight decay, lambda, mu.
        batch_size: samples per step.
        prefixes: uint64 [local_epochs] `data.rng.key` of each epoch's shuffle.
        clip: largest norm of what a user adds to `update`, its weight included; 0 for none.
        euclidean: whether that is the Euclidean norm, or the L1 norm.
        update: float64 [n_items, dim]; gets weight * (the user's table - items) added.

    Returns:
        Sum of the loss over all samples of all epochs.
    """
    n_items, dim = items.shape
    per_positive = 1 + drawn.shape[1]
    most = 0
    for user in range(first_user, last_user):
        most = max(most, (indptr[user + 1] - indptr[user]) * per_positive)
    width = min(most, n_items)
    n_batches = max(1, -(-most // batch_size))
    slot = np.full(n_items, -1, np.int32)
    touched = np.empty(n_items, np.int32)
    place = np.empty(n_items, np.int64)
    samples = np.empty(most, np.int32)
    batch = np.empty(most, np.int32)
    key = np.empty(most, np.uint64)
    times = np.zeros((n_batches, width), np.int32)
    liked = np.zeros((n_batches, width), np.int32)
    personal = np.empty((width, dim), np.float32)
    common = np.empty((width, dim), np.float32)
    late = np.empty(width, np.float32)
    gradient = np.empty(dim, np.float32)
    n_stored = len(stored_item)
    items_size = 0.0
    if clip > 0.0:
        for item in range(n_items):
            items_size += _size(items[item], euclidean)
    loss: Any = 0.0
    idle: Any = 0.0  # sum of weight * (shrink - 1): the change of rows outside all batches, in units of the row
    for user in range(first_user, last_user):
        if not takes_part[user] or indptr[user + 1] == indptr[user]:
            continue
        of_sample = samples[: (indptr[user + 1] - indptr[user]) * per_positive]
        n_touched = _touched(indptr[user], indptr[user + 1], positives, drawn, slot, touched, of_sample)
        for k in range(n_touched):
            place[k] = -1
            late[k] = _ONE
        for k in range(stored_indptr[user], stored_indptr[user + 1]):
            if slot[stored_item[k]] >= 0:
                place[slot[stored_item[k]]] = stored_place[k]
        n_new = new_indptr[user]
        for k in range(n_touched):
            item = touched[k]
            if place[k] < 0:
                new_item[n_new] = item
                place[k] = n_stored + n_new
                n_new += 1
                for d in range(dim):
                    personal[k, d] = shrink[user] * start[item, d]
            else:
                for d in range(dim):
                    personal[k, d] = rows[place[k], d]
            for d in range(dim):
                common[k, d] = items[item, d]
        n = 0
        for j in range(len(of_sample)):
            if of_sample[j] >= 0:
                n += 1
        batches = -(-n // batch_size)

        decay = _ONE
        kept = _ONE
        for epoch in range(len(prefixes)):
            if epoch == 0 or batches > 1:
                times[:batches, :n_touched] = 0
                liked[:batches, :n_touched] = 0
                if batches > 1:
                    _deal_batches(users[user], prefixes[epoch], of_sample, batch_size, key, batch)
                else:
                    batch[: len(of_sample)] = 0
                for j in range(len(of_sample)):
                    if of_sample[j] >= 0:
                        times[batch[j], of_sample[j]] += 1
                        if j % per_positive == 0:
                            liked[batch[j], of_sample[j]] += 1
            for part in range(batches):
                item_rate = settings[1] * decay
                loss += _step(
                    personal,
                    common,
                    late,
                    n_touched,
                    times[part],
                    liked[part],
                    min(batch_size, n - part * batch_size),
                    w[user],
                    b[user],
                    settings[0] * decay,
                    item_rate,
                    settings[2],
                    settings[3],
                    settings[4],
                    gradient,
                )
                kept *= _ONE - item_rate * settings[2]
                decay *= STEP_DECAY

        shrink[user] *= kept
        own = np.float64(weight[user])
        if clip > 0.0:
            size = own * _change_norm(touched, n_touched, late, common, items, items_size, kept, euclidean)
            if not size <= clip:
                own *= clip / size if size < np.inf else 0.0
        idle += own * (np.float64(kept) - 1.0)
        for k in range(n_touched):
            item = touched[k]
            for d in range(dim):
                rows[place[k], d] = late[k] * personal[k, d]
                update[item, d] += own * (late[k] * common[k, d] - kept * items[item, d])
        if kept != _ONE:
            for k in range(stored_indptr[user], stored_indptr[user + 1]):
                if slot[stored_item[k]] < 0:
                    for d in range(dim):
                        rows[stored_place[k], d] *= kept
        for k in range(n_touched):
            slot[touched[k]] = -1
    for item in range(n_items):
        for d in range(dim):
            update[item, d] += idle * np.float64(items[item, d])
    return loss


@compiled_for(read(INT), _INDICES, _INDICES, read(INT), _INDICES)
def merge_stored(stored_indptr: Any, stored_item: Any, stored_place: Any, new_indptr: Any, new_item: Any) -> Any:
    """Return (stored_indptr, stored_item, stored_place) with the new rows of each user behind its old ones."""
    n_stored = len(stored_item)
    indptr = stored_indptr + new_indptr
    item = np.empty(n_stored + len(new_item), np.int32)
    place = np.empty(n_stored + len(new_item), np.int32)
    for user in range(len(indptr) - 1):
        at = indptr[user]
        for k in range(stored_indptr[user], stored_indptr[user + 1]):
            item[at], place[at] = stored_item[k], stored_place[k]
            at += 1
        for k in range(new_indptr[user], new_indptr[user + 1]):
            item[at], place[at] = new_item[k], n_stored + k
            at += 1
    return indptr, item, place


@compiled_for(
    read(INT),
    read(types.int32, 2),
    read(FLOAT32, 2),
    read(FLOAT32, 2),
    read(FLOAT32, 2),
    read(FLOAT32),
    read(FLOAT32, 2),
    read(INT),
    _INDICES,
    _INDICES,
    read(FLOAT32, 2),
)
def score_columns(
    chosen: Any,
    columns: Any,
    items: Any,
    w: Any,
    b: Any,
    shrink: Any,
    start: Any,
    stored_indptr: Any,
    stored_item: Any,
    stored_place: Any,
    rows: Any,
) -> Any:
    """Return float32 [m, c] logits of items columns [m, c] for the users chosen [m]; the rest as in `train_users`."""
    n_items, dim = items.shape
    place = np.full(n_items, -1, np.int64)
    result = np.empty(columns.shape, np.float32)
    for m in range(len(chosen)):
        user = chosen[m]
        for k in range(stored_indptr[user], stored_indptr[user + 1]):
            place[stored_item[k]] = stored_place[k]
        for c in range(columns.shape[1]):
            item = columns[m, c]
            score = _ZERO
            if place[item] >= 0:
                row = place[item]
                for d in range(dim):
                    score += w[user, d] * (items[item, d] + rows[row, d])
            else:
                for d in range(dim):
                    score += w[user, d] * (items[item, d] + shrink[user] * start[item, d])
            result[m, c] = score + b[user, 0]
        for k in range(stored_indptr[user], stored_indptr[user + 1]):
            place[stored_item[k]] = -1
    return result


@compiled_for(
    read(INT),
    written(FLOAT32, 2),
    read(FLOAT32, 2),
    read(FLOAT32, 2),
    read(FLOAT32, 2),
    read(INT),
    _INDICES,
    _INDICES,
    read(FLOAT32, 2),
)
def put_stored(
    chosen: Any,
    score: Any,
    items: Any,
    w: Any,
    b: Any,
    stored_indptr: Any,
    stored_item: Any,
    stored_place: Any,
    rows: Any,
) -> None:
    """Write the logits of the stored rows of the users chosen [m] into score [m, n_items]."""
    dim = items.shape[1]
    for m in range(len(chosen)):
        user = chosen[m]
        for k in range(stored_indptr[user], stored_indptr[user + 1]):
            item, row = stored_item[k], stored_place[k]
            total = _ZERO
            for d in range(dim):
                total += w[user, d] * (items[item, d] + rows[row, d])
            score[m, item] = total + b[user, 0]
