"""FCF's ridge regressions, and the items' gradient, as compiled loops; see `models.fcf_local`.

A user's system of equations is symmetric, so only its lower half is made, factored and read: `system[a, b]` with
b <= a. A user's rows are gathered a few at a time and added to it while they are in the first-level cache. Every number
depends on one user, or on one item, alone, in the order of the data: not on threads, spans, or who else is asked for.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import types

from models.compiled import BOOL, FLOAT32, FLOAT64, INT, compiled, compiled_for, read, written

_STEP: Final = 8  # rows that one pass over the system adds; `_add_products` is written for it
_BLOCK: Final = 64  # rows that are gathered at a time: 16 KB at dim 64

_ZERO, _ONE = np.float32(0.0), np.float32(1.0)


@compiled
def _add_products(system: Any, rows: Any, n: Any) -> None:
    """Add the products r r' of the first n rows [_BLOCK, dim] to the lower half of a system; n in whole steps."""
    for k in range(0, n, _STEP):
        r0, r1, r2, r3 = rows[k], rows[k + 1], rows[k + 2], rows[k + 3]
        r4, r5, r6, r7 = rows[k + 4], rows[k + 5], rows[k + 6], rows[k + 7]
        for a in range(len(system)):
            c0, c1, c2, c3, c4, c5, c6, c7 = r0[a], r1[a], r2[a], r3[a], r4[a], r5[a], r6[a], r7[a]
            line = system[a]
            for b in range(a + 1):
                line[b] += ((c0 * r0[b] + c1 * r1[b]) + (c2 * r2[b] + c3 * r3[b])) + (
                    (c4 * r4[b] + c5 * r5[b]) + (c6 * r6[b] + c7 * r7[b])
                )


@compiled
def _add_rest(system: Any, rows: Any, n: Any) -> None:
    """Add the products of the first n rows, whatever n is."""
    whole = -(-n // _STEP) * _STEP
    rows[n:whole] = _ZERO
    _add_products(system, rows, whole)


@compiled
def _factor(system: Any) -> None:
    """Put L into the place of the lower half of a system A = L' L, L lower: Cholesky, from the last row to the first.

    So each row of L is done with in one pass, from its beginning, over those above it; four rows go together.
    """
    last = len(system) - 1
    while last >= 0:
        n = min(4, last + 1)
        for k in range(n):
            a = last - k
            row = system[a]
            for done in range(k):
                other = system[last - done]
                factor = other[a]
                for b in range(a + 1):
                    row[b] -= factor * other[b]
            scale = _ONE / np.sqrt(row[a])
            for b in range(a + 1):
                row[b] *= scale
        if n == 4:
            r0, r1, r2, r3 = system[last], system[last - 1], system[last - 2], system[last - 3]
            for a in range(last - 3):
                c0, c1, c2, c3 = r0[a], r1[a], r2[a], r3[a]
                line = system[a]
                for b in range(a + 1):
                    line[b] -= (c0 * r0[b] + c1 * r1[b]) + (c2 * r2[b] + c3 * r3[b])
        last -= n


@compiled
def _solve(system: Any, ridge: Any, x: Any) -> None:
    """Put the solution of (A + ridge I) x = right into x [dim], which holds the right side; A is factored in place."""
    dim = len(system)
    for a in range(dim):
        system[a, a] += ridge
    _factor(system)
    for a in range(dim - 1, -1, -1):
        row = system[a]
        x[a] /= row[a]
        for b in range(a):
            x[b] -= x[a] * row[b]
    for a in range(dim):
        row = system[a]
        total = _ZERO
        for b in range(a):
            total += row[b] * x[b]
        x[a] = (x[a] - total) / row[a]


@compiled_for(
    read(INT),
    INT,
    INT,
    read(INT),
    read(types.int32),
    read(FLOAT32),
    read(FLOAT32, 2),
    read(FLOAT32, 2),
    FLOAT64,
    FLOAT64,
    BOOL,
    written(FLOAT32, 2),
    written(FLOAT32, 2),
)
def solve_users(
    users: Any,
    first: Any,
    last: Any,
    indptr: Any,
    flat: Any,
    extra: Any,
    items: Any,
    gram: Any,
    reg: Any,
    unobserved: Any,
    weighted: Any,
    p: Any,
    scoring: Any,
) -> None:
    """Solve for the vectors of users[first..last-1].

    Args:
        users: [m] rows of users.
        first, last: a span of `users`.
        indptr, flat: a user's train items are flat[indptr[u]..indptr[u + 1] - 1], and these are the user's pairs.
        extra: [pairs] what a pair weighs beyond 1 in scores, at least 0.
        items: [n_items, dim].
        gram: [dim, dim] alpha * items' items.
        reg: lambda.
        unobserved: alpha * n_items; the ridge is reg * (weights of the pairs + unobserved).
        weighted: whether vectors for scores are wanted too.
        p: [n, dim]; gets the solutions in which each pair weighs 1.
        scoring: [n, dim]; gets those in which it weighs 1 + extra; untouched unless `weighted`.
    """
    dim = items.shape[1]
    system, second = np.empty((dim, dim), np.float32), np.empty((dim, dim), np.float32)
    rows = np.empty((_BLOCK, dim), np.float32)
    for place in range(first, last):
        user = users[place]
        begin, end = indptr[user], indptr[user + 1]
        x = p[user]
        x[:] = _ZERO
        system[:] = gram
        for start in range(begin, end, _BLOCK):
            n = min(_BLOCK, end - start)
            for k in range(n):
                item, row = items[flat[start + k]], rows[k]
                for a in range(dim):
                    row[a] = item[a]
                    x[a] += item[a]
            _add_rest(system, rows, n)
        if weighted:
            y = scoring[user]
            y[:] = x
            second[:] = system
            total, n = 0.0, 0
            for pair in range(begin, end):
                if extra[pair] == _ZERO:
                    continue
                total += extra[pair]
                root, item, row = np.sqrt(extra[pair]), items[flat[pair]], rows[n]
                for a in range(dim):
                    row[a] = root * item[a]
                    y[a] += extra[pair] * item[a]
                n += 1
                if n == _BLOCK:
                    _add_products(second, rows, n)
                    n = 0
            _add_rest(second, rows, n)
            _solve(second, np.float32(reg * (end - begin + total + unobserved)), y)
        _solve(system, np.float32(reg * (end - begin + unobserved)), x)


@compiled_for(
    INT,
    INT,
    read(INT),
    read(types.int32),
    read(FLOAT32, 2),
    read(FLOAT32, 2),
    read(BOOL),
    read(FLOAT32),
    written(FLOAT32, 2),
    written(FLOAT64),
    written(FLOAT64),
)
def gradient_of_items(
    first: Any,
    last: Any,
    indptr: Any,
    owners: Any,
    items: Any,
    p: Any,
    takes_part: Any,
    weight: Any,
    gradient: Any,
    count: Any,
    loss: Any,
) -> None:
    """Work out the observed pairs' part of the gradient of items first..last-1, and of the loss.

    Args:
        first, last: a span of items.
        indptr, owners: an item's users are owners[indptr[i]..indptr[i + 1] - 1].
        items: [n_items, dim].
        p: [n, dim] the users' vectors.
        takes_part: [n], whose pairs count.
        weight: [n] of each user in the gradient.
        gradient: [n_items, dim]; row i gets the sum over pairs (u, i) of -weight_u (1 - p_u.q_i) p_u.
        count: [n_items]; gets the sum of weight_u.
        loss: [n_items]; gets the sum of (1 - p_u.q_i)^2.
    """
    dim = items.shape[1]
    for item in range(first, last):
        q, row = items[item], gradient[item]
        row[:] = _ZERO
        count[item] = loss[item] = 0.0
        for pair in range(indptr[item], indptr[item + 1]):
            user = owners[pair]
            if not takes_part[user]:
                continue
            vector = p[user]
            score = _ZERO
            for a in range(dim):
                score += vector[a] * q[a]
            miss = _ONE - score
            loss[item] += miss * miss
            count[item] += weight[user]
            factor = weight[user] * miss
            for a in range(dim):
                row[a] -= factor * vector[a]


@compiled_for(INT, INT, read(INT), read(types.int32, 2), read(FLOAT32, 2), read(FLOAT32, 2), written(FLOAT32, 2))
def products(first: Any, last: Any, users: Any, columns: Any, items: Any, vectors: Any, score: Any) -> None:
    """Put into score [m, c] vectors[users[k]] . items[columns[k, j]] for k in first..last-1; 0 where a column is -1."""
    dim = items.shape[1]
    for k in range(first, last):
        vector = vectors[users[k]]
        for j in range(columns.shape[1]):
            total = _ZERO
            if columns[k, j] >= 0:
                q = items[columns[k, j]]
                for a in range(dim):
                    total += vector[a] * q[a]
            score[k, j] = total
