"""Rebuild which items somebody rated, from one message that the server received.

An unprotected update shows it almost openly: only rows of items that were touched change, and those of rated items move
the other way than those of sampled negatives (Chai et al., "Secure Federated Matrix Factorization", IEEE Intelligent
Systems 2021, show the same of plain gradients). A masked one is uniform noise, whatever is in it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster, default_threshold
from fl.aggregation.masking.packing import unpack_block
from fl.aggregation.masking.ring import spec_of
from fl.audit.curves import Floats
from models.base import FloatArray, Message


def guess(update: FloatArray, message: Message, one_user: bool) -> Floats:
    """[n_items] higher where the attack believes the item was rated.

    Args:
        update: [n_items, dim] the item part of a message, as the server received it.
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
    """Share of truly rated items among as many best guesses as there are rated items."""
    n = int(truth.sum())
    best = np.argsort(-scores, kind="stable")[:n]
    return float(truth[best].mean())


def masked_view(update: FloatArray, parties: int, table_limit: float) -> FloatArray:
    """What the server receives of an update under `masked` or `verified`: the real upload, read as signed numbers.

    Args:
        update: [n_items, dim] of the first party.
        parties: how many parties agree on masks.
        table_limit: range of the item table.
    """
    names = tuple(f"party-{i + 1}" for i in range(parties))
    identities = [Identity() for _ in names]
    roster = Roster(b"audit", names, tuple(i.public for i in identities), default_threshold(parties))
    clients = [MaskingClient(name, identity, roster, 1) for name, identity in zip(names, identities, strict=True)]
    adverts = [client.advertise(1) for client in clients]
    sealed = [client.share(adverts) for client in clients]
    for place, client in enumerate(clients):
        client.receive([p for sent in sealed for p in sent if p.recipient == names[place]])
    table = np.asarray(update, np.float32)
    upload = clients[0].mask(0, [table], [spec_of(table, parties, table_limit)])
    return unpack_block(upload.blocks[0]).view(np.int32).astype(np.float32)
