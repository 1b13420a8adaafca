"""The rebuilding of which items somebody rated, from one message that the server received.

An unprotected update shows it almost openly: only rows of items that were touched change, and those of rated items move
the other way than those of sampled negatives (Chai et al., "Secure Federated Matrix Factorization", IEEE Intelligent
Systems 2021, show the same of plain gradients). A masked one is uniform noise, whatever is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fl.aggregation.masking.packing import bits_of, signed, unpack_block
from fl.aggregation.masking.ring import BlockSpec
from fl.audit.curves import Floats
from fl.audit.masked_parties import MaskedParties
from models.base import FloatArray
from models.descriptor import Message


def guess(update: NDArray[np.floating[Any]], message: Message, one_user: bool) -> Floats:
    """Return a score for each item, [n_items]: higher where the attack believes it was rated.

    Args:
        update: [n_items, dim] the item part of a message, as the server received it; of SeqFCF's longer rows FCF's
            columns, as the others change with every item of a user's group, rated or not.
        message: whether it holds changes or a gradient.
        one_user: whether it is known to be of one user; else of many.
    """
    table = np.asarray(update, np.float64)
    size = np.linalg.norm(table, axis=1)
    if message == "gradient" or not one_user:
        # A rated item weighs 1 in the gradient, another alpha; in a sum over users, what is rated often changes most.
        return np.asarray(size, np.float64)
    # All rows of one user move along the user's scoring vector, rated items one way and negatives the other. There are
    # more negatives, which tells the two apart.
    _, _, axes = np.linalg.svd(table, full_matrices=False)
    along = table @ axes[0]
    touched = size > 1e-6 * max(float(size.max()), 1e-30)
    if (along[touched] > 0).sum() > (along[touched] < 0).sum():
        along = -along
    return np.asarray(along, np.float64)


def precision(scores: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the share of truly rated items among as many best guesses as there are rated items."""
    n = int(truth.sum())
    best = np.argsort(-scores, kind="stable")[:n]
    return float(truth[best].mean())


def masked_view(message: Sequence[NDArray[Any]], specs: Sequence[BlockSpec]) -> FloatArray:
    """Return what the server receives of a table under `masked` or `verified`, [k, dim].

    It is the real upload of the first party, read as signed numbers.

    Args:
        message: its arrays, the table first. The other parties send zeros, which the masks hide as well.
        specs: how they are encoded, for how many parties.
    """
    others = [[np.zeros_like(array) for array in message]] * (specs[0].parties - 1)
    wire = MaskedParties(specs[0].parties).sum([message, *others], specs).uploads[0].blocks[0]
    return signed(unpack_block(wire), bits_of(wire)).astype(np.float32)
