"""The figures of ranked lists that another program made, on the same split and, where they apply, the same candidates.

A list says of the items in it who stands before whom, and of all others only that they stand behind. So:

* Full rank applies to lists drawn from the whole catalogue. The rank of a held-out item in a list is exact; one that is
  in no list is ranked behind it and counts as a miss.
* Sampled figures apply where each list decides them: the held-out item is in it, so that all candidates ahead of it are
  as well, or at least K candidates are in it, so that the held-out item cannot be among the K best.
* Lists of nothing but a user's candidates and held-out item are rankings of these: full rank does not apply to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.lists import UNKNOWN, Lists
from data.partition import PartyData
from models.evaluation import EvaluationRequest, held_out, weighted_sums
from models.metrics import user_figures

_MISSED = np.iinfo(np.int32).max  # the rank of a held-out item that is in no list


@dataclass(frozen=True)
class ListRanks:
    """The places of the held-out items in the lists.

    Attributes:
        tested: bool [n], users with a held-out item.
        length: int64 [n], items in each user's list.
        found: bool [n], users whose held-out item is in the list.
        full: int64 [n], its rank among the listed items; far behind where it is in none.
        sampled: int64 [n], its rank among its candidates, likewise.
        n_candidates: int64 [n], candidates in each user's list.
        only_candidates: whether the lists hold nothing but candidates and held-out items.
    """

    tested: NDArray[np.bool_]
    length: NDArray[np.int64]
    found: NDArray[np.bool_]
    full: NDArray[np.int64]
    sampled: NDArray[np.int64]
    n_candidates: NDArray[np.int64]
    only_candidates: bool

    def undecided(self, k: int) -> NDArray[np.bool_]:
        """Return the users whose list does not say whether the held-out item is among the K best candidates."""
        listed = self.tested & (self.length > 0)
        return listed & ~self.found & (self.n_candidates < k)


def list_ranks(lists: Lists, data: PartyData, request: EvaluationRequest) -> ListRanks:
    """Return where the held-out items stand. An item of the same rank or score counts as ahead, as everywhere.

    Args:
        lists: cleaned.
        data: all users, in dense order.
        request: which part.
    """
    own, candidates = held_out(data, request.part)
    user, item, place = lists.user.astype(np.int64), lists.item.astype(np.int64), lists.place
    n, n_items = data.n_users, data.n_items
    is_own = (item == own[user]) & (item >= 0)
    stands = np.full(n, np.nan)
    stands[user[is_own]] = place[is_own]
    ahead = (place <= stands[user]) & ~is_own
    drawn = candidates >= 0
    keys = np.nonzero(drawn)[0] * np.int64(n_items) + candidates[drawn]
    is_candidate = np.isin(user * n_items + item, keys) & (item != UNKNOWN)
    found = ~np.isnan(stands)
    tested = own >= 0

    def rank(counted: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.where(found, 1 + np.bincount(user[ahead & counted], minlength=n), _MISSED)

    of_tested = tested[user]
    return ListRanks(
        tested,
        lists.lengths(n),
        found & tested,
        rank(np.ones(len(user), np.bool_)),
        rank(is_candidate),
        np.bincount(user[is_candidate], minlength=n),
        bool(of_tested.any() and (is_candidate | is_own)[of_tested].all()),
    )


def list_message(
    lists: Lists, found: ListRanks, data: PartyData, request: EvaluationRequest
) -> list[NDArray[np.float64]]:
    """Return the message of `models.evaluation.evaluate` for lists: sampled figures, full ones, and exposure.

    A user without a list has missed. Figures that do not apply are among them: see `ListRanks`.

    Args:
        lists: cleaned.
        found: their ranks.
        data: all users, in dense order.
        request: what is asked, in full and with exposure.
    """
    figures = np.zeros((data.n_users, len(request.columns)))
    own = [user_figures(rank, request.ks, request.metrics) for rank in (found.sampled, found.full)]
    figures[found.tested] = np.column_stack([np.ones(data.n_users), *own])[found.tested]
    return [weighted_sums(figures, data, request), exposure_of(lists, found, data, request.ks)]


def exposure_of(lists: Lists, found: ListRanks, data: PartyData, ks: tuple[int, ...]) -> NDArray[np.float64]:
    """Count how often each item is among the K best of a tested user: [len(ks), n_items]. Equal places by item id."""
    order = np.lexsort((lists.item, lists.place, lists.user))
    user, item = lists.user[order], lists.item[order]
    begin = np.concatenate([[0], np.cumsum(found.length)])
    place = np.arange(len(user)) - begin[user]
    counted = (item != UNKNOWN) & found.tested[user]
    return np.stack([np.bincount(item[counted & (place < k)], minlength=data.n_items).astype(np.float64) for k in ks])
