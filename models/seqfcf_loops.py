"""The sums over places in SeqFCF's gradient, as compiled loops; see `models.seqfcf_local`."""

from __future__ import annotations

from typing import Any

from numba import types

from models.compiled import FLOAT32, INT, compiled_for, read, written


@compiled_for(
    INT,
    INT,
    read(INT),
    read(INT),
    read(types.int32),
    read(FLOAT32, 2),
    read(FLOAT32),
    written(FLOAT32, 2),
)
def add_memory(
    first: Any, last: Any, pairs: Any, starts: Any, flat: Any, table: Any, weights: Any, contexts: Any
) -> None:
    """Add one memory to the contexts of places first..last-1: the sum over ages k of weights[k] * the item's row.

    Args:
        first, last: a span of places.
        pairs: [m] where in `flat` a place is; the item of age k stands k + 1 before it.
        starts: [m] where in `flat` the place's list begins.
        flat: lists of items in order of time, one after the other.
        table: [n_items, d] of the memory.
        weights: of the memory, by age.
        contexts: [m, d].
    """
    for place in range(first, last):
        into = contexts[place]
        for age in range(min(len(weights), pairs[place] - starts[place])):
            row, weight = table[flat[pairs[place] - 1 - age]], weights[age]
            for a in range(len(into)):
                into[a] += weight * row[a]


@compiled_for(read(INT), read(INT), read(types.int32), read(FLOAT32, 2), read(FLOAT32), written(FLOAT32, 2))
def add_to_memory(pairs: Any, starts: Any, flat: Any, back: Any, weights: Any, gradient: Any) -> None:
    """Add to the gradient by one memory's table [n_items, d] what goes back through `add_memory`.

    Args:
        back: [m, d] the gradient by each place's context.
        gradient: [n_items, d].
        others: as for `add_memory`.
    """
    for place in range(len(pairs)):
        row = back[place]
        for age in range(min(len(weights), pairs[place] - starts[place])):
            into, weight = gradient[flat[pairs[place] - 1 - age]], weights[age]
            for a in range(len(row)):
                into[a] += weight * row[a]


@compiled_for(read(types.int32), read(FLOAT32, 2), written(FLOAT32, 2))
def add_rows(where: Any, rows: Any, gradient: Any) -> None:
    """Add row k of rows [m, d] to row where[k] of the gradient [n_items, d], one after the other."""
    for k in range(len(where)):
        into, row = gradient[where[k]], rows[k]
        for a in range(len(row)):
            into[a] += row[a]
