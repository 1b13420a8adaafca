"""Sums under additively homomorphic encryption, by SecretFlow's HEU. For small tables.

Parties encrypt for the first party's key (Okamoto-Uchiyama, 2048 bits: Okamoto and Uchiyama, EUROCRYPT 1998); the
server, which has no key, adds ciphertexts; the first party decrypts the sum, and only the sum, for the server. 20
values are packed into a ciphertext: about 14 bytes a value, where one per ciphertext takes 272, and 20 times the time.

What it gives: a server that follows the protocol reads only sums, and so does the first party. What it does not give:
the first party decrypts what it is sent, so a server that cheats can have it decrypt one party's ciphertext; the two
together read everything. No drop-outs after encryption, no proof that the server summed honestly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import secretflow.distributed as sfd
from secretflow import PYU, reveal
from secretflow.device import HEU, PYUObject
from secretflow.device.device.heu import HEUMoveConfig

from fl.aggregation.fixed_point import FixedPointAggregator
from fl.settings.aggregator_words import AggregatorChoice

SCHEMA, KEY_BITS = "ou", 2048


class HeuAggregator(FixedPointAggregator):
    """An aggregator that sums ciphertexts, which the first party alone can decrypt."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        super().__init__(server, parties, choice)
        self._heu: Any = None

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        workers, heu = self._need_workers(), self._device_heu()
        parties = len(self._parties)
        packed, layouts = [], []
        for datum in data:
            numbers, layout = workers[datum.device].heu_pack(datum, str(datum.device), self._table_limit, parties)
            packed.append(numbers)
            layouts.append(layout.to(self._device))
        # Revealed, so that a message of another shape, or out of range, is named before anything is encrypted.
        reveal(self._server.layouts_agree(*layouts))
        hidden = [numbers.to(heu, HEUMoveConfig(heu_dest_party=self._device.party)) for numbers in packed]
        total = hidden[0]
        for more in hidden[1:]:
            total = total + more
        opened = total.to(self._parties[0]).to(self._device)
        total, size = self._server.heu_open(opened, len(data))
        return total, size

    def rebuild(self) -> None:
        """Keep everything: between sums there is nothing but the key, which no failure spoils."""

    def close(self) -> None:
        if self._heu is not None:
            for actor in [self._heu.sk_keeper, *self._heu.evaluators.values()]:
                sfd.kill(actor)
            self._heu = None

    def _device_heu(self) -> Any:
        """Return the HEU. The first call makes its keys and starts one process per party and the server's."""
        if self._heu is None:
            others = [*self._parties[1:], self._device]
            config = {
                "sk_keeper": {"party": self._parties[0].party},
                "evaluators": [{"party": other.party} for other in others],
                "mode": "PHEU",
                "encoding": {"cleartext_type": "DT_I32", "encoder": "BigintEncoder"},
                "he_parameters": {"schema": SCHEMA, "key_pair": {"generate": {"bit_size": KEY_BITS}}},
            }
            self._heu = HEU(config, "FM64")
        return self._heu
