"""The interface of every baseline: it is fitted on the raw data of all parties, and scores any party's users."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Recency:
    """The extra weight of a user's newest items in the user's own scores, as FCF has it (`models.fcf_local`).

    Attributes:
        weight: of the newest, beside 1; 0 for none.
        half_life: after how many newer items it is half.
    """

    weight: float = 0.0
    half_life: float = 1.0


def interaction_matrix(parts: Sequence[PartyData], recency: Recency | None = None) -> sp.csr_matrix:
    """Return a float64 CSR matrix [n_users, n_items] of a user's train items, the parties' users in turn.

    A pair is 1, or 1 plus its weight by recency. One that stands twice (published protocol) counts once, as its newer.
    """
    items = np.concatenate([part.items for part in parts])
    lengths = np.concatenate([np.diff(part.indptr) for part in parts])
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    value = np.ones(len(items))
    if recency is not None:
        age = np.repeat(indptr[1:], lengths) - 1 - np.arange(len(items))
        value += recency.weight * np.exp2(-age / recency.half_life)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((value, items, owner))
    pair = owner[order] * np.int64(parts[0].n_items) + items[order]
    newest = order[np.append(pair[1:] != pair[:-1], True)] if len(order) else order
    shape = (len(lengths), parts[0].n_items)
    return sp.csr_matrix((value[newest], (owner[newest], items[newest])), shape=shape)


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
