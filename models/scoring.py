"""The affine scoring function of PFedRec and FedRAP, for many users at once, in TensorFlow.

score(u, i) = sigmoid(w_u . q_i + b_u), w_u [dim] and b_u private to user u, q_i the item embedding (Zhang et al., "Dual
Personalization on Federated Recommendation", IJCAI 2023, section 4). The functions below return the logit, before the
sigmoid.
"""

from __future__ import annotations

from typing import Any

from models.tensors import tf


def logits(rows: Any, w: Any, b: Any) -> Any:
    """Return logits [users, n] of item rows [users, n, dim] under w [users, dim] and b [users]."""
    return tf.linalg.matvec(rows, w) + b[:, None]


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ],
)
def logits_of_all(items: Any, w: Any, b: Any) -> Any:
    """Return logits [users, n_items] of one shared item table [n_items, dim]."""
    return tf.matmul(w, items, transpose_b=True) + b[:, None]


@tf.function(
    autograph=False,
    input_signature=[
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None, None], tf.int32),
        tf.TensorSpec([None, None], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ],
)
def logits_of_columns(items: Any, columns: Any, w: Any, b: Any) -> Any:
    """Return logits [users, c] of the items columns[u] for user u, from one shared item table [n_items, dim]."""
    return logits(tf.gather(items, columns), w, b)
