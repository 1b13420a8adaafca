"""The real masking protocol with all parties and the server in this process: to look at a round, or to cheat in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fl.aggregation.compression import Part, arrays_of
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster
from fl.aggregation.masking.messages import Upload, wire_bytes
from fl.aggregation.masking.ring import BlockSpec
from fl.aggregation.masking.ring_types import RingArray
from fl.aggregation.masking.server import MaskingServer
from fl.aggregation.masking.uploads import Sum
from fl.federation.session import party_names
from fl.settings.aggregator_words import quorum


@dataclass(frozen=True)
class MaskedRound:
    """The things that crossed the borders for one message.

    Attributes:
        uploads: of all parties, in order.
        total: the unmasked sum, as ring elements.
        parts: every party's message under the masks it shares with the others, by name; see `MaskingServer.parts`.
        share_bytes: what a party sent to help to unmask.
    """

    uploads: tuple[Upload, ...]
    total: Sum
    parts: dict[str, tuple[RingArray, ...]]
    share_bytes: int


class MaskedParties:
    """All parties and the server of the protocol, with keys for a few messages.

    Attributes:
        server: the protocol's server.
        clients: the parties, in order.
        key_bytes: what a party sent to set up the keys of all messages (keys and sealed shares).
        number: of the last message; -1 before the first.
    """

    def __init__(self, n_parties: int, messages: int = 1) -> None:
        """Exchange keys for `messages` messages among `n_parties` parties, two or more."""
        names = tuple(party_names(n_parties))
        identities = [Identity() for _ in names]
        roster = Roster(b"replay", names, tuple(i.public for i in identities), quorum(n_parties))
        self.number = -1
        self.server = MaskingServer(roster, messages)
        self.clients = [
            MaskingClient(name, identity, roster, messages) for name, identity in zip(names, identities, strict=True)
        ]
        self.key_bytes = exchange_keys(self.server, self.clients)

    def sum(self, messages: Sequence[Sequence[Part]], specs: Sequence[BlockSpec]) -> MaskedRound:
        """Mask, sum and unmask the next message.

        Args:
            messages: the parts of every party's message.
            specs: of the parts.

        Raises:
            RangeError: a party refuses to send its message, which it names.
        """
        self.number += 1
        self.server.open(self.number, specs)
        uploads = tuple(
            client.mask(self.number, arrays_of(message), specs)
            for client, message in zip(self.clients, messages, strict=True)
        )
        for upload in uploads:
            self.server.take_upload(upload)
        survivors = self.server.close()
        for client in self.clients:
            self.server.take_agreement(client.agree(survivors))
        agreements = self.server.agreements()
        shares = [client.unmask(self.number, agreements) for client in self.clients]
        for share in shares:
            self.server.take_shares(share)
        return MaskedRound(uploads, self.server.finish(), self.server.parts(), wire_bytes(shares[0]))


def exchange_keys(server: MaskingServer, clients: Sequence[MaskingClient]) -> int:
    """Set up the keys of the first batch. Return the bytes that a party sent for it."""
    server.begin(1)
    adverts = [client.advertise(1) for client in clients]
    for advert in adverts:
        server.take_advert(advert)
    everybody = server.adverts()
    sealed = [client.share(everybody) for client in clients]
    for client, packets in zip(clients, sealed, strict=True):
        server.take_sealed(client.name, packets)
    for client in clients:
        client.receive(server.sealed_for(client.name))
    return wire_bytes(adverts[0]) + wire_bytes(sealed[0])


def protocol_bytes(n_parties: int) -> tuple[int, int]:
    """Return the bytes a party sends (to set up the keys of one message, to help to unmask it).

    Neither depends on what is masked.
    """
    parties = MaskedParties(n_parties)
    spec = BlockSpec((1,), 64, 1.0, n_parties)
    return parties.key_bytes, parties.sum([[np.zeros(1)]] * n_parties, [spec]).share_bytes
