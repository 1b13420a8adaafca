"""Sums by secret sharing, in SecretFlow's SPU: SEMI2K between two parties, or ABY3 among three.

Every party splits its message into random shares for the parties that run the SPU; these add shares, and the sum alone
is put together at the server. Users' changes are weighted before, so that nothing but a sum is computed inside: no
multiplication, and so none of the triples that SPU's SEMI2K takes from a trusted first party. Messages go in as the
fixed-point integers of `fl.aggregation.masking.ring` (int32, in a ring of 32 bits), so precision and range are those of
`masked` and checked in the party: SPU itself has 18 fraction bits at most here, and wraps without a word.

Both protocols are safe against parties that follow them (SEMI2K: Cramer et al., SPDZ2k, CRYPTO 2018, without its
protection against cheats; ABY3: Mohassel and Rindal, CCS 2018). SecretFlow 1.13 has no usable maliciously secure one.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from typing import Any

from secretflow import PYU, SPU, reveal
from secretflow.device import PYUObject
from spu import logging

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.fixed_point import FixedPointAggregator
from fl.settings.aggregator_costs import spu_shares
from fl.settings.aggregator_words import SPU_NODES, AggregatorChoice

FIELD = "FM32"


def _add(*messages: Any) -> Any:
    """Sum lists of arrays, inside the SPU."""
    total = list(messages[0])
    for message in messages[1:]:
        total = [array + more for array, more in zip(total, message, strict=True)]
    return total


class SpuAggregator(FixedPointAggregator):
    """An aggregator that sums secret shares held by the first two or three parties."""

    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None:
        super().__init__(server, parties, choice)
        self._protocol = choice.spu_protocol
        self._nodes = self._parties[: SPU_NODES[self._protocol]]
        if len(self._nodes) < SPU_NODES[self._protocol]:
            raise SettingsError(
                say(
                    "aggregation.computes-among-parties",
                    "{protocol} computes among {nodes} parties.",
                    protocol=self._protocol.upper(),
                    nodes=SPU_NODES[self._protocol],
                )
            )
        self._spu: Any = None
        self._spoiled = False

    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        workers, spu = self._need_workers(), self._device_spu()
        parties = len(self._parties)
        limbs, layouts = [], []
        for datum in data:
            numbers, layout = workers[datum.device].spu_limbs(datum, str(datum.device), self._table_limit, parties)
            limbs.append(numbers)
            layouts.append(layout.to(self._device))
        # Revealed, so that a message of another shape, or out of range, is named before anything is shared.
        reveal(self._server.layouts_agree(*layouts))
        total = spu(_add)(*[numbers.to(spu) for numbers in limbs]).to(self._device)
        shares = spu_shares(self._protocol, parties)
        real, size = self._server.spu_open(total, len(data), shares)
        return real, size

    def rebuild(self) -> None:
        # A failed computation can leave the parties' links out of step: the next sum begins with new ones.
        self._spoiled = True

    def close(self) -> None:
        if self._spu is not None:
            self._spu.shutdown()
            self._spu = None

    def _device_spu(self) -> Any:
        """Return the SPU. At the first call one process per computing party is started, and after a failure again."""
        if self._spoiled:
            self.close()
            self._spoiled = False
        if self._spu is None:
            addresses = _free_addresses(len(self._nodes))
            nodes = [{"party": p.party, "address": a} for p, a in zip(self._nodes, addresses, strict=True)]
            # Strings: enums of the spu package cannot be sent on by SecretFlow 1.13.
            config = {"protocol": self._protocol.upper(), "field": FIELD}
            log_options = logging.LogOptions()
            log_options.system_log_path = os.devnull  # else a spu.log stays wherever the program was started
            self._spu = SPU({"nodes": nodes, "runtime_config": config}, log_options=log_options)
        return self._spu


def _free_addresses(n: int) -> list[str]:
    """Return loopback addresses with ports that are free now."""
    sockets = [socket.socket() for _ in range(n)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [f"127.0.0.1:{each.getsockname()[1]}" for each in sockets]
    finally:
        for each in sockets:
            each.close()
