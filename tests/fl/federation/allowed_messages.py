"""What may cross a party's border, as kinds of arrays: the list in `fl.aggregation.updates`, for the watch to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fl.aggregation.updates import N_TOTALS
from models.evaluation import VALIDATION, EvaluationRequest


@dataclass(frozen=True)
class MessageKind:
    """One kind of object that may leave the place where it was made.

    Attributes:
        name: as in the docstring of `fl.aggregation.updates`.
        shapes: the allowed shapes of its arrays, in order.
        dtypes: names of the allowed NumPy dtypes.
    """

    name: str
    shapes: tuple[tuple[int, ...], ...]
    dtypes: tuple[str, ...]

    def fits(self, value: Any) -> bool:
        arrays = value if isinstance(value, list) else [value]
        return len(arrays) == len(self.shapes) and all(
            isinstance(a, np.ndarray) and a.shape == shape and a.dtype.name in self.dtypes
            for a, shape in zip(arrays, self.shapes, strict=True)
        )


def allowed_up(n_items: int, dim: int, masked: bool, n_rows: int | None = None) -> tuple[MessageKind, ...]:
    """Return what a party may send to the server in training.

    Masked arrays are uint64, or uint32 where the aggregator is ours. Packed ones of `fl.aggregation.compression`, once
    unpacked, are uint8 to uint32, and of `n_rows` items where not all are sent.
    """
    numbers = ("uint64",) if masked else ("float32", "float64")
    packed = ("uint8", "uint16", "uint32")
    sent = [n_items] if n_rows is None else [n_items, n_rows]
    return (
        *(MessageKind("update", ((rows, dim), (N_TOTALS,)), (*numbers, *packed)) for rows in sent),
        MessageKind("validation", tuple(VALIDATION.shapes(n_items)), numbers),
        MessageKind("item counts", ((n_items,),), numbers),
    )


def allowed_up_evaluation(
    n_items: int, requests: Sequence[EvaluationRequest], n_profile: int, masked: bool
) -> tuple[MessageKind, ...]:
    """Return what a party may send for these evaluations of a finished run, beside `allowed_up`."""
    numbers = ("uint64",) if masked else ("float64",)
    return (
        MessageKind("profile", ((n_profile,),), numbers),
        *(MessageKind("evaluation", tuple(request.shapes(n_items)), numbers) for request in requests),
    )


def allowed_down(n_items: int, dim: int, n_rows: int | None = None) -> tuple[MessageKind, ...]:
    """Return what the server may send to a party. Ranges only where values have few bits."""
    return (
        MessageKind("items", ((n_items, dim),), ("float32",)),
        MessageKind("ranges", ((n_rows or n_items,),), ("float32",)),
        MessageKind("ranges, none yet", ((0,),), ("float32",)),
        MessageKind("item counts", ((n_items,),), ("float64",)),
    )
