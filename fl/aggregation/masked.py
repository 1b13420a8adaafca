"""Masked sums with drop-outs recovered: the protocol of `fl.aggregation.masking`, carried by SecretFlow.

Masking happens inside the parties' workers, and unmasking inside the server's actor, so no process is added. Keys and
shares of 64 messages are set up at once, in three small messages per party; then a sum takes one masked upload, one
signature and one small answer per party, and nothing is revealed to the driver in between. When a party's process dies
in the middle of a sum, the parties that are left finish the same sum; there is never a second one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secretflow import PYU, reveal
from secretflow.device import PYUObject

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.fixed_point import FixedPointAggregator
from fl.aggregation.masking.adverts import BATCH_MESSAGES
from fl.aggregation.masking.keys import Roster, digest
from fl.settings.aggregator_words import AggregatorChoice, quorum

_NO_KEYS = BATCH_MESSAGES  # the number of the next message when there are no keys for it


@dataclass
class _Message:
    """A message whose sum is under way.

    Attributes:
        data: what each party sends.
        number: of the message in its batch; None before there are keys for it.
        uploads: of the parties that were asked to mask it, at the party and at the server.
    """

    data: Mapping[PYU, PYUObject]
    number: int | None = None
    uploads: dict[PYU, tuple[PYUObject, PYUObject]] = field(default_factory=dict)


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
        self._number = _NO_KEYS
        self._message = _Message({})

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        super().bind(workers, server)
        # A worker is on one roster at a time: another aggregator may have used it in between.
        self._joined, self._batch, self._number = False, 0, _NO_KEYS

    def compress(self, bits: int) -> None:
        """Parties know the bits, and the server reads them off the messages."""

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        """See CountingAggregator. Parties without an upload in `data` count as dropped out of this sum."""
        if len({datum.device for datum in data}) != len(data) or not {d.device for d in data} <= set(self._workers):
            raise SettingsError(say("aggregation.sum-takes-message-party", "A sum takes one message from each party."))
        self._message = _Message({datum.device: datum for datum in data})
        return self.go_on()

    def go_on(self) -> tuple[PYUObject, PYUObject]:
        """See CountingAggregator: uploads that were sent are not sent again, and stay in the sum."""
        message, limit = self._message, self._table_limit
        if message.number is None:
            self._renew_keys()
            message.number, self._number = self._number, self._number + 1
        number, here = message.number, [party for party in message.data if party in self._workers]
        for party in here:
            if party not in message.uploads:
                upload = self._workers[party].masking_mask(number, message.data[party], limit)
                message.uploads[party] = upload, upload.to(self._device)
        uploads = [message.uploads[party] for party in here]
        survivors = self._server.masking_collect(number, limit, *(sent for _, sent in uploads))
        signed = [self._workers[p].masking_agree(survivors.to(p)) for p in here]
        agreements = self._server.masking_agreements(*(one.to(self._device) for one in signed))
        shares = [self._workers[p].masking_unmask(number, agreements.to(p)) for p in here]
        self.steps = [*(made for made, _ in uploads), survivors, *signed, agreements, *shares]
        return self._finished(here, [one.to(self._device) for one in shares])

    def _finished(self, parties: Sequence[PYU], shares: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        """Return the sum that these parties help to unmask, as `sum_and_bytes` does."""
        total, size = self._server.masking_finish(*shares)
        return total, size

    def rebuild(self) -> None:
        # On a new roster, with new keys: parties that were never shown the sum they helped to unmask, because the round
        # failed before, would refuse to go on with the old ones.
        self._joined, self._batch, self._number = False, 0, _NO_KEYS

    def lose(self, party: PYU) -> None:
        # It stays on the roster, which the threshold counts from; only nobody asks it for keys any more.
        self._workers = {other: worker for other, worker in self._workers.items() if other != party}

    def close(self) -> None:
        """Do nothing: no process was started."""

    def _renew_keys(self) -> None:
        if not self._joined:
            self._join()
        if self._number < _NO_KEYS:
            return
        self._batch += 1
        adverts = [worker.masking_advertise(self._batch).to(self._device) for worker in self._workers.values()]
        everybody = self._server.masking_adverts(self._batch, *adverts)
        shares = [w.masking_share(everybody.to(party)).to(self._device) for party, w in self._workers.items()]
        names = [str(party) for party in self._workers]
        packets = self._server.masking_packets(names, *shares, _num_returns=len(shares))
        # Revealed, so that what is wrong with keys or shares is reported as that. Once in 64 messages.
        reveal(
            [
                worker.masking_receive(packet.to(party))
                for packet, (party, worker) in zip(packets, self._workers.items(), strict=True)
            ]
        )
        self._number = 0

    def _join(self) -> None:
        workers = self._need_workers()
        # The driver hands out the public keys, as it hands out the data; between organisations each party compares them
        # with its federation file. Every party adds to the roster's name: nobody alone can bring an old roster back,
        # and where each organisation has a driver of its own, all drivers make the same roster.
        keys, nonces = reveal(
            [
                [worker.masking_identity() for worker in workers.values()],
                [worker.masking_nonce() for worker in workers.values()],
            ]
        )
        # Who dropped out before there was a roster is not on it; the threshold stays that of all parties.
        names = tuple(str(party) for party in workers)
        roster = Roster(digest("federation", *nonces), names, tuple(keys), self.threshold)
        reveal(
            [self._server.masking_start(roster, BATCH_MESSAGES)]
            + [w.masking_join(str(p), roster, BATCH_MESSAGES, self.about.verifies) for p, w in workers.items()]
        )
        self._joined = True
