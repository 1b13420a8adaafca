"""One message of the real masking protocol, with all parties and the server in this process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster, default_threshold
from fl.aggregation.masking.messages import Upload, wire_bytes
from fl.aggregation.masking.ring import RealArray, decode, spec_of
from fl.aggregation.masking.server import MaskingServer


@dataclass(frozen=True)
class MaskedRound:
    """What crossed the borders.

    Attributes:
        uploads: of all parties, in order.
        total: the unmasked sum of the tables.
        key_bytes: what a party sends to set up the keys of one message (keys and sealed shares).
        share_bytes: what a party sends to help to unmask.
    """

    uploads: tuple[Upload, ...]
    total: RealArray
    key_bytes: int
    share_bytes: int


def masked_round(tables: Sequence[NDArray[np.floating[Any]]], table_limit: float) -> MaskedRound:
    """Mask and sum one table per party.

    Args:
        tables: one per party, of the same shape; two or more.
        table_limit: range of the tables.
    """
    names = tuple(f"party-{i + 1}" for i in range(len(tables)))
    identities = [Identity() for _ in names]
    roster = Roster(b"inspection", names, tuple(i.public for i in identities), default_threshold(len(names)))
    server = MaskingServer(roster, 1)
    clients = [MaskingClient(name, identity, roster, 1) for name, identity in zip(names, identities, strict=True)]
    server.begin(1)
    adverts = [client.advertise(1) for client in clients]
    for advert in adverts:
        server.take_advert(advert)
    everybody = server.adverts()
    sealed = [client.share(everybody) for client in clients]
    for name, packets in zip(names, sealed, strict=True):
        server.take_sealed(name, packets)
    for name, client in zip(names, clients, strict=True):
        client.receive(server.sealed_for(name))
    messages = [np.asarray(table, np.float32) for table in tables]
    spec = spec_of(messages[0], len(names), table_limit)
    server.open(0, [spec])
    uploads = tuple(client.mask(0, [table], [spec]) for client, table in zip(clients, messages, strict=True))
    for upload in uploads:
        server.take_upload(upload)
    request = server.close()
    shares = [client.unmask(request) for client in clients]
    for share in shares:
        server.take_shares(share)
    total = decode(server.finish().blocks[0], spec, len(names))
    return MaskedRound(uploads, total, wire_bytes(adverts[0]) + wire_bytes(sealed[0]), wire_bytes(shares[0]))
