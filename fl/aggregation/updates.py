"""Everything that may cross a party boundary, in one place. `tests/fl/federation/test_messages.py` proves that nothing
else does.

Up (party to server), one per round:
    update: what the party's users changed in the item table, and the round's totals, as a list of two arrays
        [item_update [n_items, dim], totals [N_TOTALS]]. float32 before masking; uint64 noise after it.
    validation: [sums [1, 1 + figures]], float64 before masking.
Up, once per run: item counts [n_items], how many train interactions each item has in the party; between organisations
    also sizes [2], the party's numbers of users and of train interactions.
Up, once per evaluation of a finished run, float64 before masking:
    profile: [activity bins + labels], how many of the party's users are in each public group.
    evaluation: [sums [1 + replicates + groups, 1 + figures], exposure [cut-offs, n_items]], the exposure only where it
        is asked for, see `models.evaluation`. The bootstrap weights in the sums follow from a secret of the party, see
        `models.bootstrap`.
Down (server to party), one per round: items, float32 [n_items, dim]. Once: the summed item counts, float64 [n_items].
Beside each masked array SecretFlow's SecureAggregator sends its NumPy dtype. The aggregators `masked` and `verified`
send the arrays in signed messages, and keys, sealed shares and the messages of unmasking and verification beside them:
all are defined in `fl.aggregation.masking.messages`, and none but the uploads depends on a party's data. Under
`verified` the server sends every party all uploads and their sum.
To the person who drives the run: the sums over ALL parties of totals, figures, item counts and profiles;
from each party a status, "" or one sentence that says what it refuses to send; and for a party's own user, whom the
person stands for, a ranked list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.base import FloatArray, LocalUpdate

# The totals travel as float32 beside the update, because SecretFlow masks only lists of one dtype. float32 holds
# integers exactly below 2**24, so each count is split into two limbs of 20 bits; sums over up to 16 parties stay exact,
# and counts below 2**40.
N_TOTALS = 5
_LIMB = 2**20
MAX_COUNT = _LIMB * _LIMB


@dataclass(frozen=True)
class RoundTotals:
    """Sums over all parties of one round. loss_sum / n_samples is the mean loss."""

    n_users: int
    n_samples: int
    loss_sum: float


def pack_update(update: LocalUpdate) -> list[FloatArray]:
    """Return the `update` message of a party."""
    users_high, users_low = divmod(update.n_users, _LIMB)
    samples_high, samples_low = divmod(update.n_samples, _LIMB)
    totals = np.array([users_high, users_low, samples_high, samples_low, update.loss_sum], np.float32)
    return [update.item_update, totals]


def unpack_totals(totals: NDArray[np.floating[Any]]) -> RoundTotals:
    """Return the summed totals as numbers."""
    values = [float(x) for x in totals]
    return RoundTotals(
        round(values[0]) * _LIMB + round(values[1]), round(values[2]) * _LIMB + round(values[3]), values[4]
    )
