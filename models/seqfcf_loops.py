"""The sums over places in SeqFCF's gradient, as compiled loops; see `models.seqfcf_local`."""

from __future__ import annotations

from typing import Any

from numba import types

from models.compiled import FLOAT32, compiled_for, read, written


@compiled_for(read(types.int32, 2), read(FLOAT32, 2), read(FLOAT32), written(FLOAT32, 2))
def add_to_memory(newest: Any, back: Any, weights: Any, gradient: Any) -> None:
    """Add to the gradient by one memory's table [n_items, d]: place p adds weights[k] * back[p] to row newest[p, k].

    Args:
        newest: [m, longest] the items before each place, the newest first; -1 from where there are no more.
        back: [m, d] the gradient by each place's context.
        weights: of the memory, by age.
        gradient: [n_items, d].
    """
    for place in range(len(newest)):
        row = back[place]
        for age in range(len(weights)):
            item = newest[place, age]
            if item < 0:
                break
            into, weight = gradient[item], weights[age]
            for a in range(len(row)):
                into[a] += weight * row[a]


@compiled_for(read(types.int32), read(FLOAT32, 2), written(FLOAT32, 2))
def add_rows(where: Any, rows: Any, gradient: Any) -> None:
    """Add row k of rows [m, d] to row where[k] of the gradient [n_items, d], one after the other."""
    for k in range(len(where)):
        into, row = gradient[where[k]], rows[k]
        for a in range(len(row)):
            into[a] += row[a]
