"""PFedRec's local training for many users at once, without a copy of the item table per user.

In a batch k the gradient of an item row is (sum of the slopes of its samples) * w_k, so all that user u changes in the
table q in a round is a sum of outer products: q_u = q - step * sum_k c_k (x) w_k, with c_k [n_items] the slopes summed
per item and w_k [dim] the scoring vector after batch k. Scores under q_u need only q, the c_k at the samples' items
and the products w_k . w; the rows themselves are never written. Three batches are usual, so this is an order of
magnitude less memory traffic than a table per user (measured in docs/benchmarks.md).

Loops are written out, without AutoGraph: translating this file's source took every party half a second at its first
round, and read the file while it might be edited.
"""

from __future__ import annotations

from typing import Any

from models.tensors import tf


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None, None], tf.int32),
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([], tf.float32),
        tf.TensorSpec([], tf.float32),
        tf.TensorSpec([], tf.int32),
    ],
)
def train_users(
    items: Any,
    item: Any,
    label: Any,
    length: Any,
    weight: Any,
    w: Any,
    b: Any,
    learning_rate: Any,
    item_learning_rate: Any,
    batch_size: Any,
) -> Any:
    """Train a chunk of users for a round; `item`, `label`, `length` as in `models.samples.Samples`.

    Args:
        items: [n_items, dim] global item embeddings.
        weight: [users] weight of each user's change in the sum.
        w, b: [users, dim], [users] scoring functions.
        learning_rate, item_learning_rate: step sizes of the scoring functions and of the item rows.
        batch_size: samples per step.

    Returns:
        (change [n_items, dim] = sum over users of weight * (their table - items), w, b, loss_sum [], slopes
        [batches, users * n_items], vectors [batches, users, dim]); `own_scores` takes the last two.
    """
    users, n_items, dim = tf.shape(item)[1], tf.shape(items)[0], tf.shape(items)[1]
    offset = tf.range(users)[:, None] * n_items
    per_epoch = -(-tf.shape(item)[2] // batch_size)

    def step(number: Any, w: Any, b: Any, loss_sum: Any, slopes: Any, vectors: Any) -> Any:
        epoch, start = number // per_epoch, number % per_epoch * batch_size
        batch = item[epoch, :, start : start + batch_size]
        target = label[epoch, :, start : start + batch_size]
        place = start + tf.range(tf.shape(batch)[1])
        counted = tf.cast(place[None, :] < length[:, None], tf.float32)
        # The loss is the mean over the batch, and a user's last batch may be short (or empty: then nothing moves).
        mean = counted / tf.maximum(tf.reduce_sum(counted, axis=1, keepdims=True), 1.0)
        rows = tf.gather(items, batch)
        cell = tf.reshape(batch + offset, [-1])
        # [batches so far, users, batch]: how the rows of this batch were changed before.
        before = tf.reshape(tf.gather(slopes, cell, axis=1), [-1, users, tf.shape(batch)[1]])

        logit = _logits(rows, before, vectors, item_learning_rate, w, b)
        loss_sum += tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(target, logit) * counted)
        slope = (tf.sigmoid(logit) - target) * mean
        moved = tf.einsum("kub,ub->ku", before, slope)
        gradient = tf.linalg.matvec(rows, slope, transpose_a=True)
        gradient -= item_learning_rate * tf.einsum("kud,ku->ud", vectors, moved)
        w -= learning_rate * gradient
        b -= learning_rate * tf.reduce_sum(slope, axis=1)

        # The item rows take their step with the scoring function just updated.
        slope = (tf.sigmoid(_logits(rows, before, vectors, item_learning_rate, w, b)) - target) * mean
        per_item = tf.math.unsorted_segment_sum(tf.reshape(slope, [-1]), cell, users * n_items)
        slopes = tf.concat([slopes, per_item[None]], axis=0)
        vectors = tf.concat([vectors, w[None]], axis=0)
        return number + 1, w, b, loss_sum, slopes, vectors

    start = (0, w, b, 0.0, tf.zeros([0, users * n_items]), tf.zeros([0, users, dim]))
    shapes = [[], w.shape, b.shape, [], [None, None], [None, None, None]]
    _, w, b, loss_sum, slopes, vectors = tf.while_loop(
        lambda number, *_: number < tf.shape(item)[0] * per_epoch,
        step,
        start,
        shape_invariants=tuple(tf.TensorShape(shape) for shape in shapes),
    )
    return summed_change(slopes, vectors, weight, item_learning_rate), w, b, loss_sum, slopes, vectors


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([], tf.float32),
    ],
)
def summed_change(slopes: Any, vectors: Any, weight: Any, item_learning_rate: Any) -> Any:
    """Return the sum over users of weight * (their table - items), [n_items, dim], of what `train_users` returned."""
    users, dim = tf.shape(vectors)[1], tf.shape(vectors)[2]
    n_items = tf.shape(slopes)[1] // users
    weighted = tf.reshape(vectors * weight[None, :, None], [-1, dim])
    return -item_learning_rate * tf.matmul(tf.reshape(slopes, [-1, n_items]), weighted, transpose_a=True)


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None, None], tf.float32),
        tf.TensorSpec([], tf.float32),
        tf.TensorSpec([], tf.bool),
    ],
)
def change_norms(slopes: Any, vectors: Any, item_learning_rate: Any, euclidean: Any) -> Any:
    """Return the norms of what each user changed in the item table, [users], without making the tables.

    The change is step * sum_k c_k (x) w_k, so its squared Euclidean norm is step^2 * sum_{k,l} (c_k.c_l)(w_k.w_l). Its
    L1 norm is bounded by step * sum_k |c_k|_1 |w_k|_1, which is exact for one batch.

    Args:
        slopes, vectors: as `train_users` returned them.
        euclidean: whether the Euclidean norm is wanted, or the bound of the L1 norm.
    """
    batches, users = tf.shape(vectors)[0], tf.shape(vectors)[1]
    per_user = tf.reshape(slopes, [batches, users, -1])

    def exact() -> Any:
        products = tf.einsum("kui,lui->ukl", per_user, per_user) * tf.einsum("kud,lud->ukl", vectors, vectors)
        # Rounding can leave a tiny negative number where a user changed nothing.
        return item_learning_rate * tf.sqrt(tf.maximum(tf.reduce_sum(products, axis=[1, 2]), 0.0))

    def bound() -> Any:
        sizes = tf.reduce_sum(tf.abs(per_user), axis=2) * tf.reduce_sum(tf.abs(vectors), axis=2)
        return item_learning_rate * tf.reduce_sum(sizes, axis=0)

    return tf.cond(euclidean, exact, bound)


def _logits(rows: Any, before: Any, vectors: Any, item_learning_rate: Any, w: Any, b: Any) -> Any:
    """Return logits [users, batch] of item rows as changed by the batches before."""
    products = tf.einsum("kud,ud->ku", vectors, w)
    return tf.linalg.matvec(rows, w) - item_learning_rate * tf.einsum("kub,ku->ub", before, products) + b[:, None]


# items, slopes, vectors, w, b and item_learning_rate of the functions below.
_TRAINED = [
    tf.TensorSpec([None, None], tf.float32),
    tf.TensorSpec([None, None], tf.float32),
    tf.TensorSpec([None, None, None], tf.float32),
    tf.TensorSpec([None, None], tf.float32),
    tf.TensorSpec([None], tf.float32),
    tf.TensorSpec([], tf.float32),
]


@tf.function(autograph=False, input_signature=[*_TRAINED, tf.TensorSpec([None, None], tf.int32)])
def own_scores(items: Any, slopes: Any, vectors: Any, w: Any, b: Any, item_learning_rate: Any, columns: Any) -> Any:
    """Return logits [users, c] of the items `columns` [users, c] under each user's own, fine-tuned table.

    Args:
        items: the item embeddings that the round started from.
        slopes, vectors, w, b: as `train_users` returned them.
        item_learning_rate: as given to it.
    """
    n_items = tf.shape(items)[0]
    cell = columns + tf.range(tf.shape(columns)[0])[:, None] * n_items
    changed = tf.reshape(
        tf.gather(slopes, tf.reshape(cell, [-1]), axis=1), [-1, tf.shape(columns)[0], tf.shape(columns)[1]]
    )
    return _logits(tf.gather(items, columns), changed, vectors, item_learning_rate, w, b)


@tf.function(autograph=False, input_signature=_TRAINED)
def own_scores_of_all(items: Any, slopes: Any, vectors: Any, w: Any, b: Any, item_learning_rate: Any) -> Any:
    """Return logits [users, n_items] of all items; otherwise as `own_scores`."""
    products = tf.einsum("kud,ud->ku", vectors, w)
    changed = tf.reshape(slopes, [tf.shape(slopes)[0], -1, tf.shape(items)[0]])
    return (
        tf.matmul(w, items, transpose_b=True)
        - item_learning_rate * tf.einsum("kui,ku->ui", changed, products)
        + b[:, None]
    )
