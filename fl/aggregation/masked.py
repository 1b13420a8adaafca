"""Masked sums with drop-outs recovered: the protocol of `fl.aggregation.masking`, carried by SecretFlow.

Masking happens inside the parties' workers, and unmasking inside the server's actor, so no process is added. Keys and
shares of 64 messages are set up at once, in three small messages per party; then a sum takes one masked upload and one
small answer per party, and nothing is revealed to the driver in between.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from secretflow import PYU, reveal
from secretflow.device import PYUObject

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.fixed_point import FixedPointAggregator
from fl.aggregation.masking.adverts import BATCH_MESSAGES
from fl.aggregation.masking.keys import Roster
from fl.settings.aggregator_words import AggregatorChoice, quorum


class MaskedAggregator(FixedPointAggregator):
    """Sums that only at least `threshold` parties together can unmask.

    Attributes:
        threshold: how many parties must send their part; so many fewer than all may drop out of a sum.
    """

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        super().__init__(server, parties, choice)
        self.threshold = quorum(len(self._parties))
        self._joined = False
        self._batch = 0
        self._number = BATCH_MESSAGES  # no keys yet

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        super().bind(workers, server)
        # A worker is on one roster at a time: another aggregator may have used it in between.
        self._joined, self._batch, self._number = False, 0, BATCH_MESSAGES

    def compress(self, bits: int) -> None:
        """Parties know the bits, and the server reads them off the messages."""

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        """See CountingAggregator. Parties without an upload in `data` count as dropped out of this sum."""
        total, size = self._server.masking_finish(*self._unmasked(data))
        return total, size

    def rebuild(self) -> None:
        # Numbers already used are never used again; the next sum begins with new keys.
        self._number = BATCH_MESSAGES

    def lose(self, party: PYU) -> None:
        # It stays on the roster, which the threshold counts from; only nobody asks it for keys any more.
        self._workers = {other: worker for other, worker in self._workers.items() if other != party}

    def close(self) -> None:
        """Do nothing: no process was started."""

    def _unmasked(self, data: Sequence[PYUObject]) -> list[PYUObject]:
        """Send uploads to the server, and return the parties' shares for unmasking, at the server."""
        if len({datum.device for datum in data}) != len(data) or not {d.device for d in data} <= set(self._workers):
            raise SettingsError(say("aggregation.sum-takes-message-party", "A sum takes one message from each party."))
        self._renew_keys()
        number, self._number = self._number, self._number + 1
        uploads = [
            self._workers[datum.device].masking_mask(number, datum, self._table_limit).to(self._device)
            for datum in data
        ]
        request = self._server.masking_collect(number, self._table_limit, *uploads)
        return [self._workers[d.device].masking_unmask(request.to(d.device)).to(self._device) for d in data]

    def _renew_keys(self) -> None:
        if not self._joined:
            self._join()
        if self._number < BATCH_MESSAGES:
            return
        self._batch, self._number = self._batch + 1, 0
        adverts = [worker.masking_advertise(self._batch).to(self._device) for worker in self._workers.values()]
        everybody = self._server.masking_adverts(self._batch, *adverts)
        shares = [w.masking_share(everybody.to(party)).to(self._device) for party, w in self._workers.items()]
        packets = self._server.masking_packets(*shares, _num_returns=len(shares))
        # Revealed, so that what is wrong with keys or shares is reported as that. Once in 64 messages.
        reveal(
            [
                worker.masking_receive(packet.to(party))
                for packet, (party, worker) in zip(packets, self._workers.items(), strict=True)
            ]
        )

    def _join(self) -> None:
        workers = self._need_workers()
        # The driver hands out the public keys, as it hands out the data; in production each party pins them itself.
        keys = reveal([worker.masking_identity() for worker in workers.values()])
        # Who dropped out before there was a roster is not on it; the threshold stays that of all parties.
        names = tuple(str(party) for party in workers)
        roster = Roster(secrets.token_bytes(16), names, tuple(keys), self.threshold)
        reveal(
            [self._server.masking_start(roster, BATCH_MESSAGES)]
            + [w.masking_join(str(p), roster, BATCH_MESSAGES, self.about.verifies) for p, w in workers.items()]
        )
        self._joined = True
