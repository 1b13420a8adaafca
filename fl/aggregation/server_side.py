"""The aggregators' part of the server's actor: every sum is made in here. Only `plain` and `robust` show it messages.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated annotation.
"""

from collections import Counter
from typing import Any, List, Sequence, Tuple  # noqa: UP035  # SecretFlow looks for typing.Tuple

import numpy as np

from data.sentences import say
from fl.aggregation.encoding import Layout, common_layout, decode_message, from_limbs, unpack
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.keys import Roster
from fl.aggregation.masking.messages import (
    AGREEMENT_BYTES,
    Advert,
    Agreement,
    Announcement,
    SealedShares,
    SurvivorList,
    UnmaskShares,
    Upload,
    wire_bytes,
)
from fl.aggregation.masking.ring import BlockSpec, block_spec, decode
from fl.aggregation.masking.server import MaskingServer
from fl.aggregation.masking.uploads import Sum, headers_of
from fl.aggregation.open_sums import checked_sum, robust_sum, unmasked_sum
from fl.settings.aggregator_costs import HEU_CIPHERTEXT_BYTES
from fl.settings.aggregator_words import AggregatorChoice


class MaskingHub:
    """Methods of `fl.federation.server.ItemServer`; each takes the parties' messages of one step of the protocol."""

    _hub: MaskingServer | None = None
    _specs: List[BlockSpec] = []  # noqa: RUF012, UP006  # replaced, never changed
    _listed = False
    _uploaded = _answered = 0  # bytes of one party: the largest upload, and what it sent to unmask
    _sum: Sum | None = None
    _summed: Tuple[str, ...] = ()  # noqa: UP006  # the parties in the last sum that was given out
    _layout: Layout | None = None

    def masking_start(self, roster: Roster, messages: int) -> int:
        """Serve the parties of a roster. Return their number."""
        self._hub = MaskingServer(roster, messages)
        return len(roster.names)

    def masking_adverts(self, batch: int, *adverts: Advert) -> Sequence[Advert]:
        """Collect everybody's keys of a batch, for everybody."""
        hub = self._masking_server()
        hub.begin(batch)
        for advert in adverts:
            hub.take_advert(advert)
        return hub.adverts()

    def masking_packets(
        self, names: Sequence[str], *packets: Sequence[SealedShares]
    ) -> Sequence[Sequence[SealedShares]]:
        """Sort everybody's sealed shares by recipient.

        Args:
            names: of the parties that the packets came from, as the transport knows them.
            packets: of each of them, in that order; the answer is in the same order.
        """
        hub = self._masking_server()
        for name, sent in zip(names, packets, strict=True):
            hub.take_sealed(name, sent)
        return [hub.sealed_for(name) for name in names]

    def masking_collect(self, number: int, table_limit: float, *uploads: Upload) -> SurvivorList:
        """Take the uploads of a message; whoever sent none has dropped out. Asked again, give the same list.

        Raises:
            RefusedMessageError: naming whose upload is not as the others' or not as it must be. The round is over then:
                nothing was unmasked.
        """
        hub = self._masking_server()
        if hub.is_closed(number):
            return hub.close()
        # What most parties sent is what was asked for; who sent something else is named.
        (headers, listed), _ = Counter((headers_of(u.blocks), u.listed) for u in uploads).most_common(1)[0]
        self._specs = [block_spec(shape, kind, len(hub.roster.names), table_limit) for shape, kind in headers]
        self._listed = listed
        hub.open(number, self._specs)
        for upload in uploads:
            if upload.listed != listed:
                raise RefusedMessageError(
                    say(
                        "aggregation.sent-kind-message-parties",
                        "{sender} sent another kind of message than the other parties.",
                        sender=upload.sender,
                    )
                )
            hub.take_upload(upload)
        self._uploaded = max(map(wire_bytes, uploads))
        return hub.close()

    def masking_agreements(self, *agreements: Agreement) -> Sequence[Agreement]:
        """Collect the survivors' signatures of their list, for everybody."""
        hub = self._masking_server()
        for agreement in agreements:
            hub.take_agreement(agreement)
        return hub.agreements()

    def masking_finish(self, *shares: UnmaskShares) -> Tuple[Any, int]:  # noqa: UP006
        """Unmask. Return (sum as real numbers, bytes of the largest party's messages)."""
        self._unmask(shares)
        return self._real_sum(), self._uploaded + self._answered

    def masking_announce(self, *shares: UnmaskShares) -> Announcement:
        """Unmask, and show the sum with all that it was made of, before it counts."""
        self._unmask(shares)
        return self._masking_server().announce(self._need_sum())

    def masking_accept(self, *accepted: int) -> Tuple[Any, int]:  # noqa: UP006
        """Return the same as `masking_finish`, after every party accepted the sum."""
        return self._real_sum(), self._uploaded + self._answered

    def sum_openly(self, names: Sequence[str], norm_limit: float, by_samples: bool, *uploads: Any) -> Tuple[Any, int]:  # noqa: UP006
        """See `fl.aggregation.open_sums.checked_sum`."""
        return checked_sum(uploads, names, norm_limit, by_samples)

    def sum_robustly(self, names: Sequence[str], choice: AggregatorChoice, *uploads: Any) -> Tuple[Any, int]:  # noqa: UP006
        """See `fl.aggregation.open_sums.robust_sum`."""
        return robust_sum(uploads, names, choice)

    def sum_secretflow_masks(self, fraction_bits: int, *uploads: Any) -> Tuple[Any, int]:  # noqa: UP006
        """See `fl.aggregation.open_sums.unmasked_sum`."""
        return unmasked_sum(uploads, fraction_bits)

    def layouts_agree(self, *layouts: Layout) -> int:
        """Note what the next sum is made of, for `heu` and `spu`. Return the number of uploads."""
        self._layout = common_layout(layouts)
        return len(layouts)

    def heu_open(self, packed: Any, summed: int) -> Tuple[Any, int]:  # noqa: UP006
        """Return (sum as real numbers, bytes of an upload) from the decrypted sum of packed messages."""
        layout = self._need_layout()
        return decode_message(unpack(packed, layout, summed), layout, summed), HEU_CIPHERTEXT_BYTES * packed.size

    def spu_open(self, limbs: Any, summed: int, shares: int) -> Tuple[Any, int]:  # noqa: UP006
        """Return (sum as real numbers, bytes of the largest upload) from the sum that the SPU showed.

        Args:
            limbs: see `fl.aggregation.encoding.to_limbs`.
            summed: over how many parties.
            shares: ring elements that leave a party for each int32.
        """
        layout = self._need_layout()
        arrays = [np.asarray(limb) for limb in limbs]
        return (
            decode_message(from_limbs(arrays, layout), layout, summed),
            shares * sum(array.nbytes for array in arrays),
        )

    def _need_layout(self) -> Layout:
        layout, self._layout = self._layout, None
        if layout is None:
            raise RefusedMessageError(say("aggregation.no-message-summed", "There is no message to be summed."))
        return layout

    def _unmask(self, shares: Sequence[UnmaskShares]) -> None:
        hub = self._masking_server()
        for share in shares:
            hub.take_shares(share)
        self._sum = hub.finish()
        self._answered = AGREEMENT_BYTES + max(map(wire_bytes, shares))

    def _real_sum(self) -> Any:
        """Return the sum decoded, as an array or a list of arrays, whichever the parties sent. It is given out once."""
        total, self._sum = self._need_sum(), None
        self._summed, summed = total.survivors, len(total.survivors)
        real = [decode(block, spec, summed) for block, spec in zip(total.blocks, self._specs, strict=True)]
        return real if self._listed else real[0]

    def _need_sum(self) -> Sum:
        if self._sum is None:
            raise RefusedMessageError(say("aggregation.no-unmasked-sum", "There is no unmasked sum."))
        return self._sum

    def _masking_server(self) -> MaskingServer:
        if self._hub is None:
            raise RefusedMessageError(
                say("aggregation.serves-no-masked", "The server serves no masked aggregation yet.")
            )
        return self._hub
