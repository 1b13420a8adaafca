"""Users to parties: who holds whose data. In `simulation` the driver deals these out; in `production` each party reads its own.

This file is a contract; the data room fills it in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.split import Protocol, Split


@dataclass(frozen=True)
class PartyData:
    """Everything one party holds: the Split restricted to its users, rows in ascending dense user id.

    Attributes:
        party: party name.
        users: int32 [n], the party's dense (global) user ids, ascending. Row r of every array below is users[r].
        others as in Split, restricted to these users (indptr starts at 0).
    """

    party: str
    protocol: Protocol
    n_items: int
    users: NDArray[np.int32]
    indptr: NDArray[np.int64]
    items: NDArray[np.int32]
    valid_item: NDArray[np.int32]
    test_item: NDArray[np.int32]
    valid_candidates: NDArray[np.int32]
    test_candidates: NDArray[np.int32]

    @property
    def n_users(self) -> int:
        return len(self.users)


def assign_users(n_users: int, parties: Sequence[str], seed: int) -> NDArray[np.int32]:
    """[n_users] party index per user: a seeded shuffle dealt out evenly (sizes differ by at most one).

    Raises SettingsError when there are more parties than users.
    """
    raise NotImplementedError


def assign_by_map(user_ids: NDArray[np.object_], parties: Sequence[str], mapping: Mapping[str, str]) -> NDArray[np.int32]:
    """[n_users] party index per user from an explicit {original user id: party name} map."""
    raise NotImplementedError


def deal(split: Split, parties: Sequence[str], assignment: NDArray[np.int32]) -> list[PartyData]:
    """One PartyData per party, in the order of `parties`."""
    raise NotImplementedError
