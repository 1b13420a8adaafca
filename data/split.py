"""Leave-one-out split by time and the evaluation candidates, under both protocols (docs/evaluation.md).

This file is a contract; the data room fills it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.interactions import Interactions

Protocol = Literal["leak-free", "published"]
N_CANDIDATES = 99


@dataclass(frozen=True)
class Split:
    """Train / validation / test of every user, users in dense order.

    Attributes:
        protocol: "leak-free" or "published".
        seed: seed of the candidates.
        n_items: number of items.
        indptr: int64 [n_users + 1]; the train items of user u are items[indptr[u]:indptr[u + 1]].
        items: int32 [n_train], train items in time order. Under "published", duplicates are kept.
        valid_item, test_item: int32 [n_users], the held-out item, -1 for users kept for training only.
        valid_candidates, test_candidates: int32 [n_users, 99], sampled without replacement from the items the user
            never touched (train, validation and test excluded); the two sets of a user are disjoint draws of one
            sample of 198 when enough items exist; -1 pads rows of users who lack a held-out item, or who touched so many items that fewer are left.
        n_train_only_users: how many users had fewer than 3 (distinct, under leak-free) interactions.
        n_duplicates_dropped: rows dropped because the same (user, item) came earlier; 0 under "published".
    """

    protocol: Protocol
    seed: int
    n_items: int
    indptr: NDArray[np.int64]
    items: NDArray[np.int32]
    valid_item: NDArray[np.int32]
    test_item: NDArray[np.int32]
    valid_candidates: NDArray[np.int32]
    test_candidates: NDArray[np.int32]
    n_train_only_users: int
    n_duplicates_dropped: int

    @property
    def n_users(self) -> int:
        return len(self.valid_item)


def leave_one_out(interactions: Interactions, protocol: Protocol, seed: int) -> Split:
    """Hold out each user's last item for test and the last but one for validation."""
    raise NotImplementedError
