"""SeqFCF: FCF, and beside it tables of what usually follows what; only sums of item gradients are shared.

What a user's score is, `models.sequence` says; FCF's part is `models.fcf_local`, word for word. The other part is
trained as follows. In each round a user draws up to `sequence_places` places of its train list, one from each of so
many equal parts of it. The items are dealt into `sequence_groups` groups each round too, and a user gets one of them.
At a place, with h the context of the items before it (a share of its values left out at random, the rest scaled up), j
the item that stands there and G the user's group without j, the loss is the cross-entropy

    log(exp S(j) + (n_items - 1) / |G| * sum_{i in G} exp S(i)) - S(j),

which with one group is -log softmax_j(S) over all items; and a user's is

    sum over its places of the cross-entropy + sequence_reg / (2 n_items) * sum_i (|c_i|^2 + |d_i|^2 + |t_i|^2).

A party sends the sum over its users of the gradient by the tables, beside FCF's and in the same message; the server
divides it by the number of users / n_items, and takes a step of FedAdam. What is drawn depends only on the run's seed,
the round and the user, so neither on who holds the user nor on who else takes part. Every item stands in some users'
groups in every round: that is why a quarter of the softmax costs no quality, where one draw of a quarter of the items
for everybody costs much (docs/evaluation.md has the trials).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data import rng
from data.errors import SettingsError
from data.genres import Genres
from data.partition import PartyData
from data.sentences import say
from models import threads
from models.base import FloatArray, LocalUpdate, initial_items, taking_part
from models.clipping import Clip
from models.descriptor import View
from models.fcf_local import INITIAL_DEVIATION, LocalFCF
from models.item_table import first_columns
from models.sequence import (
    MEMORIES,
    Combined,
    Hyper,
    Tables,
    combine,
    contributions,
    newest_first,
    part_of_taste,
    parts_of_order,
    tables_of,
)

# Scores of all items at the places that are worked on at a time: 2^19 float32 numbers stay in the second-level cache.
_SCORES = 2**19
# Places whose gradient is summed by one thread, whatever the number of threads, so that it changes no sum.
_PLACES = 4096
_BYTES = 8  # of a random number, one for each value that may be left out


@dataclass(frozen=True)
class Places:
    """The places of the users' lists that are learned from in a round.

    Attributes:
        pair: int64 [m], the place in the party's `items`.
        row: int64 [m], whose it is, ascending.
        number: int64 [m], its number among the user's places of the round.
        of_users: int64 [n], how many each user has.
    """

    pair: NDArray[np.int64]
    row: NDArray[np.int64]
    number: NDArray[np.int64]
    of_users: NDArray[np.int64]


class LocalSeqFCF(LocalFCF):
    """The SeqFCF users of one party: FCF's, with the order of their items beside.

    Private state: FCF's; the sequence part has none. The loss reported is FCF's plus the cross-entropy, as if it had
    been taken at every place of the lists.
    """

    _hyper: Hyper

    def __init__(self, data: PartyData, hyper: Hyper) -> None:
        super().__init__(data, hyper)
        self._in_order = hyper.own.sequence_weight > 0

    @staticmethod
    def load() -> None:
        LocalFCF.load()
        import models.seqfcf_loops  # noqa: F401

    @staticmethod
    def initial_items(n_items: int, hyper: Hyper, labels: Genres = ()) -> FloatArray:
        start: FloatArray = INITIAL_DEVIATION * initial_items(n_items, hyper.row_length, hyper.seed)
        start[:, : hyper.dim] = LocalFCF.initial_items(n_items, hyper, labels)
        if hyper.own.sequence_weight > 0:
            start[:, -1] = 0.0
        return start

    def train_round(
        self,
        items: FloatArray,
        round_number: int,
        rows: NDArray[np.int64] | None = None,
        clip: Clip | None = None,
    ) -> LocalUpdate:
        if clip is not None and self._in_order:
            raise SettingsError(
                say("model.seqfcf-not-clipped", "SeqFCF does not bound what a user adds to the message.")
            )
        part = super().train_round(items[:, : self._hyper.dim], round_number, rows, clip)
        if not self._in_order:
            return part
        gradient, loss_sum = self._gradient(
            tables_of(items, self._hyper), round_number, taking_part(self.n_users, rows)
        )
        return LocalUpdate(
            np.concatenate([part.item_update, gradient], axis=1), part.n_users, part.n_samples, part.loss_sum + loss_sum
        )

    def scores(
        self,
        rows: NDArray[np.int64],
        items: FloatArray,
        columns: NDArray[np.int32] | None = None,
        view: View | None = None,
    ) -> FloatArray:
        if not self._in_order:
            return super().scores(rows, first_columns(items, self._hyper.dim), columns)
        users = self._combined(rows, items)
        if columns is None:
            return users.scores()
        from models import fcf_ridge

        wanted = np.ascontiguousarray(columns, np.int32)
        vectors, table = np.concatenate(users.vectors, axis=1), np.concatenate(users.tables, axis=1)
        everyone, score = np.arange(len(rows)), np.empty(wanted.shape, np.float32)

        def work_out(first: int, last: int) -> None:
            fcf_ridge.products(first, last, everyone, wanted, table, vectors, score)

        threads.spread(np.ones(len(rows), np.int64), work_out)
        return np.asarray(score + users.offset[:, None], np.float32)

    def own_items(self, row: int, items: FloatArray) -> FloatArray:
        return items[:, : self._hyper.dim]

    def reasons(self, row: int, items: FloatArray, columns: NDArray[np.int64]) -> FloatArray:
        return contributions(items, self.train_items(row), self._hyper, columns)

    def _combined(self, rows: NDArray[np.int64], items: FloatArray) -> Combined:
        """Return users as linear functions of rows."""
        q, indptr = first_columns(items, self._hyper.dim), self._data.indptr
        newest = newest_first(self._data.items, indptr[rows + 1], indptr[rows])
        taste = part_of_taste(items, self.vectors_for_scores(rows, q), self._hyper.dim)
        return combine(taste, *parts_of_order(items, newest, self._hyper))

    def _draw(self, takes_part: NDArray[np.bool_], round_number: int) -> Places:
        """Draw the places of a round: k of a user are one from each k-th part of the list behind its first item."""
        data = self._data
        behind = np.where(takes_part, np.maximum(np.diff(data.indptr) - 1, 0), 0)
        n = np.minimum(behind, self._hyper.own.sequence_places)
        row = np.repeat(np.arange(len(n)), n)
        number = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n)
        stream = rng.keys(rng.key(rng.FOR_PLACES, self._hyper.seed, round_number), data.users)
        first, last = (part * behind[row] // n[row] for part in (number, number + 1))
        bits = rng.draw(stream[row], number.astype(np.uint64))
        within = rng.below(bits, (last - first).astype(np.uint64)).view(np.int64)
        return Places(data.indptr[row] + 1 + first + within, row, number, n)

    def _kept(self, places: Places, round_number: int) -> FloatArray:
        """Return what each value of each context is multiplied with, [m, sequence_dim]: 0 where it is left out."""
        own = self._hyper.own
        per_place = -(-own.sequence_dim // _BYTES)
        stream = rng.keys(rng.key(rng.FOR_DROPOUT, self._hyper.seed, round_number), self._data.users)[places.row]
        index = (places.number * per_place)[:, None] + np.arange(per_place)
        drawn = rng.draw(stream[:, None], index.astype(np.uint64)).view(np.uint8)[:, : own.sequence_dim]
        below = round(256 * own.sequence_dropout)
        return np.asarray((drawn >= below) * np.float32(256.0 / (256 - below)), np.float32)

    def _groups(self, round_number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Deal items and users into groups: return the group of each item, [n_items], and of each user, [n]."""
        n_groups = min(self._hyper.own.sequence_groups, max(1, self._data.n_items // 2))  # none is left with j alone
        prefix = rng.key(rng.FOR_GROUPS, self._hyper.seed, round_number)
        of_item = np.empty(self._data.n_items, np.int64)
        of_item[np.argsort(rng.keys(prefix, np.arange(self._data.n_items)), kind="stable")] = (
            np.arange(self._data.n_items) % n_groups
        )
        bits = rng.draw(rng.keys(prefix, self._data.users), np.zeros(1, np.uint64))
        return of_item, rng.below(bits, np.full(len(bits), n_groups, np.uint64)).view(np.int64)

    def _contexts(self, tables: Tables, pairs: NDArray[np.int64], starts: NDArray[np.int64]) -> FloatArray:
        """Return what `models.sequence.contexts` does, for many places of long lists: [m, sequence_dim]."""
        from models import seqfcf_loops

        found: FloatArray = np.zeros((len(pairs), self._hyper.own.sequence_dim), np.float32)
        for table, weights in zip(map(np.ascontiguousarray, tables.memories), MEMORIES, strict=True):

            def add(first: int, last: int, table: FloatArray = table, weights: FloatArray = weights) -> None:
                seqfcf_loops.add_memory(first, last, pairs, starts, self._data.items, table, weights, found)

            threads.spread(np.ones(len(pairs), np.int64), add)
        return found

    def _gradient(self, tables: Tables, round_number: int, takes_part: NDArray[np.bool_]) -> tuple[FloatArray, float]:
        """Return the sums of the users' gradients by c, d, t and b, in the order of an item's row, and of losses."""
        from models import seqfcf_loops

        data, own = self._data, self._hyper.own
        places = self._draw(takes_part, round_number)
        starts = data.indptr[places.row]
        kept = self._kept(places, round_number)
        context = self._contexts(tables, places.pair, starts)
        context *= kept
        group_of_item, group_of_user = self._groups(round_number)
        of_answers, back, losses = _of_answers(
            tables.answers, context, data.items[places.pair], group_of_item, group_of_user[places.row]
        )
        back *= kept
        parts: list[FloatArray] = []
        for weights in MEMORIES:
            parts.append(np.zeros((data.n_items, own.sequence_dim), np.float32))
            seqfcf_loops.add_to_memory(places.pair, starts, data.items, back, weights, parts[-1])
        gradient = np.concatenate([*parts, of_answers], axis=1)
        # b is not held back: how often an item is met is no peculiarity of few places.
        penalty = np.float32(own.sequence_reg * np.count_nonzero(takes_part) / data.n_items)
        gradient[:, :-1] += penalty * np.concatenate([*tables.memories, tables.answers[:, :-1]], axis=1)
        behind = np.diff(data.indptr) - 1
        everywhere = losses * (behind[places.row] / places.of_users[places.row])
        return gradient, float(everywhere.sum())


def _of_answers(
    answers: FloatArray,
    context: FloatArray,
    target: NDArray[np.int32],
    group_of_item: NDArray[np.int64],
    group: NDArray[np.int64],
) -> tuple[FloatArray, FloatArray, NDArray[np.float64]]:
    """Return the cross-entropy at places, and its gradients.

    Args:
        answers: [n_items, d + 1] t and b of each item.
        context: [m, d] what stands before each place.
        target: [m] the item that stands there.
        group_of_item: [n_items].
        group: [m] of each place, whose items the target is told from.

    Returns:
        (the sum over places of the gradient by `answers`, the gradient by each context [m, d], the losses [m]).
    """
    n_items = len(answers)
    wide = np.column_stack([context, np.ones(len(context), np.float32)])
    back: FloatArray = np.empty_like(wide)
    own: FloatArray = np.empty(len(target), np.float32)  # the gradient by the target's score
    losses = np.empty(len(target))
    place_in_group = np.empty(n_items, np.int64)
    spans: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []  # (items of a group, some of its places)
    for number in range(int(group_of_item.max()) + 1):
        members, places = np.flatnonzero(group_of_item == number), np.flatnonzero(group == number)
        place_in_group[members] = np.arange(len(members))
        spans += [(members, places[first : first + _PLACES]) for first in range(0, len(places), _PLACES)]

    def work_out(first: int, last: int) -> list[FloatArray]:
        return [of_group(*span) for span in spans[first:last]]

    def of_group(members: NDArray[np.int64], places: NDArray[np.int64]) -> FloatArray:
        table = np.ascontiguousarray(answers[members])
        total: FloatArray = np.zeros_like(table)
        rows = max(1, _SCORES // len(table))
        for start in range(0, len(places), rows):
            some = places[start : start + rows]
            here, wanted = wide[some], target[some]
            among = np.flatnonzero(group_of_item[wanted] == group_of_item[members[0]])
            others = np.full(len(some), len(members))
            others[among] -= 1
            each = ((n_items - 1) / others).astype(np.float32)
            score = here @ table.T
            score[among, place_in_group[wanted[among]]] = -np.inf
            of_target = np.einsum("pd,pd->p", here, answers[wanted])
            highest = np.maximum(score.max(axis=1), of_target)
            score -= highest[:, None]
            np.exp(score, out=score)
            of_target -= highest
            whole = each * score.sum(axis=1) + np.exp(of_target)
            losses[some] = np.log(whole) - of_target
            # Probabilities are the gradient by the scores; by that of the item that stands there, less 1.
            share = (each / whole)[:, None]
            own[some] = np.exp(of_target) / whole - 1.0
            total += score.T @ (here * share)
            back[some] = (score @ table) * share + own[some, None] * answers[wanted]
        return total

    gradient: FloatArray = np.zeros(answers.shape, np.float32)
    if spans:
        done = [one for several in threads.spread(np.ones(len(spans), np.int64), work_out) for one in several]
        for (members, _), one in zip(spans, done, strict=True):
            gradient[members] += one
        from models import seqfcf_loops

        seqfcf_loops.add_rows(target, np.ascontiguousarray(own[:, None] * wide), gradient)
    return gradient, np.ascontiguousarray(back[:, :-1]), losses
