"""FCF's ridge regressions for many users at once, and the items' gradient, in TensorFlow; see `models.fcf_local`."""

from __future__ import annotations

from typing import Any

from models.tensors import tf


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([], tf.float32),
        tf.TensorSpec([], tf.float32),
    ],
)
def solve(items: Any, gram: Any, flat: Any, weight: Any, lengths: Any, alpha: Any, reg: Any) -> Any:
    """Solve for scoring vectors [users, dim] of users with lengths[u] train items each.

    Args:
        items: [n_items, dim].
        gram: [dim, dim] alpha * items' items.
        flat: [pairs] the users' train items, one user after the other.
        weight: [pairs] what each counts; 1 in the method's own loss.
    """
    n_items, dim = tf.shape(items)[0], tf.shape(items)[1]
    # Item n_items is a row of zeros: padding adds nothing to any sum.
    table = tf.concat([items, tf.zeros([1, dim])], axis=0)
    index = tf.RaggedTensor.from_row_lengths(flat, lengths, validate=False).to_tensor(default_value=n_items)
    counts = tf.RaggedTensor.from_row_lengths(weight, lengths, validate=False).to_tensor(default_value=0.0)
    rows = tf.gather(table, index)
    weighted = rows * counts[:, :, None]
    ridge = reg * (tf.reduce_sum(counts, axis=1) + alpha * tf.cast(n_items, tf.float32))
    system = tf.matmul(weighted, rows, transpose_a=True) + gram + ridge[:, None, None] * tf.eye(dim)
    right = tf.reduce_sum(weighted, axis=1)
    return tf.linalg.cholesky_solve(tf.linalg.cholesky(system), right[:, :, None])[:, :, 0]


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None], tf.float32),
    ],
)
def observed(items: Any, p: Any, flat: Any, owner: Any, weight: Any) -> Any:
    """Return the observed pairs' part of the gradient, and of the loss.

    Args:
        p: [users, dim] scoring vectors.
        flat, owner: [pairs] item and user of each pair.
        weight: [users] of each user in the gradient.

    Returns:
        ([n_items, dim] sum over pairs (u, i) of -weight_u (1 - p_u.q_i) p_u in row i, sum of (1 - p_u.q_i)^2).
    """
    vectors = tf.gather(p, owner)
    miss = 1.0 - tf.reduce_sum(vectors * tf.gather(items, flat), axis=1)
    sent = tf.gather(weight, owner)[:, None] * vectors
    gradient = tf.math.unsorted_segment_sum(-miss[:, None] * sent, flat, tf.shape(items)[0])
    return gradient, tf.reduce_sum(miss * miss)
