"""The interface of every baseline: it is fitted on the raw data of all parties, and scores any party's users."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from data.errors import SettingsError
from data.partition import PartyData

Batches = Iterator[tuple[NDArray[np.int64], NDArray[np.floating[Any]]]]


class Baseline(ABC):
    """A recommender that nobody federated.

    Attributes:
        name: as on the command line.
        title: as in tables.
        sees: what whoever runs it gets to see, for the privacy column.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sees: ClassVar[str] = "Sees all raw data: trained in one place, without federation."

    @abstractmethod
    def fit(self, parts: Sequence[PartyData]) -> None:
        """Learn from the train items of all parties' users.

        Args:
            parts: one PartyData per party.

        Raises:
            SettingsError: the data set is too large for this baseline on this machine.
        """

    @abstractmethod
    def scores(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.floating[Any]]:
        """Return the scores of all items for users `rows` of party `place`, [len(rows), n_items]; higher is better."""

    def score_batches(self, place: int, batch_size: int) -> Batches:
        """Yield (rows, their scores) of all users of party `place`, `batch_size` at a time."""
        n = self._parts[place].n_users
        for start in range(0, n, batch_size):
            rows = np.arange(start, min(n, start + batch_size))
            yield rows, self.scores(place, rows)

    _parts: Sequence[PartyData] = ()


def interaction_matrix(parts: Sequence[PartyData]) -> sp.csr_matrix:
    """Return a float64 CSR matrix [n_users, n_items] of ones where a user has a train item, the parties' users in turn.

    A pair that stands twice (published protocol) counts once.
    """
    items = np.concatenate([part.items for part in parts])
    lengths = np.concatenate([np.diff(part.indptr) for part in parts])
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    matrix = sp.csr_matrix((np.ones(len(items)), items, indptr), shape=(len(lengths), parts[0].n_items))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def first_rows(parts: Sequence[PartyData]) -> NDArray[np.int64]:
    """Return where each party's users begin in `interaction_matrix`, [n_parties + 1]."""
    return np.concatenate([[0], np.cumsum([part.n_users for part in parts])]).astype(np.int64)


def need_memory(what: str, n_bytes: int) -> None:
    """Refuse work that needs so much memory that the machine would swap.

    Raises:
        SettingsError: more than three quarters of the free memory would be needed.
    """
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if n_bytes > 0.75 * free:
        raise SettingsError(
            f"{what} needs about {n_bytes / 2**30:.1f} GiB of memory here, and {free / 2**30:.1f} GiB are free.",
            "Leave it out of --baselines, or use a machine with more memory.",
        )
