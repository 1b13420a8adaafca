"""A centralised yardstick for the order of items: self-attention over each user's list.

Kang and McAuley, "Self-attentive sequential recommendation", ICDM 2018: item and position embeddings, two blocks of
causal self-attention with one head and a position-wise network, and scores that are products of the last position's
output with the item embeddings. As later studies advise, it is trained with the cross-entropy over all items instead of
one sampled negative a position (Klenitskiy and Vasilev, "Turning dross into gold loss", RecSys 2023). Lists longer than
`length` are cut into windows, so that all of a list is learned from. Written with Keras, which comes with SecretFlow's
TensorFlow and is imported only when this baseline is fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baselines.base import Baseline, first_rows
from data.partition import PartyData
from models.evaluation import EvaluationRequest, evaluate, evaluated

_TRIED_IN_VAIN = 8  # epochs without a better validation figure that end training
_ROWS = 512  # users scored at a time


class SASRec(Baseline):
    """SASRec over all users. The epoch that is best on the validation items stays, as for the federated models.

    Args:
        dim: length of an embedding.
        blocks: of attention.
        length: items of a list that one pass looks at.
        dropout: share of values left out in training.
        epochs: at most.
        batch: windows of a gradient step.
        rate: Adam's step size.
        seed: of start values, dropout and the order of windows.
    """

    name = "sasrec"
    title = "SASRec (centralised)"
    sees = "Sees all raw data, in order: trained in one place, without federation."

    def __init__(
        self,
        dim: int = 64,
        blocks: int = 2,
        length: int = 50,
        dropout: float = 0.3,
        epochs: int = 60,
        batch: int = 32,
        rate: float = 1e-3,
        seed: int = 0,
    ) -> None:
        self._dim, self._blocks, self._length, self._dropout = dim, blocks, length, dropout
        self._epochs, self._batch, self._rate, self._seed = epochs, batch, rate, seed

    def fit(self, parts: Sequence[PartyData]) -> None:
        import tensorflow as tf

        self._parts, self._first = parts, first_rows(parts)
        n_items = parts[0].n_items
        tf.random.set_seed(self._seed)
        rng = np.random.default_rng([self._seed, 4])
        self._last = np.concatenate([_last_items(part, self._length) for part in parts])
        windows = np.concatenate([_windows(part, self._length) for part in parts])
        network = self._network(n_items)
        table = network.get_layer("items").embeddings
        optimiser = tf.keras.optimizers.Adam(self._rate, beta_2=0.98)

        def descend(window: Any) -> None:
            before, after = window[:, :-1], window[:, 1:]
            there = after > 0
            with tf.GradientTape() as tape:
                output = tf.boolean_mask(network(before, training=True), there)
                logits = tf.matmul(output, table[1:], transpose_b=True)
                target = tf.boolean_mask(after, there) - 1
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(target, logits))
            variables = network.trainable_variables
            optimiser.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))

        shape = tf.TensorSpec([None, self._length + 1], tf.int32)
        step = tf.function(descend, autograph=False, input_signature=[shape])
        best, best_weights, in_vain = -1.0, network.get_weights(), 0
        for _ in range(self._epochs):
            order = rng.permutation(len(windows))
            for start in range(0, len(order), self._batch):
                step(windows[order[start : start + self._batch]])
            self._outputs, self._table = self._read(network)
            found = self._validation()
            if found > best:
                best, best_weights, in_vain = found, network.get_weights(), 0
            else:
                in_vain += 1
                if in_vain == _TRIED_IN_VAIN:
                    break
        network.set_weights(best_weights)
        self._outputs, self._table = self._read(network)

    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        found: NDArray[np.float32] = self._outputs[self._first[place] + rows] @ self._table.T
        return found

    def _network(self, n_items: int) -> Any:
        """Return a Keras model from lists of item numbers from 1, 0 for none, [n, length], to outputs at each place."""
        import tensorflow as tf

        layers, dim, length = tf.keras.layers, self._dim, self._length
        lists = tf.keras.Input([length], dtype=tf.int32)
        there = tf.cast(lists > 0, tf.float32)[:, :, None]
        normal = tf.keras.initializers.RandomNormal
        of_items, of_places = (normal(stddev=dim**-0.5, seed=3 * self._seed + place) for place in (1, 2))
        # As the authors' program has it, and not the paper: an item weighs more than its place.
        x = layers.Embedding(n_items + 1, dim, embeddings_initializer=of_items, name="items")(lists) * dim**0.5
        x += layers.Embedding(length, dim, embeddings_initializer=of_places)(tf.range(length))
        x = layers.Dropout(self._dropout)(x) * there
        # A place looks at itself and at the items before it.
        seen = tf.logical_and(
            tf.linalg.band_part(tf.ones([length, length], tf.bool), -1, 0)[None], (lists > 0)[:, None, :]
        )
        for _ in range(self._blocks):
            query = layers.LayerNormalization()(x)
            attention = layers.MultiHeadAttention(1, dim, dropout=self._dropout)
            x = query + attention(query, x, attention_mask=seen)
            inner = layers.LayerNormalization()(x)
            hidden = layers.Dropout(self._dropout)(layers.Dense(dim, "relu")(inner))
            x = (inner + layers.Dropout(self._dropout)(layers.Dense(dim)(hidden))) * there
        return tf.keras.Model(lists, layers.LayerNormalization()(x))

    def _read(self, network: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return (the output behind each user's last item [n_users, dim], the item embeddings [n_items, dim])."""
        outputs = [
            network(self._last[start : start + _ROWS], training=False).numpy()[:, -1]
            for start in range(0, len(self._last), _ROWS)
        ]
        return np.concatenate(outputs), network.get_layer("items").embeddings.numpy()[1:]

    def _validation(self) -> float:
        """Return HR@10 plus NDCG@10 of the validation items."""
        request = EvaluationRequest("valid", (10,), ("hr", "ndcg"), full=True)
        sums = [evaluate(self.score_batches(place, _ROWS), part, request)[0] for place, part in enumerate(self._parts)]
        figures = evaluated([np.sum(sums, axis=0)], request).figures
        return figures["hr@10"] + figures["ndcg@10"]


def _last_items(part: PartyData, length: int) -> NDArray[np.int32]:
    """Return the last items of each user's train list, numbered from 1 and right-aligned: [n, length], 0 for none."""
    place = part.indptr[1:, None] - length + np.arange(length)
    there = place >= part.indptr[:-1, None]
    return np.where(there, part.items[np.maximum(place, 0)] + 1 if len(part.items) else 0, 0).astype(np.int32)


def _windows(part: PartyData, length: int) -> NDArray[np.int32]:
    """Return windows of length + 1 items that cover the train lists, the last one right-aligned, [m, length + 1].

    Neighbouring windows share one item, so that each item but a list's first is predicted once.
    """
    found = []
    for first, end in zip(part.indptr[:-1].tolist(), part.indptr[1:].tolist(), strict=True):
        while end - first > 1:
            start = max(first, end - length - 1)
            found.append(np.zeros(length + 1, np.int32))
            found[-1][length + 1 - (end - start) :] = part.items[start:end] + 1
            end = start + 1
    return np.stack(found) if found else np.zeros((0, length + 1), np.int32)
